"""Seats by sector, their terms, and the balance between sectors (domain.md 7: composition is data, not code)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem
from app.organisations.rules import Sector, is_government

SHORTEST_REASON = 10


class Side(StrEnum):
    """The two sides that hold the same voice: government, and everybody who is not."""

    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"


class Sitting(StrEnum):
    """Who sits: the holder, or the alternate in the holder's place."""

    HOLDER = "holder"
    ALTERNATE = "alternate"


class SeatProblem(StrEnum):
    HOLDER_MISSING = "seat-holder-missing"
    DOCUMENT_MISSING = "seat-document-missing"
    ENDS_BEFORE_IT_STARTS = "seat-ends-before-it-starts"
    TAKEN = "seat-taken"
    OTHER_SECTOR = "seat-other-sector"
    SAME_PERSON = "seat-same-person"
    SITS_ELSEWHERE = "seat-sits-elsewhere"
    REASON_MISSING = "seat-reason-missing"
    ENDED = "seat-ended"
    END_BEFORE_START = "seat-end-before-start"


def side_of(sector: Sector) -> Side:
    return Side.GOVERNMENT if is_government(sector) else Side.NON_GOVERNMENT


@dataclass(frozen=True)
class Sitter:
    """Somebody who holds a seat or stands in for its holder. `email` is restricted; the name is public by office."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class SeatDraft:
    """A term of a seat as it is written: number, sector, who, until when, by which document."""

    number: int
    sector: Sector
    holder: Sitter
    starts_on: date
    ends_on: date | None = None
    alternate: Sitter = Sitter()
    appointed_by: str = ""
    document_url: str = ""


@dataclass(frozen=True)
class Term:
    """A term already kept: of which seat and sector, between which days, with whose addresses."""

    number: int
    sector: Sector
    starts_on: date
    ends_on: date | None
    emails: frozenset[str] = frozenset()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether at least one day belongs to both."""
        return (self.ends_on is None or starts_on <= self.ends_on) and (ends_on is None or self.starts_on <= ends_on)


def problems_with_seating(draft: SeatDraft, terms: Iterable[Term]) -> tuple[Problem, ...]:
    """Why this term cannot begin: something missing, the seat is held on one of its days, or somebody would sit twice."""
    problems = []
    if not draft.holder.name.strip():
        problems.append(Problem(SeatProblem.HOLDER_MISSING, "holder_name"))
    if not draft.appointed_by.strip():
        problems.append(Problem(SeatProblem.DOCUMENT_MISSING, "appointed_by"))
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        problems.append(Problem(SeatProblem.ENDS_BEFORE_IT_STARTS, "ends_on"))
    known = list(terms)
    problems += _problems_with_number(draft, [term for term in known if term.number == draft.number])
    addresses = [email for email in (draft.holder.email.lower(), draft.alternate.email.lower()) if email]
    if len(addresses) > len(set(addresses)):
        problems.append(Problem(SeatProblem.SAME_PERSON, "alternate_email"))
    others = [term for term in known if term.number != draft.number and term.meets(draft.starts_on, draft.ends_on)]
    if any(set(addresses) & term.emails for term in others):
        problems.append(Problem(SeatProblem.SITS_ELSEWHERE, "holder_email"))
    return tuple(problems)


def _problems_with_number(draft: SeatDraft, terms: list[Term]) -> Iterable[Problem]:
    if any(term.meets(draft.starts_on, draft.ends_on) for term in terms):
        yield Problem(SeatProblem.TAKEN, "number", {"number": draft.number})
    if terms and side_of(max(terms, key=lambda term: term.starts_on).sector) is not side_of(draft.sector):
        yield Problem(SeatProblem.OTHER_SECTOR, "sector", {"number": draft.number})


def problems_with_ending(term: Term, on: date, reason: str) -> tuple[Problem, ...]:
    """A term ends on a day of its own, for a reason people can read."""
    if term.ends_on is not None and on >= term.ends_on:
        return (Problem(SeatProblem.ENDED, "ends_on"),)
    if on < term.starts_on:
        return (Problem(SeatProblem.END_BEFORE_START, "ends_on"),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(SeatProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


@dataclass(frozen=True)
class Balance:
    """How many seats each sector holds, most first, and each of the two sides."""

    sectors: tuple[tuple[Sector, int], ...]
    government: int
    non_government: int

    @property
    def total(self) -> int:
        return self.government + self.non_government


def balance(sectors: Iterable[Sector]) -> Balance:
    counted: dict[Sector, int] = {}
    for sector in sectors:
        counted[sector] = counted.get(sector, 0) + 1
    ordered = tuple(sorted(counted.items(), key=lambda item: (not is_government(item[0]), -item[1], item[0])))
    government = sum(count for sector, count in ordered if is_government(sector))
    return Balance(ordered, government, sum(counted.values()) - government)
