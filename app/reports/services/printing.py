"""The report as PDF: a short one is drawn when asked for, a long one by the worker and kept."""

import json
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, render_template
from obstore.exceptions import NotFoundError

from app.core import pdf, storage
from app.core.cache import fragment
from app.core.clock import now as present
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
    kept = _kept(process.id)
    if kept and (kept["revision"] == revision or len(content.annex) > DRAWN_AT_ONCE):
        return storage.get(kept["name"])
    if len(content.annex) > DRAWN_AT_ONCE:
        return None
    return fragment(f"report:{process.id}:{revision}:{content.made_on}:pdf", lambda: draw(content))


def draw(content: Content) -> bytes:
    """The report as PDF/UA-1. It takes seconds for each hundred answers."""
    site = current_app.config["SITE_URL"]
    with current_app.test_request_context(base_url=site):
        return pdf.render(render_template("reports/printed.html", content=content), site)


def draw_reports(now: datetime) -> str:
    """Job: draw again the long reports that changed, each at most every six hours. Nothing is lost when it is repeated."""
    if not pdf.is_available():
        return ""
    drawn = [process.slug for process in processes.public_processes() if _draw_if_changed(process, now)]
    return f"Informes en PDF: {', '.join(drawn)}." if drawn else ""


def _draw_if_changed(process: Process, now: datetime) -> bool:
    kept = _kept(process.id)
    if kept and (kept["revision"] == process.public_revision or datetime.fromisoformat(kept["made_at"]) > now - KEPT_AT_LEAST):
        return False
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):  # for the addresses in it
        content = gather(process, now)
    if len(content.annex) <= DRAWN_AT_ONCE:
        return False
    name = f"reports/{process.id}-{process.public_revision}.pdf"
    storage.put(name, draw(content))
    note = {"name": name, "revision": process.public_revision, "made_at": present().isoformat()}
    storage.put(_note_name(process.id), json.dumps(note).encode())
    if kept and kept["name"] != name:
        storage.delete(kept["name"])
    return True


def _note_name(process_id: int) -> str:
    return f"reports/{process_id}.json"


def _kept(process_id: int) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads(storage.get(_note_name(process_id)))
    except (FileNotFoundError, NotFoundError):
        return None
    return note
