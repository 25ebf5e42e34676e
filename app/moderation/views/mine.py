"""What the person signed in said and supports, what moderation did about it, and how to appeal."""

from __future__ import annotations

from typing import Any

from flask import Response, get_flashed_messages, make_response, render_template, url_for
from flask_login import current_user

from app.contributions import messages as contribution_words
from app.core.guard import ask_to_sign_in, public
from app.core.web import page_number, pager
from app.deliberation import messages as deliberation_words
from app.deliberation import queries as deliberation
from app.moderation import messages, queries, services
from app.moderation.views import bp


@bp.get("/mis-comentarios")
@public()
def mine() -> Response:
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    page = deliberation.written_by(current_user.id, page_number())
    acts: dict[int, list[dict[str, Any]]] = {}
    for act in queries.own_appealable(comment_ids=[row.id for row in page.rows]):
        acts.setdefault(act.comment_id or 0, []).append(told(act))
    response = make_response(render_template(
        "moderation/mine.html", page=page, acts=acts, sides=deliberation_words.SIDES, visibilities=contribution_words.VISIBILITIES,
        supported=deliberation.supported_by(current_user.id, 1), flashes=get_flashed_messages(with_categories=True),
        pager_links=pager(page, lambda n: url_for("moderation.mine", pagina=n if n > 1 else None)),
    ))  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def told(act: Any) -> dict[str, Any]:
    """An act as its author reads it: what, why, when, and where to appeal."""
    return {
        "kind": messages.KINDS[act.kind], "reason": messages.REASONS[act.reason] if act.reason else "", "at": act.at,
        "href": url_for("moderation.appeal_form", token=services.appeal_token(act.id)) if act.appeal_hash else "",
    }  # fmt: skip
