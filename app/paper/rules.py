"""Paper forms: each sheet has a number of its own, is keyed once, and is accounted for (domain.md 6.3, series P)."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem

MOST_SHEETS = 100
"""In one printing: as many pages as are drawn within seconds."""
SHORTEST_REASON, LONGEST_REASON = 5, 300


class SheetState(StrEnum):
    UNUSED = "unused"
    KEYED = "keyed"
    VOID = "void"


class Unreadable(StrEnum):
    """What could not be read of a sheet."""

    WORDS = "words"
    NAME = "name"
    CONTACT = "contact"
    PLACE = "place"


class PaperProblem(StrEnum):
    COUNT = "paper-count"
    KEYED = "paper-keyed"
    VOIDED = "paper-voided"
    REASON = "paper-reason"
    NOT_KEYED = "paper-not-keyed"
    OWN_WORK = "paper-own-work"
    CHANNEL = "paper-channel"


@dataclass(frozen=True)
class Tally:
    """Where the sheets of a process are: those issued are keyed, void or unused, and nothing else."""

    issued: int
    keyed: int
    void: int
    unused: int

    @property
    def is_even(self) -> bool:
        return self.issued == self.keyed + self.void + self.unused


def sheet_code(process_code: str, number: int) -> str:
    """`PA7-H-0012`: written on the sheet and on its stub. It is no contribution's code: that is given when the sheet is keyed."""
    return f"{process_code}-H-{number:04d}"


def named(typed: str) -> tuple[str, int | None]:
    """(code of the process, number) of what somebody copied from a sheet: `PA7-H-0012`, or only `12`; None for what is no number."""
    process_code, _, number = typed.strip().upper().rpartition("-H-")
    return process_code, int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else None


def problems_with_printing(count: int | None) -> tuple[Problem, ...]:
    """From one to a hundred sheets at a time."""
    return () if count is not None and 1 <= count <= MOST_SHEETS else (Problem(PaperProblem.COUNT, "count", {"most": MOST_SHEETS}),)


def problems_with_using(state: SheetState, code: str) -> tuple[Problem, ...]:
    """A sheet is keyed once, or void; `code` is that of the contribution it became."""
    if state is SheetState.KEYED:
        return (Problem(PaperProblem.KEYED, None, {"code": code}),)
    return (Problem(PaperProblem.VOIDED),) if state is SheetState.VOID else ()


def problems_with_reason(reason: str) -> tuple[Problem, ...]:
    """A void sheet says why, in public."""
    return () if SHORTEST_REASON <= len(reason) <= LONGEST_REASON else (
        Problem(PaperProblem.REASON, "reason", {"shortest": SHORTEST_REASON, "longest": LONGEST_REASON}),
    )  # fmt: skip


def problems_with_checking(state: SheetState, keyed_by_id: int | None, person_id: int) -> tuple[Problem, ...]:
    """The second look at a keyed sheet is somebody else's."""
    if state is not SheetState.KEYED:
        return (Problem(PaperProblem.NOT_KEYED),)
    return (Problem(PaperProblem.OWN_WORK),) if keyed_by_id == person_id else ()
