"""Letters on paper: as PDF where the machine can make it, and always as a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext

from app.core import pdf
from app.core.cache import fragment
from app.core.guard import guarded, public
from app.core.web import not_modified, tagged
from app.feedback import queries as feedback
from app.letters import documents, messages, queries
from app.letters.permissions import GRANTS, LetterPermission
from app.letters.views import bp

if TYPE_CHECKING:
    from app.feedback.models import Decision
    from app.letters.models import PrintRun


def answered(code: str) -> Decision | None:
    """The answer that stands to a contribution the public may see; None when there is none yet."""
    contribution = feedback.answerable(code)
    return feedback.current_decision(contribution.id) if contribution else None


def letter_of(code: str) -> Decision | None:
    """The answer that stands to any contribution, for staff."""
    contribution = feedback.contribution_for_staff(code)
    return feedback.current_decision(contribution.id) if contribution else None


def words() -> dict[str, Any]:
    """What letters/_sheet.html reads beside the sheet."""
    return {
        "said_kinds": messages.SAID_KINDS,
        "reply_states": messages.STATES,
        "roles": messages.ROLES,
        "how_to_enable": pdf.HOW_TO_ENABLE,
    }


@bp.get("/aportes/<code>/respuesta/imprimir")
@public(load=answered)
def answer_sheet(decision: Decision) -> Response:
    same = _same(decision, "sheet")
    return same or tagged(make_response(_public_page(decision)))


@bp.get("/aportes/<code>/respuesta.pdf")
@public(load=answered)
def answer_pdf(decision: Decision) -> Response:
    """Drawn once for each version of the process's public pages; without Pango it leads to the page to print."""
    code = decision.contribution.code
    if not pdf.is_available():
        return redirect(url_for("letters.answer_sheet", code=code), 302)  # type: ignore[return-value]
    same = _same(decision, "pdf")
    if same:
        return same
    name = f"letters:{code}:{decision.contribution.process.public_revision}:pdf"
    sheet = lambda: documents.as_pdf("letters/sheet.html", **_public_context(decision))  # noqa: E731 - made only when it is not kept
    return tagged(_pdf(sheet, f"respuesta-{code}.pdf", name))


def _same(decision: Decision, kind: str) -> Response | None:
    process = decision.contribution.process
    return not_modified(decision.contribution.code, process.public_revision, kind, pdf.is_available())


def _public_context(decision: Decision) -> dict[str, Any]:
    return {"sheet": documents.public_sheet(decision), "space": decision.contribution.process.space, **words()}


def _public_page(decision: Decision) -> str:
    code = decision.contribution.code
    return render_template(
        "letters/sheet.html", **_public_context(decision), back_href=url_for("feedback.show", code=code),
        back_text=gettext("Volver a la respuesta"), pdf_href=url_for("letters.answer_pdf", code=code) if pdf.is_available() else "",
    )  # fmt: skip


@bp.get("/mesa/aportes/<code>/carta/imprimir")
@guarded(LetterPermission.DELIVER, GRANTS, load=letter_of)
def letter_sheet(decision: Decision) -> str:
    code = decision.contribution.code
    return render_template(
        "letters/sheet.html", **_personal_context(decision), back_href=url_for("letters.letter", code=code),
        back_text=gettext("Volver a la carta"), pdf_href=url_for("letters.letter_pdf", code=code) if pdf.is_available() else "",
    )  # fmt: skip


@bp.get("/mesa/aportes/<code>/carta.pdf")
@guarded(LetterPermission.DELIVER, GRANTS, load=letter_of)
def letter_pdf(decision: Decision) -> Response:
    code = decision.contribution.code
    if not pdf.is_available():
        return redirect(url_for("letters.letter_sheet", code=code), 302)  # type: ignore[return-value]
    return _pdf(lambda: documents.as_pdf("letters/sheet.html", **_personal_context(decision)), f"carta-{code}.pdf")


def _personal_context(decision: Decision) -> dict[str, Any]:
    process = decision.contribution.process
    return {"sheet": documents.personal_sheets(process, [decision.id])[0], "space": process.space, **words()}


def run_of(slug: str, n: int) -> PrintRun | None:
    return queries.run(slug, n)


@bp.get("/mesa/procesos/<slug>/cartas/lotes/<int:n>")
@guarded(LetterPermission.DELIVER, GRANTS, load=run_of)
def run_sheets(run: PrintRun) -> str:
    slug = run.process.slug
    return render_template(
        "letters/run.html", **_run_context(run), back_href=url_for("letters.deliveries", slug=slug),
        back_text=gettext("Volver a las cartas"), pdf_href=url_for("letters.run_pdf", slug=slug, n=run.n) if pdf.is_available() else "",
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/cartas/lotes/<int:n>.pdf")
@guarded(LetterPermission.DELIVER, GRANTS, load=run_of)
def run_pdf(run: PrintRun) -> Response:
    slug = run.process.slug
    if not pdf.is_available():
        return redirect(url_for("letters.run_sheets", slug=slug, n=run.n), 302)  # type: ignore[return-value]
    return _pdf(lambda: documents.as_pdf("letters/run.html", **_run_context(run)), f"cartas-{slug}-lote-{run.n}.pdf")


def _run_context(run: PrintRun) -> dict[str, Any]:
    process = run.process
    sheets = documents.personal_sheets(process, queries.letters_of_run(run.id))
    return {"run": run, "process": process, "space": process.space, "sheets": sheets, **words()}


def _pdf(draw: Any, file_name: str, kept_as: str = "") -> Response:
    """The drawn page as a file to open; 503 when the machine is drawing others."""
    try:
        content = fragment(kept_as, draw) if kept_as else draw()
    except pdf.PdfBusy:
        busy = gettext("Se están haciendo otros PDF. Espere medio minuto e inténtelo otra vez.")
        return make_response(render_template("errors/503.html", problem=busy), 503, {"Retry-After": "30"})
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response
