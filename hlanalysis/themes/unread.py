"""Numbers that were seen and not understood: where they stand, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.numbers import Lang
from hlanalysis.telling.display import Table
from hlanalysis.telling.source_items import unread_place
from hlanalysis.texts import all_texts, has_text, text
from hlanalysis.themes import NotEnoughFiguresError, passage
from hlanalysis.themes.figures import words
from hlanalysis.wording import Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project


def reason_told(reason: str, lang: Lang) -> str:
    """Return why a number was not read in the reader's language, as it stands where none knows it.

    Examples
    --------
    >>> reason_told("digits grouped wrongly", "vi"), reason_told("range", "en")
    ('các nhóm chữ số không đúng quy cách', 'a range, not one number')
    """
    if has_text(f"unread.kinds.{reason}", lang):
        return text(f"unread.kinds.{reason}", lang)
    keys = {said: key for key, said in all_texts("en").items() if key.startswith("unread.reasons.")}
    return text(keys[reason], lang) if reason in keys else reason


@passage
def unread_numbers(project: Project) -> Table:
    """List the numbers that were seen and not understood: where they stand, and why."""
    texts = project.processed.texts
    rows = [
        (
            Words(one.written),
            Words(unread_place(one, project.origin(one.source), texts, project.lang)),
            Words(reason_told(one.reason, project.lang)),
            Words(project.origin(one.source).title or one.source),
        )
        for one in project.processed.unread
    ]
    if not rows:
        raise NotEnoughFiguresError("unread")
    return Table(
        say("overview.unread_caption", project.lang, {"number": Words(str(len(rows)))}),
        [words(project, f"overview.{name}") for name in ("written", "where", "reason", "source")],
        rows,
        project.lang,
    )
