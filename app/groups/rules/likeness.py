"""How much two contributions say the same: shared stems by their weight, shared trigrams, and the likeness of their titles.

Nothing here decides: what comes out is put before a person. Work grows in proportion to the number of texts.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from app.core.text import fold, stems

ALIKE, NEARLY_EQUAL, RESEMBLING = 0.34, 0.80, 0.25
"""From which likeness two are suggested together; from which they are taken as one text with another spelling; from which one is
shown beside another, where stems have no weights and the likeness comes out lower."""
_KEYS, _WINDOW, _NEAREST = 12, 24, 12
_TRIGRAMS_OF = 400
_OF_STEMS, _OF_TRIGRAMS, _OF_TITLES = 0.6, 0.25, 0.15
"""What each counts for in the likeness."""
_EMPTY_WORDS = """
a al ante antes aquí así aun aún bajo bien cada casi como con contra cual cuales cuando cómo de del desde donde dos durante e el
ella ellos en entre era eran es esa esas ese eso esos esta estamos estar estas este esto estos está están fue fueron ha haber
había hace hacer han hasta hay haya he hemos hoy la las le les lo los luego mas me mi mis mucho muchos muy más ni no nos
nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poco por porque pues pueda puede pueden
que quien se sea sean ser si sin sobre solo son su sus sí también tan tanto te tener tiene tienen toda todas todo todos un una
unas uno unos y ya yo queremos pedimos pido propongo proponemos solicito solicitamos deben debe debería
"""
_EMPTY_STEMS = frozenset(stem for word in _EMPTY_WORDS.split() for stem in stems(word))


@dataclass(frozen=True)
class Said:
    """What is compared of a contribution."""

    id: int
    title: str
    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(f"{self.title}\n{self.text}")) - _EMPTY_STEMS

    @cached_property
    def plain_title(self) -> str:
        return fold(self.title)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        line = " ".join(fold(f"{self.title} {self.text}").split())[:_TRIGRAMS_OF]
        return frozenset(map("".join, zip(line, line[1:], line[2:], strict=False)))


def weights(found: Sequence[Said]) -> dict[str, float]:
    """How much a stem tells: the fewer say it, the more."""
    said_by = Counter(stem for item in found for stem in item.stems)
    return {stem: math.log(1 + len(found) / number) for stem, number in said_by.items()}


class _Scale:
    """Weights squared once, and the length of each text measured once; a stem without a weight counts as one."""

    def __init__(self, weight: Mapping[str, float]) -> None:
        self._squares = defaultdict(lambda: 1.0, {stem: value**2 for stem, value in weight.items()})
        self._lengths: dict[int, float] = {}

    def sum(self, stems: Iterable[str]) -> float:
        return sum(map(self._squares.__getitem__, stems))

    def length(self, item: Said) -> float:
        if item.id not in self._lengths:
            self._lengths[item.id] = self.sum(item.stems)
        return self._lengths[item.id]


def likeness(a: Said, b: Said, weight: Mapping[str, float]) -> float:
    """From 0 (nothing in common) to 1 (the same words); a stem without a weight counts as one."""
    return _likeness(a, b, _Scale(weight), least=0.0)


def _likeness(a: Said, b: Said, scale: _Scale, *, least: float) -> float:
    """The likeness; 0 when it cannot come to `least`, which is known before the trigrams are looked at."""
    shared = scale.sum(a.stems & b.stems)
    if not shared:
        return 0.0
    cosine = shared / math.sqrt(scale.length(a) * scale.length(b))
    titles = fuzz.token_set_ratio(a.plain_title, b.plain_title) / 100
    if _OF_STEMS * cosine + _OF_TRIGRAMS + _OF_TITLES * titles < least:
        return 0.0
    return _OF_STEMS * cosine + _OF_TRIGRAMS * _dice(a.trigrams, b.trigrams) + _OF_TITLES * titles


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def edges(found: Sequence[Said]) -> list[tuple[int, int, float]]:
    """(id, id, likeness) of the pairs that are alike, the likest first. Only texts that share rare stems are compared."""
    weight = weights(found)
    scale, by_id = _Scale(weight), {item.id: item for item in found}
    compared = {pair: _likeness(by_id[pair[0]], by_id[pair[1]], scale, least=ALIKE) for pair in _candidates(found, weight)}
    alike = [(first, second, round(score, 3)) for (first, second), score in compared.items() if score >= ALIKE]
    return sorted(alike, key=lambda edge: (-edge[2], edge[0], edge[1]))


def _candidates(found: Sequence[Said], weight: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: each text with those before it that share its rarest stems, the nearest few."""
    holders: dict[str, list[int]] = defaultdict(list)
    lonely = math.log(1 + len(found)) - 1e-9  # the weight of a stem that only one text says
    for item in sorted(found, key=lambda item: item.id):
        shared: Counter[int] = Counter()
        told = [stem for stem in item.stems if weight[stem] < lonely] if len(found) > 1 else []
        keys = sorted(told, key=lambda stem: (-weight[stem], stem))[:_KEYS]
        for stem in keys:
            shared.update(holders[stem][-_WINDOW:])
            holders[stem].append(item.id)
        least = 2 if len(keys) > 3 else 1
        for other, number in shared.most_common(_NEAREST):
            if number >= least:
                yield other, item.id


@dataclass(frozen=True)
class Bunch:
    """Contributions that may say the same. `anchor` is the id of the group some of them are in already, None when in none; then
    `ids` are the others, that could join it. `percent` is the least likeness that holds it together."""

    ids: tuple[int, ...]
    percent: int
    anchor: int | None = None


def bunches(
    pairs: Iterable[tuple[int, int, float]], *, grouped: Mapping[int, int], different: Collection[tuple[int, int]], most: int = 60
) -> list[Bunch]:  # fmt: skip
    """What to put before a person, the largest and likest first; each contribution once.

    `grouped` maps those in a group to the group's id; pairs in `different` (in order) never come together again.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for first, second, score in pairs:
        if (min(first, second), max(first, second)) not in different and not (first in grouped and second in grouped):
            near[first][second] = near[second][first] = score
    taken: set[int] = set()
    made = [*_joining(near, grouped, different, taken, most), *_new(near, grouped, different, taken, most)]
    return sorted(made, key=lambda bunch: (-len(bunch.ids) * bunch.percent, bunch.ids))


def _joining(
    near: Mapping[int, Mapping[int, float]], grouped: Mapping[int, int], different: Collection[tuple[int, int]], taken: set[int], most: int
) -> list[Bunch]:  # fmt: skip
    """Those outside that are like somebody inside a group, with the group they are likest to."""
    joining: dict[int, dict[int, float]] = defaultdict(dict)
    members: dict[int, list[int]] = defaultdict(list)
    for id_, group_id in grouped.items():
        members[group_id].append(id_)
    for id_, others in sorted(near.items()):
        inside = [(score, grouped[other]) for other, score in others.items() if other in grouped]
        if id_ in grouped or not inside:
            continue
        score, group_id = max(inside)
        if not any(_pair(id_, member) in different for member in members[group_id]):
            joining[group_id][id_] = score
    found = []
    for group_id, scores in joining.items():
        ids = sorted(scores, key=lambda id_: (-scores[id_], id_))[:most]
        taken.update(ids)
        found.append(Bunch(tuple(sorted(ids)), round(100 * min(scores[id_] for id_ in ids)), group_id))
    return found


def _new(
    near: Mapping[int, Mapping[int, float]], grouped: Mapping[int, int], different: Collection[tuple[int, int]], taken: set[int], most: int
) -> list[Bunch]:  # fmt: skip
    """Around each text those that are like it; those nearly equal to one of them come along."""
    found = []
    order = sorted(near, key=lambda id_: (-sum(near[id_].values()), id_))
    for seed in order:
        if seed in taken or seed in grouped:
            continue
        together, least, waiting = [seed], 1.0, sorted(near[seed].items(), key=lambda item: (-item[1], item[0]))
        while waiting and len(together) < most:
            other, score = waiting.pop(0)
            if other in taken or other in grouped or other in together or any(_pair(other, member) in different for member in together):
                continue
            together.append(other)
            least = min(least, score)
            waiting += [(far, equal) for far, equal in sorted(near[other].items()) if equal >= NEARLY_EQUAL]
        if len(together) > 1:
            taken.update(together)
            found.append(Bunch(tuple(sorted(together)), round(100 * least)))
    return found


def _pair(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)
