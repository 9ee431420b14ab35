import re

import pytest

from hlanalysis.publish.svg import inline_svg, svg_size

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
PLAIN = (
    '<?xml version="1.0"?><!DOCTYPE svg><!-- Created with x -->' + OPEN + 'width="72pt" '
    'height="36pt" viewBox="0 0 72 36"><metadata><date>2026-01-01</date></metadata>'
    "<style>*{stroke-linejoin: round}</style>"
    '<defs><path id="m8f3a" d="M0 0"/><clipPath id="p77aa"><rect width="1" height="1"/></clipPath>'
    '</defs><g id="figure_1" clip-path="url(#p77aa)"><use xlink:href="#m8f3a"/></g></svg>'
)


def test_ids_are_numbered_in_order_and_carry_the_prefix():
    made = inline_svg(PLAIN, "d1")
    assert re.findall(r' id="([^"]+)"', made) == ["d1-1", "d1-2"]
    assert 'href="#d1-1"' in made and "url(#d1-2)" in made


def test_random_ids_leave_no_trace():
    other = PLAIN.replace("m8f3a", "m0000").replace("p77aa", "pffff")
    assert inline_svg(PLAIN, "d1") == inline_svg(other, "d1")


def test_dates_and_foreign_parts_are_gone():
    made = inline_svg(PLAIN, "d1")
    assert "2026" not in made and "Created" not in made and "xlink" not in made


def test_the_one_rule_for_all_stays_inside_the_drawing():
    made = inline_svg(PLAIN, "d1")
    assert "<style" not in made and 'style="stroke-linejoin: round"' in made


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="a.png"/>',
        '<use href="other.svg#x"/>',
        "<foreignObject><iframe src='https://example.org'/></foreignObject>",
        '<a href="javascript:alert(1)"><rect/></a>',
        '<rect fill="url(https://example.org/x#y)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_nothing_in_a_drawing_runs_or_loads(hostile):
    made = inline_svg(OPEN + f'width="1" height="1">{hostile}</svg>', "d1")
    assert not re.search(r"script|onload|example|foreign|a\.png|other\.svg|animate", made)


@pytest.mark.parametrize(
    "text",
    ["", "<p>no</p>", "<svg", OPEN + "><style>body{display:none}</style></svg>"],
)
def test_no_drawing_and_drawings_with_rules_for_the_page_are_refused(text):
    with pytest.raises(ValueError, match="drawing"):
        inline_svg(text, "d1")


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + OPEN + ">&a;</svg>"
    assert inline_svg(bomb, "d1").count("<") <= 2


def test_the_size_is_in_css_pixels():
    assert svg_size(PLAIN) == (96.0, 48.0)
    assert 'width="96" height="48"' in inline_svg(PLAIN, "d1")
