"""What the first slide says below its title: the report behind most figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hlanalysis.telling.source_items import day

if TYPE_CHECKING:
    from hlanalysis.gathering.tidy import Origin
    from hlanalysis.project import Project


def opening_lines(project: Project) -> str:
    """Return the title of the main source, below it producer and date; without one the period."""
    source = main_source(project)
    if source is None:
        return project.when().label(project.lang)
    made = ", ".join(part for part in (source.publisher, day(source.date)) if part)
    return "\n".join(part for part in (source.title, made) if part)


def main_source(project: Project) -> Origin | None:
    """Return the project's own document, or else workbook, that has most figures of its place."""
    counted = Counter(row.source for row in project.observations if row.place == project.place)
    ranked = [
        (one.form == "document", counted[one.id], one.id)
        for one in project.processed.origins
        if one.form in ("document", "workbook") and counted[one.id]
    ]
    return project.origin(max(ranked)[2]) if ranked else None
