"""The record of one activity on the desk: held, counted, written down, published. One page, one small form for each step."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.activities import messages, queries, rules, services
from app.activities.forms import (
    ACCEPT,
    AgreementForm,
    ApprovalForm,
    AttendanceForm,
    CancelForm,
    CorrectionForm,
    HeldForm,
    MinutesForm,
    OpenForm,
    UploadForm,
)  # fmt: skip
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.rules.attending import AttendanceSource
from app.activities.rules.minutes import WORKING_DAYS_TO_PUBLISH, days_late, is_late
from app.activities.views import bp
from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.evidence import queries as evidence
from app.spaces import queries as spaces
from app.spaces.rules import Role

BASE = "/mesa/procesos/<slug>/actividades/<activity>"


@bp.get(BASE)
@guarded(ActivityPermission.READ, GRANTS, load=queries.desk_record)
def show(record: Any) -> Response:
    return page(record)


@bp.post(f"{BASE}/abrir")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.desk_record)
def open_record(record: Any) -> Response:
    form = _open_form(record.opportunity)
    if not form.validate():
        return page(record, 422, opening=form)
    services.open_record(record.opportunity, facilitator_id=form.facilitator.data or None, person_id=_person_id(), now=clock.now())
    db.session.commit()
    return _back(record.opportunity, _("El registro está abierto."))


@bp.post(f"{BASE}/realizada")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def hold(activity: Any) -> Response:
    form = HeldForm(prefix="held-")
    if form.validate():
        started_at, ended_at = form.instants()
        try:
            services.record_held(activity, started_at=started_at, ended_at=ended_at, person_id=_person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _back(activity.opportunity, _("Quedó registrado cuándo se realizó."), "asistencia")
    return page(_record_of(activity), 422, held=form)


@bp.post(f"{BASE}/asistencia")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def count(activity: Any) -> Response:
    form = AttendanceForm(prefix="people-")
    if carried_out(form, lambda: services.set_attendance(activity, form.counts(), person_id=_person_id(), now=clock.now())):
        db.session.commit()
        return _back(activity.opportunity, _("La asistencia está guardada."), "acta")
    return page(_record_of(activity), 422, attendance=form)


@bp.post(f"{BASE}/publicar")
@guarded(ActivityPermission.PUBLISH, GRANTS, load=queries.activity_by_slugs)
def publish(activity: Any) -> Response:
    try:
        services.publish_record(activity, person_id=_person_id(), now=clock.now())
    except RuleBroken:
        return page(_record_of(activity), 422, refused=True)
    db.session.commit()
    return _back(activity.opportunity, _("El registro es público y quedó anotado en el registro público."))


@bp.post(f"{BASE}/no-realizada")
@guarded(ActivityPermission.PUBLISH, GRANTS, load=queries.activity_by_slugs)
def cancel(activity: Any) -> Response:
    form = CancelForm(prefix="cancel-")
    if carried_out(form, lambda: services.cancel(activity, form.reason.data, person_id=_person_id(), now=clock.now())):
        db.session.commit()
        return _back(activity.opportunity, _("La página pública ya dice que no se realizó."))
    return page(_record_of(activity), 422, cancelling=form)


def page(record: Any, status: int = 200, **shown: Any) -> Response:
    """The desk page of an activity; `shown` replaces a form by the one that was sent, with its errors."""
    opportunity, activity = record.opportunity, record.activity
    context = {
        "record": record, "opportunity": opportunity, "process": opportunity.process,
        "space": opportunity.process.space, "activity": activity, "names": messages, "now": clock.now(), "accept": ACCEPT,
        "registered": queries.registered_counts([opportunity.id]).get(opportunity.id, 0),
        "flashes": get_flashed_messages(with_categories=True),
    }  # fmt: skip
    context |= _forms(activity) if activity else {"opening": _open_form(opportunity)}
    return make_response(render_template("activities/record.html", **context | shown), status)


def _forms(activity: Any) -> dict[str, Any]:
    counts = queries.attendance(activity.id)
    history = queries.minutes_history(activity.id)
    facts = queries.facts_of(activity)
    latest = history[0] if history else None
    given = queries.approvals([latest.id]).get(latest.id, []) if latest else []
    return {
        "latest": latest, "keys": _keys(given), "agreeing": AgreementForm(prefix="agreed-", formdata=None),
        "approving": ApprovalForm(prefix="approve-", formdata=None, data={"sha256": latest.sha256 if latest else ""}),
        "agreements": queries.agreements(activity.id), "came": len(queries.profiles_of(activity.opportunity_id)),
        "is_counted_by_hand": activity.attendance_from is AttendanceSource.COUNTED, **_deadline(activity),
        "held": _held_form(activity), "attendance": _attendance_form(counts), "minutes": _minutes_form(activity, history),
        "uploading": UploadForm(prefix="file-", formdata=None), "cancelling": CancelForm(prefix="cancel-", formdata=None),
        "counts": counts, "people": queries.people(counts),
        "history": history, "facts": facts, "checks": _checks(facts),
        "files": evidence.attachments(queries.SUBJECT, activity.id, public_only=False),
    }  # fmt: skip


def _deadline(activity: Any) -> dict[str, Any]:
    """Whether the minutes are late, by how many working days, and what the term is."""
    ended, today = activity.ended_at and clock.lima_day(activity.ended_at), clock.lima_day(clock.now())
    late = bool(ended) and is_late(ended, today, is_public=activity.published_at is not None)
    return {"is_late": late, "days_late": days_late(ended, today) if late else 0, "days_to_publish": WORKING_DAYS_TO_PUBLISH}


def _keys(given: Any) -> list[dict[str, Any]]:
    """What components/two_keys.html draws: the approval of each side of the forum, or that it is missing."""
    days = {approval.side: approval.approved_at for approval in given}
    return [
        {"label": name, "is_signed": side in days, "is_objected": False,
         "text": dates.long_date(days[side]) if side in days else _("Falta su aprobación")}
        for side, name in messages.SIDES.items()
    ]  # fmt: skip


def _checks(facts: rules.RecordFacts) -> list[dict[str, str]]:
    anchors = {rules.Need.HELD: "realizada", rules.Need.ATTENDANCE: "asistencia", rules.Need.MINUTES: "acta",
               rules.Need.APPROVAL: "acta", rules.Need.PROOF: "archivos"}  # fmt: skip
    return [
        {"level": "good", "text": messages.PRESENT[need], "mend_href": "", "mend_text": ""} if facts.has(need) else
        {"level": "stop" if need in rules.BLOCKS else "warn", "text": messages.ABSENT[need], "mend_href": f"#{anchors[need]}",
         "mend_text": messages.MISSING[need]}
        for need in rules.Need
    ]  # fmt: skip


def _held_form(activity: Any) -> HeldForm:
    form = HeldForm(prefix="held-", formdata=None)
    planned = activity.opportunity
    form.show_instants(activity.started_at or planned.starts_at, activity.ended_at or planned.ends_at)
    return form


def _attendance_form(counts: Any) -> Any:
    form = AttendanceForm(prefix="people-", formdata=None)
    form.show_counts(counts)
    return form


def _minutes_form(activity: Any, history: Any) -> MinutesForm:
    latest = history[0] if history else None
    data = {"text": latest.text if latest else "", "based_on": str(latest.version if latest else 0)}
    return (CorrectionForm if activity.published_at else MinutesForm)(prefix="minutes-", formdata=None, data=data)


def _open_form(opportunity: Any) -> OpenForm:
    today = clock.lima_day(clock.now())
    facilitators = {
        role.person_id: role.person.name
        for role in spaces.role_assignments(opportunity.process.space)
        if role.role is Role.FACILITATOR and role.starts_on <= today and (role.ends_on is None or role.ends_on >= today)
        and role.process_id in (None, opportunity.process_id)
    }  # fmt: skip
    form = OpenForm(prefix="open-")
    form.facilitator.choices = [SelectChoice(0, _("Todavía no se sabe")), *(SelectChoice(i, n) for i, n in facilitators.items())]
    if form.facilitator.data is None and current_actor().person_id in facilitators:
        form.facilitator.data = current_actor().person_id
    return form


def _record_of(activity: Any) -> queries.DeskRecord:
    return queries.DeskRecord(activity.opportunity, activity)


def _person_id() -> int:
    return current_actor().person_id or 0


def _back(opportunity: Any, said: str, anchor: str | None = None) -> Response:
    flash(said, "good")
    address = url_for("activities.show", slug=opportunity.process.slug, activity=opportunity.slug, _anchor=anchor)
    return redirect(address, 303)  # type: ignore[return-value]
