"""Coming in to vote: document and a code by mail, or a printed code. The answer is the same whoever asks."""

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.voting import queries, services
from app.voting.forms import CodeForm, DocumentForm, TokenForm
from app.voting.rules.limits import Tried
from app.voting.rules.terms import CodePurpose
from app.voting.views import bp, passes, shown
from app.voting.views.ballot import ballot_page, form_of
from app.voting.views.entrance import Answer, code_page, entrance, origin
from app.voting.views.public import VOTE


def to_ballot(vote: Any) -> Response:
    return redirect(url_for("voting.vote", slug=vote.round.process.slug, vote=vote.slug), 303)


@bp.post(f"{VOTE}/votar")
@public(load=queries.public_vote)
def ask_code(vote: Any) -> Answer:
    """Somebody typed their document: a code leaves for the address the roll has of them, if it has one."""
    return send_code(vote, CodePurpose.VOTE)


def send_code(vote: Any, purpose: CodePurpose) -> Answer:
    passes.private()
    form, now = DocumentForm(), clock.now()
    problems = () if purpose is CodePurpose.MARK else vote.course.problems(now)
    if form.validate():
        try:
            if problems:
                raise RuleBroken(problems)
            services.attempt(Tried.LETTER, form.document.data or "", origin(), now=now, field="document")
            db.session.commit()
            handle = services.ask_code(shown.again(vote.id), form.document.data or "", purpose, now=now)
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            code = CodeForm(formdata=None)
            code.handle.data, code.carried.data = handle, form.carried.data
            return code_page(vote, code, purpose=purpose)
    return entrance(vote, document=form, carried=form.carried.data or "", status=422, for_mark=purpose is CodePurpose.MARK)


@bp.post(f"{VOTE}/votar/codigo")
@public(load=queries.public_vote)
def prove_code(vote: Any) -> Answer:
    """The code of the letter. It opens the ballot, or tells whether one is marked as having voted."""
    passes.private()
    form, now = CodeForm(), clock.now()
    if not form.validate():
        return code_page(vote, form, 422)
    try:
        tried = services.attempt(Tried.CODE, form.handle.data or "", origin(), now=now, field="code")
        db.session.commit()
        key, purpose = services.prove_code(
            vote, form.handle.data or "", form.code.data or "", wants_reminder=bool(form.reminds.data), now=now
        )
    except RuleBroken as broken:
        db.session.commit()  # a wrong try counts
        form.show(broken)
        return code_page(vote, form, 422)
    services.forgive(tried.id)
    db.session.commit()
    vote = shown.again(vote.id)
    if purpose is CodePurpose.VOTE:
        try:
            refuse_unless_open(vote, now)
            passes.keep(vote, services.pass_by_mail(vote, key), now=now)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return open_ballot(vote, form.carried.data or "")
    return render_template(
        "voting/mark.html", vote=vote, process=vote.round.process, space=vote.round.process.space, entry=services.mark_of(vote, key)
    )  # fmt: skip


@bp.post(f"{VOTE}/votar/impreso")
@public(load=queries.public_vote)
def enter_with_token(vote: Any) -> Answer:
    """A printed code. What is wrong is counted: five tries in fifteen minutes, a hundred a minute in all (reliability.md 6.3)."""
    passes.private()
    form, now = TokenForm(), clock.now()
    if form.validate():
        tried = None
        try:
            refuse_unless_open(vote, now)
            tried = services.attempt(Tried.TOKEN, "", origin(), now=now, field="token")
            tried_id = tried.id
            db.session.commit()
            vote = shown.again(vote.id)
            voter = services.pass_by_token(vote, form.token.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            services.forgive(tried_id)
            db.session.commit()
            vote = shown.again(vote.id)
            passes.keep(vote, voter, now=now)
            return open_ballot(vote, form.carried.data or "")
    return entrance(vote, token=form, carried=form.carried.data or "", status=422)


def refuse_unless_open(vote: Any, now: Any) -> None:
    problems = vote.course.problems(now)
    if problems:
        raise RuleBroken(problems)


def open_ballot(vote: Any, carried: str) -> Answer:
    """To the ballot; straight to it when it comes with what somebody had marked before."""
    if not carried:
        return to_ballot(vote)
    now = clock.now()
    held = passes.held(vote, now)
    return ballot_page(vote, held, form_of(vote, passes.carried(vote, carried)), now) if held else to_ballot(vote)
