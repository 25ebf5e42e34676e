"""The filtered pile as a sheet to answer in: what goes out comes back through the import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Response, request
from flask_babel import gettext

from app.assignments.rules import MOST_AT_ONCE
from app.core.guard import current_actor, guarded
from app.core.web import csv_lines
from app.feedback import documents, queries
from app.feedback.messages import COLUMN_NAMES, REASONS
from app.feedback.messages.sheets import CONTEXT_NAMES, steps
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.pile import PileFilters
from app.feedback.rules.sheets import OUTCOME_NAMES
from app.feedback.views import bp
from app.feedback.views.pile import process_for_staff
from app.groups import queries as groups
from app.plans import queries as plans
from app.processes import queries as processes
from app.spaces.permissions import organisation_of

if TYPE_CHECKING:
    from app.processes.models import Process

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
URL = "/mesa/procesos/<slug>/responder"


@bp.get(f"{URL}.xlsx")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def sheet_xlsx(process: Process) -> Response:
    plan = plans.plan_of(process.id)
    commitments = plans.commitments(plan.id) if plan else []
    explained = documents.Explained(
        steps=steps(), columns={**{name: str(words) for name, words in {**COLUMN_NAMES, **CONTEXT_NAMES}.items()}},
        titles=(gettext("Columna"), gettext("Qué lleva")),
        lists={
            "decision": list(OUTCOME_NAMES.values()),
            "motivo_codigo": list(_reasons().values()),
            "compromiso": [f"{c.number}. {c.title}" for c in commitments],
            "hito": [f"{m.number} {m.title}" for c in commitments for m in c.milestones],
            "criterio_aplicado": [c.name for c in processes.criteria(process.id)],
            "decision_si_no_responde": [name for outcome, name in OUTCOME_NAMES.items() if outcome.is_final],
            "entidad_que_responde": [name for _, name in plans.organisations()],
        },
    )  # fmt: skip
    return _download(documents.workbook(list(_rows(process)), explained), XLSX, f"responder-{process.slug}.xlsx")


@bp.get(f"{URL}.csv")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def sheet_csv(process: Process) -> Response:
    content = "".join(csv_lines(documents.SHEET_COLUMNS, _rows(process))).encode()
    return _download(content, "text/csv", f"responder-{process.slug}.csv")


def _rows(process: Process) -> Iterator[list[str]]:
    actor = current_actor()
    ids = queries.pile_ids(process.id, PileFilters.parse(request.args), actor.person_id, MOST_AT_ONCE)
    together = groups.group_of(ids)  # answered once, with all of theirs: the import would refuse the whole file
    ids = [id_ for id_ in ids if id_ not in together]
    own = queries.organisation_by_id(organisation_of(actor, process))
    return documents.sheet_rows(
        queries.sheet_rows(process.id, ids), own=own.name if own else "", reasons=_reasons(), organisations=dict(plans.organisations())
    )


def _reasons() -> dict[str, str]:
    """Code -> "R01 Ya está hecho o en marcha", which the import reads back."""
    return {str(reason): f"{reason} {words}" for reason, words in REASONS.items()}


def _download(content: bytes, media_type: str, file_name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
