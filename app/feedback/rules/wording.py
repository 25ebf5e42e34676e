"""Plain language, cheaply: sentence length, whether an answer speaks to what was asked, whether it says what changes."""

import re
from collections import Counter
from collections.abc import Mapping

from app.feedback.rules.personal_data import fold

LONGEST_SENTENCE = 30
TOO_ALIKE = 0.90
_COMMON = frozenset(
    [
        "para",
        "como",
        "desde",
        "hasta",
        "sobre",
        "entre",
        "cada",
        "todo",
        "toda",
        "todos",
        "todas",
        "este",
        "esta",
        "estos",
        "estas",
        "pero",
        "cuando",
        "donde",
        "quien",
        "porque",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "plan",
        "gobierno",
        "municipalidad",
        "distrito",
        "provincia",
        "cusco",
        "lima",
        "peru",
        "propuesta",
        "aporte",
        "pedido",
    ]
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_CONTRAST = re.compile(
    r"\b(?:antes|ahora|hasta hoy|hasta ahora|hoy|ya no|deja(?:n|ra|ran)? de|en vez de|en lugar de"
    r"|pasa(?:n|ra|ran)?\b|desde|a partir|cambi\w+)"
)
_SAME_START = 5


def content_words(text: str) -> set[str]:
    """The beginnings of words that mean something: enough to meet a plural or another ending."""
    return {fold(word)[:_SAME_START] for word in _WORD.findall(text) if fold(word) not in _COMMON}


def shares_a_word(title: str, text: str) -> bool:
    """Whether the text names a content word of the title; true when the title has none."""
    wanted = content_words(title)
    return not wanted or bool(wanted & content_words(text))


def longest_sentence(text: str) -> int:
    """Words of the longest sentence."""
    return max((len(sentence.split()) for sentence in _SENTENCE.split(text)), default=0)


def contrasts(text: str) -> bool:
    """Whether the text sets an after against a before."""
    return bool(_CONTRAST.search(fold(text)))


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same words, from 0 to 1, whatever their order: twice what they share over what they are."""
    return _likeness(_words(one), _words(other))


def most_alike(text: str, others: Mapping[str, str]) -> tuple[str, float]:
    """Which of `others` (name -> text) is the most like the text, and how much; ("", 0) without others."""
    words = _words(text)
    found = ((name, _likeness(words, _words(other))) for name, other in others.items())
    return max(found, key=lambda pair: pair[1], default=("", 0.0))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(text)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0
