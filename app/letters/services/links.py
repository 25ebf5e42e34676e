"""Sending the private link of an address to that address, and to nobody else."""

import hashlib
from datetime import datetime

from flask import current_app
from sqlalchemy import delete

from app.contributions import services as contributions
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.text import clean_line
from app.letters import queries
from app.letters.models import LinkRequest
from app.letters.rules.links import REQUEST_WINDOW, REQUESTED_LASTS, problems_with_request
from app.notifications import services as notifications
from app.notifications.rules import is_address


def request_link(address: str, *, now: datetime) -> None:
    """Send to `address` the link to everything said under it, when there is anything; the caller commits.

    Whoever asks learns nothing: the same happens on the page, and the same is written, for a known address and for any other.
    Raises RuleBroken: not an address, or asked for too often.
    """
    address = clean_line(address).lower()
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
    asked, asked_in_all = queries.requests_since(digest, now - REQUEST_WINDOW)
    refuse_if_any(problems_with_request(is_address(address), asked, asked_in_all))
    asking = LinkRequest(address_sha256=digest, at=now)
    db.session.add(asking)
    db.session.flush()
    code = queries.newest_code_under(address)
    if code is None:
        return
    until = now + REQUESTED_LASTS
    token = contributions.address_token(code, address, until=until)
    content = {"link": f"{current_app.config['SITE_URL']}/mis-aportes/{token}", "until": long_date(lima_day(until))}
    notifications.queue(
        "letters.mine", address=address, subject_kind="link-request", subject_id=asking.id, content=content,
        dedupe_key=f"letters.mine:{asking.id}", at=now,
    )  # fmt: skip


def forget_requests(before: datetime) -> int:
    """Drop what was kept of requests older than that; how many comes back. The caller commits."""
    gone = db.session.execute(delete(LinkRequest).where(LinkRequest.at < before), execution_options={"synchronize_session": False})
    return int(gone.rowcount)  # type: ignore[attr-defined]
