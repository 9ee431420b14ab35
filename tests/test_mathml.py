import pytest
from lxml import etree

from hlanalysis.publish.mathml import mathml


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"\frac{V_t}{G_t - G_{t-1}}", "<mfrac>"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "<mtable"),
        (r"\begin{cases} a & t \ge 2 \\ 0 & \text{khác} \end{cases}", "<mtext>khác</mtext>"),
        (r"\text{thu ngân sách} < 3", "<mtext>thu ngân sách</mtext>"),
        (r"\text{thu < chi}", "thu &lt; chi"),
        (r"\mathrm{CAGR}", ">CAGR</mi>"),
        (r"x \pm 1", "<mo>±</mo>"),
        (r"\begin{equation} a = b \end{equation}", "<mi>a</mi>"),
    ],
)
def test_formulas_become_mathml(latex, part):
    made = mathml(latex)
    assert made.startswith("<math") and part in made.replace("\u00a0", " ")
    etree.fromstring(made)


def test_a_decimal_comma_stays_one_number():
    assert "<mn>77,64</mn>" in mathml(r"77{,}64\%")


def test_a_display_formula_says_so():
    assert mathml("x", display=True).startswith('<math display="block">')


@pytest.mark.parametrize("latex", [r"\foo{x}", r"\frac{1}{", "", r"a & b"])
def test_what_cannot_be_converted_stays_readable(latex):
    made = mathml(latex)
    assert made.startswith('<code class="tex">') and "<mi>&amp;</mi>" not in made


def test_a_formula_cannot_bring_elements_or_addresses_of_its_own():
    made = mathml(r"\text{<script>alert(1)</script>} \href{javascript:alert(1)}{x}")
    assert "<script" not in made and "javascript" not in made
