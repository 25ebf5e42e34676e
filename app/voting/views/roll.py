"""The roll on the desk: a list brought in, and people added while the vote is open."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.contributions.rules.faults import FileProblem
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.voting import importing, messages, queries, services
from app.voting.forms import RollForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.rules.course import Stage
from app.voting.views import bp, shown
from app.voting.views.desk import VOTE, refused, said, to_vote, who

ROLL = f"{VOTE}/padron"
MOST_LISTED = 500


def addition_of(slug: str, vote: str, number: int) -> Any:
    found = queries.desk_vote(slug, vote)
    return queries.pending_addition(found.id, number) if found is not None else None


@bp.get(ROLL)
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def roll(vote: Any) -> Response:
    return _page(vote, RollForm(formdata=None))


@bp.get(f"{ROLL}/plantilla.csv")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def roll_template(vote: Any) -> Response:
    response = Response("\ufeff" + importing.template(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="plantilla-padron.csv"'
    return response


@bp.post(ROLL)
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def add_to_roll(vote: Any) -> Response:
    """The whole list or nothing: with one fault nobody is added, and every fault is listed. The file is kept nowhere."""
    form, now, vote_id = RollForm(), clock.now(), vote.id
    if not form.validate() or not form.file.data:
        form.file.errors = [*form.file.errors, _("Elija el archivo.")]
        return _page(vote, form, status=422)
    space = vote.round.process.space
    found = importing.read_roll(form.file.data.read(), within=space.ubigeo or "", encoding=form.encoding.data or "")
    if not found.is_sound:
        return _page(vote, form, found, status=422)
    try:
        if vote.course.stage(now) is Stage.OPEN:
            services.ask_addition(vote, found.voters, form.reason.data or "", person_id=who(), now=now)
            words = _("El pedido está hecho. Lo aprueba otra persona, del foro; hasta entonces nadie se agrega.")
        else:
            added = services.add_to_roll(vote, found.voters, person_id=who(), now=now)
            words = ngettext("Se agregó a %(num)d persona al padrón.", "Se agregaron %(num)d personas al padrón.", added)
            words += " " + _("%(n)s ya estaban.", n=len(found.voters) - added)
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(shown.again(vote_id), form, status=422)
    db.session.commit()
    return to_vote(shown.again(vote_id), words, "padron")


@bp.post(f"{ROLL}/agregados/<int:number>/aprobar")
@guarded(VotePermission.SIGN_AS_CIVIL, GRANTS, load=addition_of)
def approve_addition(addition: Any) -> Response:
    return _settle(addition, adds=True)


@bp.post(f"{ROLL}/agregados/<int:number>/rechazar")
@guarded(VotePermission.SIGN_AS_CIVIL, GRANTS, load=addition_of)
def refuse_addition(addition: Any) -> Response:
    return _settle(addition, adds=False)


def _settle(addition: Any, *, adds: bool) -> Response:
    vote_id = addition.vote_id
    vote = shown.again(vote_id)
    try:
        services.settle_addition(addition, adds=adds, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        return refused(vote, said(broken))
    db.session.commit()
    return to_vote(shown.again(vote_id), _("Está resuelto y es público, con su razón."), "padron")


def _page(vote: Any, form: RollForm, found: importing.RollFile | None = None, status: int = 200) -> Response:
    problems: list[FileProblem] = found.problems if found else []
    process = vote.round.process
    return make_response(
        render_template(
            "voting/roll.html", vote=vote, process=process, space=process.space, form=form, found=found,
            faults=messages.faults_told(problems[:MOST_LISTED]), faults_in_all=len(problems), stage=vote.course.stage(clock.now()).value,
            roll=queries.people_by_territory(vote), roll_size=queries.roll_size(vote.id),
        ),
        status,
    )  # fmt: skip
