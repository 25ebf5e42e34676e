"""Paper forms: printed from the process, keyed in one after another, looked up by their stub; the window and the telephone beside them."""

from typing import Any

from flask import Blueprint, Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.contributions import queries as contributions
from app.contributions import services as contributions_services
from app.contributions.views.online import letter_for, place_of
from app.core import clock, pdf
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, public
from app.core.web import carried_out
from app.organisations import queries as organisations
from app.paper import documents, messages, queries, services
from app.paper.forms import HandForm, PrintForm, VoidForm
from app.paper.permissions import GRANTS, PaperPermission
from app.paper.rules import sheet_code
from app.processes import queries as processes

bp = Blueprint("paper", __name__)
URL = "/mesa/procesos/<slug>/hojas"


def run_of(slug: str, run: int) -> Any:
    """(process, sheets) of a printing; None when there was none."""
    process = processes.process_by_slug(slug)
    sheets = queries.sheets_of_run(process.id, run) if process else ()
    return _Run(process, sheets, run) if sheets else None


class _Run:
    """A printing, with the scope that decides who may open it."""

    def __init__(self, process: Any, sheets: Any, run: int) -> None:
        self.process, self.sheets, self.run, self.scope = process, sheets, run, process.scope


@bp.get(URL)
@guarded(PaperPermission.PRINT, GRANTS, load=processes.process_by_slug)
def desk(process: Any) -> Any:
    """`?hoja=` opens the sheet with that number or code: they come back in no order."""
    asked = request.args.get("hoja", "").strip()[:40]
    found = queries.sheet_of(process, asked) if asked else None
    if found:
        return redirect(url_for("paper.sheet", slug=process.slug, number=found), 303)
    return _desk(process, PrintForm(None), asked), 404 if asked else 200


@bp.post(URL)
@guarded(PaperPermission.PRINT, GRANTS, load=processes.process_by_slug)
def print_sheets(process: Any) -> Any:
    form, slug = PrintForm(), process.slug
    if form.validate():
        try:
            run = services.print_sheets(process, form.how_many, person_id=_who(), now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for("paper.printed", slug=slug, run=run), 303)
    return _desk(processes.process_by_slug(slug), form), 422


def _desk(process: Any, form: PrintForm, asked: str = "") -> str:
    return render_template(
        "paper/desk.html", process=process, space=process.space, form=form, tally=queries.tally(process.id), runs=queries.runs(process.id),
        unchecked=queries.unchecked(process.id), next_number=queries.next_unused(process.id, 0),
        asked=asked, example=sheet_code(process.code, 12),
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(f"{URL}/impresion/<int:run>")
@guarded(PaperPermission.PRINT, GRANTS, load=run_of)
def printed(found: _Run) -> str:
    return render_template("paper/printed.html", **_on_paper(found))


@bp.get(f"{URL}/impresion/<int:run>.pdf")
@guarded(PaperPermission.PRINT, GRANTS, load=run_of)
def printed_pdf(found: _Run) -> Any:
    """Without Pango it leads to the page to print."""
    if not pdf.is_available():
        return redirect(url_for("paper.printed", slug=found.process.slug, run=found.run), 302)
    try:
        content = documents.as_pdf(**_on_paper(found))
    except pdf.PdfBusy:
        busy = _("Se están haciendo otros PDF. Espere medio minuto e inténtelo otra vez.")
        return make_response(render_template("errors/503.html", problem=busy), 503, {"Retry-After": "30"})
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="hojas-{found.process.slug}-{found.run}.pdf"'
    return response


def _on_paper(found: _Run) -> dict[str, Any]:
    process = found.process
    return {
        "process": process, "space": process.space, "run": found.run, "sheets": documents.printed(found.sheets),
        "themes": processes.themes(process.id), "has_pdf": pdf.is_available(),
    }  # fmt: skip


@bp.get(f"{URL}/<int:number>")
@guarded(PaperPermission.KEY, GRANTS, load=queries.sheet)
def sheet(found: Any) -> str:
    """Where the QR of the sheet leads."""
    return _sheet(found, _form(found.process, None), VoidForm(None))


@bp.post(f"{URL}/<int:number>")
@guarded(PaperPermission.KEY, GRANTS, load=queries.sheet)
def key_sheet(found: Any) -> Any:

    process, slug, number = found.process, found.process.slug, found.number
    form = _form(process, request.form)
    place = place_of(process, form)
    if form.validate() and (not form.place.data or place.ubigeo):
        try:
            receipt = services.key_sheet(
                found, form.draft(place.ubigeo), form.not_read(), letter=letter_for(process), person_id=_who(), now=clock.now()
            )
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            code = receipt.contribution.code
            following = queries.next_unused(process.id, number)
            db.session.commit()
            flash(_("Hoja %(n)s registrada: %(code)s.", n=number, code=code), "good")
            return redirect(url_for("paper.sheet", slug=slug, number=following) if following else url_for("paper.desk", slug=slug), 303)
    elif form.place.data:
        form.refuse_place(place.choices)
    return _sheet(queries.sheet(slug, number), form, VoidForm(None)), 422


@bp.post(f"{URL}/<int:number>/anular")
@guarded(PaperPermission.KEY, GRANTS, load=queries.sheet)
def void_sheet(found: Any) -> Any:
    form, slug, number = VoidForm(), found.process.slug, found.number
    if carried_out(form, lambda: services.void_sheet(found, form.reason.data or "", person_id=_who(), now=clock.now()), undo=True):
        db.session.commit()
        flash(_("Hoja %(n)s anulada.", n=number), "good")
        return redirect(url_for("paper.desk", slug=slug), 303)
    found = queries.sheet(slug, number)
    return _sheet(found, _form(found.process, None), form), 422


@bp.post(f"{URL}/<int:number>/revisar")
@guarded(PaperPermission.KEY, GRANTS, load=queries.sheet)
def check_sheet(found: Any) -> Any:
    slug, number, form = found.process.slug, found.number, VoidForm(None)
    try:
        services.check_sheet(found, person_id=_who(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        found = queries.sheet(slug, number)
        return _sheet(found, _form(found.process, None), form), 422
    db.session.commit()
    flash(_("Hoja %(n)s revisada contra el papel.", n=number), "good")
    return redirect(url_for("paper.desk", slug=slug), 303)


@bp.get("/mesa/procesos/<slug>/ventanilla")
@guarded(PaperPermission.KEY, GRANTS, load=processes.process_by_slug)
def window(process: Any) -> str:
    return _window(process, _form(process, None))


@bp.post("/mesa/procesos/<slug>/ventanilla")
@guarded(PaperPermission.KEY, GRANTS, load=processes.process_by_slug)
def take(process: Any) -> Any:

    form, slug = _form(process, request.form), process.slug
    place = place_of(process, form)
    if form.validate() and (not form.place.data or place.ubigeo):
        try:
            receipt = services.take(
                form.draft(place.ubigeo), process, submission_key=form.submission_key.data, letter=letter_for(process), person_id=_who(),
                now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for("contributions.receipt", token=receipt.token), 303)
    elif form.place.data:
        form.refuse_place(place.choices)
    return _window(processes.process_by_slug(slug), form), 422


@bp.get("/hojas/<code>")
@public(load=queries.sheet_by_code)
def state(found: Any) -> str:
    """Whoever holds the stub reads what became of the sheet: never a word of what it says."""
    said = found.contribution
    return render_template(
        "paper/state.html", sheet=found, process=found.process, space=found.process.space, said=said,
        is_held=said is not None and said.visibility == "held",
    )  # fmt: skip


def _form(process: Any, data: Any) -> HandForm:
    form = HandForm(data)
    form.prepare(processes.themes(process.id), contributions.places_of_space(process.space), _("Sin tema"), _("Sin indicar"))
    return form


def _sheet(found: Any, form: HandForm, void_form: VoidForm) -> str:
    said = found.contribution
    return render_template(
        "paper/sheet.html", sheet=found, process=found.process, space=found.process.space, form=form, void_form=void_form, said=said,
        receipt=contributions_services.receipt_token(said.submission_key) if said else "", states=messages.STATES,
        not_read=[str(name) for part, name in messages.UNREADABLE.items() if part.value in found.unreadable.split()],
        tally=queries.tally(found.process_id), organisations=organisations.registered_names(),
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def _window(process: Any, form: HandForm) -> str:
    return render_template(
        "paper/window.html", process=process, space=process.space, form=form, flashes=get_flashed_messages(with_categories=True),
        organisations=organisations.registered_names(),
    )  # fmt: skip


def _who() -> int:
    return current_actor().person_id or 0
