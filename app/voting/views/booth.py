"""A booth: a shared computer. An officer sees a document, types its number and the key of the table, and leaves; then the person votes."""

from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from app.accounts.services.sealing import digest
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.voting import queries, services
from app.voting.forms import HandOverForm
from app.voting.rules.limits import Tried
from app.voting.views import bp, passes, shown
from app.voting.views.doors import to_ballot
from app.voting.views.entrance import Answer, origin
from app.voting.views.public import VOTE

BOOTH = f"{VOTE}/cabina/<handle>"


def booth_of(slug: str, vote: str, handle: str) -> Any:
    """(vote, booth, secret address) while the booth is open."""
    found = queries.public_vote(slug, vote)
    place = queries.booth(found.id, digest(handle)) if found is not None else None
    return (found, place, handle) if found is not None and place is not None else None


@bp.get(BOOTH)
@public(load=booth_of)
def booth(found: Any) -> Answer:
    """The start page of the booth. Whatever was begun on this computer ends here."""
    passes.private()
    passes.drop()
    return _start(found, HandOverForm(formdata=None))


@bp.post(BOOTH)
@public(load=booth_of)
def hand_over(found: Any) -> Answer:
    """The officer has seen the document. Nothing of the person is on the pages that follow."""
    passes.private()
    passes.drop()
    vote, place, handle = found
    vote_id, place_number, slug, name = vote.id, place.number, vote.round.process.slug, vote.slug
    form, now = HandOverForm(), clock.now()
    if current_user.is_authenticated or not form.validate():
        return _start(found, form, 422)
    try:
        tried = services.attempt(Tried.BOOTH, f"{vote_id}:{place_number}", origin(), now=now, field="pin")
        tried_id = tried.id
        db.session.commit()
        vote, place, _handle = found = booth_of(slug, name, handle) or found
        problems = vote.course.problems(now)
        if problems:
            raise RuleBroken(problems)
        voter = services.pass_by_officer(vote, place, form.document.data or "", form.pin.data or "")
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _start(booth_of(slug, name, handle) or found, form, 422)
    services.forgive(tried_id)
    db.session.commit()
    vote = shown.again(vote_id)
    passes.keep(vote, voter, now=now, booth=handle)
    return to_ballot(vote)


def _start(found: Any, form: Any, status: int = 200) -> tuple[str, int]:
    vote, place, handle = found
    process = vote.round.process
    form.pin.data = ""
    page = render_template(
        "voting/booth.html", vote=vote, process=process, space=process.space, booth=place, form=form,
        stage=vote.course.stage(clock.now()).value, is_signed_in=current_user.is_authenticated,
        here=url_for("voting.hand_over", slug=process.slug, vote=vote.slug, handle=handle),
    )  # fmt: skip
    return page, status
