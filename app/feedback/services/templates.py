"""Keeping texts to start an answer from."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.feedback import queries
from app.feedback.models import AnswerTemplate
from app.feedback.rules.templates import TemplateDraft, TemplateProblem, problems_with_template, slug_for
from app.processes.models import Process


def add_template(process: Process, draft: TemplateDraft, *, person_id: int, now: datetime) -> AnswerTemplate:
    """A new text for the process, or for its whole space; the caller commits. Raises RuleBroken."""
    wanted = _tidy(draft)
    refuse_if_any(problems_with_template(wanted))
    assert wanted.outcome is not None  # noqa: S101 - the rule has just said so
    template = AnswerTemplate(
        space_id=process.space_id, process_id=None if wanted.is_for_space else process.id,
        slug=slug_for(wanted.name, queries.template_slugs(process.space_id)), name=wanted.name, outcome=wanted.outcome,
        reason_code=wanted.reason_code, text=wanted.text, written_by_id=person_id, saved_at=now,
    )  # fmt: skip
    db.session.add(template)
    try:
        db.session.flush()
    except IntegrityError:  # uq_answer_template_slug: another one took the name at this moment
        db.session.rollback()
        raise RuleBroken([Problem(TemplateProblem.NAME_TAKEN, "name")]) from None
    return template


def edit_template(
    template: AnswerTemplate, process: Process, draft: TemplateDraft, *, revision: int, person_id: int, now: datetime
) -> None:  # fmt: skip
    """Change a text; answers written from it stay as they are. The caller commits. Raises RuleBroken, also when another was first."""
    wanted = _tidy(draft)
    refuse_if_any(problems_with_template(wanted))
    _save(template, revision, {
        "name": wanted.name, "outcome": wanted.outcome, "reason_code": wanted.reason_code, "text": wanted.text,
        "process_id": None if wanted.is_for_space else process.id, "written_by_id": person_id, "saved_at": now,
    })  # fmt: skip


def retire_template(template: AnswerTemplate, *, revision: int, now: datetime) -> None:
    """It is offered no more; the caller commits. Raises RuleBroken when another changed it meanwhile."""
    _save(template, revision, {"retired_at": now})


def restore_template(template: AnswerTemplate, *, revision: int) -> None:
    """It is offered again; the caller commits. Raises RuleBroken when another changed it meanwhile."""
    _save(template, revision, {"retired_at": None})


def _save(template: AnswerTemplate, revision: int, values: dict[str, object]) -> None:
    changed = db.session.execute(
        update(AnswerTemplate)
        .where(AnswerTemplate.id == template.id, AnswerTemplate.revision == revision)
        .values(**values, revision=AnswerTemplate.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleBroken([Problem(TemplateProblem.CHANGED)])
    db.session.expire(template)


def _tidy(draft: TemplateDraft) -> TemplateDraft:
    return TemplateDraft(clean_line(draft.name), draft.outcome, draft.reason_code, clean(draft.text), draft.is_for_space)
