"""Reading the rules of participation: the version in force, those before it, the one being written."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.forum.models import RulesApproval, RulesVersion
from app.forum.rules.participation import OPEN, RulesState


def current_rules(space_id: int) -> RulesVersion | None:
    """The version in force: the one published last."""
    return db.session.scalar(select(RulesVersion).where(RulesVersion.space_id == space_id, RulesVersion.state == RulesState.PUBLISHED))


def rules_versions(space_id: int) -> Sequence[RulesVersion]:
    """Every published version, newest first."""
    return db.session.scalars(
        select(RulesVersion).where(RulesVersion.space_id == space_id, RulesVersion.n.is_not(None)).order_by(RulesVersion.n.desc())
    ).all()


def open_rules(space_id: int) -> RulesVersion | None:
    """The draft or the version awaiting approval, if there is one; the space loaded."""
    return db.session.scalar(
        select(RulesVersion).where(RulesVersion.space_id == space_id, RulesVersion.state.in_(OPEN)).options(joinedload(RulesVersion.space))
    )


def rules_approvals(version_ids: Sequence[int]) -> dict[int, list[RulesApproval]]:
    """The approvals of each version, in the order they were given."""
    found: dict[int, list[RulesApproval]] = {}
    rows = select(RulesApproval).where(RulesApproval.version_id.in_(version_ids)).order_by(RulesApproval.approved_at, RulesApproval.id)
    for row in db.session.scalars(rows):
        found.setdefault(row.version_id, []).append(row)
    return found
