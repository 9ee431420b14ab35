import pytest

from hlanalysis.publish.external import external_references


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/a.png">',
        '<img src="//example.org/a.png">',
        '<img src="a.png">',
        "<img src='file:///a.png'>",
        '<img srcset="data:image/png;base64,xx 1x, b.png 2x">',
        '<link rel="stylesheet" href="a.css">',
        '<link rel="preconnect" href="https://example.org">',
        '<script src="a.js"></script>',
        "<style>@import 'a.css';</style>",
        "<style>p{background:url(a.png)}</style>",
        "<style>p{background:u\\72l(a.png)}</style>",
        "<style>p{background:/**/URL( 'https://example.org/x' )}</style>",
        '<p style="background:url(&quot;a.png&quot;)">',
        '<svg><image href="a.png"/></svg>',
        '<svg><use xlink:href="b.svg#x"/></svg>',
        '<svg><rect fill="url(b.svg#x)"/></svg>',
        '<video poster="a.png"></video>',
        '<object data="a.pdf"></object>',
        "<iframe srcdoc='x'></iframe>",
        '<base href="https://example.org">',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        '<form action="https://example.org"></form>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="#x" ping="https://example.org">x</a>',
        '<script type="application/json">{"data":{"url":"data/a.csv"}}</script>',
    ],
)
def test_what_would_load_is_found(html):
    assert external_references(html)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org">nguồn</a>',
        '<a href="01_x.vi.html">trang</a>',
        '<img src="data:image/png;base64,xx">',
        '<link rel="icon" href="data:,">',
        '<svg><use href="#a"/><rect fill="url(#b)"/></svg>',
        "<style>p{background:url(data:image/png;base64,xx)}</style>",
        '<p>viết "url(a.png)" và src="a.png"</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<li data-source="a1">x</li>',
        '<script>var a = "<img src=x>";</script>',
        '<script type="application/json">{"$schema":"https://vega.github.io/schema"}</script>',
    ],
)
def test_what_stays_inside_is_left_alone(html):
    assert external_references(html) == []


def test_the_line_is_named():
    found = external_references("<p>\n</p>\n<img src='a.png'>")
    assert found == ['line 3: <img src="a.png">']
