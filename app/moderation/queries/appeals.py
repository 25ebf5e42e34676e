"""Appeals: by the private token, those that wait, and those of one act."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.contributions.models import Contribution
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation.models import Comment
from app.moderation.models import Appeal, ModerationAction
from app.moderation.rules.acts import APPEALABLE
from app.processes.models import Process


def action_by_hash(appeal_hash: str) -> ModerationAction | None:
    """The act whose private page it is; its process and space, contribution or comment loaded."""
    return db.session.scalar(_subjects(select(ModerationAction).where(ModerationAction.appeal_hash == appeal_hash)))


def appeal_of(action_id: int) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.action_id == action_id))


def appeals_of(action_ids: Iterable[int]) -> dict[int, Appeal]:
    """The appeal of each act that has one."""
    wanted = sorted(set(action_ids))
    if not wanted:
        return {}
    return {appeal.action_id: appeal for appeal in db.session.scalars(select(Appeal).where(Appeal.action_id.in_(wanted)))}


def open_appeals(process_id: int, number: int) -> Page:
    """A page of the appeals nobody decided, oldest first; acts with what they were on loaded."""
    query = _loaded(select(Appeal).join(Appeal.action)).where(ModerationAction.process_id == process_id, Appeal.outcome.is_(None))
    rows = db.session.scalars(query.order_by(Appeal.sent_at, Appeal.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    total = db.session.scalar(
        select(func.count(Appeal.id)).join(Appeal.action).where(ModerationAction.process_id == process_id, Appeal.outcome.is_(None))
    )
    return Page(rows, number, total or 0)


def appeal_of_code(slug: str, code: str) -> Appeal | None:
    """The newest appeal about the contribution or comment with that code, in that process."""
    return db.session.scalar(
        _loaded(select(Appeal).join(Appeal.action))
        .outerjoin(Contribution, Contribution.id == ModerationAction.contribution_id)
        .outerjoin(Comment, Comment.id == ModerationAction.comment_id)
        .join(Process, Process.id == ModerationAction.process_id)
        .where(Process.slug == slug, (Contribution.code == code) | (Comment.code == code))
        .order_by(Appeal.outcome.is_not(None), Appeal.id.desc())
        .limit(1)
    )


def appeals_open(process_ids: Collection[int], *, but_of: int = 0) -> dict[int, tuple[int, datetime]]:
    """By process: how many wait and since when the oldest, those against acts of `but_of` left out."""
    if not process_ids:
        return {}
    rows = db.session.execute(
        select(ModerationAction.process_id, func.count(), func.min(Appeal.sent_at))
        .join(Appeal, Appeal.action_id == ModerationAction.id)
        .where(ModerationAction.process_id.in_(process_ids), Appeal.outcome.is_(None), Appeal.moderator_id != but_of)
        .group_by(ModerationAction.process_id)
    )
    return {process_id: (count, since) for process_id, count, since in rows}


def own_appealable(*, contribution_ids: Collection[int] = (), comment_ids: Collection[int] = ()) -> Sequence[ModerationAction]:
    """The acts on these that took something and may be, or were, appealed: newest first. For the author's private pages."""
    return db.session.scalars(
        select(ModerationAction)
        .where(
            ModerationAction.kind.in_(APPEALABLE),
            ModerationAction.contribution_id.in_(list(contribution_ids)) | ModerationAction.comment_id.in_(list(comment_ids)),
        )
        .order_by(ModerationAction.id.desc())
    ).all()


def _loaded(query: Select[Appeal]) -> Select[Appeal]:
    action = contains_eager(Appeal.action)
    return query.options(
        action.joinedload(ModerationAction.process).joinedload(Process.space),
        action.joinedload(ModerationAction.contribution).joinedload(Contribution.process).joinedload(Process.space),
        action.joinedload(ModerationAction.comment).joinedload(Comment.process).joinedload(Process.space),
        action.joinedload(ModerationAction.comment).joinedload(Comment.author),
        action.joinedload(ModerationAction.comment).joinedload(Comment.contribution),
    )


def _subjects(query: Select[ModerationAction]) -> Select[ModerationAction]:
    return query.options(
        joinedload(ModerationAction.process).joinedload(Process.space),
        joinedload(ModerationAction.contribution),
        joinedload(ModerationAction.comment),
    )
