"""Answers prepared in a spreadsheet: a file in, drafts out, or every problem with its row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions import queries as contributions
from app.contributions import services as contributions_services
from app.contributions.forms import chosen_texts
from app.contributions.importing import FileMap, guessed
from app.contributions.rules.incoming import Holds
from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.feedback import services
from app.feedback.forms import ImportForm
from app.feedback.importing import COLUMNS, Report
from app.feedback.messages import COLUMN_NAMES, told
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.views import bp
from app.feedback.views.pile import process_for_staff
from app.plans import queries as plans

if TYPE_CHECKING:
    from app.processes.models import Process

LARGEST_MAP = 200_000
URL = "/mesa/procesos/<slug>/respuestas/importar"


def file_of(slug: str, key: str) -> Any:
    """A file of answers this person brought to this process."""
    return contributions.upload_by_key(slug, key, current_actor().person_id, Holds.ANSWERS)


@bp.get(URL)
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def new_import(process: Process) -> Response:
    return _page(process, ImportForm(formdata=None))


def _page(process: Process, form: ImportForm, report: Report | None = None, status: int = 200) -> Response:
    return make_response(render_template(
        "feedback/import.html", process=process, space=process.space, form=form, done=report,
        problems=told(report.problems) if report else [], columns=COLUMNS, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post(URL)
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def create_import(process: Process) -> Response:
    form, slug, now = ImportForm(), process.slug, clock.now()
    if not form.validate():
        return _page(process, form, status=422)
    only_check = request.form.get("do") == "check"
    map_text = form.map.data.read(LARGEST_MAP).decode("utf-8", "replace") if form.map.data else ""
    content, file_name = form.file.data.read(), form.file.data.filename or ""
    report = services.import_answers(process, content, map_text, person_id=_person_id(), now=now, dry_run=only_check)
    if not report.problems and not only_check:
        return _done(slug, report)
    db.session.rollback()
    process = process_for_staff(slug) or process
    if not map_text and services.needs_columns(report):
        upload = services.keep_file(content, file_name, process, person_id=_person_id(), now=now)
        key = upload.key
        db.session.commit()
        return redirect(url_for("feedback.import_columns", slug=slug, key=key), 303)  # type: ignore[return-value]
    return _page(process, form, report, 422 if report.problems else 200)


@bp.get(f"{URL}/<key>")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=file_of)
def import_columns(upload: Any) -> Response:
    """The columns of a file that does not use our names, chosen from lists."""
    return _columns_page(upload, services.chosen_map(upload))


@bp.post(f"{URL}/<key>")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=file_of)
def choose_import_columns(upload: Any) -> Response:
    slug, key, only_check = upload.process.slug, upload.key, request.form.get("do") == "check"
    chosen = FileMap(
        columns={ours: theirs for ours, theirs in chosen_texts(request.form, "columna-").items() if ours in COLUMNS},
        constants={ours: value for ours, value in chosen_texts(request.form, "siempre-").items() if ours in COLUMNS},
    )
    report = services.read_kept(upload, chosen, person_id=_person_id(), now=clock.now(), dry_run=only_check)
    if report is not None and not report.problems and not only_check:
        contributions_services.discard_upload(upload)
        return _done(slug, report)
    db.session.rollback()
    if report is None:
        flash(gettext("El archivo ya no está: se guarda un día. Tráigalo otra vez."), "warn")
        return redirect(url_for("feedback.new_import", slug=slug), 303)  # type: ignore[return-value]
    return _columns_page(file_of(slug, key), chosen, report, 422 if report.problems else 200)


def _columns_page(upload: Any, file_map: FileMap, report: Report | None = None, status: int = 200) -> Response:
    words = {"entidad_que_responde": [name for _, name in plans.organisations()]}
    return make_response(render_template(
        "feedback/import_columns.html", process=upload.process, space=upload.process.space, upload=upload, report=upload.report,
        done=report, problems=told(report.problems) if report else [], columns=COLUMNS, names=COLUMN_NAMES, required=(),
        guessed=guessed(upload.report["headers"], file_map, COLUMNS), shown=words, file_map=file_map, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _done(slug: str, report: Report) -> Response:
    """The drafts are kept: next stop, sending them to review."""
    db.session.commit()
    flash(
        ngettext(
            "%(num)s respuesta quedó en borrador. Aquí la envía a revisión.",
            "%(num)s respuestas quedaron en borrador. Aquí las envía a revisión.",
            report.imported,
        ),
        "good",
    )
    if report.unchanged:
        flash(gettext("%(num)s filas ya estaban o no traían respuesta.", num=report.unchanged), "info")
    return redirect(url_for("feedback.pile", slug=slug, estado="borrador", mias="si", marcar="todas"), 303)  # type: ignore[return-value]


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
