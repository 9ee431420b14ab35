"""The shape of a Vietnamese syllable: enough to tell Vietnamese from letters that merely look odd.

A syllable is an onset, a rhyme and a tone; a rhyme that ends in p, t, c or ch takes only two of
the six tones. The lists below hold every onset and rhyme of the written language, so a wrong
decoding ("ủaựt" for "đạt") shows itself at once, without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay  ăc ăk ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êc êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong ooc oong op ot  oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt  oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut  uân uâng uât uây  uê uêch uênh uêu  uôc uôi uôm uôn uông uôt
uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
"""
# What is left of ươc, ương, ươu when a cleaner has deleted the soft hyphen that TCVN3 uses for ư.
_WITHOUT_HORN = "ơc ơng ơu"
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOPPED = re.compile(r"(?:p|t|k|ch?)\Z")


def _pattern(*rhymes: str) -> re.Pattern[str]:
    words = sorted(" ".join(rhymes).split(), key=len, reverse=True)
    onsets = sorted(_ONSETS.split(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(onsets)})?(?:{'|'.join(words)})")


_WHOLE = _pattern(_RHYMES)
_DAMAGED = _pattern(_RHYMES, _WITHOUT_HORN)


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str, *, damaged: bool = False) -> bool:
    """Tell whether a word has the shape of one Vietnamese syllable.

    Parameters
    ----------
    word : str
        One word in Unicode, any capitals.
    damaged : bool, optional
        Also accept syllables that have lost a letter ư ("đợc" for "được").

    Examples
    --------
    >>> [is_syllable(word) for word in ("nghìn", "ĐẠT", "đat", "été", "plan")]
    [True, True, False, False, False]
    """
    letters = unicodedata.normalize("NFD", word.lower())
    toneless = letters.translate(_TONES)
    tones = len(letters) - len(toneless)
    if tones > 1:
        return False
    base = unicodedata.normalize("NFC", toneless)
    if not (_DAMAGED if damaged else _WHOLE).fullmatch(base):
        return False
    return not _STOPPED.search(base) or "\u0301" in letters or "\u0323" in letters
