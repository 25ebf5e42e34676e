"""The states of a project of a participatory budget, and which may follow which."""

from enum import StrEnum


class ProjectState(StrEnum):
    """An idea is written up as a project, judged, chosen or not, and agreed; `DROPPED` and `MERGED` end it with a written answer."""

    DRAFT = "draft"
    UNDER_EVALUATION = "under-evaluation"
    ADMISSIBLE = "admissible"
    NOT_ADMISSIBLE = "not-admissible"
    PRIORITISED = "prioritised"
    NOT_PRIORITISED = "not-prioritised"
    AGREED = "agreed"
    DROPPED = "dropped"
    MERGED = "merged"


ENDED = (ProjectState.NOT_ADMISSIBLE, ProjectState.NOT_PRIORITISED, ProjectState.DROPPED, ProjectState.MERGED)
"""Where a project stops, and a written answer is owed (domain.md 11: every project dropped on the way needs one)."""
TAKEN_UP = (ProjectState.PRIORITISED, ProjectState.AGREED)
"""What was chosen, signed or not yet."""
EDITABLE = frozenset({ProjectState.DRAFT, ProjectState.UNDER_EVALUATION, ProjectState.ADMISSIBLE})
MOVES: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.UNDER_EVALUATION: frozenset({ProjectState.DRAFT, ProjectState.ADMISSIBLE, ProjectState.NOT_ADMISSIBLE}),
    ProjectState.ADMISSIBLE: frozenset({ProjectState.UNDER_EVALUATION}),
    ProjectState.NOT_ADMISSIBLE: frozenset({ProjectState.UNDER_EVALUATION}),
    ProjectState.PRIORITISED: frozenset({ProjectState.ADMISSIBLE, ProjectState.NOT_PRIORITISED}),
    ProjectState.NOT_PRIORITISED: frozenset({ProjectState.ADMISSIBLE, ProjectState.PRIORITISED}),
    ProjectState.AGREED: frozenset({ProjectState.PRIORITISED}),
    ProjectState.DROPPED: frozenset(
        {
            ProjectState.DRAFT, ProjectState.UNDER_EVALUATION, ProjectState.ADMISSIBLE, ProjectState.PRIORITISED,
            ProjectState.NOT_PRIORITISED, ProjectState.AGREED,
        }
    ),
    ProjectState.MERGED: EDITABLE,
}  # fmt: skip
"""From which states each one may be reached. A recount may turn the last two of the count into each other; a project that is dropped
lets the next one of the list in."""


def can_become(state: ProjectState, wanted: ProjectState) -> bool:
    return state in MOVES.get(wanted, ())
