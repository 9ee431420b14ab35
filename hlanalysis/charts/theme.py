"""The look of every chart: size, type, colours with a fixed meaning.

Colour never speaks alone: plans and scenarios are dashed, estimates and bounds hollow, inferred
values hatched. Fills are told apart under simulated protan, deutan and tritan sight and in grey;
words take a darker ink of the same hue, because a fill that reads well as an area is often too
pale for letters on white.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.forms import Mark, Role

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

# One slide of 16:9, in inches; 144 dots an inch give 1920 x 1080.
WIDTH, HEIGHT, DPI = 40 / 3, 7.5, 144
MARGIN = 0.55
TITLE, SUBTITLE, LABEL, SOURCE = 24.0, 16.0, 14.0, 11.0

FILL: dict[str, str] = {
    "outturn": "#0072B2", "plan": "#595959", "shortfall": "#D55E00", "surplus": "#009E73",
    "scenario": "#CC79A7", "other": "#8A94A0", "muted": "#C6CCD2",
}  # fmt: skip
INK: dict[str, str] = {
    "outturn": "#005E94", "plan": "#4A4A4A", "shortfall": "#A84A00", "surplus": "#006B4E",
    "scenario": "#8F3F6B", "other": "#4F5964", "muted": "#5C656E",
}  # fmt: skip
PALE: dict[str, str] = {
    "outturn": "#E3F0F8", "plan": "#F3F3F3", "shortfall": "#FBE9DC", "surplus": "#DFF3EC",
    "scenario": "#F7EAF2", "other": "#EEF0F2", "muted": "#F5F6F7",
}  # fmt: skip
TEXT, QUIET, RULE, PAPER = "#1A1A1A", "#4A4A4A", "#D5D9DD", "#FFFFFF"
DASH = (0, (4, 2.4))


@dataclass(frozen=True, slots=True)
class Style:
    """How one mark is drawn."""

    face: str
    edge: str
    ink: str
    dashed: bool = False
    hatch: str = ""
    hollow: bool = False


def style_of(mark: Mark, role: Role | None = None) -> Style:
    """Return the look that a mark's role and certainty ask for.

    Parameters
    ----------
    mark : Mark
    role : str, optional
        Takes the place of the mark's own role.
    """
    name = role or mark.role
    dashed = name in ("plan", "scenario")
    hollow = bool(mark.estimate or mark.bound) or dashed or mark.inferred
    face = FILL[name]
    if hollow:
        face = PAPER if mark.estimate or mark.bound else PALE[name]
    return Style(face, FILL[name], INK[name], dashed, "///" if mark.inferred else "", hollow)


def ramp(count: int) -> list[str]:
    """Return fills for the parts of a whole, dark to light, told apart in grey as well."""
    import seaborn as sns

    if count <= 1:
        return [FILL["outturn"]][:count]
    colours = sns.blend_palette(["#003F66", "#0072B2", "#7DB8DA", "#DCEAF3"], count)
    return list(colours.as_hex())


def pale(fill: str) -> str:
    """Return a fill four fifths on its way to paper: the inside of an estimated part."""
    mixed = [round(255 - (255 - int(fill[at : at + 2], 16)) / 5) for at in (1, 3, 5)]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def ink_on(fill: str) -> str:
    """Return white or near-black, whichever reads better on a fill."""
    light = luminance(fill)
    return PAPER if 1.05 / (light + 0.05) >= (light + 0.05) / 0.06 else TEXT


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour as WCAG defines it, 0 to 1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """Return DejaVu Sans as matplotlib brings it: all Vietnamese letters, alike everywhere.

    By file, not by name: a system's own DejaVu of another version would move the letters.
    """
    import matplotlib
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(
        fname=Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name, size=size
    )


@cache
def settings() -> Any:
    """Return the matplotlib settings that drawings rely on, whatever the reader's own are."""
    import matplotlib
    import seaborn as sns

    base = {
        key: value
        for key, value in matplotlib.rcParamsDefault.items()
        if key.split(".")[0]
        in ("axes", "figure", "font", "grid", "hatch", "lines", "patch", "path", "savefig",
            "svg", "text", "xtick", "ytick", "scatter", "markers", "boxplot", "errorbar")
    }  # fmt: skip
    quiet = sns.axes_style("ticks", rc={"axes.edgecolor": RULE, "grid.color": RULE})
    quiet = {key: value for key, value in quiet.items() if key in base}
    own = {
        "font.family": ["DejaVu Sans"], "font.size": LABEL, "text.color": TEXT,
        "svg.fonttype": "path", "svg.hashsalt": "hlanalysis", "hatch.linewidth": 1.2,
        "text.parse_math": False, "axes.unicode_minus": True, "path.simplify": False,
    }  # fmt: skip
    return {**base, **quiet, **own}
