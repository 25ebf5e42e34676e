"""What anybody may do with an activity: register, put it in a calendar, read its minutes, take its data."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, redirect, render_template, url_for

from app.activities import documents, queries, services
from app.activities.forms import RegistrationForm
from app.activities.rules import ActivityState
from app.activities.views import bp
from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, tagged
from app.processes import queries as processes

COLUMNS = (
    "numero",
    "actividad",
    "tipo",
    "estado",
    "inicio",
    "fin",
    "lugar",
    "ubigeo",
    "idiomas",
    "asistentes",
    "acta_sha256",
    "archivos",
    "url",
)


@bp.get("/procesos/<slug>/actividades/<activity>/inscripcion")
@public(load=queries.opportunity_by_slugs)
def registration(opportunity: Any) -> str:
    return _registration(opportunity, RegistrationForm())


@bp.post("/procesos/<slug>/actividades/<activity>/inscripcion")
@public(load=queries.opportunity_by_slugs)
def register(opportunity: Any) -> Any:
    form = RegistrationForm()
    if form.validate():
        try:
            made = services.register(opportunity, form.draft(), submission_key=form.submission_key.data, now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            if not made.is_own:  # whoever typed this address may be somebody else: its owner is written to
                return redirect(url_for("activities.registered", slug=opportunity.process.slug, activity=opportunity.slug), 303)
            return redirect(url_for("activities.own_registration", token=services.private_token(made.registration.code)), 303)
    return _registration(opportunity, form), 422


def _registration(opportunity: Any, form: RegistrationForm) -> str:
    places = queries.places(opportunity)
    return render_template(
        "activities/register.html", opportunity=opportunity, process=opportunity.process, space=opportunity.process.space, form=form,
        is_open=places.is_open(clock.now()), places=places, left=max(0, places.capacity - places.taken) if not places.waiting else 0,
    )  # fmt: skip


@bp.get("/procesos/<slug>/actividades/<activity>/inscripcion/gracias")
@public(load=queries.opportunity_by_slugs)
def registered(opportunity: Any) -> str:
    """For an address that was registered before: nothing is said that only its owner may know."""
    return render_template(
        "activities/registered.html", opportunity=opportunity, process=opportunity.process, space=opportunity.process.space
    )


@bp.get("/procesos/<slug>/actividades/<activity>.ics")
@public(load=lambda slug, activity: processes.opportunity(slug, activity))
def calendar(opportunity: Any) -> Response:
    process = opportunity.process
    same = not_modified("ics", process.public_revision, opportunity.slug)
    if same:
        return same
    versions = processes.published_versions(process.id)
    stamped_at = versions[-1].published_at if versions else None
    record = queries.activity_of(opportunity.id)
    content = documents.calendar(
        opportunity, url=current_app.config["SITE_URL"] + url_for("portal.activity", slug=process.slug, activity=opportunity.slug),
        host=urlsplit(current_app.config["SITE_URL"]).hostname or "minka", stamped_at=stamped_at or process.created_at,
        revision=process.public_revision, is_cancelled=opportunity.is_withdrawn or bool(record and record.state is ActivityState.CANCELLED),
    )  # fmt: skip
    response = make_response(content)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{process.slug}-{opportunity.slug}.ics"'
    return tagged(response)


@bp.get("/procesos/<slug>/actividades.csv")
@public(load=processes.public_process_by_slug)
def data_csv(process: Any) -> Response:
    rows = [[row[column] for column in COLUMNS] for row in _rows(process)]
    return csv_response(f"actividades-{process.slug}.csv", COLUMNS, rows)


@bp.get("/procesos/<slug>/actividades.json")
@public(load=processes.public_process_by_slug)
def data_json(process: Any) -> Response:
    """As the CSV, with the attendance: counts of 1 to 4 people by sex, age or language are null (protected)."""
    records = queries.public_activities(process.id)
    tables = queries.public_tables([record.id for record in records])
    rows = [
        {
            **row,
            "asistencia": {
                table.dimension.value: {cell.category: cell.people for cell in table.cells} for table in tables.get(record.id, ())
            },
        }
        for row, record in zip(_rows(process), records, strict=True)
    ]
    return json_response({"proceso": process.slug, "actividades": rows})


def _rows(process: Any) -> list[dict[str, Any]]:
    return [_row(record, facts) for record, facts in queries.published_facts(process.id)]


def _row(record: Any, facts: queries.PublishedFacts) -> dict[str, Any]:
    opportunity = record.opportunity
    address = url_for("portal.activity", slug=record.process.slug, activity=opportunity.slug)
    return {
        "numero": record.number, "actividad": opportunity.title, "tipo": opportunity.kind.value, "estado": record.state.value,
        "inicio": dates.rfc3339(record.started_at), "fin": dates.rfc3339(record.ended_at), "lugar": opportunity.place,
        "ubigeo": opportunity.ubigeo or "", "idiomas": opportunity.language, "asistentes": facts.people,
        "acta_sha256": facts.minutes_sha256, "archivos": facts.files, "url": current_app.config["SITE_URL"] + address,
    }  # fmt: skip
