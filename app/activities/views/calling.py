"""Calling those who registered with a telephone only: who, why, what to tell them, and what came of each call."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.activities import messages, queries, services
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.rules.calling import CallOutcome, mark
from app.activities.views import bp
from app.activities.views.record import BASE, _person_id
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import guarded


@bp.get(f"{BASE}/llamadas")
@guarded(ActivityPermission.READ_REGISTRATIONS, GRANTS, load=queries.opportunity_by_slugs)
def calls(opportunity: Any) -> Response:
    return _page(opportunity)


@bp.post("/mesa/llamadas/<code>")
@guarded(ActivityPermission.CALL, GRANTS, load=queries.registration_by_code)
def note_call(registration: Any) -> Response:
    outcome = next((one for one in CallOutcome if one == request.form.get("outcome")), None)
    code, name, opportunity = registration.code, registration.name, registration.opportunity
    try:
        services.note_call(registration, outcome, request.form.get("seen", ""), person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        again: Any = queries.registration_by_code(code)
        return _page(again.opportunity, 422, refused=sentence(messages.PROBLEMS, broken.problems[0]))
    db.session.commit()
    said = str(messages.CALL_OUTCOMES[outcome]).lower() if outcome else ""
    flash(_("Anotado: %(name)s, %(outcome)s.", name=name, outcome=said), "good")
    return redirect(url_for("activities.calls", slug=opportunity.process.slug, activity=opportunity.slug), 303)  # type: ignore[return-value]


def _page(opportunity: Any, status: int = 200, refused: str = "") -> Response:
    process, now = opportunity.process, clock.now()
    due = queries.calls_due(opportunity.id, now)
    return make_response(
        render_template(
            "activities/calls.html", opportunity=opportunity, process=process, space=process.space, due=due, mark=mark, names=messages,
            needs=queries.needs_of([one.registration.id for one in due]), outcomes=messages.CALL_OUTCOMES, refused=refused,
            token=services.private_token, flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip
