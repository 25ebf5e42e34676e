"""Printed codes: asked for by one person, printed once by another (reliability.md 6.3); and the books of a vote."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem

MOST_CODES = 400
SHORTEST_REASON = 10


class PrintingProblem(StrEnum):
    COUNT = "printing-count"
    ALREADY_PRINTED = "printing-already-printed"
    SAME_PERSON = "printing-same-person"
    CHANNEL_NOT_OFFERED = "printing-channel-not-offered"
    SERIAL_UNKNOWN = "printing-serial-unknown"
    NOT_ISSUED = "printing-not-issued"
    REASON_MISSING = "printing-reason-missing"
    NOT_NOW = "printing-not-now"


@dataclass(frozen=True)
class TokenBooks:
    """Where the printed codes are: each is used, void or unused, and nothing else."""

    issued: int
    used: int
    void: int
    unused: int

    @property
    def is_even(self) -> bool:
        return self.issued == self.used + self.void + self.unused


@dataclass(frozen=True)
class Books:
    """What must agree when the box is closed: marks made with a ballot and codes used, ballots, receipts (reliability.md B08).

    Marks of paper and of handed-out codes have no ballot of their own here: paper enters as totals, a code as `tokens.used`.
    """

    marks: dict[str, int]
    tokens: TokenBooks
    ballots: int
    receipts: int

    @property
    def cast(self) -> int:
        """Ballots there should be: one for each mark on the web or in a booth, one for each code used."""
        return self.marks.get("web", 0) + self.marks.get("booth", 0) + self.tokens.used

    @property
    def is_even(self) -> bool:
        return self.cast == self.ballots == self.receipts and self.tokens.is_even and self.marks.get("token", 0) >= self.tokens.used


def problems_with_run(count: int | None, *, is_offered: bool, is_over: bool) -> tuple[Problem, ...]:
    """From one to four hundred at a time, for a vote that takes printed codes and is not over."""
    if not is_offered:
        return (Problem(PrintingProblem.CHANNEL_NOT_OFFERED),)
    if is_over:
        return (Problem(PrintingProblem.NOT_NOW),)
    return () if count is not None and 1 <= count <= MOST_CODES else (Problem(PrintingProblem.COUNT, "count", {"most": MOST_CODES}),)


def problems_with_printing(*, is_printed: bool, asked_by_id: int, person_id: int) -> tuple[Problem, ...]:
    """Printed once, and by somebody else than who asked."""
    if is_printed:
        return (Problem(PrintingProblem.ALREADY_PRINTED),)
    return (Problem(PrintingProblem.SAME_PERSON),) if asked_by_id == person_id else ()
