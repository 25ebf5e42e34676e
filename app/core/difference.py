"""What changed from one text to another, word by word: the parts of one reading, from which both texts can be rebuilt."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_SENTENCES = re.compile(r".+?(?:[.;:!?]\s+|\n\s*|$)", re.DOTALL)
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST_ISLAND = 16
"""Letters that two different sentences may share one after another by chance: more is a phrase that stayed."""
MOST_PAIRS = 20_000
"""Equal words of both sides that are weighed one against another, in what is not whole sentences; beyond it common words lead no match."""


class Mark(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Part(NamedTuple):
    mark: Mark
    text: str


class _Run(NamedTuple):
    """Tokens that leave and tokens that come in their place; the same on both sides where nothing changed."""

    before: list[str]
    after: list[str]

    @property
    def is_kept(self) -> bool:
        return self.before == self.after


@lru_cache(maxsize=500)
def difference(before: str, after: str) -> tuple[Part, ...]:
    """Kept and removed parts together are `before`; kept and added ones, `after`. What leaves is told before what comes."""
    parts: list[Part] = []
    for run in _trimmed(_joined(_runs(before, after))):
        told = [(Mark.KEPT, run.before)] if run.is_kept else [(Mark.REMOVED, run.before), (Mark.ADDED, run.after)]
        parts += [Part(mark, "".join(tokens)) for mark, tokens in told if tokens]
    return tuple(parts)


def shown(before: object, after: object) -> tuple[Part, ...]:
    """In templates, where a text may be missing or still lazy."""
    return difference(str(before or ""), str(after or ""))


def _runs(before: str, after: str) -> Iterator[_Run]:
    """First by whole sentences, then by the words of those that changed: long texts stay cheap and keep what did not move."""
    old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    for _kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        yield from _words(_TOKENS.findall("".join(old[i:j])), _TOKENS.findall("".join(new[k:m])))


def _words(before: list[str], after: list[str]) -> Iterator[_Run]:
    there = Counter(after)
    pairs = sum(number * there[token] for token, number in Counter(before).items())
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=pairs > MOST_PAIRS)  # spaces are everywhere: they lead no match
    for _kind, i, j, k, m in matcher.get_opcodes():
        yield _Run(before[i:j], after[k:m])


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Without what was kept by chance: a word or two between longer changes is read better inside one change."""
    kept: list[_Run] = []
    for run in runs:
        if len(kept) >= 2 and not run.is_kept and kept[-1].is_kept and _is_by_chance(kept[-2], kept[-1], run):
            island, change = kept.pop(), kept.pop()
            run = _Run(change.before + island.before + run.before, change.after + island.after + run.after)
        kept.append(run)
    return kept


def _is_by_chance(change: _Run, island: _Run, other: _Run) -> bool:
    return _letters(island.before) <= min(LONGEST_ISLAND, *(max(_letters(run.before), _letters(run.after)) for run in (change, other)))


def _letters(tokens: list[str]) -> int:
    return sum(map(len, tokens))


def _trimmed(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Each change without the words that both its sides begin or end with; what stays beside another kept run is one with it."""
    waiting: list[str] = []
    for run in runs:
        head, tail = _shared(run)
        before, after = run.before[head : len(run.before) - tail], run.after[head : len(run.after) - tail]
        waiting += run.before[:head]
        if before or after:
            yield _Run(waiting, waiting)
            yield _Run(before, after)
            waiting = []
        waiting += run.before[len(run.before) - tail :] if tail else []
    yield _Run(waiting, waiting)


def _shared(run: _Run) -> tuple[int, int]:
    """How many tokens both sides share at the beginning, and then at the end."""
    shortest = min(len(run.before), len(run.after))
    head = next((n for n in range(shortest) if run.before[n] != run.after[n]), shortest)
    rest = shortest - head
    return head, next((n for n in range(rest) if run.before[-1 - n] != run.after[-1 - n]), rest)
