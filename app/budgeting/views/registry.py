"""The registry of agents, kept by the municipal team: at the window, decided, appealed, replaced."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import queries, services
from app.budgeting.forms import AgentForm, AppealAnswerForm, AppealForm, ReplaceForm, RulingForm, TeamForm, WithdrawForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.rules import registering
from app.budgeting.rules.registering import Way
from app.budgeting.rules.states import AgentKind, AgentState
from app.budgeting.views import bp, shown
from app.budgeting.views.agents import territories
from app.budgeting.views.desk import BASE
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.evidence import queries as evidence

AGENT = f"{BASE}/agentes/<int:number>"


@bp.get(f"{BASE}/agentes")
@guarded(BudgetingPermission.READ_AGENTS, GRANTS, load=queries.round_of)
def registry(round_: Any) -> Response:
    everybody = queries.all_agents(round_.id)
    waiting = sorted((a for a in everybody if a.state is AgentState.REGISTERED), key=lambda a: (a.registered_at, a.number))
    others = [a for a in everybody if a.state is not AgentState.REGISTERED]
    said = shown.window_said(queries.registration_window(round_.id), lima_day(clock.now()))
    return make_response(
        render_template(
            "budgeting/registry.html",
            **shown.context(round_, waiting=waiting, others=others, appeals=queries.open_appeals(round_.id),
                            window_said=said, counts=queries.agents_counted(round_.id)),
        )
    )  # fmt: skip


@bp.get(f"{BASE}/agentes/nuevo")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def new_agent(round_: Any) -> Response:
    return _new(round_, AgentForm(formdata=None))


@bp.post(f"{BASE}/agentes/nuevo")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def assist_agent(round_: Any) -> AnyResponse:
    form = AgentForm().limit(territories(round_), by_staff=True)
    if form.validate():
        try:
            agent = services.register_agent(
                round_, form.draft(), own=False, way=Way.WINDOW, upload=form.upload(), person_id=shown.person_id(), now=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            number = agent.number
            slug = round_.process.slug
            db.session.commit()
            said = _("Inscripción %(number)s registrada. Ahora puede decidirse.", number=number)
            return shown.back("budgeting.agent", said, slug=slug, number=number)
    return _new(round_, form, 422)


def _new(round_: Any, form: AgentForm, status: int = 200) -> Response:
    form.limit(territories(round_), by_staff=True)
    window, today = queries.registration_window(round_.id), lima_day(clock.now())
    said, is_open = shown.window_said(window, today), registering.is_open(window, today)
    return make_response(
        render_template("budgeting/new_agent.html", **shown.context(round_, form=form, window_said=said, is_open=is_open)), status
    )


@bp.get(f"{BASE}/equipo-tecnico")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def team(round_: Any) -> Response:
    return _team(round_, TeamForm(formdata=None))


@bp.post(f"{BASE}/equipo-tecnico")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def name_member(round_: Any) -> AnyResponse:
    form = TeamForm()
    if carried_out(
        form,
        lambda: services.register_agent(
            round_, form.draft(), own=False, way=Way.WINDOW, upload=None, person_id=shown.person_id(), now=clock.now()
        ),
    ):
        slug = round_.process.slug
        db.session.commit()
        return shown.back("budgeting.team", _("Ya es parte del equipo técnico."), slug=slug)
    return _team(round_, form, 422)


def _team(round_: Any, form: TeamForm, status: int = 200) -> Response:
    members = [agent for agent in queries.public_agents(round_.id) if agent.kind is AgentKind.TECHNICAL_TEAM]
    return make_response(render_template("budgeting/team.html", **shown.context(round_, form=form, members=members)), status)


@bp.get(AGENT)
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.agent)
def agent(agent: Any) -> Response:
    return page(agent)


def page(agent: Any, status: int = 200, **more: Any) -> Response:
    """Everything about a registration, and what can be done with it; `more` replaces a form by the one that was sent."""
    appealed = queries.appeal_of(agent.id)
    files = evidence.attachments(queries.AGENT_SUBJECT, agent.id, public_only=False)
    is_running = registering.is_running(agent.round.state)
    context = {
        "agent": agent, "rulings": queries.rulings_of(agent.id), "appeal": appealed, "files": files, "is_running": is_running,
        "is_own": agent.person_id == shown.person_id(), "refused_by_me": queries.refused_by(agent.id) == shown.person_id(),
        "ruling": RulingForm(formdata=None), "answering": AppealAnswerForm(formdata=None), "appealing": AppealForm(formdata=None),
        "leaving": WithdrawForm(formdata=None), "replacing": ReplaceForm(formdata=None, data={"name": agent.alternate}),
    }  # fmt: skip
    return make_response(render_template("budgeting/agent.html", **shown.context(agent.round, **context | more)), status)


def address(agent: Any) -> dict[str, Any]:
    """What names the page of an agent, read before the transaction ends."""
    return {"slug": agent.round.process.slug, "number": agent.number}


def to_agent(here: dict[str, Any], said: str) -> AnyResponse:
    return shown.back("budgeting.agent", said, **here)


@bp.post(f"{AGENT}/decision")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.agent)
def decide(agent: Any) -> AnyResponse:
    form = RulingForm()
    if carried_out(
        form,
        lambda: services.decide(
            agent,
            accredits=form.accredits,
            reason_code=form.refusal,
            text=form.text.data or "",
            person_id=shown.person_id(),
            now=clock.now(),
        ),
    ):
        here = address(agent)
        db.session.commit()
        return to_agent(here, _("Está acreditado.") if form.accredits else _("No se acreditó, y se le dijo por qué."))
    return page(agent, 422, ruling=form)


@bp.post(f"{AGENT}/apelacion")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.agent)
def assist_appeal(agent: Any) -> AnyResponse:
    """The appeal of somebody who came to the window."""
    form = AppealForm()
    if carried_out(form, lambda: services.appeal(agent, form.text.data or "", person_id=shown.person_id(), now=clock.now())):
        here = address(agent)
        db.session.commit()
        return to_agent(here, _("La apelación está registrada. Debe resolverla otra persona."))
    return page(agent, 422, appealing=form)


@bp.post(f"{AGENT}/apelacion/respuesta")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=lambda slug, number: _with_appeal(slug, number))
def answer_appeal(found: Any) -> AnyResponse:
    form = AppealAnswerForm()
    if carried_out(
        form,
        lambda: services.answer_appeal(
            found.appeal, form.text.data or "", is_upheld=form.verdict.data == "yes", person_id=shown.person_id(), now=clock.now()
        ),
    ):
        here = address(found.agent)
        db.session.commit()
        return to_agent(here, _("La apelación está resuelta y la persona recibirá la respuesta."))
    return page(found.agent, 422, answering=form)


class _Appealed:
    """An agent with an appeal; the round says who may touch it."""

    def __init__(self, agent: Any, appeal: Any) -> None:
        self.agent, self.appeal, self.scope = agent, appeal, agent.scope


def _with_appeal(slug: str, number: int) -> _Appealed | None:
    found = queries.agent(slug, number)
    appealed = queries.appeal_of(found.id) if found else None
    return _Appealed(found, appealed) if appealed else None


@bp.post(f"{AGENT}/retiro")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.agent)
def withdraw_agent(agent: Any) -> AnyResponse:
    form = WithdrawForm()
    if carried_out(form, lambda: services.withdraw(agent, form.reason.data or "", person_id=shown.person_id(), now=clock.now())):
        here = address(agent)
        db.session.commit()
        return to_agent(here, _("Ya no es agente. Su número no se usa de nuevo."))
    return page(agent, 422, leaving=form)


@bp.post(f"{AGENT}/reemplazo")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.agent)
def replace_agent(agent: Any) -> AnyResponse:
    form = ReplaceForm()
    if form.validate():
        try:
            taken = services.replace(
                agent, form.name.data or "", form.email.data or "", form.reason.data or "", person_id=shown.person_id(), now=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            number = taken.number
            here = address(agent)
            db.session.commit()
            return to_agent(here, _("El alterno está acreditado con el número %(number)s.", number=number))
    return page(agent, 422, replacing=form)
