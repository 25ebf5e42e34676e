"""When two texts may say the same, as a hint for whoever writes the second: shared telling words, nothing more.

The suggestions of groups (app.groups) compare better and cost more: they are put before the team, this before anybody.
"""

from app.core.text import stems

MOST_SHOWN = 3
FEWEST_WORDS = 4
"""Telling words a text needs before anything is said about it."""
MOST_ASKED = 8
"""Words the search index is asked for, the longest: a long word is a rare one, and costs nothing to know."""
FEWEST_SHARED, SHARE = 3, 0.4
_EMPTY_WORDS = """
al ante antes aquí así aun bajo bien cada como con contra cuando de del desde donde dos durante el ella ellos en entre era es esa ese eso
esta está están estar este esto estos ha había hace hacer han hasta hay la las le les lo los luego mas más me mi mucho muy más ni no nos
nosotros nuestra nuestro nunca otra otro para pero poco por porque pues puede pueden que quien se ser si sin sobre solo son su sus sí
también tan tanto te tener tiene tienen toda todas todo todos un una unas uno unos ya yo queremos pedimos pido propongo proponemos
solicito solicitamos deben debe debería
"""
_EMPTY_STEMS = frozenset(stem for word in _EMPTY_WORDS.split() for stem in stems(word))


def asked_stems(mine: frozenset[str]) -> list[str]:
    """The words to look for, in a fixed order; none when the text says too little to be compared."""
    telling = mine - _EMPTY_STEMS
    return sorted(telling, key=lambda stem: (-len(stem), stem))[:MOST_ASKED] if len(telling) >= FEWEST_WORDS else []


def is_alike(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """How much of the shorter text is in the other, from `SHARE` to 1; 0 when it is too little to be worth a line."""
    a, b = mine - _EMPTY_STEMS, theirs - _EMPTY_STEMS
    shared = len(a & b)
    if shared < FEWEST_SHARED:
        return 0.0
    share = shared / min(len(a), len(b))
    return share if share >= SHARE else 0.0
