"""Every page that a build of the real project makes, opened without network."""

import shutil
from itertools import pairwise

import pytest
from town import ROOT

from hlanalysis.build import build
from hlanalysis.publish.site import index_name, page_name

pytestmark = pytest.mark.browser
LANGS = ("vi", "en")
STEMS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = [index_name(lang) for lang in LANGS]
PAGES += [page_name(stem, lang) for stem in STEMS for lang in LANGS]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("town")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("processed"))
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    build(root, langs=LANGS)
    return root / "outputs" / "site"


def test_the_site_holds_these_files_and_no_others(site):
    assert sorted(path.name for path in site.iterdir()) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_site(visit, site, name):
    """One visit a page: no request, light, accessible, in its window, nothing dead."""
    seen = visit(site / name)
    page = seen.page
    assert (site / name).stat().st_size <= 2_000_000
    assert page.get_attribute("html", "lang") == ("en" if ".en." in name else "vi")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    check_headings_and_alternatives(page)
    check_links(page, site)
    check_marks(page)
    assert seen.axe() == []
    for width in (640, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert seen.sideways() == 0
    assert seen.axe() == []


def check_headings_and_alternatives(page):
    """What axe does not see: a late start, a second title, alternatives that say nothing."""
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    alternatives = page.evaluate(
        "[...document.querySelectorAll('.hl-chart[role=img],article svg[role=img]')]"
        ".map(chart => chart.getAttribute('aria-label'))"
    )
    assert all(len(said) > 30 for said in alternatives), alternatives


def check_links(page, site):
    links = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
        ".filter(href => !/^(#|https?:|mailto:|data:)/.test(href))"
    )
    assert links
    assert {link for link in links if not (site / link.partition("#")[0]).is_file()} == set()


def check_marks(page):
    """The export has seen that every mark has its source; some of them are opened here."""
    lost = page.evaluate(
        """() => {
          const marks = [...document.querySelectorAll('a.figure')], lost = [];
          const step = Math.max(1, Math.floor(marks.length / 15));
          for (let n = 0; n < marks.length; n += step) {
            marks[n].click();
            const dialog = document.querySelector('dialog');
            const item = dialog && dialog.open && dialog.querySelector('.hl-item');
            if (!item || !item.textContent.trim()) lost.push(marks[n].outerHTML);
            if (dialog) dialog.close();
          }
          return lost;
        }"""
    )
    assert lost == []
