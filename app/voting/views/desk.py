"""Votes on the desk: the list, and one with what waits to be done. Before the count it shows nothing the public does not see."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.budgeting import queries as budgeting
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.voting import messages, queries, services
from app.voting.forms import ExclusionForm, ReasonForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.rules.terms import Seat
from app.voting.views import bp, shown

BASE = "/mesa/procesos/<slug>/votaciones"
VOTE = f"{BASE}/<vote>"


def who() -> int:
    return current_actor().person_id or 0


def said(broken: RuleBroken) -> str:
    return " ".join(sentence(messages.PROBLEMS, problem) for problem in broken.problems)


def to_vote(vote: Any, words: str, anchor: str | None = None) -> Response:
    flash(words, "good")
    return redirect(url_for("voting.desk_vote", slug=vote.round.process.slug, vote=vote.slug, _anchor=anchor), 303)  # type: ignore[return-value]


@bp.get(BASE)
@guarded(VotePermission.READ, GRANTS, load=budgeting.round_of)
def desk(round_: Any) -> str:
    now, process = clock.now(), round_.process
    votes = [{"vote": vote, "stage": vote.course.stage(now)} for vote in queries.votes_of(process.id, drafts=True)]
    return render_template(
        "voting/desk.html", round=round_, process=process, space=process.space, votes=votes, stages=messages.STAGES,
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(VOTE)
@guarded(VotePermission.READ, GRANTS, load=queries.desk_vote)
def desk_vote(vote: Any) -> Response:
    return page(vote)


@bp.post(f"{VOTE}/firmar")
@guarded(VotePermission.SIGN_AS_MUNICIPALITY, GRANTS, load=queries.desk_vote)
def sign(vote: Any) -> Response:
    return _sign(vote, Seat.MUNICIPAL)


@bp.post(f"{VOTE}/firmar-foro")
@guarded(VotePermission.SIGN_AS_CIVIL, GRANTS, load=queries.desk_vote)
def sign_as_civil(vote: Any) -> Response:
    return _sign(vote, Seat.NON_GOVERNMENT)


@bp.post(f"{VOTE}/anunciar")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def announce(vote: Any) -> Response:
    try:
        services.announce(vote, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        return refused(vote, said(broken))
    db.session.commit()
    return to_vote(shown.again(vote.id), _("La votación está anunciada: sus reglas y su huella son públicas."))


@bp.post(f"{VOTE}/retirar")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def withdraw(vote: Any) -> Response:
    form = ReasonForm()
    if carried_out(form, lambda: services.withdraw(vote, form.reason.data or "", person_id=who(), now=clock.now())):
        db.session.commit()
        return to_vote(shown.again(vote.id), _("El anuncio está retirado, con su razón. Corrija el borrador y vuelvan a firmar."))
    return page(vote, 422, reason=form)


def _sign(vote: Any, seat: Seat) -> Response:
    try:
        services.sign(vote, seat, request.form.get("sha256", ""), person_id=who(), now=clock.now())
    except SomebodyWasFirst:
        return refused(vote, _("Las reglas cambiaron mientras las leía. Léalas de nuevo y firme."))
    except RuleBroken as broken:
        return refused(vote, said(broken))
    db.session.commit()
    return to_vote(shown.again(vote.id), _("Su firma está puesta bajo estas reglas."))


def refused(vote: Any, words: str) -> Response:
    db.session.rollback()
    return page(shown.again(vote.id), 422, refused=words)


def page(vote: Any, status: int = 200, **context: Any) -> Response:
    """The vote's page with one of its forms as typed; `refused` is a sentence for the top."""
    now, process = clock.now(), vote.round.process
    signed = {approval.seat.value: approval for approval in queries.approvals(vote)}
    given = {"reason": ReasonForm(formdata=None), "excluding": ExclusionForm(None, prefix="out-"), "refused": ""} | context
    return make_response(
        render_template(
            "voting/desk_vote.html", vote=vote, process=process, space=process.space, stage=vote.course.stage(now), stages=messages.STAGES,
            facts=shown.facts(vote), signed=signed, seats=messages.SEATS, roll=queries.people_by_territory(vote),
            roll_size=queries.roll_size(vote.id), step=queries.newest_step(vote.id), additions=queries.additions(vote.id),
            runs=queries.token_runs(vote.id), tokens=queries.token_books(vote.id), booths=queries.booths(vote.id),
            paper=queries.options(vote.id), exclusions=queries.exclusions(vote.id),
            flashes=get_flashed_messages(with_categories=True), **given,
        ),
        status,
    )  # fmt: skip
