"""The report as PDF: a short one is drawn when asked for, a long one by the worker and kept."""

import json
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, render_template

from app.contributions import queries as contributions
from app.core import pdf, storage
from app.core.cache import fragment
from app.core.clock import now as present
from app.core.db import db
from app.processes import queries as processes
from app.processes.models import Process
from app.reports.documents.content import Content, gather

DRAWN_AT_ONCE = 40
"""Answers that a visitor waits for: a few seconds."""
KEPT_AT_LEAST = timedelta(hours=6)


def printed(process: Process, content: Content, revision: int) -> bytes | None:
    """The report as PDF; None while a long one is waiting for the worker. Raises pdf.PdfUnavailable and pdf.PdfBusy."""
    if not pdf.is_available():
        raise pdf.PdfUnavailable
    is_long, kept = len(content.annex) > DRAWN_AT_ONCE, _kept(process.id)
    if kept and (is_long or kept["revision"] == revision):
        try:
            return storage.get(kept["name"])
        except FileNotFoundError:
            storage.delete(_note_name(process.id))  # a store that lost a file: the worker draws it again
    if is_long:
        return None
    return fragment(f"report:{process.id}:{revision}:{content.made_on}:pdf", lambda: draw(content))


def draw(content: Content) -> bytes:
    """The report as PDF/UA-1. It takes seconds for each hundred answers."""
    site = current_app.config["SITE_URL"]
    with current_app.test_request_context(base_url=site):
        return pdf.render(render_template("reports/printed.html", content=content), site)


def draw_reports(now: datetime) -> str:
    """Job: draw again the long reports that changed, each at most every six hours. Nothing is lost when it is repeated.

    Drawing takes minutes: the database is let go first, so that nobody waits for it.
    """
    if not pdf.is_available():
        return ""
    long_ones = [one.slug for one in processes.public_processes() if contributions.received_count(one.id) > DRAWN_AT_ONCE]
    db.session.rollback()
    drawn = [slug for slug in long_ones if _draw_if_changed(slug, now)]
    return f"Informes en PDF: {', '.join(drawn)}." if drawn else ""


def _draw_if_changed(slug: str, now: datetime) -> bool:
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):  # reads as a visitor does, and for the addresses in it
        process = processes.public_process_by_slug(slug)
        kept = _kept(process.id) if process else None
        if process is None or (kept and _is_recent(kept, process.public_revision, now)):
            return False
        process_id, revision, content = process.id, process.public_revision, gather(process, now)
        db.session.rollback()
        _keep(process_id, revision, draw(content))
    if kept and kept["revision"] != revision:
        storage.delete(kept["name"])
    return True


def _is_recent(kept: dict[str, Any], revision: int, now: datetime) -> bool:
    return bool(kept["revision"] == revision or datetime.fromisoformat(kept["made_at"]) > now - KEPT_AT_LEAST)


def _keep(process_id: int, revision: int, drawn: bytes) -> None:
    name = f"reports/{process_id}-{revision}.pdf"
    storage.put(name, drawn)
    note = {"name": name, "revision": revision, "made_at": present().isoformat()}
    storage.put(_note_name(process_id), json.dumps(note).encode())


def _note_name(process_id: int) -> str:
    return f"reports/{process_id}.json"


def _kept(process_id: int) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads(storage.get(_note_name(process_id)))
    except FileNotFoundError:
        return None
    return note
