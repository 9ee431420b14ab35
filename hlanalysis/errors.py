"""The one shape of an error that a planner can cause and mend."""

from __future__ import annotations


class InputError(Exception):
    """Say where the input is wrong, what was found, what was expected, and what to do next.

    Parameters
    ----------
    where : str
        File, sheet, cell, line or option, in the words the reader typed.
    found : str
        What stands there.
    expected : str, optional
        What should have stood there.
    hint : str, optional
        The next step.

    Examples
    --------
    >>> print(InputError("thu.xlsx", "no sheet", "at least one sheet", "save the file again"))
    thu.xlsx: no sheet; expected at least one sheet. Hint: save the file again.
    """

    def __init__(self, where: str, found: str, expected: str = "", hint: str = "") -> None:
        self.where, self.found, self.expected, self.hint = where, found, expected, hint
        super().__init__(where, found, expected, hint)

    def __str__(self) -> str:
        text = f"{self.where}: {self.found}"
        if self.expected:
            text += f"; expected {self.expected}"
        text = _sentence(text)
        return f"{text} Hint: {_sentence(self.hint)}" if self.hint else text


def _sentence(text: str) -> str:
    """End a text with one full stop; an ellipsis or a question mark stays as it is."""
    if text.endswith(("...", "…", "?")):
        return text
    return text.rstrip(".") + "."
