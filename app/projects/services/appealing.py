"""Appeals against "not admissible": received in time, decided by somebody new, and when upheld the project is judged again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.projects import queries
from app.projects.models import Appeal, Project
from app.projects.rules import ProjectState
from app.projects.rules import appeals as rules
from app.projects.rules.appeals import AppealProblem, Appellant
from app.projects.rules.writing import ChangeKind
from app.projects.services import letters
from app.projects.services.trail import AGENT, AUTHOR, note, register


def appeal(
    project: Project, text: str, *, by: Appellant, person_id: int | None, now: datetime, contribution_id: int | None = None,
    agent_id: int | None = None,
) -> Appeal:  # fmt: skip
    """Whoever proposed it, or an accredited agent, asks that it be judged again. The caller has checked who it is, and commits.

    Raises RuleBroken.
    """
    current = queries.locked(project.id)
    evaluation = queries.latest_published(current.id)
    until = None
    if evaluation is not None and evaluation.published_at is not None:
        until = rules.last_day(lima_day(evaluation.published_at), evaluation.sheet.appeal_days)
    known = queries.appeals(current.id)
    has_open = any(row.decided_at is None or (evaluation and row.evaluation_id == evaluation.id) for row in known)
    refuse_if_any(rules.problems_with_appeal(current.state, until, text, today=lima_day(now), has_open=has_open))
    assert evaluation is not None  # noqa: S101 - without one there is no last day, and the rule has refused
    made = Appeal(
        project_id=current.id, evaluation_id=evaluation.id, number=len(known) + 1, by=by, text=clean(text), received_at=now,
        contribution_id=contribution_id, agent_id=agent_id, person_id=person_id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:  # uq_project_appeal_open
        raise RuleBroken([Problem(AppealProblem.REPEATED)]) from lost
    role = AUTHOR if by is Appellant.AUTHOR else AGENT
    note(current, ChangeKind.APPEALED, person_id=person_id, now=now, role=role, number=made.number)
    register("appeal", current, {"number": made.number, "by": str(by)}, now, role)
    return made


def decide(made: Appeal, *, is_upheld: bool, reason: str, person_id: int, now: datetime) -> Appeal:
    """Upheld: the project goes back to be judged by others. Dismissed: what was decided stands. Either way with a public reason and a
    letter. The caller commits. Raises RuleBroken."""
    current = queries.locked(made.project_id)
    standing = db.session.scalar(select(Appeal).where(Appeal.id == made.id).with_for_update().execution_options(populate_existing=True))
    assert standing is not None  # noqa: S101 - appeals are never deleted
    involved = queries.involved(current.id)
    is_decided = standing.decided_at is not None
    refuse_if_any(rules.problems_with_deciding(is_decided=is_decided, involved=involved, person_id=person_id, reason=reason))
    standing.is_upheld, standing.reason, standing.decided_by_id, standing.decided_at = is_upheld, clean(reason), person_id, now
    if is_upheld and current.state is ProjectState.NOT_ADMISSIBLE:
        current.state = ProjectState.UNDER_EVALUATION
    note(current, ChangeKind.APPEAL_DECIDED, person_id=person_id, now=now, reason=standing.reason, number=standing.number, upheld=is_upheld)
    register("decide-appeal", current, {"number": standing.number, "upheld": is_upheld}, now)
    content = {"upheld": "1" if is_upheld else "", "reason": standing.reason}
    letters.queue("projects.appeal-decided", current, content, event=str(standing.id), now=now)
    return standing
