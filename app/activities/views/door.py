"""At the door: the list with one big button for each person, the page the QR of a confirmation leads to, who came without registering."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.activities import messages, queries, services
from app.activities.forms import ArrivalForm, WalkInForm
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.rules import ActivityState
from app.activities.rules.attending import AttendanceSource
from app.activities.views import bp
from app.activities.views.record import BASE, _back, _person_id, _record_of, page
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import guarded
from app.core.text import fold
from app.core.web import carried_out


@bp.get(f"{BASE}/entrada")
@guarded(ActivityPermission.LET_IN, GRANTS, load=queries.opportunity_by_slugs)
def door(opportunity: Any) -> Response:
    return _page(opportunity)


@bp.post(f"{BASE}/entrada/sin-inscripcion")
@guarded(ActivityPermission.LET_IN, GRANTS, load=queries.opportunity_by_slugs)
def walk_in(opportunity: Any) -> Response:
    form = WalkInForm(prefix="new-")
    if carried_out(
        form,
        lambda: services.walk_in(
            opportunity,
            form.draft(),
            keeps_data=form.keeps_data.data,
            shows_image=form.shows_image.data,
            submission_key=form.submission_key.data or "",
            person_id=_person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        flash(_("Registrada una persona más."), "good")
        return redirect(_door(opportunity, "sin-inscripcion"), 303)  # type: ignore[return-value]
    return _page(opportunity, 422, form=form)


@bp.get("/mesa/entrada/<code>")
@guarded(ActivityPermission.LET_IN, GRANTS, load=queries.registration_by_code)
def arrival(registration: Any) -> Response:
    """Where the QR of a confirmation leads: who it is, and one button."""
    return _arrival(registration, ArrivalForm())


@bp.post("/mesa/entrada/<code>")
@guarded(ActivityPermission.LET_IN, GRANTS, load=queries.registration_by_code)
def let_in(registration: Any) -> Response:
    form = ArrivalForm()
    if carried_out(
        form, lambda: services.check_in(registration, shows_image=form.shows_image.data, person_id=_person_id(), now=clock.now())
    ):
        db.session.commit()
        flash(_("%(name)s está presente.", name=registration.name), "good")
        return redirect(_door(registration.opportunity, f"p-{registration.code}"), 303)  # type: ignore[return-value]
    return _arrival(registration, form, 422)


@bp.post("/mesa/entrada/<code>/deshacer")
@guarded(ActivityPermission.LET_IN, GRANTS, load=queries.registration_by_code)
def undo_arrival(registration: Any) -> Response:
    opportunity = registration.opportunity
    try:
        services.undo_check_in(registration, person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        return _page(opportunity, 422, refused=sentence(messages.PROBLEMS, broken.problems[0]))
    db.session.commit()
    flash(_("Se deshizo: ya no figura como presente."), "good")
    return redirect(_door(opportunity, f"p-{registration.code}"), 303)  # type: ignore[return-value]


@bp.post(f"{BASE}/asistencia/de-la-puerta")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def count_from_door(activity: Any) -> Response:
    try:
        services.count_from_door(activity, now=clock.now())
    except RuleBroken:
        return page(_record_of(activity), 422)
    db.session.commit()
    return _back(activity.opportunity, _("La asistencia es otra vez la que se registró en la puerta."), "asistencia")


def _door(opportunity: Any, anchor: str) -> str:
    words = request.form.get("buscar", "")[:80]
    return url_for("activities.door", slug=opportunity.process.slug, activity=opportunity.slug, buscar=words or None, _anchor=anchor)


def _page(opportunity: Any, status: int = 200, *, form: WalkInForm | None = None, refused: str = "") -> Response:
    words = (request.args.get("buscar") or request.form.get("buscar") or "")[:80].strip()
    everybody = queries.at_the_door(opportunity.id)
    wanted = [pair for pair in everybody if _is_wanted(pair[0], words)]
    activity = queries.activity_of(opportunity.id)
    return make_response(
        render_template(
            "activities/door.html", opportunity=opportunity, process=opportunity.process, space=opportunity.process.space, people=wanted,
            words=words, came=sum(check is not None for _person, check in everybody), expected=_expected(everybody),
            form=form or WalkInForm(prefix="new-", formdata=None), refused=refused, names=messages,
            needs=queries.needs_of([person.id for person, _check in wanted]),
            is_closed=activity is not None and activity.state in (ActivityState.PUBLISHED, ActivityState.CANCELLED),
            is_counted_by_hand=activity is not None and activity.attendance_from is AttendanceSource.COUNTED,
            is_before=clock.lima_day(clock.now()) < clock.lima_day(opportunity.starts_at),
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _expected(everybody: list[Any]) -> int:
    return sum(not person.is_walk_in and person.state == "confirmed" for person, _check in everybody)


def _is_wanted(person: Any, words: str) -> bool:
    return fold(words) in fold(f"{person.name} {person.organisation} {person.code}")


def _arrival(registration: Any, form: ArrivalForm, status: int = 200) -> Response:
    opportunity = registration.opportunity
    return make_response(
        render_template(
            "activities/arrival.html", registration=registration, opportunity=opportunity, process=opportunity.process,
            space=opportunity.process.space, form=form, check=queries.check_in_of(registration.id), names=messages,
            needs=queries.needs_of([registration.id]).get(registration.id, []),
        ),
        status,
    )  # fmt: skip
