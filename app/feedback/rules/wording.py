"""Plain language, cheaply: sentence length, whether an answer speaks to what was asked, whether it says what changes."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from app.feedback.rules.personal_data import fold

TOO_ALIKE = 0.90
_LEAST_SHARED = TOO_ALIKE / (2 - TOO_ALIKE) - 1e-9
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
_CONTRAST = re.compile(
    r"\b(?:antes|ahora|hasta hoy|hasta ahora|hoy|ya no|deja(?:n|ra|ran)? de|en vez de|en lugar de"
    r"|pasa(?:n|ra|ran)?\b|desde|a partir|cambi\w+)"
)
_SAME_START = 5


def content_words(text: str) -> set[str]:
    """The beginnings of words that mean something: enough to meet a plural or another ending."""
    return {word[:_SAME_START] for word in _WORD.findall(fold(text)) if word not in _COMMON}


def shares_a_word(title: str, text: str) -> bool:
    """Whether the text names a content word of the title; true when the title has none."""
    wanted = content_words(title)
    return not wanted or bool(wanted & content_words(text))


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


def twins(texts: Mapping[str, str], groups: Mapping[str, Collection[str]] | None = None) -> dict[str, str]:
    """For each of `texts` (name -> text) that is too like another, one it is like; names of the same group are never compared.

    Two texts that share nine words of ten must share one of their rarest: only texts that meet there are compared, and one that has
    its twin already is compared until the first match, so that ten thousand answers are not fifty million pairs. Exact: the names
    it finds are those `most_alike` would find comparing every pair.
    """
    words = {name: _words(text) for name, text in texts.items()}
    frequency: Counter[str] = Counter()
    for counted in words.values():
        frequency.update(counted.keys())
    index, found = _Index(words, groups or {}), dict[str, str]()
    for name in sorted(words, key=lambda name: (words[name].total(), name)):
        index.meet(name, _rarest(words[name], frequency), found)
    return found


class _Index:
    """Texts by their rarest words: those still without a twin apart from those that have one."""

    def __init__(self, words: Mapping[str, Counter[str]], groups: Mapping[str, Collection[str]]) -> None:
        self.words, self.groups = words, groups
        self.single: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.paired: dict[tuple[str, int], list[str]] = defaultdict(list)

    def meet(self, name: str, rare: Sequence[tuple[str, int]], found: dict[str, str]) -> None:
        """Compare a text with those that share one of its rarest words, and keep it for the texts to come."""
        own = self.groups.get(name, ())
        for other in dict.fromkeys(other for token in rare for other in self._singles(token, found)):
            if other not in own and _are_alike(self.words[name], self.words[other]):
                found.setdefault(name, other)
                found[other] = name
        if name not in found:
            candidates = (other for token in rare for other in self.paired[token] if other not in own)
            twin = next((other for other in candidates if _are_alike(self.words[name], self.words[other])), None)
            if twin is not None:
                found[name] = twin
        for token in rare:
            (self.paired if name in found else self.single)[token].append(name)

    def _singles(self, token: tuple[str, int], found: Mapping[str, str]) -> list[str]:
        """Those still without a twin; the others move over."""
        here = self.single[token]
        if any(other in found for other in here):
            self.paired[token] += [other for other in here if other in found]
            here = self.single[token] = [other for other in here if other not in found]
        return here


def _rarest(counted: Counter[str], frequency: Mapping[str, int]) -> list[tuple[str, int]]:
    """The rarest words, as many as may be missing from a text too like this one, and one more. Repeated words count apart."""
    tokens = [(word, n) for word, times in counted.items() for n in range(times)]
    tokens.sort(key=lambda token: (frequency[token[0]], token))
    return tokens[: len(tokens) - math.ceil(len(tokens) * _LEAST_SHARED) + 1]


def _are_alike(one: Counter[str], other: Counter[str]) -> bool:
    sizes = sorted((one.total(), other.total()))
    return sizes[0] >= _LEAST_SHARED * sizes[1] and _likeness(one, other) >= TOO_ALIKE
