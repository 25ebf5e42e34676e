"""Easy-to-read versions of a process: what it is, what is decided and how to take part, in few and short sentences."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem

LONGEST_SENTENCE_WORDS = 15
SHORTEST, LONGEST, SHORTEST_TRIAL = 80, 4_000, 10
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


class ReadingLanguage(StrEnum):
    SPANISH = "es"
    QUECHUA = "qu"
    AYMARA = "ay"


class ReadingProblem(StrEnum):
    TEXT_SHORT = "reading-text-short"
    TEXT_LONG = "reading-text-long"
    TRIAL_MISSING = "reading-trial-missing"
    NOTHING_CHANGED = "reading-nothing-changed"


@dataclass(frozen=True)
class ReadingDraft:
    """A text in one language. `tried_with` says, without names, which people read it before and understood it."""

    language: ReadingLanguage
    text: str
    tried_with: str


def problems_with_reading(draft: ReadingDraft, *, current: str) -> tuple[Problem, ...]:
    """Why it cannot be published; `current` is the text that is public now in that language, empty when there is none.

    An easy text is one that its readers have tried (Inclusion Europe, "Information for all", 2009: always involve them).
    """
    problems = []
    length = len(draft.text.strip())
    if length < SHORTEST:
        problems.append(Problem(ReadingProblem.TEXT_SHORT, "text", {"shortest": SHORTEST}))
    if length > LONGEST:
        problems.append(Problem(ReadingProblem.TEXT_LONG, "text", {"longest": LONGEST}))
    if len(draft.tried_with.strip()) < SHORTEST_TRIAL:
        problems.append(Problem(ReadingProblem.TRIAL_MISSING, "tried_with"))
    if current and draft.text.strip() == current.strip():
        problems.append(Problem(ReadingProblem.NOTHING_CHANGED, "text"))
    return tuple(problems)


def long_sentences(text: str) -> list[str]:
    """The sentences with more than fifteen words: a hint while writing, never a block."""
    found = [match.group().strip() for match in _SENTENCE.finditer(text)]
    return [sentence for sentence in found if len(sentence.split()) > LONGEST_SENTENCE_WORDS]
