"""One's own registration: how it goes, the appeal, the credential."""

from typing import Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import documents as papers
from app.budgeting import queries, services
from app.budgeting.forms import AppealForm, WithdrawForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.rules import registering
from app.budgeting.rules.states import AgentState
from app.budgeting.views import bp, shown
from app.budgeting.views.agents import BASE
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.guard import guarded, public
from app.core.web import carried_out


def own_agent(slug: str) -> Any:
    """The registration of whoever asks."""
    round_ = queries.public_round(slug)
    found = queries.agent_of(round_.id, shown.person_id()) if round_ else None
    return queries.agent(slug, found.number) if found else None


@bp.get(BASE)
@guarded(BudgetingPermission.SEE_OWN, GRANTS, load=own_agent)
def own(agent: Any) -> Response:
    return _own(agent)


@bp.post(f"{BASE}/apelar")
@guarded(BudgetingPermission.SEE_OWN, GRANTS, load=own_agent)
def appeal(agent: Any) -> AnyResponse:
    form = AppealForm()
    if carried_out(form, lambda: services.appeal(agent, form.text.data or "", person_id=shown.person_id(), now=clock.now())):
        slug = agent.round.process.slug
        db.session.commit()
        return shown.back("budgeting.own", _("Su apelación está registrada. La resuelve otra persona."), slug=slug)
    return _own(agent, 422, appealing=form)


@bp.post(f"{BASE}/retirar")
@guarded(BudgetingPermission.SEE_OWN, GRANTS, load=own_agent)
def withdraw_own(agent: Any) -> AnyResponse:
    form = WithdrawForm()
    if carried_out(form, lambda: services.withdraw(agent, form.reason.data or "", person_id=shown.person_id(), now=clock.now())):
        slug = agent.round.process.slug
        db.session.commit()
        return shown.back("budgeting.own", _("Ya no es agente de este presupuesto."), slug=slug)
    return _own(agent, 422, leaving=form)


def _own(agent: Any, status: int = 200, **more: Any) -> Response:
    round_ = agent.round
    last = None
    if agent.state is AgentState.REFUSED and agent.decided_at:
        last = registering.last_day_to_appeal(lima_day(agent.decided_at), round_.appeal_days)
    appealed = queries.appeal_of(agent.id)
    context = {
        "agent": agent, "rulings": queries.rulings_of(agent.id), "appeal": appealed, "appeal_until": last,
        "may_appeal": last is not None and appealed is None and lima_day(clock.now()) <= last,
        "may_leave": agent.state in (AgentState.REGISTERED, AgentState.ACCREDITED) and registering.is_running(round_.state),
        "appealing": AppealForm(formdata=None), "leaving": WithdrawForm(formdata=None),
    }  # fmt: skip
    return make_response(render_template("budgeting/own.html", **shown.context(round_, **context | more)), status)


@bp.get(f"{BASE}/agentes/<int:number>/credencial")
@guarded(BudgetingPermission.SEE_CREDENTIAL, GRANTS, load=queries.agent)
def credential(agent: Any) -> Response:
    link = current_app.config["SITE_URL"] + url_for("budgeting.check_agent", slug=agent.round.process.slug, number=agent.number)
    return make_response(
        render_template("budgeting/credential.html", **shown.context(agent.round, agent=agent, link=link, qr=papers.qr(link)))
    )


@bp.get("/procesos/<slug>/presupuesto/agentes/<int:number>")
@public(load=queries.agent)
def check_agent(agent: Any) -> Response:
    """What the QR of a credential leads to: whether that number is accredited today. Nobody who is not is named."""
    is_accredited = agent.state is AgentState.ACCREDITED
    return make_response(render_template("budgeting/check.html", **shown.context(agent.round, agent=agent, is_accredited=is_accredited)))
