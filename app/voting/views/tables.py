"""Attending people in person: marking who is handed a code or votes on paper, and opening booths."""

from typing import Any

from flask import Response, current_app, get_flashed_messages, make_response, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, refuse_if_any
from app.core.guard import guarded
from app.voting import queries, services
from app.voting.forms import AttendForm, BoothForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.rules import Channel, RollStatus
from app.voting.rules.roll import document_of, problems_with_document
from app.voting.views import bp, shown
from app.voting.views.desk import VOTE, to_vote, who

TABLE = f"{VOTE}/atencion"


def booth_by_number(slug: str, vote: str, number: int) -> Any:
    found = queries.desk_vote(slug, vote)
    place = next((b for b in queries.booths(found.id) if b.number == number), None) if found is not None else None
    return _OfBooth(found, place) if place is not None else None


class _OfBooth:
    """A booth with its vote, for the guard."""

    def __init__(self, vote: Any, booth: Any) -> None:
        self.vote, self.booth, self.scope = vote, booth, vote.scope


@bp.get(TABLE)
@guarded(VotePermission.ATTEND, GRANTS, load=queries.desk_vote)
def table(vote: Any) -> Response:
    return _page(vote)


@bp.post(TABLE)
@guarded(VotePermission.ATTEND, GRANTS, load=queries.desk_vote)
def attend(vote: Any) -> Response:
    """Mark a person who has shown their document, or tell them whether they are marked."""
    form, vote_id = AttendForm(), vote.id
    if not form.validate():
        return _page(vote, form, status=422)
    try:
        refuse_if_any(problems_with_document(form.document.data or ""))
        key = services.keys.voter_key(vote, document_of(form.document.data or ""))
        if form.channel.data == "look":
            told = _told(queries.roll_entry(vote.id, key))
            return _page(vote, form, told=told)
        services.mark(vote, key, Channel(form.channel.data), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(shown.again(vote_id), form, status=422)
    db.session.commit()
    told = _("Marcada: entréguele un código de la caja.") if form.channel.data == "token" else _("Marcada: puede votar en papel.")
    return _page(shown.again(vote_id), AttendForm(formdata=None), told=told)


def _told(entry: Any) -> str:
    if entry is None:
        return _("No está en el padrón.")
    if entry.status is RollStatus.VOTED:
        return _("Figura como votante. Si no votó, que avise ahora.")
    return _("No figura como votante: puede votar.") if entry.status is RollStatus.OPEN else _("Fue retirada del padrón.")


@bp.post(f"{VOTE}/cabinas")
@guarded(VotePermission.ATTEND, GRANTS, load=queries.desk_vote)
def open_booth(vote: Any) -> Response:
    form, vote_id = BoothForm(), vote.id
    if form.validate():
        try:
            _booth, handle = services.open_booth(vote, form.place.data or "", form.pin.data or "", person_id=who(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            vote = shown.again(vote_id)
            path = url_for("voting.booth", slug=vote.round.process.slug, vote=vote.slug, handle=handle)
            return _page(vote, address=current_app.config["SITE_URL"] + path)
    return _page(vote, opening=form, status=422)


@bp.post(f"{VOTE}/cabinas/<int:number>/cerrar")
@guarded(VotePermission.ATTEND, GRANTS, load=booth_by_number)
def close_booth(found: Any) -> Response:
    vote_id = found.vote.id
    services.close_booth(found.vote, found.booth, person_id=who(), now=clock.now())
    db.session.commit()
    return to_vote(shown.again(vote_id), _("La cabina está cerrada."))


def _page(
    vote: Any, form: AttendForm | None = None, *, opening: BoothForm | None = None, told: str = "", address: str = "", status: int = 200
) -> Response:
    process = vote.round.process
    return make_response(
        render_template(
            "voting/table.html", vote=vote, process=process, space=process.space, form=form or AttendForm(formdata=None),
            opening=opening or BoothForm(formdata=None), told=told, address=address, booths=queries.booths(vote.id),
            stage=vote.course.stage(clock.now()).value, has={name: True for name in vote.channels},
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip
