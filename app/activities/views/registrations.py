"""Who registered, for those who organise: a page and a CSV. Names never leave the desk."""

from typing import Any

from flask import Response, render_template

from app.activities import messages, queries, services
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.views import bp
from app.activities.views.board import links
from app.activities.views.record import BASE
from app.core import clock, dates
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.core.web import csv_response, page_number

COLUMNS = ("inscrito", "estado", "nombre", "organizacion", "correo", "telefono", "apoyos", "necesita", "codigo")


@bp.get(f"{BASE}/inscripciones")
@guarded(ActivityPermission.READ_REGISTRATIONS, GRANTS, load=queries.opportunity_by_slugs)
def registrations(opportunity: Any) -> str:
    page = queries.registrations(opportunity.id, page_number())
    process = opportunity.process
    return render_template(
        "activities/registrations.html", opportunity=opportunity, process=process, space=process.space, page=page,
        needs=queries.needs_of([r.id for r in page.rows]), totals=queries.need_counts(opportunity.id), places=queries.places(opportunity),
        names=messages, to_call=len(queries.calls_due(opportunity.id, clock.now())),
        pager=links(page, "activities.registrations", slug=process.slug, activity=opportunity.slug),
    )  # fmt: skip


@bp.get(f"{BASE}/nombres")
@guarded(ActivityPermission.READ_NAMES, GRANTS, load=queries.opportunity_by_slugs)
def ask_names(opportunity: Any) -> str:
    return _names(opportunity, None)


@bp.post(f"{BASE}/nombres")
@guarded(ActivityPermission.READ_NAMES, GRANTS, load=queries.opportunity_by_slugs)
def read_names(opportunity: Any) -> str:
    """Names only, on request, and each reading is noted in the public register (domain.md 13)."""
    roles = sorted({str(held.role) for held in current_actor().roles if held.covers(opportunity.process.scope)})
    people = services.read_names(opportunity, ", ".join(roles), now=clock.now())
    page = _names(opportunity, people)
    db.session.commit()
    return page


def _names(opportunity: Any, people: Any) -> str:
    process = opportunity.process
    return render_template(
        "activities/names.html", opportunity=opportunity, process=process, space=process.space, people=people, states=messages.REGISTRATIONS
    )


@bp.get(f"{BASE}/inscripciones.csv")
@guarded(ActivityPermission.READ_REGISTRATIONS, GRANTS, load=queries.opportunity_by_slugs)
def registrations_csv(opportunity: Any) -> Response:
    people = queries.all_registrations(opportunity.id)
    needs = queries.needs_of([r.id for r in people])
    rows = [
        (
            dates.rfc3339(r.created_at),
            r.state.value,
            r.name,
            r.organisation,
            r.email,
            r.phone,
            " ".join(needs.get(r.id, [])),
            r.needs,
            r.code,
        )
        for r in people
    ]
    response = csv_response(f"inscripciones-{opportunity.process.slug}-{opportunity.slug}.csv", COLUMNS, rows)
    del response.headers["Access-Control-Allow-Origin"]  # names are not open data
    return response
