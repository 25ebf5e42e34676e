"""What whoever proposed it can do by their private link, what agents can, and how appeals are decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.budgeting import queries as rounds
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import ask_to_sign_in, current_actor, guarded, public
from app.core.web import carried_out
from app.letters.views.mine import ACCOUNT, private, to_reply
from app.projects import messages, queries, services
from app.projects.forms import AppealForm, ClarifyForm, DecideForm
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules import ProjectState
from app.projects.rules.appeals import Appellant
from app.projects.views import bp, shown
from app.projects.views.desk import ONE
from app.projects.views.loading import Appealing, appealing, by, flashes, fresh, see

if TYPE_CHECKING:
    from app.projects.models import Appeal, Project

OWN = "/mis-aportes/<token>/<code>/proyectos/<codigo>"


@dataclass(frozen=True)
class Own:
    """A project and the contribution it came from, as its author's link opens them; None when one must sign in first."""

    token: str
    code: str
    project: Project
    contribution_id: int | None
    person_id: int | None = None


def own_project(token: str, code: str, codigo: str) -> Own | None:
    """Only what the link's contribution gave."""
    found, project = to_reply(token, code), queries.public_project(codigo)
    if found is None or project is None:
        return None
    access, contribution = found
    if contribution is None:
        return Own(token, code, project, None)
    is_origin = any(o.code == code for o in queries.origins([project.id]).get(project.id, []))
    return Own(token, code, project, contribution.id, access.person_id) if is_origin else None


@bp.get(OWN)
@public(load=own_project)
def own(found: Own) -> Response:
    return ask_to_sign_in() if found.contribution_id is None else _own_page(found)


@bp.post(f"{OWN}/aclarar")
@public(load=own_project)
def clarify(found: Own) -> Response:
    if found.contribution_id is None:
        return ask_to_sign_in()
    form = ClarifyForm(prefix="clarify-")
    if carried_out(
        form, lambda: services.clarify(found.project, form.text.data or "", person_id=found.person_id, now=clock.now()), undo=True
    ):
        db.session.commit()
        return _back(found)
    return _own_page(found, 422, clarifying=form)


@bp.post(f"{OWN}/apelar")
@public(load=own_project)
def appeal(found: Own) -> Response:
    if found.contribution_id is None:
        return ask_to_sign_in()
    form = AppealForm(prefix="appeal-")
    if form.validate():
        given: dict[str, Any] = {"contribution_id": found.contribution_id, "person_id": found.person_id, "now": clock.now()}
        try:
            services.appeal(found.project, form.text.data or "", by=Appellant.AUTHOR, **given)
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return _back(found)
    return _own_page(found, 422, appealing=form)


def _back(found: Own) -> Response:
    target = url_for("projects.own", token=found.token, code=found.code, codigo=found.project.code, hecho="si")
    return private(redirect(target, 303))  # type: ignore[arg-type]


def _own_page(found: Own, status: int = 200, **forms: Any) -> Response:
    project = fresh(found.project)
    page = render_template(
        "projects/own.html", project=project, process=project.round.process, space=project.round.process.space, own=found,
        is_done="hecho" in request.args, question=queries.open_clarification(project.id),
        clarifying=forms.get("clarifying") or ClarifyForm(formdata=None, prefix="clarify-"),
        appealing=forms.get("appealing") or AppealForm(formdata=None, prefix="appeal-"), **_standing(project),
    )  # fmt: skip
    return private(make_response(page, status))


def _standing(project: Project) -> dict[str, Any]:
    """What stands about it, and whether it may still be appealed."""
    found, answer = queries.latest_published(project.id), queries.current_answer(project.id)
    seen = shown.evaluation(found) if found else None
    today = clock.lima_day(clock.now())
    appeals = queries.appeals(project.id)
    is_appealed = found is not None and any(row.evaluation_id == found.id for row in appeals)
    may = project.state is ProjectState.NOT_ADMISSIBLE and seen is not None and today <= seen["appeal_until"] and not is_appealed
    return {
        "evaluation": seen, "answer": shown.answer(answer) if answer else None, "may_appeal": may, "is_appealed": is_appealed,
        "appeals": [shown.appeal(row) for row in appeals], "state": messages.STATES[project.state], "look": messages.LOOKS[project.state],
    }  # fmt: skip


@bp.get("/proyectos/<codigo>/apelar")
@public(load=queries.public_project)
def how_to_appeal(project: Project) -> Response:
    """Who may appeal, until when, and through which door."""
    origins = [o for o in queries.origins([project.id]).get(project.id, []) if o.is_public]
    return make_response(
        render_template(
            "projects/how_to_appeal.html", project=project, process=project.round.process, space=project.round.process.space,
            origins=origins, account=ACCOUNT, **_standing(project),
        )
    )  # fmt: skip


@bp.get("/mi-cuenta/proyectos/<codigo>/apelar")
@guarded(ProjectPermission.APPEAL, GRANTS, load=appealing)
def agent_appeal_form(found: Appealing) -> Response:
    return _agent_page(found, AppealForm(formdata=None))


@bp.post("/mi-cuenta/proyectos/<codigo>/apelar")
@guarded(ProjectPermission.APPEAL, GRANTS, load=appealing)
def agent_appeal(found: Appealing) -> Response:
    own_code = found.project.code
    form = AppealForm()
    if form.validate():
        agent = rounds.agent_of(found.project.round_id, current_actor().person_id or 0)
        try:
            services.appeal(found.project, form.text.data or "", by=Appellant.AGENT, agent_id=agent.id if agent else None, **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see("projects.agent_appeal_form", _("Recibimos la apelación. La decide otra persona del equipo."), codigo=own_code)
    return _agent_page(found, form, 422)


def _agent_page(found: Appealing, form: AppealForm, status: int = 200) -> Response:
    project = fresh(found.project)
    process = project.round.process
    return make_response(
        render_template(
            "projects/agent_appeal.html", project=project, process=process, space=process.space, form=form, flashes=flashes(),
            **_standing(project),
        ),
        status,
    )  # fmt: skip


def staff_appeal(codigo: str, number: int) -> Appeal | None:
    return queries.appeal(codigo, number)


@bp.get(f"{ONE}/apelaciones/<int:number>")
@guarded(ProjectPermission.READ, GRANTS, load=staff_appeal)
def decide_form(made: Appeal) -> Response:
    return _decide_page(made, DecideForm(formdata=None))


@bp.post(f"{ONE}/apelaciones/<int:number>")
@guarded(ProjectPermission.DECIDE, GRANTS, load=staff_appeal)
def decide(made: Appeal) -> Response:
    form, code, number = DecideForm(), made.project.code, made.number
    if carried_out(
        form, lambda: services.decide(made, is_upheld=form.verdict.data == "yes", reason=form.reason.data or "", **by()), undo=True
    ):
        db.session.commit()
        return see("projects.desk_project", _("La decisión es pública, con su razón, y se escribió a quienes propusieron."), codigo=code)
    return _decide_page(staff_appeal(code, number) or made, form, 422)


def _decide_page(made: Appeal, form: DecideForm, status: int = 200) -> Response:
    project = fresh(made.project)
    process, me = project.round.process, current_actor().person_id
    return make_response(
        render_template(
            "projects/decide.html", project=project, process=process, space=process.space, appeal=made, form=form,
            who=messages.APPELLANTS[Appellant(made.by)], is_involved=me in queries.involved(project.id),
            evaluation=next(
                (shown.evaluation(e) for e in queries.evaluations(project.id, public_only=True) if e.id == made.evaluation_id), None
            ),
        ),
        status,
    )  # fmt: skip
