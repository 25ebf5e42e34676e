"""The public hearings that account for a round: two a year, one in May and one in September (LOM art. 119-A; domain.md BR-16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.budgeting.rules.documents import SHORTEST_REASON
from app.core.errors import Problem

MONTHS = (5, 9)


class HearingProblem(StrEnum):
    NOT_A_HEARING = "round-hearing-not-one"
    OTHER_SPACE = "round-hearing-other-space"
    ALREADY = "round-hearing-already"
    NONE_CHOSEN = "round-hearing-none-chosen"
    NOT_LINKED = "round-hearing-not-linked"
    ACCOUNTED = "round-hearing-accounted"
    REASON_MISSING = "round-hearing-reason-missing"


class HearingStanding(StrEnum):
    HELD = "held"
    CONVENED = "convened"
    AHEAD = "ahead"
    MISSING = "missing"


@dataclass(frozen=True)
class HearingSeen:
    """A hearing linked to a round: the day it was held or is convened for; None for what has not happened."""

    convened_on: date
    held_on: date | None
    minutes_published_on: date | None
    is_cancelled: bool = False
    title: str = ""
    url: str = ""
    slug: str = ""


@dataclass(frozen=True)
class MonthStanding:
    """How one of the two hearings of a year stands."""

    year: int
    month: int
    standing: HearingStanding
    hearing: HearingSeen | None = None


def standing_of_year(year: int, hearings: Iterable[HearingSeen], today: date) -> tuple[MonthStanding, ...]:
    """May and September of that year: held, convened, still to come, or missing once the month is over."""
    known = [hearing for hearing in hearings if not hearing.is_cancelled]
    return tuple(_standing(year, month, known, today) for month in MONTHS)


def _standing(year: int, month: int, known: list[HearingSeen], today: date) -> MonthStanding:
    held = next((h for h in known if h.held_on and (h.held_on.year, h.held_on.month) == (year, month)), None)
    if held:
        return MonthStanding(year, month, HearingStanding.HELD, held)
    convened = next((h for h in known if h.held_on is None and (h.convened_on.year, h.convened_on.month) == (year, month)), None)
    if convened and convened.convened_on >= today:
        return MonthStanding(year, month, HearingStanding.CONVENED, convened)
    is_over = (today.year, today.month) > (year, month)
    return MonthStanding(year, month, HearingStanding.MISSING if is_over else HearingStanding.AHEAD)


def accounts_for(hearing: HearingSeen, executing_since: date | None) -> bool:
    """Held once execution had begun, and its minutes published: what the state "accounted" asks for."""
    if hearing.is_cancelled or hearing.held_on is None or executing_since is None:
        return False
    return hearing.held_on >= executing_since and hearing.minutes_published_on is not None


def linking_problems(*, is_hearing: bool, is_same_space: bool, is_linked: bool) -> tuple[Problem, ...]:
    if not is_hearing:
        return (Problem(HearingProblem.NOT_A_HEARING, "hearing"),)
    if not is_same_space:
        return (Problem(HearingProblem.OTHER_SPACE, "hearing"),)
    if is_linked:
        return (Problem(HearingProblem.ALREADY, "hearing"),)
    return ()


def unlinking_problems(*, is_linked: bool, is_accounted: bool, others: int, reason: str) -> tuple[Problem, ...]:
    """With a public reason; and a round that accounted for itself keeps at least one of the hearings that do so (`others`)."""
    if not is_linked:
        return (Problem(HearingProblem.NOT_LINKED),)
    if is_accounted and not others:
        return (Problem(HearingProblem.ACCOUNTED),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(HearingProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()
