"""Whatever stands in cells, outputs and settings: a page with our two scripts, or a refusal."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from sample_page import page_of, showing, text

from hlanalysis.errors import InputError

BITS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img alt=", '"', ">", "<", "&",
    "$x^2$", "$$", "\\begin{align}", "\\end{align}", "# ", "\n\n", "| a |\n|--|\n| 1 |",
    "[a](javascript:alert(1))", "![a](data:text/html,x)", "<table><th></th><td colspan=x>1",
    "</table>", "<details open><summary>", '<a class=figure href="#src-q">1</a>',
    '<a href="#hl-main" id="hl-main">', "\ue000", "0", "\ue001", "\ue0000\ue001", "\x00",
    "\x1b[31m", "\u202e", "```", "<math><mi>x</mi></math>", "<math>", "<svg onload=alert(1)>",
    "<style>*{}</style>", "<h1>", "</h1>", "<h6>a</h6>", '<p id="">', "<!--", "-->", "<![CDATA[",
    "]]>", "{{ 7*7 }}", "{% raw %}", "&#x202e;", "&lt;script&gt;", "\ud800", "</div></main>",
    "<plaintext>", "<noscript>", "<template>", "<select><option>", "<caption>x", "\\(a\\)",
]  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(BITS), min_size=1, max_size=12).map("".join))
def test_nothing_hostile_acts(source):
    try:
        page = page_of(
            text(source),
            showing({"text/html": source, "text/plain": source}),
            showing({"text/markdown": source}),
            showing({"text/plain": source}, alt=source),
            lang="vi", title=source, question=source, data_hash=source,
        )  # fmt: skip
    except InputError:
        return
    root = lxml_html.document_fromstring(page.encode("utf-8"))
    assert len(root.xpath("//script")) == 2
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert not root.xpath("//iframe|//object|//form|//base|//main//style")
    assert not root.xpath("//a[starts-with(@href, 'javascript')]")
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == 1
    assert not set("\u202e\ue000\ue001\x00\x1b") & set(page)
