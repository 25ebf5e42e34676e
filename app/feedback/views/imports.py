"""Answers prepared in a spreadsheet: a file in, drafts out, or every problem with its row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.feedback import services
from app.feedback.forms import ImportForm
from app.feedback.importing import COLUMNS, Report
from app.feedback.messages import told
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.views import bp
from app.feedback.views.pile import process_for_staff

if TYPE_CHECKING:
    from app.processes.models import Process

LARGEST_MAP = 200_000


@bp.get("/mesa/procesos/<slug>/respuestas/importar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def new_import(process: Process) -> Response:
    return _page(process, ImportForm(formdata=None))


def _page(process: Process, form: ImportForm, report: Report | None = None, status: int = 200) -> Response:
    return make_response(
        render_template(
            "feedback/import.html",
            process=process,
            space=process.space,
            form=form,
            report=report,
            problems=told(report.problems) if report else [],
            columns=COLUMNS,
            nav_here="desk",
        ),
        status,
    )


@bp.post("/mesa/procesos/<slug>/respuestas/importar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def create_import(process: Process) -> Response:
    form, slug = ImportForm(), process.slug
    if not form.validate():
        return _page(process, form, status=422)
    only_check = request.form.get("do") == "check"
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    map_text = form.map.data.read(LARGEST_MAP).decode("utf-8", "replace") if form.map.data else ""
    report = services.import_answers(process, form.file.data.read(), map_text, person_id=person_id, now=clock.now(), dry_run=only_check)
    if report.problems or only_check:
        db.session.rollback()
        return _page(process_for_staff(slug) or process, form, report, 422 if report.problems else 200)
    db.session.commit()
    flash(ngettext("%(num)s respuesta quedó en borrador.", "%(num)s respuestas quedaron en borrador.", report.imported), "good")
    if report.unchanged:
        flash(gettext("%(num)s filas ya estaban o no traían respuesta.", num=report.unchanged), "info")
    return redirect(url_for("feedback.pile", slug=slug, estado="borrador"), 303)  # type: ignore[return-value]
