"""The desk of the projects: what waits, and writing one up from contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.contributions import queries as contributions
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import page_number, pager
from app.processes import queries as processes
from app.projects import messages, queries, services
from app.projects.forms import AssignForm, OriginsForm, ProjectForm, UnlinkForm, codes_in, number_of
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules import EDITABLE, ENDED, ProjectState
from app.projects.rules.answers import AnswerState
from app.projects.rules.evaluating import EvaluationState
from app.projects.rules.filters import ProjectFilters
from app.projects.rules.phases import Doing, may, problems_with_phase
from app.projects.views import bp, shown
from app.projects.views.loading import by, desk_round, flashes, fresh, fresh_round, said, see
from app.territories import queries as territories

if TYPE_CHECKING:
    from app.budgeting.models import BudgetRound
    from app.projects.models import Project

BASE = "/mesa/procesos/<slug>/proyectos"
ONE = "/mesa/proyectos/<codigo>"
READABLE = (Visibility.PUBLIC, Visibility.HELD)


@bp.get(BASE)
@guarded(ProjectPermission.READ, GRANTS, load=desk_round)
def desk(round_: BudgetRound) -> str:
    """What waits for whoever looks, oldest first; and every project."""
    filters, me = ProjectFilters.parse(request.args), current_actor().person_id or 0
    page = queries.page_of(round_.id, filters, page_number(), public_only=False)
    slug, id_ = round_.process.slug, round_.id
    kept: dict[str, Any] = dict(filters.arguments())
    mine = queries.evaluations_in(id_, EvaluationState.ASSIGNED, EvaluationState.WRITING, evaluator_id=me)
    review = [e for e in queries.evaluations_in(id_, EvaluationState.REVIEW) if e.evaluator_id != me]
    answers = [a for a in queries.open_answers(id_, AnswerState.REVIEW) if me not in a.writer_ids]
    return render_template(
        "projects/desk.html", round=round_, process=round_.process, space=round_.process.space, page=page, filters=filters, mine=mine,
        review=review, approved=queries.evaluations_in(id_, EvaluationState.APPROVED), answers=answers,
        appeals=queries.waiting_appeals(id_), missing=queries.without_answer(id_),
        to_answer=sum(map(len, queries.contributions_to_answer(id_).values())), today=clock.lima_day(clock.now()), flashes=flashes(),
        sheet=queries.latest_sheet(id_), matrix=queries.latest_matrix(id_), states=messages.STATES, looks=messages.LOOKS,
        soles=messages.soles, phase_notes=phase_notes(round_),
        may_write_now=may(Doing.WRITE, round_.state), unassigned=queries.unassigned(id_),
        pager_links=pager(page, lambda n: url_for("projects.desk", slug=slug, **kept, pagina=n if n > 1 else None)),
    )  # fmt: skip


def phase_notes(round_: BudgetRound) -> list[str]:
    """What the state of the round does not let the team do with projects today, and why."""
    found = problems_with_phase(Doing.WRITE, round_.state) or problems_with_phase(Doing.EVALUATE, round_.state)
    return [sentence(messages.PROBLEMS, problem) for problem in found]


@bp.get(f"{BASE}/nuevo")
@guarded(ProjectPermission.WRITE, GRANTS, load=desk_round)
def new(round_: BudgetRound) -> Response:
    form = ProjectForm(formdata=None)
    form.codes.data = ", ".join(codes_in(" ".join(request.args.getlist("aporte"))))
    return _edit_page(round_, None, form)


@bp.post(BASE)
@guarded(ProjectPermission.WRITE, GRANTS, load=desk_round)
def create(round_: BudgetRound) -> Response:
    form = _offered(ProjectForm(), round_)
    if form.validate():
        try:
            made = services.create(round_, form.draft(), codes_in(form.codes.data), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see(
                "projects.desk_project", _("El proyecto %(code)s está guardado. Todavía no es público.", code=made.code), codigo=made.code
            )
    return _edit_page(round_, None, form, 422)


@bp.get(f"{BASE}/aportes")
@guarded(ProjectPermission.WRITE, GRANTS, load=desk_round)
def pick(round_: BudgetRound) -> str:
    """Contributions of the process to write a project from; those that already gave one say which."""
    filters = ContributionFilters.parse(request.args)
    page = contributions.page_of(round_.process_id, filters, page_number(), visibilities=READABLE)
    slug = round_.process.slug
    kept: dict[str, Any] = dict(filters.arguments())
    return render_template(
        "projects/pick.html", process=round_.process, space=round_.process.space, page=page, filters=filters,
        used=queries.used_contributions([row.id for row in page.rows]),
        gatherings=queries.gatherings(round_.process) if page.number == 1 and not kept else [],
        pager_links=pager(page, lambda n: url_for("projects.pick", slug=slug, **kept, pagina=n if n > 1 else None)),
    )  # fmt: skip


@bp.get(ONE)
@guarded(ProjectPermission.READ, GRANTS, load=queries.project_by_code)
def desk_project(project: Project) -> Response:
    return project_page(project)


def project_page(project: Project, status: int = 200, *, refused: str = "", **forms: Any) -> Response:
    """Everything about one project, and what can be done with it now."""
    project = fresh(project)
    process, today = project.round.process, clock.lima_day(clock.now())
    evaluations = queries.evaluations(project.id, public_only=False)
    origins = queries.origins([project.id]).get(project.id, [])
    unlinking = forms.get("unlinking") or UnlinkForm(formdata=None, prefix="unlink-")
    unlinking.code.choices = [(o.code, o.code) for o in origins]
    own = [shown.change(row) for row in queries.changes(project.id, public_only=False)]
    context = {
        "project": project, "process": process, "space": process.space, "state": messages.STATES[project.state], "soles": messages.soles,
        "look": messages.LOOKS[project.state], "origins": origins, "changes": own, "evaluations": evaluations,
        "people": queries.names_of([e.evaluator_id for e in evaluations] + [e.approved_by_id for e in evaluations]),
        "evaluation_states": messages.EVALUATION_STATES, "appeals": queries.appeals(project.id), "appellants": messages.APPELLANTS,
        "answer": queries.open_answer(project.id), "published": queries.current_answer(project.id), "flashes": flashes(),
        "refused": refused, "similar": queries.similar_to(project.id) if project.state in EDITABLE else (),
        "assigning": forms.get("assigning") or AssignForm(formdata=None, prefix="assign-"),
        "linking": forms.get("linking") or OriginsForm(formdata=None, prefix="link-"), "unlinking": unlinking,
        "is_editable": project.state in EDITABLE and may(Doing.WRITE, project.round.state),
        "has_ended": project.state in ENDED, "into": queries.merged_into(project),
        "has_sheet": queries.published_sheet(project.round_id) is not None, "answer_states": messages.ANSWER_STATES,
        "is_assignable": project.is_public and project.state in (ProjectState.DRAFT, ProjectState.UNDER_EVALUATION)
        and queries.open_evaluation(project.id) is None and may(Doing.EVALUATE, project.round.state),
        "unanswered": queries.contributions_to_answer(project.round_id).get(project.id, ()),
        "phase_notes": phase_notes(project.round) if project.state in EDITABLE else [],
    }  # fmt: skip
    context["assigning"].offer(queries.team(process.space_id, process.id, today))
    return make_response(render_template("projects/desk_project.html", **context), status)


@bp.get(f"{ONE}/editar")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def edit(project: Project) -> Response:
    form = ProjectForm(formdata=None).show_draft(services.draft_of(project), project.revision)
    return _edit_page(project.round, project, form)


@bp.post(f"{ONE}/editar")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def update(project: Project) -> Response:
    own_code = project.code
    form = _offered(ProjectForm(), project.round)
    if form.validate():
        try:
            services.edit(project, form.draft(), revision=number_of(form.revision), reason=form.reason.data or "", **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            return _conflict(project.code, form)
        else:
            db.session.commit()
            return see("projects.desk_project", _("Guardado. La versión anterior queda en la historia."), codigo=own_code)
    return _edit_page(project.round, project, form, 422)


def _conflict(codigo: str, form: ProjectForm) -> Response:
    """The other's text beside one's own, which stays in the form; saving again is then a knowing act."""
    project = queries.project_by_code(codigo)
    assert project is not None  # noqa: S101 - it was loaded when the request began
    saved, typed = services.draft_of(project).as_json(), form.draft().as_json()
    rows = [
        {"label": str(label), "before": _plain(name, saved[name]), "after": _plain(name, typed[name])}
        for name, label in messages.FIELDS.items()
    ]
    form.revision.data, form.revision.raw_data = str(project.revision), None
    return _edit_page(project.round, project, form, 409, rows)


def _plain(name: str, value: Any) -> str:
    return messages.soles(value) if name.endswith("_cents") else str(value or "")


def _edit_page(round_: BudgetRound, project: Project | None, form: Any, status: int = 200, conflict: Any = None) -> Response:
    project = fresh(project) if project else None
    round_ = project.round if project else fresh_round(round_)
    codes = codes_in(form.codes.data)
    picked = queries.contributions_by_code(round_.process_id, codes) if not project else {}
    return make_response(
        render_template(
            "projects/edit.html", round=round_, process=round_.process, space=round_.process.space, project=project,
            form=_offered(form, round_), conflict=conflict or [], picked=list(picked.values()),
            action=url_for("projects.update", codigo=project.code) if project else url_for("projects.create", slug=round_.process.slug),
        ),
        status,
    )  # fmt: skip


def _offered(form: Any, round_: BudgetRound) -> Any:
    return form.offer(processes.themes(round_.process_id), places(round_))


def places(round_: BudgetRound) -> Any:
    """The districts of the space, to choose from."""
    return territories.inside(round_.process.space.ubigeo or "") if round_.process.space.ubigeo else ()


@bp.post(f"{ONE}/publicar")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def publish(project: Project) -> Response:
    own_code = project.code
    try:
        services.publish(project, **by())
    except RuleBroken as broken:
        db.session.rollback()
        return project_page(project, 422, refused=said(broken))
    db.session.commit()
    return see("projects.desk_project", _("El proyecto es público, con su historia."), codigo=own_code)
