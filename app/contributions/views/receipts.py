"""The receipt behind a private link: the code, what happens next and when, to be printed or photographed."""

import io
from typing import Any

import segno
from flask import Response, current_app, make_response, render_template, url_for

from app.contributions import messages, queries, services
from app.contributions.rules.own_acts import problems_with_changing, problems_with_ending
from app.contributions.rules.terms import Visibility
from app.contributions.views import bp
from app.core.guard import public
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind

LONGEST_TOKEN = 100


def receipt_of(token: str) -> Any:
    """(authorship, token), or None for a token nobody was given."""
    author = queries.receipt_by_hash(services.receipt_hash(token)) if len(token) <= LONGEST_TOKEN else None
    return None if author is None else (author, token)


@bp.get("/recibos/<token>")
@public(load=receipt_of)
def receipt(found: Any) -> Response:
    author, token = found
    contribution = author.contribution
    phases = processes.phases(contribution.process_id)
    standing = queries.own_standing(contribution)
    page = render_template(
        "contributions/receipt.html", ending=queries.withdrawal_of(contribution.id), may_change=not problems_with_changing(standing),
        may_end=not problems_with_ending(standing), files=queries.media_of(contribution.id),
        where=queries.whereabouts([contribution.id]).get(contribution.id), voice=queries.voice_text(contribution.id),
        takes_files=contribution.visibility is Visibility.HELD, contribution=contribution, author=author, process=contribution.process,
        space=contribution.process.space, token=token, link=_link(token), visibility=messages.VISIBILITIES[contribution.visibility],
        channel=messages.CHANNELS[contribution.channel], consent=messages.CONSENTS[author.consent],
        feedback=next((phase for phase in phases if phase.kind is PhaseKind.FEEDBACK), None),
    )  # fmt: skip
    return private(make_response(page))


@bp.get("/recibos/<token>/qr.svg")
@public(load=receipt_of)
def receipt_qr(found: Any) -> Response:
    _, token = found
    drawing = io.BytesIO()
    segno.make(_link(token), error="m").save(drawing, kind="svg", scale=4, border=2, dark="#000", light="#fff", xmldecl=False)
    return private(Response(drawing.getvalue(), mimetype="image/svg+xml"))


def _link(token: str) -> str:
    return f"{current_app.config['SITE_URL']}{url_for('contributions.receipt', token=token)}"


def private(response: Response) -> Response:
    """Kept by no cache and no search engine: whoever has the link can read it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
