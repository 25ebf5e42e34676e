"""The gate: government and civil society sign the exact plan, and nobody is left without an answer unless both say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.core import clock
from app.core.dates import short_date
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.feedback import queries, services
from app.feedback.forms import ApprovalForm
from app.feedback.views import bp
from app.feedback.views.plan import origins, overrides
from app.plans import queries as plans
from app.plans.messages import SEATS
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules import PlanSeat, PlanState

if TYPE_CHECKING:
    from app.plans.models import ActionPlan

_SEAT_PERMISSIONS = {
    PlanSeat.GOVERNMENT: PlanPermission.APPROVE_FOR_GOVERNMENT, PlanSeat.NON_GOVERNMENT: PlanPermission.APPROVE_FOR_NON_GOVERNMENT,
}  # fmt: skip


def plan_for_staff(slug: str) -> ActionPlan | None:
    return plans.plan_by_slug(slug)


def _seat(plan: ActionPlan) -> PlanSeat | None:
    held = [seat for seat, permission in _SEAT_PERMISSIONS.items() if may(permission, GRANTS, plan)]
    asked = [seat for seat in held if str(seat) == request.args.get("sector")]
    return next(iter(asked or held), None)


@bp.get("/mesa/procesos/<slug>/plan/aprobacion")
@guarded(PlanPermission.READ_APPROVAL, GRANTS, load=plan_for_staff)
def approval(plan: ActionPlan) -> Response:
    return _page(plan, ApprovalForm(formdata=None))


def _page(plan: ActionPlan, form: ApprovalForm, status: int = 200) -> Response:
    signed, codes, seat = plans.signatures(plan.id, plan.revision), queries.waiting_codes(plan.process_id), _seat(plan)
    keys = {
        s: {"label": str(SEATS[s]), "is_signed": s in signed,
            "text": gettext("Firmó el %(day)s", day=short_date(signed[s].signed_at)) if s in signed else gettext("Falta una firma")}
        for s in PlanSeat
    }  # fmt: skip
    return make_response(render_template(
        "feedback/approval.html", plan=plan, process=plan.process, space=plan.process.space, commitments=plans.commitments(plan.id),
        origins=origins(plan.process_id), codes=codes, keys=keys, seat=seat, seat_name=str(SEATS[seat]) if seat else "", form=form,
        has_signed=seat in signed, is_approved=plan.state is PlanState.APPROVED, coverage=queries.coverage(plan.process_id),
        overrides=overrides(plan), nav_here="desk", flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post("/mesa/procesos/<slug>/plan/aprobacion")
@guarded(PlanPermission.APPROVE, GRANTS, load=plan_for_staff)
def sign_plan(plan: ActionPlan) -> Response:
    form, seat, slug = ApprovalForm(), _seat(plan), plan.process.slug
    person_id = current_actor().person_id
    if not form.validate() or seat is None or person_id is None:
        abort(400)
    seen = form.revision.data or ""
    try:
        is_approved = services.sign_plan(
            plan, seat, revision=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            override_reason=form.override_reason.data or "", person_id=person_id, now=clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(plan_for_staff(slug) or plan, form, 422)
    db.session.commit()
    flash(gettext("El plan está aprobado.") if is_approved else gettext("Firmó el plan. Falta la firma del otro sector."), "good")
    return redirect(url_for("feedback.approval", slug=slug), 303)  # type: ignore[return-value]
