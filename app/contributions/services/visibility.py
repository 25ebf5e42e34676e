"""Making contributions public, hiding them, marking them answered."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from app.audit import services as audit
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.contributions.services.indexing import index_again
from app.core.db import db
from app.evidence import services as evidence
from app.processes import services as processes

A_STATEMENT = 500
FILES_OF = "contribution"


def make_public(contribution: Contribution, *, now: datetime, role: str = "moderación") -> None:
    """Anyone may read it from now on; nothing happens when it is public already. The caller commits."""
    if contribution.visibility is Visibility.PUBLIC:
        return
    contribution.visibility = Visibility.PUBLIC
    evidence.release(FILES_OF, contribution.id)
    db.session.flush()
    announce(contribution, at=now, role=role)


def hide(contribution: Contribution, *, now: datetime) -> None:
    """Its text is no longer public; its code stays. Who hides it records the act and its reason. The caller commits."""
    contribution.visibility = Visibility.HIDDEN
    evidence.conceal(FILES_OF, contribution.id)
    db.session.flush()
    processes.touch_public(contribution.process_id)


def withhold(contribution: Contribution, pieces: Sequence[str], stand_in: str) -> dict[str, str]:
    """Put `stand_in` for each piece wherever it can be read or found, longest first; the words as they were come back.

    The caller keeps them where only those who may read them do, and commits.
    """
    before = {name: getattr(contribution, name) for name in _READ}
    for name in _READ:
        words = before[name]
        for piece in sorted(pieces, key=len, reverse=True):
            words = words.replace(piece, stand_in)
        setattr(contribution, name, words)
    db.session.flush()
    index_again(contribution.id, (contribution.title, contribution.text, contribution.organisation_name))
    return before


_READ = ("title", "text", "organisation_name", "public_name")


def mark_answered(contribution_id: int, at: datetime | None) -> None:
    """Since when it has a published answer, or None when it has none. The caller commits."""
    db.session.execute(
        update(Contribution).where(Contribution.id == contribution_id).values(answered_at=at),
        execution_options={"synchronize_session": "fetch"},
    )


def mark_many_answered(contribution_ids: Sequence[int], at: datetime | None) -> None:
    """The same for many at once; objects already loaded learn it when they are read again. The caller commits."""
    for start in range(0, len(contribution_ids), A_STATEMENT):
        db.session.execute(
            update(Contribution).where(Contribution.id.in_(contribution_ids[start : start + A_STATEMENT])).values(answered_at=at),
            execution_options={"synchronize_session": "fetch"},
        )


def mark_replies(contribution_id: int, *, replies: int, open_replies: int) -> None:
    """How many replies its answer has had, and how many still wait for the forum. The caller commits."""
    db.session.execute(
        update(Contribution).where(Contribution.id == contribution_id).values(replies=replies, open_replies=open_replies),
        execution_options={"synchronize_session": "fetch"},
    )


def announce(contribution: Contribution, *, at: datetime, role: str) -> None:
    """The public register gets the code and the hash of the text; never a name."""
    processes.touch_public(contribution.process_id)
    audit.record(
        "contributions.publish", "contribution", contribution.code, {"text_sha256": text_sha256(contribution.text)}, at=at, role=role
    )


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
