"""Who registered, for those who organise: a page and a CSV. Names never leave the desk."""

from typing import Any

from flask import Response, render_template

from app.activities import messages, queries
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.views import bp
from app.activities.views.board import links
from app.activities.views.record import BASE
from app.core import dates
from app.core.guard import guarded
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
        names=messages, pager=links(page, "activities.registrations", slug=process.slug, activity=opportunity.slug),
    )  # fmt: skip


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
