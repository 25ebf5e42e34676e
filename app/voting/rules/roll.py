"""Who may vote: a document's number, where they vote, and the faults a list of them may have."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.errors import Problem
from app.voting.rules.course import Course, Stage

DNI_DIGITS = 8
MOST_ROWS = 20_000
SHORTEST_REASON = 20
FEWEST_SHOWN = 10
"""Groups smaller than this are not told apart (reliability.md 6.1)."""


class RollProblem(StrEnum):
    DOCUMENT_MALFORMED = "roll-document-malformed"
    ZERO_LOST = "roll-zero-lost"
    DOCUMENT_REPEATED = "roll-document-repeated"
    TERRITORY_MISSING = "roll-territory-missing"
    TERRITORY_UNKNOWN = "roll-territory-unknown"
    EMAIL_MALFORMED = "roll-email-malformed"
    COLUMN_MISSING = "roll-column-missing"
    COLUMN_UNKNOWN = "roll-column-unknown"
    NOTHING_NEW = "roll-nothing-new"
    VOTE_OVER = "roll-vote-over"
    NEEDS_TWO = "roll-needs-two"
    REASON_MISSING = "roll-reason-missing"
    SAME_PERSON = "roll-same-person"
    ADDITION_SETTLED = "roll-addition-settled"
    KEY_MISSING = "roll-key-missing"
    KEY_DESTROYED = "roll-key-destroyed"


@dataclass(frozen=True, slots=True)
class Voter:
    """A row of a list as it was read. Never stored like this: the document becomes a keyed hash, the address is sealed."""

    document: str
    ubigeo: str | None
    email: str = ""


@dataclass(frozen=True)
class RollCount:
    """People on the roll of a territory; `people` is None when there are fewer than may be shown."""

    ubigeo: str | None
    name: str
    people: int | None


def document_of(typed: str) -> str:
    """The digits of a document however they were typed, or "" when there is anything else in it."""
    text = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", typed)[:40])
    return text if re.fullmatch(r"[0-9]{1,12}", text) else ""


def is_document(document: str) -> bool:
    return len(document) == DNI_DIGITS


def problems_with_document(typed: str) -> tuple[Problem, ...]:
    """A DNI has eight digits; seven are one whose first zero a spreadsheet dropped, and that is never guessed."""
    document = document_of(typed)
    if is_document(document):
        return ()
    if len(document) == DNI_DIGITS - 1:
        return (Problem(RollProblem.ZERO_LOST, "document", {"document": f"…{document[-3:]}"}),)
    return (Problem(RollProblem.DOCUMENT_MALFORMED, "document", {"digits": DNI_DIGITS}),)


def problems_with_adding(course: Course, now: datetime) -> tuple[Problem, ...]:
    """People are added by one person before the vote opens, by two and in public while it is open, by nobody afterwards."""
    stage = course.stage(now)
    if stage in (Stage.DRAFT, Stage.ANNOUNCED):
        return ()
    return (Problem(RollProblem.NEEDS_TWO if stage is Stage.OPEN else RollProblem.VOTE_OVER),)


def problems_with_addition(course: Course, reason: str, rows: int, now: datetime) -> tuple[Problem, ...]:
    """Asking for people to be added while the vote is open: the reason is published."""
    problems = []
    if course.stage(now) is not Stage.OPEN:
        problems.append(Problem(RollProblem.VOTE_OVER))
    if len(reason) < SHORTEST_REASON:
        problems.append(Problem(RollProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    if not rows:
        problems.append(Problem(RollProblem.NOTHING_NEW))
    return tuple(problems)


def merged(counts: dict[str | None, int], names: dict[str | None, str], fewest: int = FEWEST_SHOWN) -> list[RollCount]:
    """People by territory, by name; a group smaller than `fewest` is listed without its number (B13)."""
    rows = [RollCount(ubigeo, names.get(ubigeo, ubigeo or ""), people if people >= fewest else None) for ubigeo, people in counts.items()]
    return sorted(rows, key=lambda row: (row.ubigeo is None, row.name))
