"""Signing: answers in review, each shown whole with what was said, bound to the hash that was on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.core.web import page_number
from app.feedback import queries, services
from app.feedback.forms import ChosenForm, NoteForm
from app.feedback.messages import ALL, POSTS, SEATS
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.outcomes import Seat
from app.feedback.views import bp
from app.feedback.views.answers import about, details
from app.feedback.views.cards import LANGUAGES, CardMaker, labels
from app.feedback.views.paging import pager
from app.feedback.views.pile import process_for_staff
from app.feedback.views.standing import keys_of
from app.feedback.views.workbench import contribution_for_staff
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.processes.models import Process

_SEAT_PERMISSIONS = {
    Seat.GOVERNMENT: FeedbackPermission.SIGN_FOR_GOVERNMENT,
    Seat.NON_GOVERNMENT: FeedbackPermission.SIGN_FOR_NON_GOVERNMENT,
}
_SEAT_ROLES = {Seat.GOVERNMENT: Role.FORUM_GOVERNMENT, Seat.NON_GOVERNMENT: Role.FORUM_CIVIL}


def seat_of(subject: Any) -> Seat | None:
    """The sector the person acting signs for here; the one asked for (`?sector=`) when they hold both."""
    held = [seat for seat, permission in _SEAT_PERMISSIONS.items() if may(permission, GRANTS, subject)]
    asked = [seat for seat in held if str(seat) == request.args.get("sector")]
    return next(iter(asked or held), None)


def post_of(seat: Seat, subject: Any) -> str:
    """What the signer is, for the public: the seat, and the organisation they sit for."""
    held = next((h for h in current_actor().roles if h.role == _SEAT_ROLES[seat] and h.covers(subject.scope)), None)
    organisation = queries.organisation_by_id(held.organisation_id) if held else None
    return f"{POSTS[seat]}, {organisation.name}" if organisation else str(POSTS[seat])


@bp.get("/mesa/procesos/<slug>/firmas")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def signatures(process: Process) -> Response:
    return _page(process)


def _page(process: Process, problems: list[str] | None = None, status: int = 200, note_form: NoteForm | None = None) -> Response:
    seat = seat_of(process)
    page = queries.to_sign(process.id, seat, page_number()) if seat else queries.in_review(process.id, page_number())
    maker = CardMaker(process.slug, lima_day(clock.now()))
    ids = [version.decision.id for version in page.rows]
    objections, cards, writers = queries.objections_of(ids), queries.cards_of(ids), queries.writers_of(ids)
    entries = [
        {
            "version": version,
            "contribution": version.decision.contribution,
            "card": maker.card(cards[version.decision.id]),
            "details": details(version),
            "ideas": about(version),
            "codes": version.draft.group,
            "lang": LANGUAGES[version.decision.contribution.language],
            "wrote": current_actor().person_id in writers.get(version.decision.id, set()),
            "keys": keys_of(version.decision.sha256, version.signatures, objections.get(version.decision.id, ())),
            "value": f"{version.decision.id}:{version.decision.sha256}",
        }
        for version in page.rows
    ]
    return make_response(
        render_template(
            "feedback/signatures.html",
            process=process,
            space=process.space,
            seat=seat,
            seat_name=str(SEATS[seat]) if seat else "",
            entries=entries,
            labels=labels(),
            total=page.total,
            objected=queries.objected(process.id),
            pager_links=pager(page, url_for("feedback.signatures", slug=process.slug), {}),
            problems=problems or [],
            may_return=may(FeedbackPermission.SEND_BACK, GRANTS, process),
            note_form=note_form or NoteForm(formdata=None),
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


@bp.post("/mesa/procesos/<slug>/firmas")
@guarded(FeedbackPermission.SIGN, GRANTS, load=process_for_staff)
def sign(process: Process) -> Response:
    form, seat, slug = ChosenForm(), seat_of(process), process.slug
    if not form.validate() or seat is None:
        abort(400)
    chosen = form.chosen()
    decisions = {d.id: d for d in queries.decisions_by_id([id_ for id_, _ in chosen]) if d.process_id == process.id}
    pairs = [(decisions[id_], sha256) for id_, sha256 in chosen if id_ in decisions]
    try:
        approved = services.sign_many(pairs, seat, person_id=_person_id(), post=post_of(seat, process), now=clock.now())
    except RuleBroken as broken:
        sentences = sentences_of(broken)
        db.session.rollback()
        return _page(process_for_staff(slug) or process, sentences, 422)
    db.session.commit()
    flash(ngettext("Firmó %(num)s respuesta.", "Firmó %(num)s respuestas.", len(pairs)), "good")
    if approved:
        flash(
            ngettext(
                "%(num)s tiene ya las dos firmas y espera publicación.", "%(num)s tienen ya las dos firmas y esperan publicación.", approved
            ),
            "info",
        )
    return redirect(url_for("feedback.signatures", slug=slug, sector=request.args.get("sector")), 303)  # type: ignore[return-value]


def sentences_of(broken: RuleBroken) -> list[str]:
    """Each problem with the code of its answer in front."""
    return [f"{p.values['code']}: {sentence(ALL, p)}" if "code" in p.values else sentence(ALL, p) for p in broken.problems]


@bp.post("/mesa/aportes/<code>/devolver")
@guarded(FeedbackPermission.SEND_BACK, GRANTS, load=contribution_for_staff)
def send_back(contribution: Contribution) -> Response:
    form, code, slug = NoteForm(), contribution.code, contribution.process.slug
    decision = queries.open_decision(contribution.id)
    if decision is None:
        abort(409, gettext("Esta respuesta ya no se puede devolver: fue publicada o aún no existe."))
    try:
        services.send_back(decision, form.note.data or "", person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        flash(f"{code}: {sentences_of(broken)[0]}", "stop")
    except SomebodyWasFirst:
        db.session.rollback()
        flash(gettext("%(code)s cambió mientras usted la leía. Mírela otra vez.", code=code), "warn")
    else:
        db.session.commit()
        flash(gettext("%(code)s volvió a quien la escribió, con su nota.", code=code), "good")
    target = {"publicacion": "feedback.publication"}.get(request.args.get("desde", ""), "feedback.signatures")
    return redirect(url_for(target, slug=slug), 303)  # type: ignore[return-value]


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
