"""Explanations lead every computed number back to its prints, in three forms."""

import re

import pytest
from lxml import etree, html
from test_metrics_compute import EXCESS, PLAN_2023, REVENUE, SAME_PLANS, implied

import hlanalysis as hl
from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.cards import CARDS, SOURCES
from hlanalysis.metrics.computed import compute
from hlanalysis.metrics.trace import name, write_latex, write_text
from hlanalysis.reported import Reported


@pytest.fixture
def story():
    return compute(
        m.lower_plan_share,
        outturn=REVENUE,
        plan_before=PLAN_2023,
        plan=implied(),
        assume=SAME_PLANS,
    )


def test_the_text_holds_formula_numbers_inputs_sources_bounds_and_assumption(story):
    said = story.explain("vi").text
    for piece in (
        "Phần vượt kế hoạch do kế hoạch giao thấp hơn: 75,2%",
        "Công thức: ln(P₀ / P₁) / ln(A / P₁)",
        "Thay số: ln(192,5 / 124,9966) / ln(222,044 / 124,9966) ≈ 75,1510%",
        "A, thực hiện: 222,044 tỷ đồng (report, 10-20) [rev24]",
        "P₀, kế hoạch năm trước: 192,5 tỷ đồng (report, 10-20) [plan23]",
        "Công thức: A / (1 + r)",
        "r, tỷ lệ vượt: 77,64% (report, 10-20) [exc24]",
        "Khoảng do làm tròn các số đã in: (124,99282; 125,00042) tỷ đồng",
        "Giả định: cấp giao kế hoạch của các số là như nhau (HĐND giao",
        "hai năm cùng một cấp giao",
        "Nguồn của cách tính:",
    ):
        assert piece in said
    # The plan is explained inside, deeper than what it is an input of.
    indents = [len(line) - len(line.lstrip()) for line in said.splitlines() if "Công thức" in line]
    assert indents[1] > indents[0]


def test_english_has_english_numbers_and_words(story):
    said = story.explain("en").text
    assert "With numbers: ln(192.5 / 124.9966) / ln(222.044 / 124.9966) ≈ 75.1510%" in said
    assert "222.044 billion VND" in said and "tỷ đồng" not in said


def test_html_is_well_formed_links_each_print_and_needs_no_script(story):
    page = story.explain("vi").html
    tree = etree.fromstring(page.replace("&nbsp;", " "))
    links = [one.get("data-source") for one in tree.iter("a")]
    assert links == ["rev24", "plan23", "rev24", "exc24"]
    assert {one.get("href") for one in tree.iter("a")} == {f"#src-{one}" for one in links}
    assert tree.get("lang") == "vi"
    assert not list(tree.iter("script"))
    numbers = [one.text for one in tree.iter("{http://www.w3.org/1998/Math/MathML}mn")]
    assert "222,044" in numbers and "124,9966" in numbers


def test_html_escapes_what_an_author_writes():
    given = m.Given("125", "bn_vnd", "<script>alert(1)</script> & more")
    page = m.compute(m.plan_gap, outturn=REVENUE, plan=given).explain("vi").html
    assert "<script>" not in page
    assert "alert(1)" in html.fromstring(page).text_content()


def test_latex_has_each_step_and_balances(story):
    latex = story.explain("vi").latex
    assert latex.startswith("\\begin{align*}") and latex.endswith("\\end{align*}")
    assert r"\frac{A}{1 + r} &= \frac{222{,}044}{1 + 77{,}64\%} \approx 124{,}9966" in latex
    assert r"\frac{\ln\left(\frac{P_{0}}{P_{1}}\right)}" in latex
    assert latex.count("{") - latex.count(r"\{") == latex.count("}") - latex.count(r"\}")
    assert not re.search(r"(?<!\\)%", latex)


def test_a_notebook_finds_it_at_the_door(story):
    assert hl.explain(story).text == story.explain().text
    assert hl.compute(m.plan_gap, outturn=REVENUE, plan=hl.Given("125", "bn_vnd")).value > 97


def test_a_notebook_gets_all_three_forms(story):
    bundle = story.explain()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", "text/latex"}


def test_a_project_can_name_its_sources(story):
    said = story.explain("vi", source_of=lambda figure, lang: f"nguồn {figure.id}").text
    assert "(nguồn plan23)" in said


def test_a_bare_number_cannot_be_explained():
    with pytest.raises(InputError, match=r"float 0\.5; expected a number made by compute"):
        m.explain(0.5)


def test_prints_and_constants_without_a_source_say_what_they_are():
    found = compute(
        m.cagr, last=Reported("222,044", "bn_vnd"), first=Reported("140,5", "bn_vnd"), years=9
    )
    said = found.explain("vi").text
    assert "Công thức: (Yₙ / Y₀)^(1/n) − 1" in said
    assert "in là «140,5»" in said and "9 (Số cho trước)" in said
    assert r"\sqrt[9]{\frac{222{,}044}{140{,}5}} - 1" in found.explain("vi").latex


def test_a_bound_says_that_it_has_no_interval():
    before = PLAN_2023.__class__("301", id="rev23", period="2023", modifier="over")
    said = compute(m.growth_rate, current=REVENUE, previous=before).explain("vi").text
    assert "hơn 301 tỷ đồng" in said
    assert "không có, vì có số chỉ là cận" in said


a, b, c = name("a"), name("b"), name("c")
LETTERS = {"a": "a", "b": "b", "c": "c"}


@pytest.mark.parametrize(
    ("term", "text", "latex"),
    [
        (a - (b - c), "a − (b − c)", r"a - \left(b - c\right)"),
        (a / (b * c), "a / (b × c)", r"\frac{a}{b \cdot c}"),
        ((a + b) * c, "(a + b) × c", r"\left(a + b\right) \cdot c"),
        (a / b / c, "a / b / c", r"\frac{\frac{a}{b}}{c}"),
        ((a / b) ** 2, "(a / b)²", r"\left(\frac{a}{b}\right)^{2}"),
        ((a - b).abs(), "|a − b|", r"\left|a - b\right|"),
        (-(a + b), "−(a + b)", r"-\left(a + b\right)"),
        (a.root(2), "a^(1/2)", r"\sqrt{a}"),
    ],
)
def test_brackets_stand_where_they_change_the_meaning(term, text, latex):
    assert write_text(term, LETTERS) == text
    assert write_latex(term, LETTERS) == latex


def test_negative_numbers_get_brackets():
    assert write_text(a - b, {"a": "1", "b": "-2"}) == "1 − (-2)"
    assert write_text(a * b, {"a": "-1", "b": "-2"}) == "(-1) × (-2)"


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_every_card_is_complete(card):
    assert card.vi and card.en and card.vi != card.en
    assert card.sources and all(source in SOURCES for source in card.sources)
    assert list(card.inputs) == [
        one for one in card.function.__code__.co_varnames[: card.function.__code__.co_argcount]
    ]
    assert all(one.vi and one.en and one.symbol for one in card.inputs.values())
    symbols = [one.symbol for one in card.inputs.values()]
    assert len(set(symbols)) == len(symbols)
    assert card.function.__doc__ and ">>>" in card.function.__doc__
    assert card.name in m.__all__


def test_sources_whose_text_was_not_seen_say_so():
    assert SOURCES["budget_law"].write("vi").endswith("(cần đối chiếu văn bản gốc)")
    assert SOURCES["investment_payment"].write("en").endswith("(to be checked)")
    assert "cần đối chiếu" not in SOURCES["pefa_31"].write("vi")
    assert EXCESS.unit == "percent"
