"""Until when what was captured in a workshop may be corrected by who captured it."""

from app.activities.rules import ActivityState
from app.contributions.rules.drafts import ContributionProblem
from app.contributions.rules.terms import Visibility
from app.core.errors import Problem


def problems_with_correcting(visibility: Visibility, record: ActivityState, *, is_answered: bool) -> tuple[Problem, ...]:
    """Not after the workshop's record was published, it left the public view, or it was answered: then it is history."""
    if record is ActivityState.PUBLISHED or visibility in (Visibility.HIDDEN, Visibility.WITHDRAWN) or is_answered:
        return (Problem(ContributionProblem.NOT_CORRECTABLE),)
    return ()
