"""Importing a file on the desk: upload, choose columns if need be, see every problem, confirm, read the codes."""

from dataclasses import replace
from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.activities.rules import is_event
from app.contributions import importing, messages, queries, services
from app.contributions.forms import UploadForm, chosen_texts
from app.contributions.importing.columns import COLUMNS, ENUMERATED, REQUIRED, SHOWN
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.rules.drafts import ContributionProblem
from app.contributions.rules.faults import FileProblem, ImportFault
from app.contributions.views import bp
from app.contributions.views.capture import who
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import PER_PAGE, Page, page_number, pager
from app.processes import queries as processes

URL = "/mesa/procesos/<slug>/importar"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_of(slug: str, key: str) -> Any:
    """A file this person brought to this process."""
    return queries.upload_by_key(slug, key, current_actor().person_id)


@bp.get(URL)
@guarded(ContributionPermission.IMPORT, GRANTS, load=processes.process_by_slug)
def import_file(process: Any) -> str:
    form = _upload_form(process)
    form.activity.data = request.args.get("taller", "")[:80]
    return _upload_page(process, form)


@bp.post(URL)
@guarded(ContributionPermission.IMPORT, GRANTS, load=processes.process_by_slug)
def upload_file(process: Any) -> AnyResponse | tuple[str, int]:
    form = _upload_form(process)
    if not form.validate():
        return _upload_page(process, form), 422
    now = clock.now()
    services.discard_stale_uploads(now)
    chosen = queries.import_map(process.id, form.map_name.data) if form.map_name.data else None
    opportunity = next((o for o in _workshops(process) if o.slug == form.activity.data), None)
    upload = services.keep_upload(
        form.file.data.read(), form.file.data.filename or "", process, opportunity=opportunity, person_id=who(),
        settings=chosen.content if chosen else "", now=now,
    )  # fmt: skip
    services.check_upload(upload, importing.parse_map(upload.settings)[0], create_themes=form.create_themes.data, now=now)
    db.session.commit()
    return _to(upload)


@bp.get(f"{URL}/plantilla.csv")
@guarded(ContributionPermission.IMPORT, GRANTS, load=processes.process_by_slug)
def template_csv(process: Any) -> Response:
    return _download(importing.template_csv(), "text/csv", "plantilla-aportes.csv")


@bp.get(f"{URL}/plantilla.xlsx")
@guarded(ContributionPermission.IMPORT, GRANTS, load=processes.process_by_slug)
def template_xlsx(process: Any) -> Response:
    """With the themes of this process in a list."""
    explained = {column: str(sentence) for column, sentence in messages.COLUMNS.items()}
    themes = [theme.slug for theme in processes.themes(process.id)]
    return _download(importing.template_xlsx(explained, titles=messages.guide_titles(), themes=themes), XLSX, "plantilla-aportes.xlsx")


def _download(content: bytes, media_type: str, file_name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


@bp.get(f"{URL}/<key>")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def import_check(upload: Any) -> str:
    if upload.imported_at:
        return _render("contributions/import_done.html", upload, codes=upload.report["codes"])
    return _check_page(upload)


@bp.post(f"{URL}/<key>/columnas")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def choose_columns(upload: Any) -> AnyResponse:
    """Read the file by the columns chosen from lists; keep the map when it was given a name."""
    known, now = importing.parse_map(upload.settings)[0], clock.now()
    chosen = importing.FileMap(
        columns={ours: theirs for ours, theirs in chosen_texts(request.form, "columna-").items() if ours in COLUMNS},
        constants={ours: value for ours, value in chosen_texts(request.form, "siempre-").items() if ours in ENUMERATED},
        values=known.values, encoding=known.encoding, delimiter=known.delimiter, sheet=known.sheet, skip_when=known.skip_when,
    )  # fmt: skip
    return _checked(upload, chosen, now)


@bp.post(f"{URL}/<key>/valores")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def choose_values(upload: Any) -> AnyResponse:
    """Say what each unknown value of the file means."""
    known, now = importing.parse_map(upload.settings)[0], clock.now()
    values: dict[str, dict[str, str]] = {column: dict(table) for column, table in known.values.items()}
    for column, unknown in upload.report.get("unknown_values", {}).items():
        for index, theirs in enumerate(unknown):
            ours = request.form.get(f"valor-{column}-{index}", "")
            if ours in SHOWN.get(column, ()):
                values.setdefault(column, {})[theirs] = ours
    return _checked(upload, _with(known, values=values), now)


@bp.post(f"{URL}/<key>/codificacion")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def choose_encoding(upload: Any) -> AnyResponse:
    """The person looked at five rows and says that the file is in CP1252."""
    return _checked(upload, _with(importing.parse_map(upload.settings)[0], encoding="cp1252"), clock.now())


@bp.post(f"{URL}/<key>/temas")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def create_missing_themes(upload: Any) -> AnyResponse:
    upload.report = {**upload.report, "create_themes": True}
    return _checked(upload, importing.parse_map(upload.settings)[0], clock.now())


@bp.post(f"{URL}/<key>/confirmar")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def confirm_import(upload: Any) -> AnyResponse:
    if upload.imported_at:
        return _to(upload)
    slug, key = upload.process.slug, upload.key
    try:
        imported = services.import_upload(upload, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        flash(sentence(messages.PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        if imported is not None:
            services.discard_bytes(upload)
    return redirect(url_for("contributions.import_check", slug=slug, key=key), 303)


@bp.post(f"{URL}/<key>/descartar")
@guarded(ContributionPermission.IMPORT, GRANTS, load=upload_of)
def discard_upload(upload: Any) -> AnyResponse:
    slug = upload.process.slug
    services.discard_upload(upload)
    db.session.commit()
    flash(_("El archivo se descartó. No se escribió nada."), "info")
    return redirect(url_for("contributions.import_file", slug=slug), 303)


def _with(known: importing.FileMap, **changes: Any) -> importing.FileMap:
    return replace(known, **changes)


def _checked(upload: Any, file_map: importing.FileMap, now: Any) -> AnyResponse:
    if upload.imported_at:
        return _to(upload)
    found = services.check_upload(upload, file_map, create_themes=bool(upload.report.get("create_themes")), now=now)
    name = request.form.get("nombre", "")
    if found is None:
        flash(_("El archivo ya no está: se guarda un día. Súbalo otra vez."), "warn")
    elif name.strip() and services.keep_map(upload.process_id, name, file_map, now=now):
        flash(_("El mapa quedó guardado para la próxima vez."), "good")
    db.session.commit()
    return _to(upload)


def _to(upload: Any) -> AnyResponse:
    return redirect(url_for("contributions.import_check", slug=upload.process.slug, key=upload.key), 303)


def _workshops(process: Any) -> list[Any]:
    return [o for o in processes.opportunities(process.id) if is_event(o.kind)]


def _upload_form(process: Any) -> UploadForm:
    form = UploadForm()
    form.prepare(
        _workshops(process), queries.import_maps(process.id), _("No son de un taller"), _("Con la plantilla, o elijo las columnas después")
    )
    return form


def _upload_page(process: Any, form: UploadForm) -> str:
    return render_template(
        "contributions/import.html", process=process, space=process.space, form=form, columns=messages.COLUMNS, required=REQUIRED,
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def _check_page(upload: Any) -> str:
    report, number = upload.report, page_number()
    problems = [_problem(item) for item in report.get("problems", [])]
    page = Page(problems[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(problems))
    sentences = [messages.fault_sentence(problem) for problem in page.rows]
    file_map = importing.parse_map(upload.settings)[0]
    return _render(
        "contributions/import_check.html", upload, report=report, listed=page,
        pager=pager(page, lambda n: url_for("contributions.import_check", slug=upload.process.slug, key=upload.key, pagina=n)),
        found=list(zip(page.rows, sentences, strict=True)),
        file_map=file_map, columns=messages.COLUMNS, names=messages.COLUMN_NAMES, required=REQUIRED, shown=SHOWN,
        guessed=importing.guessed(report.get("headers", []), file_map, COLUMNS), themes_missing=_themes_missing(problems),
    )  # fmt: skip


def _render(page: str, upload: Any, **more: Any) -> str:
    return render_template(
        page, upload=upload, process=upload.process, space=upload.process.space, flashes=get_flashed_messages(with_categories=True), **more
    )


def _problem(item: dict[str, Any]) -> FileProblem:
    code = ImportFault(item["code"]) if item["code"] in set(ImportFault) else ContributionProblem(item["code"])
    return FileProblem(item["row"], item["column"], code, item["values"])


def _themes_missing(problems: list[FileProblem]) -> bool:
    return any(problem.code is ContributionProblem.THEME_UNKNOWN for problem in problems)
