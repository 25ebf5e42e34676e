"""The ballot: marked, reviewed, cast, and its receipt. No page of these knows who is voting beyond a sealed pass."""

from datetime import datetime
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.fields import sentence
from app.core.guard import public
from app.voting import messages, queries, services
from app.voting.forms import BallotForm
from app.voting.rules.ballots import BallotProblem, soles
from app.voting.rules.course import VoteProblem
from app.voting.rules.limits import DoorProblem
from app.voting.views import bp, passes, shown
from app.voting.views.entrance import Answer, entrance
from app.voting.views.public import VOTE

RECEIPT_SECONDS = 60
SPENT = (VoteProblem.ALREADY_VOTED, VoteProblem.TOKEN_SPENT, VoteProblem.VOID_ENTRY, VoteProblem.NOT_ON_ROLL, VoteProblem.TOKEN_WRONG)


@bp.get(f"{VOTE}/votar")
@public(load=queries.public_vote)
def vote(vote: Any) -> Answer:
    """The ballot for who has a pass; for everybody else, how to come in."""
    passes.private()
    now = clock.now()
    held = passes.held(vote, now)
    if held is None or not vote.course.is_open(now):
        return entrance(vote)
    return ballot_page(vote, held, form_of(vote, {}), now)


@bp.post(f"{VOTE}/revisar")
@public(load=queries.public_vote)
def review(vote: Any) -> Answer:
    """The selection, to be recomputed, filtered or reviewed. It is kept in the page and nowhere else."""
    passes.private()
    now = clock.now()
    held = passes.held(vote, now)
    carried = request.form.get("carried", "")
    form = form_of(vote, passes.carried(vote, carried)) if carried else BallotForm.read(queries.ballot_rule(vote), request.form)
    if held is None:
        return over(vote, form)
    deed = request.form.get("accion", "revisar")
    try:
        ubigeo = services.place_of(vote, held.voter)
    except RuleBroken as broken:
        return _refused(vote, held, form, broken, now)
    if deed != "revisar":
        return ballot_page(vote, held, form, now)
    if not form.judge(ubigeo):
        return ballot_page(vote, held, form, now, status=422)
    return review_page(vote, held, form, now)


@bp.post(f"{VOTE}/constancia")
@public(load=queries.public_vote)
def cast(vote: Any) -> Answer:
    """Put the reviewed selection in the box. The clock is read with the vote held: nobody who waited votes late."""
    passes.private()
    now = clock.now()
    held = passes.held(vote, now)
    form = form_of(vote, passes.carried(vote, request.form.get("carried", "")))
    if held is None:
        return over(vote, form)
    try:
        vote = services.hold(vote)
        code = services.cast(vote, held.voter, form.choices, is_blank=form.is_blank, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _refused(shown.again(vote.id), held, form, broken, now)
    db.session.commit()
    vote = shown.again(vote.id)
    passes.drop()
    passes.keep_receipt(vote, code, held.booth)
    return redirect(url_for("voting.receipt", slug=vote.round.process.slug, vote=vote.slug), 303)


@bp.get(f"{VOTE}/constancia")
@public(load=queries.public_vote)
def receipt(vote: Any) -> Answer:
    """The receipt's code, this once. In a booth the page leaves by itself."""
    passes.private()
    found = passes.take_receipt(vote)
    process = vote.round.process
    booth = found[1] if found else ""
    back = url_for("voting.booth", slug=process.slug, vote=vote.slug, handle=booth) if booth else ""
    page = make_response(
        render_template("voting/receipt.html", vote=vote, process=process, space=process.space, code=found[0] if found else "", back=back)
    )
    return leaving(page, RECEIPT_SECONDS, back) if booth else page


def form_of(vote: Any, told: dict[str, Any]) -> BallotForm:
    return BallotForm.carried(queries.ballot_rule(vote), told)


def ballot_page(vote: Any, held: passes.Held, form: BallotForm, now: datetime, status: int = 200) -> Answer:
    """The ballot as it stands, in this person's own order."""
    try:
        ubigeo = services.place_of(vote, held.voter)
    except RuleBroken as broken:
        return _refused(vote, held, form, broken, now)
    filters = shown.Filters.read(request.form)
    return _page(
        "voting/ballot.html", vote, held, now, status, **shown.ballot(vote, form, ubigeo, held.seed, filters), is_blank=form.is_blank
    )


def review_page(vote: Any, held: passes.Held, form: BallotForm, now: datetime, status: int = 200) -> Answer:
    titles = {option.number: option.title for option in queries.options(vote.id)}
    return _page(
        "voting/review.html", vote, held, now, status, form=form, chosen=shown.chosen(form), titles=titles, kind=vote.kind.value,
        spent=form.spent_cents / 100, carried=passes.carry(vote, form.told()), soles=soles,
    )  # fmt: skip


def over(vote: Any, form: BallotForm) -> Answer:
    """The time to vote is over and the selection is not: it goes along while one comes in again."""
    passes.drop()
    said = sentence(messages.PROBLEMS, Problem(DoorProblem.PASS_OVER))
    return entrance(vote, carried=passes.carry(vote, form.told()), status=422, said=said)


def _refused(vote: Any, held: passes.Held, form: BallotForm, broken: RuleBroken, now: datetime) -> Answer:
    """Back to the ballot with what is wrong with it; or out, when there is no more voting to be done."""
    codes = {problem.code for problem in broken.problems}
    said = " ".join(sentence(messages.PROBLEMS, problem) for problem in broken.problems)
    if codes.intersection(SPENT) or not codes.intersection(set(BallotProblem) | {VoteProblem.REFUSED_BY_DATABASE}):
        passes.drop()
        return entrance(vote, status=422, said=said)
    form.errors = [said or _("Revise su selección.")]
    return ballot_page(vote, held, form, now, status=422)


def _page(template: str, vote: Any, held: passes.Held, now: datetime, status: int, **context: Any) -> Response:
    process = vote.round.process
    page = make_response(
        render_template(template, vote=vote, process=process, space=process.space, is_booth=bool(held.booth), **context), status
    )
    if held.booth:
        back = url_for("voting.booth", slug=process.slug, vote=vote.slug, handle=held.booth)
        return leaving(page, held.seconds_left(now), back)
    return page


def leaving(page: Response, seconds: int, back: str) -> Response:
    """A page of a shared computer ends by itself: the next person finds the start, and going back shows nothing (no-store)."""
    page.headers["Refresh"] = f"{seconds}; url={back}"
    page.headers["Cache-Control"] = "no-store"
    return page
