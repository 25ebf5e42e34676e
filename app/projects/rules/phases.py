"""In which state of its round each act on a project is possible (domain.md 9.1 and 11).

Concertation is the workshop of results, the technical evaluation and the workshop of prioritisation, in this order; the act comes after
the coordination between levels. Answers are not here: what ended may always be answered, and an answer corrected.
"""

from enum import StrEnum

from app.budgeting.rules.course import has_reached
from app.budgeting.rules.states import RoundState
from app.core.errors import Problem


class Doing(StrEnum):
    """`WRITE` is everything that changes what a project says or is made of: edit, publish, merge, split, its contributions."""

    SHEET = "sheet"
    WRITE = "write"
    EVALUATE = "evaluate"
    MATRIX = "matrix"
    RANK = "rank"
    AGREE = "agree"
    DROP = "drop"
    EXECUTE = "execute"


class PhaseProblem(StrEnum):
    SHEET_LATE = "phase-sheet-late"
    WRITE_EARLY = "phase-write-early"
    WRITE_LATE = "phase-write-late"
    EVALUATE_EARLY = "phase-evaluate-early"
    EVALUATE_LATE = "phase-evaluate-late"
    MATRIX_LATE = "phase-matrix-late"
    RANK_EARLY = "phase-rank-early"
    RANK_LATE = "phase-rank-late"
    AGREE_EARLY = "phase-agree-early"
    AGREE_LATE = "phase-agree-late"
    DROP_EARLY = "phase-drop-early"
    DROP_LATE = "phase-drop-late"
    EXECUTE_EARLY = "phase-execute-early"
    EXECUTE_LATE = "phase-execute-late"


SPAN: dict[Doing, tuple[RoundState, RoundState]] = {
    Doing.SHEET: (RoundState.NORM_APPROVED, RoundState.TECHNICAL_EVALUATION),
    Doing.WRITE: (RoundState.CONCERTATION, RoundState.TECHNICAL_EVALUATION),
    Doing.EVALUATE: (RoundState.TECHNICAL_EVALUATION, RoundState.TECHNICAL_EVALUATION),
    Doing.MATRIX: (RoundState.NORM_APPROVED, RoundState.PRIORITISATION),
    Doing.RANK: (RoundState.PRIORITISATION, RoundState.PRIORITISATION),
    Doing.AGREE: (RoundState.COORDINATION, RoundState.EXECUTING),
    Doing.DROP: (RoundState.CONCERTATION, RoundState.ACCOUNTED),
    Doing.EXECUTE: (RoundState.COORDINATION, RoundState.ACCOUNTED),
}
"""The first and the last state, both included. A corrected act agrees what entered later, until execution ends; execution is
told from the published act on, which may be days before the round is said to have it."""


def problems_with_phase(doing: Doing, state: RoundState) -> tuple[Problem, ...]:
    """Why it is not done now: it is too early, or that part of the round is over."""
    first, last = SPAN[doing]
    if not has_reached(state, first):
        return (Problem(PhaseProblem(f"phase-{doing}-early")),)
    if state is not last and has_reached(state, last):
        return (Problem(PhaseProblem(f"phase-{doing}-late")),)
    return ()


def may(doing: Doing, state: RoundState) -> bool:
    return not problems_with_phase(doing, state)
