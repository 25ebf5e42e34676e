"""The desk of letters: where each is, printing those without e-mail, writing down what reached its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock, pdf
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import carried_out, page_number, pager
from app.letters import messages, queries, services
from app.letters.forms import DeliveryForm, PrintForm
from app.letters.permissions import GRANTS, LetterPermission
from app.letters.rules.deliveries import MOST_IN_A_RUN, NEEDS_PAPER, LetterState
from app.letters.views import bp
from app.letters.views.sheets import letter_of
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.feedback.models import Decision
    from app.processes.models import Process


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


@bp.get("/mesa/procesos/<slug>/cartas")
@guarded(LetterPermission.DELIVER, GRANTS, load=process_for_staff)
def deliveries(process: Process) -> Response:
    return _page(process)


def _page(process: Process, trouble: str = "", status: int = 200) -> Response:
    state, number = _state(), page_number()
    counts, page = queries.counts(process.id), queries.letters(process.id, state, number)
    address = url_for("letters.deliveries", slug=process.slug)
    waiting = sum(counts[needing] for needing in NEEDS_PAPER)
    return make_response(render_template(
        "letters/deliveries.html", process=process, space=process.space, page=page, chips=_chips(counts, waiting, state, address),
        state=state, states=messages.LETTER_STATES, waiting=waiting, most=MOST_IN_A_RUN, runs=queries.runs(process.id), trouble=trouble,
        total=sum(counts.values()), can_pdf=pdf.is_available(), how_to_enable=pdf.HOW_TO_ENABLE, nav_here="desk",
        pager_links=pager(page, lambda n: url_for("letters.deliveries", slug=process.slug, estado=state, pagina=n if n > 1 else None)),
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _state() -> LetterState | None:
    """The filter of the query string; nonsense is no filter."""
    asked = request.args.get("estado", "")
    return LetterState(asked) if asked in set(LetterState) else None


def _chips(counts: dict[LetterState, int], waiting: int, here: LetterState | None, address: str) -> list[dict[str, Any]]:
    shown: dict[Any, int] = {**counts, None: sum(counts.values()), LetterState.TO_PRINT: waiting}
    return [
        {"text": str(label), "count": shown[state], "href": f"{address}?estado={state}" if state else address, "here": state is here}
        for state, label in messages.FILTERS.items()
    ]


@bp.post("/mesa/procesos/<slug>/cartas/imprimir")
@guarded(LetterPermission.DELIVER, GRANTS, load=process_for_staff)
def print_letters(process: Process) -> Response:
    """Those ticked, or as many of those that need paper as go in one pile."""
    form, slug = PrintForm(), process.slug
    form.validate()
    chosen = queries.to_print(process.id, MOST_IN_A_RUN) if form.takes_all() else form.chosen()
    try:
        run = services.print_letters(process, chosen, person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        trouble = sentence(messages.ALL, broken.problems[0])
        db.session.rollback()
        return _page(process_for_staff(slug) or process, trouble, 422)
    n, letters = run.n, run.letters
    db.session.commit()
    flash(ngettext("Lote %(n)s: %(num)s carta lista.", "Lote %(n)s: %(num)s cartas listas.", letters, n=n), "good")
    return redirect(url_for("letters.run_sheets", slug=slug, n=n), 303)  # type: ignore[return-value]


@bp.get("/mesa/aportes/<code>/carta")
@guarded(LetterPermission.DELIVER, GRANTS, load=letter_of)
def letter(decision: Decision) -> Response:
    return _letter_page(decision, DeliveryForm(formdata=None, on=clock.lima_day(clock.now())))


@bp.post("/mesa/aportes/<code>/carta")
@guarded(LetterPermission.DELIVER, GRANTS, load=letter_of)
def record(decision: Decision) -> Response:
    form, code = DeliveryForm(), decision.contribution.code
    if carried_out(form, lambda: services.record(decision, form.draft(), person_id=_person_id(), now=clock.now())):
        db.session.commit()
        flash(gettext("Quedó anotado."), "good")
        return redirect(url_for("letters.letter", code=code), 303)  # type: ignore[return-value]
    return _letter_page(decision, form, 422)


def _letter_page(decision: Decision, form: DeliveryForm, status: int = 200) -> Response:
    contribution = decision.contribution
    return make_response(render_template(
        "letters/letter.html", contribution=contribution, process=contribution.process, space=contribution.process.space,
        decision=decision, form=form, log=queries.log(contribution.id), log_words=messages.LOG,
        state=queries.state_of(decision.id), states=messages.LETTER_STATES, address=queries.author_address(contribution.id),
        can_pdf=pdf.is_available(), how_to_enable=pdf.HOW_TO_ENABLE, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
