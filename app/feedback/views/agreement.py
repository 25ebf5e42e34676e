"""The agreement of the two sectors about one answer: who signed, who objects, who does not agree and says so in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.clock import lima_day
from app.core.dates import short_date
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.web import carried_out
from app.feedback import queries, services
from app.feedback.forms.agreement import DissentForm, ObjectionForm, WithdrawalForm
from app.feedback.messages import SEATS, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.outcomes import DecisionState, Seat
from app.feedback.views import bp
from app.feedback.views.answers import page_context
from app.feedback.views.signing import post_of, seat_of
from app.feedback.views.standing import keys
from app.feedback.views.workbench import contribution_for_staff

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.models import Decision


@bp.get("/mesa/aportes/<code>/acuerdo")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=contribution_for_staff)
def agreement(contribution: Contribution) -> Response:
    return _page(contribution)


def _standing(contribution: Contribution) -> Decision | None:
    """The text the sectors are looking at: the open version, or else the one the public reads."""
    return queries.open_decision(contribution.id) or queries.current_decision(contribution.id)


def _page(
    contribution: Contribution, status: int = 200, objection: ObjectionForm | None = None, dissent: DissentForm | None = None,
    withdrawal: WithdrawalForm | None = None,
) -> Response:  # fmt: skip
    standing, person_id = _standing(contribution), current_actor().person_id
    versions = queries.versions_of([standing]) if standing else ()
    objections = queries.objections_of([standing.id]).get(standing.id, []) if standing else []
    notes = queries.dissents_of([standing.id]).get(standing.id, []) if standing else []
    is_open = standing is not None and standing.state in (DecisionState.REVIEW, DecisionState.APPROVED)
    context = page_context(queries.AnswerPage(contribution, versions), lima_day(clock.now()))
    return make_response(
        render_template(
            "feedback/agreement.html",
            **{**context, "nav_here": "desk"},
            standing=standing,
            state=str(STATES[standing.state]) if standing else "",
            keys=keys(standing),
            objections=[_shown(row, standing, person_id) for row in objections],
            own_note=next((n for n in notes if n.person_id == person_id and n.withdrawn_at is None), None),
            may_object=is_open and may(FeedbackPermission.OBJECT, GRANTS, contribution),
            may_dissent=standing is not None
            and standing.state is not DecisionState.DRAFT
            and may(FeedbackPermission.DISSENT, GRANTS, contribution),
            objection_form=objection or ObjectionForm(formdata=None, sha256=standing.sha256 if standing else ""),
            dissent_form=dissent or DissentForm(formdata=None, sha256=standing.sha256 if standing else ""),
            withdrawal_form=withdrawal or WithdrawalForm(formdata=None),
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


def _shown(row: Any, standing: Any, person_id: int | None) -> dict[str, Any]:
    """An objection with what became of it."""
    if row.withdrawn_at:
        state = gettext("Retirada el %(day)s", day=short_date(row.withdrawn_at))
    elif row.sha256 != standing.sha256:
        state = gettext("El texto cambió después")
    else:
        state = gettext("En pie")
    stands = row.withdrawn_at is None and row.sha256 == standing.sha256
    return {
        "seat": str(SEATS[row.seat]), "post": row.post, "at": row.made_at, "reason": row.reason, "state": state, "stands": stands,
        "is_mine": stands and row.person_id == person_id,
    }  # fmt: skip


def objections_shown(decision: Any, objections: list[Any]) -> list[dict[str, Any]]:
    """The objections that stand against a text, for the page of signatures."""
    return [_shown(row, decision, None) for row in objections if row.withdrawn_at is None and row.sha256 == decision.sha256]


def _seat(contribution: Contribution) -> Seat:
    seat = seat_of(contribution)
    if seat is None:
        abort(403)
    return seat


def _back(code: str) -> Response:
    return redirect(url_for("feedback.agreement", code=code), 303)  # type: ignore[return-value]


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id


def _gone() -> NoReturn:
    abort(409, gettext("Esta respuesta ya no está donde estaba. Vuelva a la mesa y mírela otra vez."))


@bp.post("/mesa/aportes/<code>/objetar")
@guarded(FeedbackPermission.OBJECT, GRANTS, load=contribution_for_staff)
def object_to(contribution: Contribution) -> Response:
    form, code, seat = ObjectionForm(), contribution.code, _seat(contribution)
    decision = queries.open_decision(contribution.id)
    if decision is None:
        _gone()
    if form.validate():
        try:
            made = services.object_to(
                decision, seat, form.sha256.data or "", form.reason.data or "",
                person_id=_person_id(), post=post_of(seat, contribution), now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            count = len(made)
            db.session.commit()
            flash(
                ngettext(
                    "Su objeción detiene esta respuesta hasta que el texto cambie o usted la retire.",
                    "Su objeción detiene las %(num)s respuestas del grupo hasta que el texto cambie o usted la retire.",
                    count,
                ),
                "good",
            )
            return _back(code)
    return _page(contribution_for_staff(code) or contribution, 422, objection=form)


@bp.post("/mesa/aportes/<code>/objecion/retirar")
@guarded(FeedbackPermission.OBJECT, GRANTS, load=contribution_for_staff)
def withdraw_objection(contribution: Contribution) -> Response:
    code, person_id = contribution.code, _person_id()
    decision = queries.open_decision(contribution.id)
    rows = queries.objections_of([decision.id]).get(decision.id, []) if decision else []
    text = decision.sha256 if decision else ""
    own = next((r for r in rows if r.person_id == person_id and r.withdrawn_at is None and r.sha256 == text), None)
    if own is None:
        flash(gettext("Usted no tiene una objeción en pie sobre este texto."), "warn")
        return _back(code)
    approved = services.withdraw_objection(own, person_id=person_id, now=clock.now())
    is_approved = bool(approved)
    db.session.commit()
    flash(gettext("Retiró su objeción."), "good")
    if is_approved:
        flash(gettext("Con las dos firmas y sin objeciones, la respuesta está aprobada y espera publicación."), "info")
    return _back(code)


@bp.post("/mesa/aportes/<code>/desacuerdo")
@guarded(FeedbackPermission.DISSENT, GRANTS, load=contribution_for_staff)
def dissent(contribution: Contribution) -> Response:
    form, code, seat = DissentForm(), contribution.code, _seat(contribution)
    decision = _standing(contribution)
    if decision is None:
        _gone()
    if carried_out(
        form,
        lambda: services.dissent(
            decision,
            seat,
            form.sha256.data or "",
            form.text.data or "",
            person_id=_person_id(),
            post=post_of(seat, contribution),
            now=clock.now(),
        ),
        undo=True,
    ):
        db.session.commit()
        flash(gettext("Su desacuerdo se lee junto a la respuesta cuando es pública. Ya no se edita; puede retirarlo."), "good")
        return _back(code)
    return _page(contribution_for_staff(code) or contribution, 422, dissent=form)


@bp.post("/mesa/aportes/<code>/desacuerdo/retirar")
@guarded(FeedbackPermission.DISSENT, GRANTS, load=contribution_for_staff)
def withdraw_dissent(contribution: Contribution) -> Response:
    form, code, person_id = WithdrawalForm(), contribution.code, _person_id()
    decision = _standing(contribution)
    notes = queries.dissents_of([decision.id]).get(decision.id, []) if decision else []
    own = next((n for n in notes if n.person_id == person_id and n.withdrawn_at is None), None)
    note = queries.dissent_note(code, own.id) if own else None
    if note is None:
        flash(gettext("Usted no tiene un desacuerdo en pie sobre este texto."), "warn")
        return _back(code)
    if carried_out(
        form, lambda: services.withdraw_dissent(note, form.withdrawal_reason.data or "", person_id=person_id, now=clock.now()), undo=True
    ):
        db.session.commit()
        flash(gettext("Retiró su desacuerdo. En su lugar queda la razón que dio."), "good")
        return _back(code)
    return _page(contribution_for_staff(code) or contribution, 422, withdrawal=form)
