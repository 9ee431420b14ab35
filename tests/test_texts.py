import ast
from pathlib import Path

import pytest

import hlanalysis
from hlanalysis.texts import LANGUAGES, all_texts, has_text, places_in, text


def test_both_languages_hold_the_same_texts():
    vi, en = (all_texts(lang) for lang in LANGUAGES)
    assert set(vi) == set(en)


@pytest.mark.parametrize("key", sorted(all_texts("vi")))
def test_a_text_has_the_same_places_for_values_in_both_languages(key):
    assert sorted(places_in(text(key, "vi"))) == sorted(places_in(text(key, "en")))


def test_a_missing_text_is_named():
    assert not has_text("findings.nothing")
    with pytest.raises(KeyError, match=r"findings\.nothing"):
        text("findings.nothing", "en")


def test_every_reason_of_the_reader_is_told_in_both_languages():
    """The reasons stand in the code as English sentences; the pages show the reader's."""
    package = Path(hlanalysis.__file__).parent
    known = set(all_texts("en").values())
    shown = set()
    for path in [*(package / "reading").glob("*.py"), package / "gathering" / "table_figures.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node) in ("NoFigure", "_leave", "Unread"):
                shown |= {
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    sentences = {reason for reason in shown if " " in reason}
    assert len(sentences) > 8
    assert sentences <= known


def _name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")
