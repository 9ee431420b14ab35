import pytest

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
