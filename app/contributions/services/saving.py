"""Keeping what somebody is still writing, so that they can go on later from a link."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.contributions import queries
from app.contributions.models import SavedDraft
from app.contributions.rules.saving import DRAFT_LASTS, LETTERS_WINDOW, kept, problems_with_mailing, problems_with_saving
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.text import clean_line
from app.notifications import services as notifications
from app.notifications.rules import is_address
from app.processes.models import Process


def save_draft(
    values: Mapping[str, str], process: Process, *, submission_key: str, now: datetime, person_id: int | None = None
) -> SavedDraft:  # fmt: skip
    """Keep the form as it stands under its submission key; saving again replaces what was kept. The caller commits.

    `person_id` is whoever is signed in: only so that erasing an account finds what it was still writing.

    Raises RuleBroken: it was sent already, nothing is written in it, or no more are kept.
    """
    content, known = kept(values), _known(submission_key)
    problems = problems_with_saving(
        content, is_sent=queries.contribution_by_key(submission_key) is not None, is_known=known is not None,
        is_open=queries.input_standing(process, now).is_open, others=0 if known else queries.drafts_of(process.id),
    )  # fmt: skip
    refuse_if_any(problems)
    if known is None:
        known = _new(content, process, submission_key, now) or _known(submission_key)
    assert known is not None  # noqa: S101 - what was there first is there
    known.content, known.saved_at, known.expires_at = content, now, now + DRAFT_LASTS
    known.person_id = person_id or known.person_id
    db.session.flush()
    return known


def mail_draft(draft: SavedDraft, address: str, *, now: datetime) -> bool:
    """Send the link of a draft to the address written in it, once for each address; False when it is no address. The caller commits.

    Raises RuleBroken when letters were asked for too often.
    """
    address = clean_line(address).lower()
    if not is_address(address):
        return False
    refuse_if_any(problems_with_mailing(*queries.draft_letters_since(address, now - LETTERS_WINDOW)))
    site = current_app.config["SITE_URL"]
    content = {
        "process": draft.process.title, "link": f"{site}/borradores/{draft_token(draft.submission_key)}",
        "until": long_date(lima_day(draft.expires_at)),
    }  # fmt: skip
    letter = notifications.queue(
        "contributions.draft", address=address, subject_kind="saved-draft", subject_id=draft.id, content=content,
        dedupe_key=f"contributions.draft:{draft.token_hash}:{address}", at=now,
    )  # fmt: skip
    if letter is not None:
        draft.mailed_at = now
        db.session.flush()
    return True


def discard_draft(submission_key: str) -> None:
    """Nothing is left of the draft: it was sent, or its author does not want it. The caller commits."""
    db.session.execute(
        delete(SavedDraft).where(SavedDraft.token_hash == draft_hash(draft_token(submission_key))),
        execution_options={"synchronize_session": False},
    )


def discard_drafts_of(person_id: int, email: str) -> int:
    """Delete what somebody was still writing: from their account, or with their address in it. How many; the caller commits.

    The address is inside what was typed, so each draft is looked at; none is older than `DRAFT_LASTS`.
    """
    rows = db.session.execute(select(SavedDraft.id, SavedDraft.person_id, SavedDraft.content)).all()
    own = [
        draft_id for draft_id, writer, content in rows
        if writer == person_id or (email and clean_line(content.get("email")).lower() == email.lower())
    ]  # fmt: skip
    if own:
        db.session.execute(delete(SavedDraft).where(SavedDraft.id.in_(own)), execution_options={"synchronize_session": False})
    return len(own)


def discard_expired_drafts(now: datetime) -> int:
    """Delete every draft whose time is over, names and addresses with it; how many comes back. The caller commits."""
    if db.session.scalar(select(SavedDraft.id).where(SavedDraft.expires_at <= now).limit(1)) is None:
        return 0  # nothing is written, so nobody waits
    gone = db.session.execute(delete(SavedDraft).where(SavedDraft.expires_at <= now), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]


def draft_token(submission_key: str) -> str:
    """The token of the link: the same however often the form is saved, unknown without the server's key."""
    secret = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(secret, b"minka.draft:" + submission_key.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def draft_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _known(submission_key: str) -> SavedDraft | None:
    return db.session.query(SavedDraft).filter_by(token_hash=draft_hash(draft_token(submission_key))).one_or_none()


def _new(content: dict[str, str], process: Process, submission_key: str, now: datetime) -> SavedDraft | None:
    """The row, or None when another saving of the same form was first."""
    row = SavedDraft(
        process=process, process_id=process.id, token_hash=draft_hash(draft_token(submission_key)), submission_key=submission_key,
        content=content, created_at=now, saved_at=now, expires_at=now + DRAFT_LASTS,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return None
    return row
