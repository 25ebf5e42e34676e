"""What authors said to the answers, what the forum answered, and what changed because of it: for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.clock import lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import json_response, not_modified, tagged
from app.feedback import queries as feedback
from app.feedback.messages import OUTCOMES
from app.feedback.views.answers import differences
from app.letters import messages, queries
from app.letters.queries import ReplyRow
from app.letters.rules.replies import ReplyState, window
from app.letters.views import bp

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.queries import AnswerPage


@bp.get("/aportes/<code>/replicas")
@public(load=feedback.answerable)
def replies(contribution: Contribution) -> Response:
    today = lima_day(clock.now())
    same = not_modified(contribution.code, contribution.process.public_revision, today, "replies")
    if same:
        return same
    page = feedback.answer_page(contribution)
    current = page.current
    until = window(current.decision.reply_until, current.decision.clarify_by) if current else None
    return tagged(make_response(render_template(
        "letters/replies.html", contribution=contribution, process=contribution.process, space=contribution.process.space,
        is_public=contribution.visibility is Visibility.PUBLIC, current=current, outcomes=OUTCOMES, until=until,
        may_reply=bool(until and today <= until), entries=[_entry(row, page) for row in _rows(contribution)],
        states=messages.STATES, kinds=messages.SAID_KINDS, roles=messages.ROLES, nav_here="processes",
    )))  # fmt: skip


def _rows(contribution: Contribution) -> list[ReplyRow]:
    return queries.replies_of([contribution.id]).get(contribution.id, [])


def _entry(row: ReplyRow, page: AnswerPage) -> dict[str, Any]:
    """A reply, with what each version that came of it says that the one before did not."""
    by_number = {version.decision.version: version for version in page.versions}
    changes = [
        {"change": change, "rows": differences(by_number[change.version - 1], by_number[change.version])}
        for change in row.changes
        if change.version in by_number and change.version - 1 in by_number
    ]
    return {"reply": row, "changes": changes, "is_open": row.state is ReplyState.OPEN}


@bp.get("/aportes/<code>/replicas.json")
@public(load=feedback.answerable)
def replies_json(contribution: Contribution) -> Response:
    same = not_modified(contribution.code, contribution.process.public_revision, "replies-json")
    if same:
        return same
    site = current_app.config["SITE_URL"]
    return tagged(json_response({
        "codigo": contribution.code,
        "proceso": contribution.process.slug,
        "replicas": [_as_json(row) for row in _rows(contribution)],
        "url": site + url_for("letters.replies", code=contribution.code),
    }))  # fmt: skip


def _as_json(row: ReplyRow) -> dict[str, Any]:
    """A reply as open data: its words only when the public may read them; who closed it by role, never by name."""
    return {
        "numero": row.number,
        "tipo": str(row.kind),
        "version_respondida": row.version,
        "fecha": row.given_on.isoformat(),
        "canal": str(row.channel),
        "estado": str(row.state),
        "texto": row.text if row.is_public else None,
        "moderacion": str(row.visibility),
        "resultado": {
            "estado": str(row.outcome.state), "texto": row.outcome.text, "rol": str(row.outcome.role), "fecha": rfc3339(row.outcome.at),
        } if row.outcome else None,
        "que_cambio": [
            {"version": change.version, "razon": change.reason, "fecha": rfc3339(change.published_at)} for change in row.changes
        ],
    }  # fmt: skip
