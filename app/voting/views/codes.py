"""Printed codes on the desk: one person asks, another prints, once."""

from typing import Any

from flask import Response, current_app, make_response, render_template
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core import clock, pdf
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.territories import queries as territories
from app.voting import queries, services
from app.voting.forms import CodesForm, VoidForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.views import bp, shown
from app.voting.views.desk import VOTE, refused, said, to_vote, who

CODES = f"{VOTE}/codigos"


def run_of(slug: str, vote: str, number: int) -> Any:
    found = queries.desk_vote(slug, vote)
    return queries.token_run(found.id, number) if found is not None else None


@bp.get(CODES)
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def codes(vote: Any) -> Response:
    return _page(vote)


@bp.post(CODES)
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def ask_codes(vote: Any) -> Response:
    form, vote_id = _codes_form(vote), vote.id
    if carried_out(form, lambda: services.ask_run(vote, form.count.data, form.ubigeo.data or None, person_id=who(), now=clock.now())):
        db.session.commit()
        return to_vote(shown.again(vote_id), _("El pedido está hecho. Lo imprime otra persona."), "codigos")
    return _page(vote, form, status=422)


@bp.post(f"{CODES}/<int:number>/imprimir")
@guarded(VotePermission.PRINT_CODES, GRANTS, load=run_of)
def print_codes(run: Any) -> Response:
    """The sheets, this once: the codes are made, their keyed hashes stored, and the answer is the only place they are in."""
    vote_id, number, territory = run.vote_id, run.number, run.territory.name if run.territory else ""
    try:
        slips = services.print_run(run, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        return refused(shown.again(vote_id), said(broken))
    db.session.commit()
    vote = shown.again(vote_id)
    process = vote.round.process
    site = current_app.config["SITE_URL"]
    context = {
        "vote": vote, "process": process, "space": process.space, "run": number, "slips": slips, "territory": territory,
        "address": f"{site}/procesos/{process.slug}/votaciones/{vote.slug}/votar",
    }  # fmt: skip
    if pdf.is_available():
        try:
            drawn = pdf.render(render_template("voting/slips.html", is_pdf=True, **context), site + "/")
        except pdf.PdfBusy:
            drawn = b""
        if drawn:
            response = Response(drawn, mimetype="application/pdf")
            response.headers["Content-Disposition"] = f'attachment; filename="codigos-{vote.slug}-{number}.pdf"'
            response.headers["Cache-Control"] = "no-store"
            return response
    return make_response(render_template("voting/slips.html", is_pdf=False, **context))


@bp.post(f"{CODES}/anular")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def void_code(vote: Any) -> Response:
    form, vote_id = VoidForm(), vote.id
    if carried_out(form, lambda: services.void_code(vote, form.serial.data, form.reason.data or "", person_id=who(), now=clock.now())):
        db.session.commit()
        return to_vote(shown.again(vote_id), _("La hoja está anulada y se cuenta como tal."), "codigos")
    return _page(vote, void=form, status=422)


def _codes_form(vote: Any, **given: Any) -> CodesForm:
    form = CodesForm(**given)
    places = territories.inside(vote.round.process.space.ubigeo or "")
    form.ubigeo.choices = [SelectChoice("", _("De todo el territorio"))] + [SelectChoice(t.ubigeo, t.name) for t in places]
    return form


def _page(vote: Any, form: CodesForm | None = None, void: VoidForm | None = None, status: int = 200) -> Response:
    process = vote.round.process
    return make_response(
        render_template(
            "voting/codes.html", vote=vote, process=process, space=process.space, form=form or _codes_form(vote, formdata=None),
            void=void or VoidForm(formdata=None), runs=queries.token_runs(vote.id), tokens=queries.token_books(vote.id),
        ),
        status,
    )  # fmt: skip
