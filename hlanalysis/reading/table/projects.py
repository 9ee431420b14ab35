"""Columns of a whole project: what it costs or may do in all its years."""

from __future__ import annotations

from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.headers import Header
from hlanalysis.reading.table.headings import read_heading
from hlanalysis.reading.table.indicators import is_of_a_period, path_of
from hlanalysis.reading.table.meaning import Meaning
from hlanalysis.reading.table.words import Lexicon


def take_whole_projects(block: Block, header: Header, words: Lexicon) -> None:
    """Read the columns "Tổng mức đầu tư" of a block, which no measure of `load` holds.

    They are levels of no single year; changes `block` in place.
    """
    taken = []
    for column in block.unread:
        parts = header.parts.get(column, ())
        heading = read_heading(parts, words)
        if parts and not is_of_a_period(heading, words):
            taken.append(
                Meaning(column, "whole_project", "", path_of(parts), heading.unit, "heading")
            )
    known = {meaning.column for meaning in taken}
    block.unread = [column for column in block.unread if column not in known]
    block.values = sorted([*block.values, *taken], key=lambda meaning: meaning.column)
