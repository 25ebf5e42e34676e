"""Appealing an act, and somebody else deciding it: what was wrong is undone in the same transaction."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.deliberation import queries as deliberation_queries
from app.deliberation import services as deliberation
from app.deliberation.models import Comment
from app.moderation import queries
from app.moderation.models import Appeal, ModerationAction
from app.moderation.queries import Subject
from app.moderation.rules import ModerationKind
from app.moderation.rules.acts import ON_PEOPLE
from app.moderation.rules.appeals import AppealOutcome, AppealProblem, problems_with_appeal, problems_with_deciding
from app.moderation.services import acts, recording
from app.moderation.services.telling import tell_outcome

DECIDER = "quien resuelve apelaciones"


def appeal(action: ModerationAction, text: str, *, now: datetime) -> Appeal:
    """The author's own appeal, once. The caller commits. Raises RuleBroken."""
    text = clean(text)
    refuse_if_any(problems_with_appeal(action.kind, text, is_appealed=queries.appeal_of(action.id) is not None))
    made = Appeal(action_id=action.id, moderator_id=action.moderator_id, text=text, sent_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:  # uq_moderation_appeal_action_id: the other click was first
        raise RuleBroken([Problem(AppealProblem.APPEALED)]) from None
    _record("moderation.appeal", action, _subject(action), {}, now, role="autor")
    return made


def decide_appeal(appeal: Appeal, outcome: AppealOutcome | None, reason: str, *, decider_id: int, now: datetime) -> None:
    """Uphold the act, or overturn it and undo what it did; the person is told why. The caller commits. Raises RuleBroken.

    `appeal.action` and what it was on are loaded (queries.appeal_of_code). Of two at once the second is refused.
    """
    reason, action = clean(reason), appeal.action
    refuse_if_any(
        problems_with_deciding(
            outcome, reason, moderator_id=appeal.moderator_id, decider_id=decider_id, is_decided=appeal.outcome is not None
        )
    )
    assert outcome is not None  # noqa: S101 - refused a line above
    written = db.session.execute(
        update(Appeal)
        .where(Appeal.id == appeal.id, Appeal.outcome.is_(None))
        .values(outcome=outcome, reason=reason, decided_by_id=decider_id, decided_at=now),
        execution_options={"synchronize_session": False},
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        refuse_if_any([Problem(AppealProblem.DECIDED)])
    db.session.refresh(appeal, ["outcome", "reason", "decided_by_id", "decided_at"])
    subject = _subject(action)
    _record("moderation.decide-appeal", action, subject, {"outcome": str(outcome)}, now, role=DECIDER)
    if outcome is AppealOutcome.OVERTURNED:
        _undo(action, subject, decider_id, now)
    tell_outcome(appeal, subject, now=now)


def _undo(action: ModerationAction, subject: Subject, decider_id: int, now: datetime) -> None:
    """What the act took comes back, unless a later act has settled it already."""
    if action.kind in (ModerationKind.HIDE, ModerationKind.RETIRE):
        latest = queries.latest_of(subject)
        db.session.refresh(subject, ["visibility"], with_for_update=True)
        if subject.visibility is Visibility.HIDDEN and latest is not None and latest.id == action.id:
            acts.restore(subject, moderator_id=decider_id, now=now)
    elif action.kind is ModerationKind.SUSPEND and isinstance(subject, Comment):
        standing = deliberation_queries.suspension_of(subject.author_id, subject.process.space_id, now)
        if standing is not None and standing.id == action.suspension_id and deliberation.lift(standing, now=now):
            recording.keep_act(subject, ModerationKind.LIFT, decider_id, now, person_id=subject.author_id, suspension_id=standing.id)


def _subject(action: ModerationAction) -> Subject:
    subject = action.comment if action.comment_id else action.contribution
    assert subject is not None  # noqa: S101 - ck_moderation_action_one_subject
    return subject


def _record(action_name: str, action: ModerationAction, subject: Subject, facts: dict[str, object], now: datetime, *, role: str) -> None:
    """An act on an account is recorded by its process: the register does not say whose account it is."""
    if action.kind in ON_PEOPLE:
        audit.record(action_name, "process", action.process.slug, facts, at=now, role=role)
    else:
        recording.record(action_name, subject, facts, now, role=role)
