"""Models and lever sets that the scenario tests share."""

from __future__ import annotations

import random
from pathlib import Path

from hlanalysis.gathering.processed import read_raw
from hlanalysis.project import Project
from hlanalysis.scenarios import Model, quick_model
from hlanalysis.scenarios.model_file import load_model
from hlanalysis.scenarios.observed import from_project

# Every construct of the language, a lag of two years, ties on purpose, a name with diacritics.
EVERYTHING = """
# thu và chi
thu_tx[t]  = thu_tx[t-1] * (1 + g_thu)
thu_dat[t] = dau_gia[t] if t >= nam_dg else 0
thu[t]     = thu_tx[t] + thu_dat[t]
von[t]     = max(0, san + 0.3 * thu[t] - tru)
gtsx[t]    = min(cau, gtsx[t-1] + von[t-2] / icor)
luy_ke[t]  = sum(von[2026:t])
tb[t]      = mean(thu_tx[t-2:t])
đỉnh[t]    = max(thu_dat[2025:t]) - min(thu[t-1:t])
tăng[t]    = round(gtsx[t] / gtsx[t-1] - 1, 4)
tron[t]    = round(thu_tx[t], -1) + round(tru) - round(-thu_dat[t], 1)
dat[t]     = 1 if g_thu >= muc and not thu_dat[t] == tru or thu_tx[t] < tru else 0
giua[t]    = 2 if 0.05 < g_thu <= 0.1 else 3 if g_thu == muc or tăng[t] != 0 else 4
mu[t]      = -(1 + g_thu) ** (t - 2024) ** 0.5 + (1 + muc) ** -2 - 2 ** -g_thu ** 2
ham[t]     = exp(-g_thu) + log(1 + icor) + sqrt(abs(g_thu - muc)) + thu[2024] / (thu_tx[t] + tru)
chia[t]    = thu_dat[t] / (thu_tx[t] - tru) if thu_tx[t] != tru else 0
dau[t]     = thu_tx[t] / dan_so[t-1]
dan_so[t]  = dan_so[t-1] * (1 + 0.01)
"""


def everything() -> Model:
    """Return a model that uses all of the language."""
    return quick_model(
        EVERYTHING,
        years=(2025, 2030),
        levers={
            "g_thu": (12, "%", 0, 25),
            "dau_gia": ([0, 120, 150, 150, 180, 60], "tỷ đồng", 0, 300),
            "nam_dg": (2026, "năm", 2025, 2030),
            "cau": (4000, "tỷ đồng", 3000, 4200),
            "icor": (4.8, "", 2, 8),
            "muc": (10, "%", 0, 20),
            "san": (20000, "triệu đồng", 0, 90000),
            "tru": (50, "tỷ đồng", 0, 500),
        },
        starts={
            "thu": (2024, 222.044, "tỷ đồng"),
            "gtsx": (2024, 3208, "tỷ đồng"),
            "dan_so": (2024, 39.92, "người"),
            "thu_tx": (2024, 100, "tỷ đồng"),
            "von": (2024, 1290, "tỷ đồng"),
        },
        more_starts=[("thu_tx", 2023, 96.5, "tỷ đồng"), ("von", 2023, 1248, "tỷ đồng")],
        units={"dau": "triệu đồng/người", "tăng": "%"},
    )


def town() -> Model:
    """Return the model that ships, its start values looked up in the raw data."""
    root = Path(__file__).parent.parent
    project = Project(root, read_raw(root / "data" / "raw"))
    return load_model(root / "data" / "scenarios" / "hong_linh.model.toml", from_project(project))


MODELS = {"everything": everything, "town": town}


def lever_sets(model: Model, count: int, seed: int) -> list[dict[str, float]]:
    """Return random lever sets: values on slider steps, often a bound, often tied."""
    stream = random.Random(seed)
    made = []
    for _ in range(count):
        one: dict[str, float] = {}
        for slot in model.slots:
            lever = slot.lever
            kind = stream.random()
            if kind < 0.15:
                one[slot.key] = lever.low
            elif kind < 0.3:
                one[slot.key] = lever.high
            elif kind < 0.6:
                one[slot.key] = round(
                    lever.low + (lever.high - lever.low) * stream.randint(0, 50) / 50, 6
                )
            elif kind < 0.8:
                one[slot.key] = slot.value
            else:
                one[slot.key] = stream.uniform(lever.low, lever.high)
        if stream.random() < 0.3 and "muc" in one:
            one["muc"] = min(one["g_thu"], 20.0)
        if "nam_dg" in one:
            one["nam_dg"] = float(round(one["nam_dg"]))
        made.append(one)
    return made


def farthest(first: list[float], second: list[float]) -> float:
    """Return the largest relative difference; numbers below 1 count absolutely."""
    assert len(first) == len(second)
    pairs = zip(first, second, strict=True)
    return max((abs(a - b) / max(1.0, abs(a), abs(b)) for a, b in pairs), default=0.0)


class RandomModel:
    """Writes small random models; `gentle` ones never divide by what may be zero."""

    def __init__(self, stream: random.Random, *, gentle: bool = False) -> None:
        self._stream, self._gentle = stream, gentle
        self._known: list[str] = []

    def text(self) -> str:
        """Return three to five equations over plain numbers."""
        lines = []
        for name in ["va_a", "vb_b", "vc_c", "vd_d", "ve_e"][: self._stream.randint(3, 5)]:
            lines.append(f"{name}[t] = {self._value(3)}")
            self._known.append(name)
        return "\n".join(lines)

    def model(self) -> Model:
        """Return the model of a fresh text."""
        text = self.text()
        names = [line.split("[")[0] for line in text.splitlines()]
        more = [(name, year, 0.5 * year - 1010.25, "") for name in names for year in (2023, 2024)]
        return quick_model(
            text,
            years=(2025, 2027),
            levers={
                "lx": (1.5, "", -3, 3),
                "ly": (12, "%", 1, 25),
                "lt": ([1.0, 0.5, 2.0], "", -2, 4),
            },
            more_starts=more,
        )

    def _value(self, depth: int) -> str:
        if depth == 0 or self._stream.random() < 0.15:
            return self._leaf()
        left, right = self._value(depth - 1), self._value(depth - 1)
        forms = [
            f"({left} + {right})", f"({left} - {right})", f"({left} * {right})", f"(-{left})",
            f"min({left}, lx, {right})", f"max({left}, lx, {right})", f"abs({left})",
            f"round({left}, {self._stream.randint(0, 3)})", f"({left}) ** 2",
            f"({left} if {self._test(depth - 1)} else {right})", f"sqrt(abs({left}))",
            f"{left} / ly", f"{left} / (2 + abs({right}))", f"exp(min(lx, {left}))",
        ]  # fmt: skip
        if self._known:
            name = self._stream.choice(self._known)
            forms += [f"sum({name}[2025:t])", f"mean({name}[t-2:t])", f"max({name}[t-1:t])"]
        if not self._gentle:
            forms += [f"({left}) / ({right} - 0.5)", f"({left}) ** ({right})", f"log({left})",
                      f"sqrt({left})", f"({left}) ** -1", f"2 ** {left} ** 2"]  # fmt: skip
        return self._stream.choice(forms)

    def _leaf(self) -> str:
        leaves = ["0.5", "2", "0.1", "lx", "ly", "lt[t]", "va_a[t-1]", "vb_b[t-2]"]
        leaves += [f"{name}[t]" for name in self._known]
        return self._stream.choice(leaves)

    def _test(self, depth: int) -> str:
        left, right = self._value(max(depth, 0)), self._leaf()
        sign = self._stream.choice(["<", "<=", ">", ">=", "==", "!="])
        forms = [f"{left} {sign} {right}", f"t {sign} 2026", f"0 < {left} <= {right}"]
        if depth > 0:
            one, other = self._test(depth - 1), self._test(depth - 1)
            forms += [f"({one} and {other})", f"({one} or {other})", f"not ({one})"]
        return self._stream.choice(forms)
