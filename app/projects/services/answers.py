"""The written answer of a project that ended: drafted by one, approved and published by another, corrected by versions."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.projects import queries
from app.projects.models import AnswerSave, Project, ProjectAnswer
from app.projects.rules import ENDED
from app.projects.rules import answers as rules
from app.projects.rules.answers import AnswerDraft, AnswerProblem, AnswerState
from app.projects.rules.writing import ChangeKind
from app.projects.services import letters
from app.projects.services.trail import note, register

_NAMES = tuple(field.name for field in fields(AnswerDraft))


def draft_of(answer: ProjectAnswer) -> AnswerDraft:
    """What an answer says, as the rules read it."""
    return AnswerDraft(**{name: getattr(answer, name) for name in _NAMES})


def tidy(draft: AnswerDraft) -> AnswerDraft:
    values: dict[str, Any] = {name: getattr(draft, name) for name in _NAMES}
    for name, value in values.items():
        if isinstance(value, str) and name not in ("outcome", "reason_code"):
            values[name] = clean(value)
    return AnswerDraft(**values)


def open_for(project: Project, draft: AnswerDraft, *, person_id: int, now: datetime) -> ProjectAnswer:
    """The answer that the end of a project asks for, in review when it says all it must and a draft otherwise. What was still open
    about an earlier end is rewritten, and stays among what was saved. The caller has locked the project, and commits."""
    wanted = tidy(draft)
    answer = queries.open_answer(project.id)
    if answer is None:
        answer = ProjectAnswer(
            project_id=project.id, project=project, version=queries.last_answer_version(project.id) + 1, about=project.state,
            writer_ids=[person_id], drafted_by_id=person_id, drafted_at=now,
        )  # fmt: skip
        db.session.add(answer)
        db.session.flush()
    else:
        answer.revision += 1
    answer.about = project.state
    _say(answer, wanted, project, person_id, now)
    db.session.flush()
    return answer


def forget_open(project: Project) -> None:
    """A draft nobody approved is about an end that is not one any more; it stays among what was saved. The caller has locked it."""
    standing = queries.open_answer(project.id)
    if standing is not None:
        db.session.delete(standing)
        db.session.flush()


def _say(answer: ProjectAnswer, wanted: AnswerDraft, project: Project, person_id: int, now: datetime) -> tuple[Problem, ...]:
    for name in _NAMES:
        setattr(answer, name, getattr(wanted, name))
    answer.drafted_by_id, answer.drafted_at = person_id, now
    answer.writer_ids = sorted({*answer.writer_ids, person_id})
    problems = rules.problems_with_answer(wanted, project.state, today=lima_day(now))
    answer.state = AnswerState.DRAFT if problems else AnswerState.REVIEW
    db.session.add(
        AnswerSave(
            project_id=project.id, version=answer.version, revision=answer.revision, content=wanted.as_json(), saved_by_id=person_id,
            saved_at=now,
        )
    )  # fmt: skip
    return problems


def write(project: Project, draft: AnswerDraft, *, revision: int, person_id: int, now: datetime) -> tuple[Problem, ...]:
    """Save the answer of a project that ended; it goes to whoever approves when nothing is missing, and what is missing comes back
    (the text is kept either way). `revision` is the one on the screen, 0 when there was none open; over a published answer the first
    save opens a correction, which says why. The caller commits. Raises RuleBroken and SomebodyWasFirst."""
    current = queries.locked(project.id)
    if current.state not in ENDED:
        raise RuleBroken([Problem(AnswerProblem.NOT_ENDED)])
    standing = queries.open_answer(current.id)
    if (standing.revision if standing else 0) != revision:
        raise SomebodyWasFirst(standing or queries.current_answer(current.id))
    wanted = tidy(draft)
    if standing is None:
        published = queries.current_answer(current.id)
        if published is not None and published.about is current.state and not wanted.correction_reason:
            raise RuleBroken([Problem(AnswerProblem.NO_CORRECTION_REASON, "correction_reason")])
        standing = ProjectAnswer(
            project_id=current.id, project=current, version=queries.last_answer_version(current.id) + 1, about=current.state,
            writer_ids=[person_id], drafted_by_id=person_id, drafted_at=now,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                db.session.add(standing)
        except IntegrityError as lost:  # uq_project_answer_open
            raise SomebodyWasFirst(queries.open_answer(current.id)) from lost
    else:
        standing.revision += 1
    problems = _say(standing, wanted, current, person_id, now)
    db.session.flush()
    return problems


def approve(answers: Sequence[ProjectAnswer], revisions: Mapping[int, int] | None = None, *, person_id: int, now: datetime) -> int:
    """Approve and publish answers somebody else wrote, together; their authors are told by letter. How many were published.

    `revisions`, by id, are those on the screen. The caller commits. Raises RuleBroken, naming the project of each problem.
    """
    if not answers:
        raise RuleBroken([Problem(AnswerProblem.NOTHING_CHOSEN)])
    ids = sorted(answer.project_id for answer in answers)
    held = {project_id: queries.locked(project_id) for project_id in ids}
    standing = {row.id: row for row in _as_they_stand([answer.id for answer in answers])}
    problems: list[Problem] = []
    for answer in standing.values():
        project = held[answer.project_id]
        found = rules.problems_with_approval(answer.state, frozenset(answer.writer_ids), person_id)
        if not found and revisions is not None and revisions.get(answer.id) != answer.revision:
            raise SomebodyWasFirst(answer)
        found = found or rules.problems_with_answer(draft_of(answer), project.state, today=lima_day(now))
        problems += [Problem(p.code, p.field, {**p.values, "code": project.code}) for p in found]
    refuse_if_any(problems)
    for answer in standing.values():
        _publish(answer, held[answer.project_id], person_id, now)
    return len(standing)


def _as_they_stand(ids: Sequence[int]) -> Sequence[ProjectAnswer]:
    return db.session.scalars(
        select(ProjectAnswer).where(ProjectAnswer.id.in_(ids)).order_by(ProjectAnswer.id).execution_options(populate_existing=True)
    ).all()


def _publish(answer: ProjectAnswer, project: Project, person_id: int, now: datetime) -> None:
    answer.state, answer.approved_by_id, answer.published_at = AnswerState.PUBLISHED, person_id, now
    told(answer, project, now)
    note(
        project, ChangeKind.ANSWERED, person_id=person_id, now=now, reason=answer.correction_reason, version=answer.version,
        outcome=str(answer.outcome),
    )  # fmt: skip
    register("answer", project, {"version": answer.version, "outcome": str(answer.outcome), "reason": str(answer.reason_code or "")}, now)


def told(answer: ProjectAnswer, project: Project, now: datetime) -> None:
    """The letter with the answer, whole, to the authors of what the project came from."""
    content: dict[str, Any] = draft_of(answer).as_json()
    letters.queue("projects.answered", project, content, event=f"{answer.id}", now=now)


def publish_with(project: Project, draft: AnswerDraft, *, written_by: int, approved_by: int, drafted_at: datetime, now: datetime) -> None:
    """The answer that an approved evaluation carries, published with it: two people have already read it. No letter: the evaluation's
    says it. The caller has locked the project."""
    answer = open_for(project, draft, person_id=written_by, now=drafted_at)
    problems = rules.problems_with_answer(draft_of(answer), project.state, today=lima_day(now))
    refuse_if_any(problems)
    answer.state, answer.approved_by_id, answer.published_at = AnswerState.PUBLISHED, approved_by, now
    db.session.flush()
