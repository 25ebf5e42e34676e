"""Warning and suspending the account behind a comment; suspensions end by themselves."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.deliberation import queries as deliberation_queries
from app.deliberation import services as deliberation
from app.deliberation.models import Comment
from app.moderation.models import ModerationAction
from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem, problems_with_hiding
from app.moderation.rules.acts import problems_with_suspending
from app.moderation.services import recording
from app.moderation.services.telling import tell_act


def warn(comment: Comment, reason: HidingReason | None, note: str, *, moderator_id: int, now: datetime) -> ModerationAction:
    """Tell the author of a comment which published rule it broke; nothing else changes. The caller commits. Raises RuleBroken."""
    tidy = clean(note)
    problems = list(problems_with_hiding(reason, tidy))
    if comment.author_id == moderator_id:
        problems.append(Problem(ModerationProblem.OWN_ACCOUNT))
    refuse_if_any(problems)
    _record("moderation.warn", comment, {"reason": str(reason)}, now)
    action = recording.keep_act(comment, ModerationKind.WARN, moderator_id, now, reason=reason, note=tidy, person_id=comment.author_id)
    return tell_act(action, comment)


def suspend(
    comment: Comment, reason: HidingReason | None, days: int | None, note: str, *, moderator_id: int, now: datetime
) -> ModerationAction:
    """Keep the author of a comment from commenting and supporting in the space for some days. The caller commits. Raises RuleBroken.

    Of two at the same time the second is refused: the account is held while it is judged.
    """
    tidy, space_id = clean(note), comment.process.space_id
    db.session.execute(select(Person.id).where(Person.id == comment.author_id).with_for_update())
    standing = deliberation_queries.suspension_of(comment.author_id, space_id, now)
    is_own = comment.author_id == moderator_id
    refuse_if_any([*problems_with_hiding(reason, tidy), *problems_with_suspending(days, is_own=is_own, is_suspended=standing is not None)])
    assert days is not None  # noqa: S101 - refused a line above
    made = deliberation.suspend(comment.author_id, space_id, days, now=now)
    _record("moderation.suspend", comment, {"reason": str(reason), "days": days}, now)
    action = recording.keep_act(
        comment, ModerationKind.SUSPEND, moderator_id, now, reason=reason, note=tidy, person_id=comment.author_id, suspension_id=made.id
    )
    return tell_act(action, comment, until=made.ends_at)


def lift_suspension(comment: Comment, *, moderator_id: int, now: datetime, note: str = "") -> ModerationAction:
    """End before its time the suspension of the author of a comment. The caller commits. Raises RuleBroken when there is none."""
    standing = deliberation_queries.suspension_of(comment.author_id, comment.process.space_id, now)
    if standing is None or not deliberation.lift(standing, now=now):
        refuse_if_any([Problem(ModerationProblem.NOT_SUSPENDED)])
    assert standing is not None  # noqa: S101 - refused a line above
    _record("moderation.lift", comment, {}, now)
    return recording.keep_act(
        comment, ModerationKind.LIFT, moderator_id, now, note=clean(note)[:1_000], person_id=comment.author_id, suspension_id=standing.id
    )


def _record(action: str, comment: Comment, facts: dict[str, object], now: datetime) -> None:
    """By the process, not by the comment: the register does not say whose account it is."""
    audit.record(action, "process", comment.process.slug, facts, at=now, role=recording.ROLE)
