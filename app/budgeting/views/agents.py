"""A person registers as an agent with their account."""

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import queries, services
from app.budgeting.forms import AgentForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.rules import registering
from app.budgeting.rules.registering import Way
from app.budgeting.views import bp, shown
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.core.web import carried_out

BASE = "/mi-cuenta/presupuestos/<slug>"


@bp.get(f"{BASE}/inscripcion")
@guarded(BudgetingPermission.REGISTER, GRANTS, load=queries.public_round)
def registration(round_: Any) -> Any:
    if queries.agent_of(round_.id, shown.person_id()) is not None:
        return redirect(url_for("budgeting.own", slug=round_.process.slug), 303)
    form = AgentForm(formdata=None, data={"name": current_actor().name})
    return _registration(round_, form)


@bp.post(f"{BASE}/inscripcion")
@guarded(BudgetingPermission.REGISTER, GRANTS, load=queries.public_round)
def register(round_: Any) -> AnyResponse:
    form = AgentForm().limit(territories(round_), by_staff=False)
    if carried_out(
        form,
        lambda: services.register_agent(
            round_, form.draft(), own=True, way=Way.WEB, upload=form.upload(), person_id=shown.person_id(), now=clock.now()
        ),
    ):
        slug = round_.process.slug
        db.session.commit()
        return shown.back("budgeting.own", _("Su inscripción está registrada."), slug=slug)
    return _registration(round_, form, 422)


def territories(round_: Any) -> list[tuple[str, str]]:
    return [(territory.ubigeo, territory.name) for territory in queries.districts_of(round_.process.space)]


def _registration(round_: Any, form: AgentForm, status: int = 200) -> Response:
    window = queries.registration_window(round_.id)
    form.limit(territories(round_), by_staff=False)
    return make_response(
        render_template(
            "budgeting/register.html",
            **shown.context(
                round_,
                form=form,
                window_said=shown.window_said(window, lima_day(clock.now())),
                is_open=registering.is_open(window, lima_day(clock.now())),
            ),
        ),
        status,
    )
