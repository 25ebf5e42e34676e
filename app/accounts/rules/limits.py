"""How often something may be tried (reliability.md S31, S32). What is counted is kept as a hash, and for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Attempt(StrEnum):
    PASSWORD = "password"
    CODE = "code"
    LETTER = "letter"
    FACTOR = "factor"


@dataclass(frozen=True)
class Limit:
    """How many in the window: for one account, from one network address (shared by many phones, hence loose), and in all."""

    window: timedelta
    account: int
    origin: int
    everywhere: int


LIMITS: Mapping[Attempt, Limit] = {
    Attempt.PASSWORD: Limit(timedelta(minutes=5), 10, 100, 1_000),
    Attempt.CODE: Limit(timedelta(minutes=15), 15, 100, 1_000),
    Attempt.LETTER: Limit(timedelta(hours=1), 5, 120, 3_000),
    Attempt.FACTOR: Limit(timedelta(minutes=5), 10, 100, 1_000),
}
KEPT = timedelta(days=1)


def is_too_many(kind: Attempt, account: int, origin: int, everywhere: int) -> bool:
    """Whether one more may not be tried, given how many there were in the window."""
    limit = LIMITS[kind]
    return account >= limit.account or origin >= limit.origin or everywhere >= limit.everywhere
