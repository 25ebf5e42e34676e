"""The private page of somebody who registered: where they stand, the code for the door, and giving the place back."""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.activities import documents, messages, queries, services
from app.activities.views import bp
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import public


def registration_of(token: str) -> Any:
    """The registration whose private link this is; None for any other text."""
    code = services.code_of(token)
    return queries.registration_by_code(code) if code else None


@bp.get("/inscripciones/<token>")
@public(load=registration_of)
def own_registration(registration: Any) -> str:
    return _page(registration)


@bp.post("/inscripciones/<token>/cancelar")
@public(load=registration_of)
def cancel_registration(registration: Any) -> Response | tuple[str, int]:
    try:
        services.cancel_registration(registration, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        again = queries.registration_by_code(registration.code)
        return _page(again, sentence(messages.PROBLEMS, broken.problems[0])), 422
    db.session.commit()
    return redirect(url_for("activities.own_registration", token=services.private_token(registration.code)), 303)


def _page(registration: Any, refused: str = "") -> str:
    opportunity = registration.opportunity
    door = current_app.config["SITE_URL"] + url_for("activities.arrival", code=registration.code)
    return render_template(
        "activities/own_registration.html", registration=registration, opportunity=opportunity, process=opportunity.process,
        space=opportunity.process.space, token=services.private_token(registration.code), qr=documents.qr_drawing(door),
        in_line=queries.place_in_line(registration), needs=queries.needs_of([registration.id]).get(registration.id, []), names=messages,
        refused=refused, is_over=clock.now() >= opportunity.starts_at,
    )  # fmt: skip
