"""Counting the syllables of Spanish words, by the rules of orthography (RAE, Ortografía de la lengua española, 2010, 3.4)."""

import re
import unicodedata
from functools import lru_cache

_OPEN = frozenset("aáeéoóàèò")
_STRESSED_CLOSED = frozenset("íú")
_CLOSED = frozenset("iuüïy")
_VOWELS = _OPEN | _STRESSED_CLOSED | _CLOSED
_SILENT_U = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_SILENT_H = re.compile(r"(?<=[aáeéoóiíuúü])h(?!u[aáeéoó])(?=[aáeéoóiíuúü])")
_GROUP = re.compile(f"[{''.join(sorted(_VOWELS))}]+")
_CONSONANT_Y = re.compile(r"y(?=[aáeéoóiíuúü])")
_LETTER = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word has; at least one when it has a letter, none otherwise.

    Two open vowels (a, e, o) are two syllables; an open and a closed one (i, u, final y) are one, unless the closed one
    carries the accent ("país"); two different closed ones are one, two alike are two. The u of que, qui, gue, gui is silent; an h
    between vowels does not part them ("prohibir" has two), but hu before a vowel sounds like a consonant ("cacahuete" has four).
    """
    letters = "".join(_LETTER.findall(unicodedata.normalize("NFC", word.lower())))
    if not letters:
        return 0
    sounds = _CONSONANT_Y.sub("j", _SILENT_H.sub("", _SILENT_U.sub("", letters)))
    return max(1, sum(1 + _breaks(group) for group in _GROUP.findall(sounds)))


def _breaks(vowels: str) -> int:
    """How many times a run of vowels is parted in two syllables."""
    return sum(_are_apart(one, other) for one, other in zip(vowels, vowels[1:], strict=False))


def _are_apart(one: str, other: str) -> bool:
    if one in _OPEN and other in _OPEN:
        return True
    if one in _OPEN or other in _OPEN:
        return one in _STRESSED_CLOSED or other in _STRESSED_CLOSED
    return one == other
