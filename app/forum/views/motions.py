"""Votes on the desk: put to the seats, cast, closed."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.forum import messages, queries, services
from app.forum.forms import MotionForm, VoteForm, WithdrawForm, ranking_form
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.rules.voting import MotionKind, MotionState
from app.forum.views import bp, shown
from app.forum.views.seats import BASE, back, person_id
from app.spaces.rules import FORUM_SEATS

MOTION = f"{BASE}/votaciones/<motion>"


@bp.get(f"{BASE}/votaciones/nueva")
@guarded(ForumPermission.OPEN_MOTION, GRANTS, load=queries.forum_by_slug)
def new_motion(forum: Any) -> Response:
    return _new(forum, MotionForm())


@bp.post(f"{BASE}/votaciones")
@guarded(ForumPermission.OPEN_MOTION, GRANTS, load=queries.forum_by_slug)
def open_motion(forum: Any) -> Response:
    form = MotionForm().with_meetings(_meetings(forum))
    if form.validate():
        meeting = queries.meeting_by_slugs(forum.space.slug, form.meeting.data) if form.meeting.data else None
        try:
            motion = services.open_motion(forum, form.draft(), meeting=meeting, person_id=person_id(), now=clock.now(), role=_role(forum))
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            said = _("La votación está abierta y se escribió a quienes ocupan los asientos.")
            return back("forum.desk_motion", said, slug=forum.space.slug, motion=motion.slug)
    return _new(forum, form, 422)


def _role(forum: Any) -> str:
    """Who puts it to the vote, as the register tells it."""
    sits = any(held.covers(forum.scope) and held.role in FORUM_SEATS for held in current_actor().roles)
    return "asiento del foro" if sits else "secretaría"


def _meetings(forum: Any) -> list[tuple[str, str]]:
    return [(meeting.slug, meeting.title) for meeting in queries.meetings(forum.space_id)]


def _new(forum: Any, form: MotionForm, status: int = 200) -> Response:
    form.with_meetings(_meetings(forum))
    return make_response(render_template("forum/new_motion.html", forum=forum, space=forum.space, form=form), status)


@bp.get(MOTION)
@guarded(ForumPermission.READ, GRANTS, load=queries.motion_by_slugs)
def desk_motion(motion: Any) -> Response:
    return _page(motion)


@bp.post(f"{MOTION}/voto")
@guarded(ForumPermission.VOTE, GRANTS, load=queries.motion_by_slugs)
def vote(motion: Any) -> Response:
    form = _ballot(motion, "vote-")
    if carried_out(form, lambda: services.cast_vote(motion, form.ballot(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        said = _("El voto de su asiento quedó registrado. Se publica con los demás al cerrar.")
        return back("forum.desk_motion", said, slug=motion.space.slug, motion=motion.slug)
    return _page(motion, 422, voting=form)


@bp.post(f"{MOTION}/voto-a-mano/<int:seat_id>")
@guarded(ForumPermission.KEEP, GRANTS, load=lambda slug, motion, seat_id: _by_hand(slug, motion, seat_id))
def vote_by_hand(found: Any) -> Response:
    form = _ballot(found.motion, f"hand-{found.seat_id}-")
    if carried_out(
        form, lambda: services.record_hand_vote(found.motion, found.seat_id, form.ballot(), person_id=person_id(), now=clock.now())
    ):
        db.session.commit()
        said = _("El voto dicho en la sesión quedó anotado a mano.")
        return back("forum.desk_motion", said, slug=found.motion.space.slug, motion=found.motion.slug)
    return _page(found.motion, 422, by_hand=form, by_hand_id=found.seat_id)


class _ByHand:
    """A motion and the seat whose vote is written down for it."""

    def __init__(self, motion: Any, seat_id: int) -> None:
        self.motion, self.seat_id, self.scope = motion, seat_id, motion.scope


def _by_hand(slug: str, motion: str, seat_id: int) -> _ByHand | None:
    found = queries.motion_by_slugs(slug, motion)
    return _ByHand(found, seat_id) if found else None


@bp.post(f"{MOTION}/cerrar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.motion_by_slugs)
def close_motion(motion: Any) -> Response:
    try:
        services.close_motion(motion, now=clock.now())
    except RuleBroken as broken:
        return _page(motion, 422, refused=sentence(messages.MOTION_PROBLEMS, broken.problems[0]))
    db.session.commit()
    return back(
        "forum.desk_motion", _("La votación está cerrada y todos los votos son públicos."), slug=motion.space.slug, motion=motion.slug
    )


@bp.post(f"{MOTION}/retirar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.motion_by_slugs)
def withdraw_motion(motion: Any) -> Response:
    form = WithdrawForm(prefix="withdraw-")
    if carried_out(form, lambda: services.withdraw_motion(motion, form.reason.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return back("forum.desk_motion", _("La votación está retirada."), slug=motion.space.slug, motion=motion.slug)
    return _page(motion, 422, withdrawing=form)


def _ballot(motion: Any, prefix: str, **settings: Any) -> Any:
    if motion.kind is MotionKind.YES_NO:
        return VoteForm(prefix=prefix, **settings)
    return ranking_form([(option.position, option.text) for option in queries.options(motion.id)], prefix=prefix, **settings)


def _page(motion: Any, status: int = 200, **more: Any) -> Response:
    now = clock.now()
    votes = queries.votes(motion.id)
    voted = {vote.seat_number for vote in votes}
    seat = queries.seat_of(person_id(), motion.space_id, clock.lima_day(now))
    options = {option.position: option.text for option in queries.options(motion.id)}
    is_open = motion.state is MotionState.OPEN and now < motion.closes_at
    present = queries.attendance(motion.meeting_id) if motion.meeting_id and is_open else []
    context = {
        "motion": motion, "space": motion.space, "names": messages, "options": options, "seat": seat, "is_open": is_open,
        "has_voted": bool(seat and seat.number in voted), "voting": _ballot(motion, "vote-", formdata=None), "refused": "",
        "seats": [
            {"number": s.number, "name": s.holder_name, "sector": messages.SECTORS[s.sector], "has_voted": s.number in voted}
            for s in queries.seats_on(motion.space_id, clock.lima_day(now))
        ],
        "missing_by_hand": [
            {"seat": row.seat, "form": _ballot(motion, f"hand-{row.seat_id}-", formdata=None)}
            for row in present if row.seat.number not in voted and not row.seat.holder_id and not row.seat.alternate_id
        ],
        "by_hand": None, "by_hand_id": 0, "withdrawing": WithdrawForm(prefix="withdraw-", formdata=None),
        "votes": shown.vote_rows(votes, options) if motion.state is MotionState.CLOSED else [], "places": shown.places(motion, options),
        "quorum": messages.quorum_sentence(motion.rules_version.quorum),
    }  # fmt: skip
    return make_response(render_template("forum/desk_motion.html", **context | more), status)
