"""How much a report weighs and what a moderator looks at first. Reports never hide anything (reliability.md S53)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.moderation.rules.acts import HidingReason

LONGEST_WORDS = 1_000
OLD_ACCOUNT = timedelta(days=7)
OF_OLD_ACCOUNT, OF_NEW_ACCOUNT, OF_NOBODY = 4, 2, 1
MOST_OF_NOBODIES = 4
"""All reports without an account together weigh at most as one of an account of some age."""
MOST_FROM_ADDRESS = 20
"""A day's reports from one address that still weigh something; the next ones are kept and weigh nothing."""
SEVERITY = {
    HidingReason.PERSONAL_DATA: 5, HidingReason.UNLAWFUL: 5, HidingReason.INSULT: 4, HidingReason.ADVERTISING: 2,
    HidingReason.OFF_TOPIC: 1, HidingReason.DUPLICATE: 1,
}  # fmt: skip
OF_WAITING, OF_WAITING_WITH_DATA = 1, 3
MOST_POINTS, MOST_HOURS, FIRST_HOURS = 40, 24 * 30, 24


class Pile(StrEnum):
    """The tabs of the queue."""

    WAITING = "waiting"
    REPORTED = "reported"
    SUSPECT = "suspect"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Weight:
    """One open report: its reason, what it weighs, and whether an account stands behind it."""

    reason: HidingReason
    points: int
    has_account: bool


def weight_of(*, has_account: bool, account_age: timedelta, from_address_today: int, is_trapped: bool) -> int:
    """Accounts of some age weigh most; what a machine or a flood sends is kept and weighs nothing."""
    if is_trapped:
        return 0
    if has_account:
        return OF_OLD_ACCOUNT if account_age >= OLD_ACCOUNT else OF_NEW_ACCOUNT
    return OF_NOBODY if from_address_today < MOST_FROM_ADDRESS else 0


def points(reports: Iterable[Weight]) -> int:
    """What the open reports of one thing weigh together."""
    known = list(reports)
    return sum(r.points for r in known if r.has_account) + min(MOST_OF_NOBODIES, sum(r.points for r in known if not r.has_account))


def severity(reports: Iterable[Weight], *, has_personal_data: bool = False) -> int:
    """From 1 to 5: the worst reason somebody gave, or what waits for its first look."""
    given = [SEVERITY[report.reason] for report in reports if report.points]
    return max([OF_WAITING_WITH_DATA if has_personal_data else OF_WAITING, *given])


def urgency(of_severity: int, of_points: int, since: datetime, now: datetime) -> int:
    """Worst first: severity x reports x age. What waits longest wins among equals; a crowd cannot push without limit."""
    hours = min(MOST_HOURS, max(0, int((now - since).total_seconds() // 3600)))
    return of_severity * (4 + min(MOST_POINTS, of_points)) * (FIRST_HOURS + hours)
