"""The one place where plans ask whether an entity may own a commitment (BR-23 to BR-25)."""

from app.calls import queries as calls
from app.calls.rules.readiness import ownership_problems
from app.core.errors import Problem
from app.organisations.models import Organisation


def ownership(organisation: Organisation | None, space_id: int) -> tuple[Problem, ...]:
    """Why `organisation` may not own a commitment in the space; what its parent has passed holds for a unit. Problems name no field."""
    if organisation is None:
        return ()
    found = ownership_problems(calls.readiness(organisation.id, space_id))
    if found and organisation.parent_id is not None:
        found = ownership_problems(calls.readiness(organisation.parent_id, space_id))
    return tuple(Problem(problem.code, None, problem.values) for problem in found)
