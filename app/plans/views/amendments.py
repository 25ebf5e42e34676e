"""Changes of an approved commitment: proposed, read side by side, signed by both sectors or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, get_flashed_messages, make_response, render_template, request
from flask_babel import gettext

from app.core import dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded, may
from app.core.web import carried_out
from app.plans import messages, queries, services
from app.plans.forms import SECTION_FORMS, NothingForm, ReasonForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.plan import PlanSeat
from app.plans.views import bp
from app.plans.views.commitments import overview, section_page
from app.plans.views.loading import SectionOf, by, commitment_for_staff, section_for_staff, see

if TYPE_CHECKING:
    from app.plans.models import Amendment, Commitment

_SEATS = {
    PlanSeat.GOVERNMENT: PlanPermission.APPROVE_FOR_GOVERNMENT, PlanSeat.NON_GOVERNMENT: PlanPermission.APPROVE_FOR_NON_GOVERNMENT,
}  # fmt: skip


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/secciones/<section>/cambio")
@guarded(PlanPermission.DRAFT, GRANTS, load=section_for_staff)
def propose_change(found: SectionOf) -> Response:
    form, slug, number = SECTION_FORMS[found.section](), found.commitment.plan.process.slug, found.commitment.number
    if carried_out(
        form, lambda: services.propose_change(found.commitment, found.section, form.values(), form.reason.data or "", **by()), undo=True
    ):
        db.session.commit()
        flash(gettext("Cambio propuesto. Falta que lo firmen los dos sectores."), "good")
        return see("plans.show_change", slug=slug, number=number)
    return section_page(section_for_staff(slug, number, found.section.value) or found, form, 422)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/retiro")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def propose_withdrawal(commitment: Commitment) -> Response:
    form, slug, number = ReasonForm(prefix="retiro"), commitment.plan.process.slug, commitment.number
    if carried_out(form, lambda: services.propose_withdrawal(commitment, form.reason.data or "", **by()), undo=True):
        db.session.commit()
        flash(gettext("Retiro propuesto. Falta que lo firmen los dos sectores."), "good")
        return see("plans.show_change", slug=slug, number=number)
    return overview(commitment_for_staff(slug, number) or commitment, 422, withdrawal=form)


def _change_of(slug: str, number: int) -> Amendment | None:
    """The open change of a commitment, the commitment loaded whole."""
    commitment = commitment_for_staff(slug, number)
    found = queries.open_amendment(commitment.id) if commitment else None
    if found is not None and commitment is not None:
        found.commitment = commitment
    return found


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/cambio")
@guarded(PlanPermission.DRAFT, GRANTS, load=_change_of)
def show_change(found: Amendment) -> Response:
    return _page(found, NothingForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/cambio/firma")
@guarded(PlanPermission.APPROVE, GRANTS, load=_change_of)
def sign_change(found: Amendment) -> Response:
    form, commitment = NothingForm(), found.commitment
    slug, number, seat = commitment.plan.process.slug, commitment.number, _seat(found)
    if seat is None:
        abort(403)
    try:
        is_applied = services.agree(found, seat, **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        standing = _change_of(slug, number)
        return _page(standing, form, 422) if standing else see("plans.show_commitment", slug=slug, number=number)
    db.session.commit()
    flash(gettext("El cambio está aplicado y publicado.") if is_applied else gettext("Firmó el cambio. Falta el otro sector."), "good")
    return see("plans.show_commitment", slug=slug, number=number) if is_applied else see("plans.show_change", slug=slug, number=number)


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/cambio/retirar")
@guarded(PlanPermission.DRAFT, GRANTS, load=_change_of)
def take_back_change(found: Amendment) -> Response:
    slug, number = found.commitment.plan.process.slug, found.commitment.number
    services.take_back(found, **by())
    db.session.commit()
    flash(gettext("Propuesta retirada. El plan no cambió."), "good")
    return see("plans.show_commitment", slug=slug, number=number)


def _seat(found: Amendment) -> PlanSeat | None:
    held = [seat for seat, permission in _SEATS.items() if may(permission, GRANTS, found)]
    asked = [seat for seat in held if str(seat) == request.args.get("sector")]
    return next(iter(asked or held), None)


def _page(found: Amendment, form: NothingForm, status: int = 200) -> Response:
    commitment, seat = found.commitment, _seat(found)
    signed = {PlanSeat.GOVERNMENT: found.government_at, PlanSeat.NON_GOVERNMENT: found.non_government_at}
    keys: dict[Any, Any] = {
        s: {"label": str(messages.SEATS[s]), "is_signed": bool(at),
            "text": gettext("Firmó el %(day)s", day=dates.short_date(at)) if at else gettext("Falta una firma")}
        for s, at in signed.items()
    }  # fmt: skip
    return make_response(
        render_template(
            "plans/change.html", process=commitment.plan.process, space=commitment.plan.process.space, commitment=commitment,
            change=found, rows=_rows(found), keys=keys, seat=seat, seat_name=str(messages.SEATS[seat]) if seat else "",
            has_signed=bool(seat and signed[seat]), kind=str(messages.AMENDMENTS[found.kind]), form=form, nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _rows(found: Amendment) -> list[dict[str, str]]:
    """What stands beside what is proposed."""
    milestone = queries.milestone_by_number(found.commitment.id, found.part) if "." in found.part else None
    standing: Any = milestone or found.commitment
    rows = []
    for name, after in found.content.items():
        before = getattr(standing, name)
        is_named = name in ("organisation", "theme")
        rows.append(
            {
                "label": str(messages.FIELDS[name]),
                "before": (before.slug if before else "") if is_named else _said(name, before),
                "after": str(after or "") if is_named else _said(name, after),
            }
        )
    return rows


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return messages.shown(name, "yes" if value else "no")
    return messages.shown(name, value.isoformat() if hasattr(value, "isoformat") else str(value if value is not None else ""))
