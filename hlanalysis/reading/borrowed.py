"""Units that a writer leaves out: taken from a list, a bracket, the plan beside, the whole split.

"(KH 7,4)", "52 và 61 ha", "So cùng kỳ (%) 143,2", "15 đảng viên: khiển trách 9, cảnh cáo 4".
"""

from __future__ import annotations

import re

from hlanalysis.reading import matching
from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.figures import MEASURED, PEOPLE, PERCENT, Figure
from hlanalysis.reading.items import Item
from hlanalysis.reading.left import Left

_SITES = re.compile("(?<![a-z])(?:sat lo|sut lun|ngap|xung yeu|un tac|hu hong|xoi lo)(?![a-z])")
_CLAUSE_ENDS = frozenset((",", ";", ")", "(", "and", "end", "part"))


class BorrowedUnits:
    """Finds the unit of a number that has none; `SentenceReader` adds the walk."""

    items: list[Item]
    folded: str
    carried: Carried
    drafts: list[Draft]
    last: Draft | None
    group: list[Draft]
    group_left: int
    table_line: bool
    split: Draft | None

    def _unit(self, index: int, left: Left) -> str | None:
        figure: Figure = self.items[index][3]
        before = self.items[index - 1] if index else None
        if before is not None and before[0] == "bracket" and figure.start - before[2] <= 3:
            bracket = matching.unit_in_bracket(self.folded, figure.start)
            if bracket:
                return bracket
        return figure.unit or self._borrowed_unit(index, left)

    def _borrowed_unit(self, index: int, left: Left) -> str | None:
        """Take the unit of a neighbour: "(KH 7,4)", "52 và 61 ha", "So cùng kỳ (%) 143,2"."""
        items = self.items
        figure: Figure = items[index][3]
        listed = matching.unit_of_list(items, index) or self._unit_of_plan_beside(index)
        if listed:
            return listed
        bracket = self._bracket_unit(index, True)
        if bracket:
            self.table_line = True
            return bracket
        if self.last is not None and (left.plan_named or left.other_time or left.base == "plan"):
            return self._unit_of_plan(self.last)
        if self.group_left and self.group:
            return self.group[-1].unit
        chain = self.carried.chain
        if chain is not None and chain.unit in PEOPLE and self.folded[figure.start] == "0":
            return chain.unit
        named = self._counted_unit(index, left)
        if named:
            return named
        self.table_line = True
        before = matching.unit_before(self.folded, figure.start)
        if before in MEASURED or before == "percent":
            return before
        return self._bracket_unit(index, False)

    def _unit_of_plan(self, last: Draft) -> str:
        """Return the unit of what was planned: "đạt 89,3% kế hoạch (kế hoạch 3.500)"."""
        planned = last.of if last.kind in ("plan_attainment", "plan_excess") else None
        return (planned or last).unit

    def _are_sites(self, left: Left) -> bool:
        """Tell whether "điểm" counts places: "sạt lở 186 điểm, quốc lộ 21 điểm"."""
        last = self.last
        if last is not None and last in self.drafts and last.figure.unit == "points":
            return last.unit == "count"
        return left.subject is not None and _SITES.search(self.folded, *left.subject) is not None

    def _unit_of_plan_beside(self, index: int) -> str | None:
        """Return the unit of the plan behind a slash: "1.935/KH 1.800 giấy"."""
        after = self.items[index + 1 : index + 4]
        if [item[0] for item in after] != ["/", "plan", "fig"]:
            return None
        unit: str | None = after[2][3].unit
        return unit

    def _counted_unit(self, index: int, left: Left) -> str | None:
        """Return the unit of a bare number that ends its clause.

        That of the whole it is a part of, of "số X", or of the path "từ A lên B".
        """
        items = self.items
        if left.from_ and items[index + 1][0] == "tolevel" and items[index + 2][0] == "fig":
            after = items[index + 2][3].unit  # "từ 9 lên 34 doanh nghiệp"
            if after is not None:
                return after if after not in PERCENT else None
        if left.from_ and left.boundary == "(" and left.subject is None and self.last is not None:
            return self.last.unit  # "giảm 12 đầu mối (từ 45 xuống 33)"
        changed = left.verb in ("up", "down") and left.base not in (None, "plan", "other")
        chain = self.carried.chain
        if changed and chain is not None and items[index + 1][0] in _CLAUSE_ENDS:
            return chain.unit  # "109,8 bé trai/100 bé gái, thấp hơn cùng kỳ 1,4"
        path = self.last is not None and self.last.rule == "from_level"
        if path and left.verb == "tolevel" and left.subject is None:
            return self.last.unit if self.last is not None else None
        ends = items[index + 1][0] in _CLAUSE_ENDS or (
            left.from_ and items[index + 1][0] == "tolevel"
        )
        if not ends or left.subject is None:
            return None
        figure: Figure = items[index][3]
        whole = self._whole_of_parts(left)
        if whole is not None and figure.value <= whole.value:
            self.split = whole
            return whole.unit
        return matching.unit_of_number(self.folded, left.subject, self.carried.chain)

    def _whole_of_parts(self, left: Left) -> Draft | None:
        """Return the count whose parts are listed: "15 đảng viên: khiển trách 9, cảnh cáo 4"."""
        chain = self.carried.chain
        whole = self.carried.total
        if left.boundary == "(" or (left.boundary == ":" and self.drafts):
            whole = chain
        elif self.split is not None and left.boundary in (",", "and", ";"):
            whole = self.split
        return whole if whole is not None and whole.unit not in PERCENT else None

    def _bracket_unit(self, index: int, fresh: bool) -> str | None:
        """Return the unit that a bracket before the figure names; `fresh`: none in between."""
        for item in reversed(self.items[max(0, index - 12) : index]):
            if item[0] == "fig" and fresh:
                return None
            unit = matching.unit_of_bracket(self.folded, item) if item[0] == "bracket" else None
            if unit:
                return unit
        return None
