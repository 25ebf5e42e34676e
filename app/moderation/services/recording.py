"""An act becomes a row, closes the reports it answers, and enters the public register without names."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.audit import services as audit
from app.core.db import db
from app.deliberation.models import Comment
from app.moderation.models import ContentReport, ModerationAction
from app.moderation.queries import Subject
from app.moderation.queries.reports import is_about
from app.moderation.rules import HidingReason, ModerationKind
from app.moderation.rules.acts import ON_PEOPLE

ROLE = "moderación"
HIDE, REDACT, RESTORE, KEEP, RETIRE = "moderation.hide", "moderation.redact", "moderation.restore", "moderation.keep", "moderation.retire"
"""Acts on a text, as the public register names them."""


def keep_act(
    subject: Subject, kind: ModerationKind, moderator_id: int, now: datetime, *, reason: HidingReason | None = None, note: str = "",
    **more: Any,
) -> ModerationAction:  # fmt: skip
    """Write the row; an act on a text closes its open reports. The caller commits."""
    about = {"comment_id": subject.id} if isinstance(subject, Comment) else {"contribution_id": subject.id}
    action = ModerationAction(
        process_id=subject.process_id, kind=kind, reason=reason, note=note, moderator_id=moderator_id, at=now, **about, **more
    )
    db.session.add(action)
    db.session.flush()
    if kind not in ON_PEOPLE:
        db.session.execute(
            update(ContentReport).where(is_about(subject), ContentReport.closed_at.is_(None)).values(closed_at=now),
            execution_options={"synchronize_session": False},
        )
    return action


def record(action: str, subject: Subject, facts: dict[str, Any], now: datetime, role: str = ROLE) -> None:
    """Into the public register, by the code of what it was about."""
    kind = "comment" if isinstance(subject, Comment) else "contribution"
    audit.record(action, kind, subject.code, facts, at=now, role=role)
