"""Answers prepared in a spreadsheet: a file in, drafts out, or every problem with its row and column."""

from __future__ import annotations

from dataclasses import replace
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
from app.feedback.importing import Report
from app.feedback.messages import COLUMN_NAMES, REASONS, told
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.sheets import COLUMNS, OUTCOME_NAMES
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
    form.offer([kept.name for kept in contributions.import_maps(process.id, Holds.ANSWERS)])
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
    only_check, map_text = request.form.get("do") == "check", _map_text(process, form)
    content, file_name = form.file.data.read(), form.file.data.filename or ""
    report = services.import_answers(process, content, map_text, person_id=_person_id(), now=now, dry_run=only_check)
    if not report.problems and not only_check:
        return _done(slug, report)
    db.session.rollback()
    process = process_for_staff(slug) or process
    if services.needs_words(report) or (not map_text and services.needs_columns(report)):
        upload = services.keep_file(
            content, file_name, process, map_text=map_text, unknown=report.unknown_values, person_id=_person_id(), now=now
        )
        key = upload.key
        db.session.commit()
        return redirect(url_for("feedback.import_columns", slug=slug, key=key), 303)  # type: ignore[return-value]
    return _page(process, form, report, 422 if report.problems else 200)


def _map_text(process: Process, form: ImportForm) -> str:
    """The map that came with the file, or the one chosen by its name."""
    if form.map.data:
        return str(form.map.data.read(LARGEST_MAP).decode("utf-8", "replace"))
    kept = contributions.import_map(process.id, form.map_name.data, Holds.ANSWERS) if form.map_name.data else None
    return kept.content if kept else ""


@bp.get(f"{URL}/<key>")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=file_of)
def import_columns(upload: Any) -> Response:
    """What a file of other names and words means, chosen from lists."""
    file_map = services.chosen_map(upload)
    report = None
    if upload.report.get("unknown_values"):
        report = services.read_kept(upload, file_map, person_id=_person_id(), now=clock.now(), dry_run=True)
        db.session.rollback()
        upload = file_of(upload.process.slug, upload.key)
    return _columns_page(upload, file_map, report)


@bp.post(f"{URL}/<key>")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=file_of)
def choose_import_columns(upload: Any) -> Response:
    slug, key, only_check, now = upload.process.slug, upload.key, request.form.get("do") == "check", clock.now()
    chosen, name = _chosen(upload), request.form.get("nombre", "")
    report = services.read_kept(upload, chosen, person_id=_person_id(), now=now, dry_run=only_check)
    if report is None:
        db.session.rollback()
        flash(gettext("El archivo ya no está: se guarda un día. Tráigalo otra vez."), "warn")
        return redirect(url_for("feedback.new_import", slug=slug), 303)  # type: ignore[return-value]
    if not report.problems and not only_check:
        contributions_services.keep_map(upload.process_id, name, chosen, now=now, holds=Holds.ANSWERS)
        contributions_services.discard_upload(upload)
        return _done(slug, report)
    if report.problems and not only_check:  # a rule may have refused in the middle of saving: nothing of it is kept
        db.session.rollback()
        upload = file_of(slug, key)
        services.read_kept(upload, chosen, person_id=_person_id(), now=now, dry_run=True)
    if contributions_services.keep_map(upload.process_id, name, chosen, now=now, holds=Holds.ANSWERS):
        flash(gettext("El mapa quedó guardado para la próxima vez."), "good")
    db.session.commit()
    return _columns_page(file_of(slug, key), chosen, report, 422 if report.problems else 200)


def _chosen(upload: Any) -> FileMap:
    """The columns and the meanings on the page, over what was told before."""
    known = services.chosen_map(upload)
    values: dict[str, dict[str, str]] = {column: dict(table) for column, table in known.values.items()}
    shown = _words()
    for column, unknown in upload.report.get("unknown_values", {}).items():
        for index, theirs in enumerate(unknown):
            ours = request.form.get(f"valor-{column}-{index}", "")
            if ours in shown.get(column, ()):
                values.setdefault(column, {})[theirs] = ours
    return replace(
        known,
        columns={ours: theirs for ours, theirs in chosen_texts(request.form, "columna-").items() if ours in COLUMNS},
        constants={ours: value for ours, value in chosen_texts(request.form, "siempre-").items() if ours in COLUMNS},
        values=values,
    )


def _words() -> dict[str, list[str]]:
    """The words each listed column admits."""
    return {
        "decision": list(OUTCOME_NAMES.values()),
        "decision_si_no_responde": [name for outcome, name in OUTCOME_NAMES.items() if outcome.is_final],
        "motivo_codigo": [f"{reason} {words}" for reason, words in REASONS.items()],
        "entidad_que_responde": [name for _, name in plans.organisations()],
    }


def _columns_page(upload: Any, file_map: FileMap, report: Report | None = None, status: int = 200) -> Response:
    words = _words()
    return make_response(render_template(
        "feedback/import_columns.html", process=upload.process, space=upload.process.space, upload=upload, report=upload.report,
        done=report, problems=told(report.problems) if report else [], columns=COLUMNS, names=COLUMN_NAMES, required=(),
        guessed=guessed(upload.report["headers"], file_map, COLUMNS), words=words, file_map=file_map, nav_here="desk",
        shown={"entidad_que_responde": words["entidad_que_responde"]}, unknown=upload.report.get("unknown_values", {}),
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
