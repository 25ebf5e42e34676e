"""What the floors above decide of a project: chosen or not, agreed, dropped. Each keeps its reason, and an end asks for an answer."""

from datetime import datetime
from typing import Any

from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects import queries
from app.projects.models import Project, ProjectAnswer
from app.projects.rules import ProjectState, can_become
from app.projects.rules.answers import AnswerDraft
from app.projects.rules.phases import Doing, problems_with_phase
from app.projects.rules.writing import ChangeKind, ProjectProblem
from app.projects.services.answers import forget_open, open_for
from app.projects.services.evaluating import annul_open
from app.projects.services.trail import note, register

NEXT_YEAR = "Que se presente otra vez el próximo año, o que otro proyecto de la lista se caiga y el dinero alcance para este."


def prioritise(project: Project, *, source: str, reason: str, person_id: int, now: datetime) -> Project:
    """It is among those chosen. `source` says where in public ("Votación PP27", "Matriz de evaluación"), `reason` how, in words.

    The caller commits. Raises RuleBroken when it was not admissible.
    """
    current = _move(project, ProjectState.PRIORITISED, Doing.RANK)
    forget_open(current)
    note(current, ChangeKind.PRIORITISED, person_id=person_id, now=now, reason=clean(reason), source=source)
    register("prioritise", current, {"source": source}, now)
    return current


def not_prioritise(project: Project, *, source: str, reason: str, person_id: int, now: datetime) -> ProjectAnswer:
    """It was not chosen. Its written answer is drafted with `reason` (R09: less priority by the published criteria) and waits for a
    second person. The caller commits. Raises RuleBroken when it was not admissible."""
    current = _move(project, ProjectState.NOT_PRIORITISED, Doing.RANK)
    said = clean(reason)
    note(current, ChangeKind.NOT_PRIORITISED, person_id=person_id, now=now, reason=said, source=source)
    register("not-prioritise", current, {"source": source}, now)
    draft = AnswerDraft(
        Outcome.NOT_ADOPTED, Reason.R09, said, criterion=source, change_needed=NEXT_YEAR, shows_at=f"/proyectos/{current.code}"
    )
    return open_for(current, draft, person_id=person_id, now=now)


def agree(project: Project, *, act: str, person_id: int, now: datetime) -> Project:
    """It is a line of the signed act; `act` names it in public. The caller commits. Raises RuleBroken when it was not prioritised."""
    current = _move(project, ProjectState.AGREED, Doing.AGREE)
    note(current, ChangeKind.AGREED, person_id=person_id, now=now, source=act)
    register("agree", current, {"act": act}, now)
    return current


def drop(
    project: Project, outcome: Outcome, reason_code: Reason | None, text: str, *, person_id: int, now: datetime, **details: Any
) -> ProjectAnswer:  # fmt: skip
    """It does not go on. The answer is drafted with what is given (`details` are the other fields of rules.answers.AnswerDraft: what
    an outcome asks for, domain.md 6.1) and waits for a second person; until it is published the act cannot be signed.

    The caller commits. Raises RuleBroken when it had already ended.
    """
    current = _move(project, ProjectState.DROPPED, Doing.DROP)
    annul_open(current, person_id=person_id, now=now)
    said = clean(text)
    note(current, ChangeKind.DROPPED, person_id=person_id, now=now, reason=said, outcome=str(outcome))
    register("drop", current, {"outcome": str(outcome), "reason": str(reason_code or "")}, now)
    return open_for(current, AnswerDraft(outcome, reason_code, said, **details), person_id=person_id, now=now)


def _move(project: Project, wanted: ProjectState, doing: Doing) -> Project:
    current = queries.locked(project.id)
    refuse_if_any(problems_with_phase(doing, current.round.state))
    if not can_become(current.state, wanted):
        raise RuleBroken([Problem(ProjectProblem.WRONG_STATE, None, {"code": current.code})])
    current.state = wanted
    return current
