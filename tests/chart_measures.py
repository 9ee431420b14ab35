"""What a drawn figure shows, measured: its words, where they stand, and who covers whom.

Also how its colours look to a reader without green cones and on a grey print.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

# Machado, Oliveira and Fernandes 2009, deuteranomaly at full severity, on linear RGB.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)


@dataclass(frozen=True)
class Word:
    """A text with the box of its letters in pixels."""

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: Word, slack: float = 1.0) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.top, other.top) - max(self.bottom, other.bottom) > slack
        )


def words_of(figure: Figure) -> list[Word]:
    """Every visible text of a figure."""
    renderer = figure.canvas.get_renderer()
    figure.canvas.draw()
    found = []
    for text in figure.findobj(Text):
        if not text.get_visible() or not text.get_text().strip():
            continue
        box = text.get_window_extent(renderer)
        # The extent counts a full line; letters without stacked accents fill about two thirds.
        spare = box.height * 0.16
        found.append(Word(text.get_text(), text.get_fontsize(), box.x0, box.y0 + spare, box.x1,
                          box.y1 - spare))  # fmt: skip
    return found


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other."""
    pairs = combinations(words_of(figure), 2)
    return [(one.text, other.text) for one, other in pairs if one.covers(other)]


def outside(figure: Figure) -> list[str]:
    """Texts that leave the sheet."""
    width, height = figure.get_size_inches() * figure.dpi
    return [
        word.text
        for word in words_of(figure)
        if word.left < 0 or word.bottom < 0 or word.right > width or word.top > height
    ]


def said(figure: Figure) -> str:
    """All words of a figure in one text, lines joined."""
    return " ".join(word.text for word in words_of(figure))


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB under D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    ratio = (to_xyz @ np.clip(rgb, 0, 1)) / np.array([0.95047, 1.0, 1.08883])
    cube = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


def apart_to_deuteranopes(first: str, second: str) -> float:
    """CIE76 distance of two colours as a reader without green cones sees them."""
    seen = [lab(DEUTERANOPIA @ linear(colour)) for colour in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))
