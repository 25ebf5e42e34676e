"""Technical evaluation on the desk: criteria, assignment, writing, approval, publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.projects import messages, queries, services
from app.projects.forms import AskForm, AssignForm, DeclareForm, ReturnForm, SheetForm, evaluation_form, number_of
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules.evaluating import EvaluationState, SheetState, criteria_of
from app.projects.services.evaluating import draft_of
from app.projects.views import bp, shown
from app.projects.views.desk import BASE, ONE, project_page
from app.projects.views.loading import OpenEvaluation, by, desk_round, flashes, fresh_round, open_evaluation, said, see

if TYPE_CHECKING:
    from app.budgeting.models import BudgetRound
    from app.projects.models import Project

DEFAULT_APPEAL_DAYS = 5


@bp.get(f"{BASE}/criterios")
@guarded(ProjectPermission.READ, GRANTS, load=desk_round)
def sheet(round_: BudgetRound) -> Response:
    return _sheet_page(round_)


@bp.post(f"{BASE}/criterios")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=desk_round)
def save_sheet(round_: BudgetRound) -> Response:
    slug = round_.process.slug
    form = SheetForm()
    if form.validate():
        try:
            services.sheets.save_sheet(round_, form.criteria(), form.appeal_days.data or 0, version=number_of(form.version), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            form.form_errors.append(
                _("Otra persona guardó los criterios mientras usted escribía. Mírelos en otra pestaña y guarde otra vez.")
            )
            found = queries.latest_sheet(round_.id)
            form.version.data, form.version.raw_data = str(found.version if found else 0), None
            return _sheet_page(round_, 409, form)
        else:
            db.session.commit()
            return see("projects.sheet", _("Los criterios están guardados. Publíquelos antes de evaluar."), slug=slug)
    return _sheet_page(round_, 422, form)


@bp.post(f"{BASE}/criterios/publicar")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=desk_round)
def publish_sheet(round_: BudgetRound) -> Response:
    slug = round_.process.slug
    try:
        services.sheets.publish_sheet(round_, **by())
    except RuleBroken as broken:
        db.session.rollback()
        return _sheet_page(round_, 422, refused=said(broken))
    db.session.commit()
    return see("projects.sheet", _("Los criterios son públicos. La primera evaluación los congela."), slug=slug)


def _sheet_page(round_: BudgetRound, status: int = 200, form: Any = None, refused: str = "") -> Response:
    round_ = fresh_round(round_)
    found = queries.latest_sheet(round_.id)
    if form is None:
        criteria = criteria_of(found.criteria) if found else messages.sheet_template()
        days = found.appeal_days if found else DEFAULT_APPEAL_DAYS
        form = SheetForm(formdata=None).show_criteria(criteria, days, found.version if found else 0)
    return make_response(
        render_template(
            "projects/sheet.html", process=round_.process, space=round_.process.space, sheet=found, form=form, refused=refused,
            flashes=flashes(), is_frozen=found is not None and found.state is SheetState.FROZEN,
        ),
        status,
    )  # fmt: skip


@bp.post(f"{ONE}/asignar")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=queries.project_by_code)
def assign(project: Project) -> Response:
    own_code = project.code
    form = AssignForm(prefix="assign-").offer([])
    if carried_out(form, lambda: services.assign(project, form.person_id, due_on=form.due_on.data, **by()), undo=True):
        db.session.commit()
        return see("projects.desk_project", _("Asignado. Lo verá en su mesa."), codigo=own_code)
    return project_page(project, 422, assigning=form)


@bp.get(f"{ONE}/evaluacion")
@guarded(ProjectPermission.READ, GRANTS, load=open_evaluation)
def evaluation(found: OpenEvaluation) -> Response:
    return _evaluation_page(found)


def _evaluation_page(found: OpenEvaluation, status: int = 200, refused: str = "", **forms: Any) -> Response:
    """For who evaluates, the form; for the others, what was written and whether to approve it."""
    project, current, me = found.project, found.evaluation, current_actor().person_id
    process, criteria = project.round.process, criteria_of(current.sheet.criteria)
    form = forms.get("form")
    if form is None:
        form = evaluation_form(criteria, formdata=None).show_draft(draft_of(current), current.revision)
    is_writable = current.state in (EvaluationState.ASSIGNED, EvaluationState.WRITING)
    return make_response(
        render_template(
            "projects/evaluate.html", project=project, process=process, space=process.space, evaluation=current, form=form, refused=refused,
            criteria=[(c, messages.STEPS[c.step]) for c in criteria], is_own=current.evaluator_id == me, is_writable=is_writable,
            state=messages.EVALUATION_STATES[current.state], seen=shown.evaluation(current), soles=messages.soles, flashes=flashes(),
            answer=services.answer_of(current.answer), outcomes=messages.OUTCOMES, reasons=messages.REASONS,
            answer_fields=messages.ANSWER_FIELDS, clarifications=[shown.clarification(c) for c in queries.clarifications([current.id])],
            declaring=forms.get("declaring") or DeclareForm(formdata=None, prefix="declare-"),
            asking=forms.get("asking") or AskForm(formdata=None, prefix="ask-"),
            returning=forms.get("returning") or ReturnForm(formdata=None, prefix="return-"),
            people=queries.names_of([current.evaluator_id, current.approved_by_id]), today=clock.lima_day(clock.now()),
            has_changed=current.project_revision is not None and current.project_revision != project.revision,
        ),
        status,
    )  # fmt: skip


def _again(found: OpenEvaluation) -> OpenEvaluation:
    """As it stands after a refused act was rolled back."""
    return open_evaluation(found.project.code) or found


@bp.post(f"{ONE}/evaluacion")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=open_evaluation)
def write(found: OpenEvaluation) -> Response:
    """Save, and send when asked; what is missing comes back with everything kept."""
    form = evaluation_form(criteria_of(found.evaluation.sheet.criteria))
    if not form.validate():
        return _evaluation_page(found, 422, form=form)
    code, and_submit = found.project.code, "send" in request.form
    try:
        missing = services.write_evaluation(
            found.evaluation, form.draft(), and_submit=and_submit, revision=number_of(form.revision), **by()
        )  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        return _evaluation_page(_again(found), 422, said(broken), form=form)
    except SomebodyWasFirst:
        db.session.rollback()
        now = _again(found)
        form.form_errors.append(
            _("Esto se guardó desde otra ventana mientras usted escribía. Lo suyo sigue aquí: si guarda otra vez, queda lo suyo.")
        )
        form.revision.data, form.revision.raw_data = str(now.evaluation.revision), None
        return _evaluation_page(now, 409, form=form)
    db.session.commit()
    if missing:
        form.show(RuleBroken(missing))
        now = _again(found)
        form.revision.data, form.revision.raw_data = str(now.evaluation.revision), None
        return _evaluation_page(now, 422, form=form)
    if and_submit:
        return see("projects.desk_project", _("La evaluación espera que la apruebe otra persona."), codigo=code)
    return see("projects.evaluation", _("Guardado. Nadie fuera del equipo lo ve todavía."), codigo=code)


@bp.post(f"{ONE}/evaluacion/conflicto")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=open_evaluation)
def declare(found: OpenEvaluation) -> Response:
    own_code = found.project.code
    form = DeclareForm(prefix="declare-")
    if form.validate():
        has_conflict = form.has_conflict.data == "yes"
        try:
            services.declare(found.evaluation, has_conflict=has_conflict, note_=form.conflict_note.data or "", **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            if has_conflict:
                return see("projects.desk_project", _("Gracias por declararlo. Asígnelo a otra persona."), codigo=own_code)
            return see("projects.evaluation", _("Anotado. Ya puede evaluar."), codigo=own_code)
    return _evaluation_page(_again(found), 422, declaring=form)


@bp.post(f"{ONE}/evaluacion/aclaracion")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=open_evaluation)
def ask(found: OpenEvaluation) -> Response:
    own_code = found.project.code
    form = AskForm(prefix="ask-")
    if form.validate() and form.due_on.data is not None:
        try:
            services.ask(found.evaluation, form.question.data or "", form.due_on.data, **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see("projects.evaluation", _("La pregunta salió por carta a quienes dejaron un correo."), codigo=own_code)
    return _evaluation_page(_again(found), 422, asking=form)


@bp.post(f"{ONE}/evaluacion/aprobar")
@guarded(ProjectPermission.APPROVE, GRANTS, load=open_evaluation)
def approve(found: OpenEvaluation) -> Response:
    slug = found.project.round.process.slug
    revision = request.form.get("revision", "")
    try:
        services.approve(found.evaluation, revision=int(revision) if revision.isascii() and revision.isdigit() else -1, **by())
    except RuleBroken as broken:
        db.session.rollback()
        return _evaluation_page(_again(found), 422, said(broken))
    except SomebodyWasFirst:
        db.session.rollback()
        return _evaluation_page(_again(found), 409, _("La evaluación cambió mientras usted la leía. Léala otra vez antes de aprobarla."))
    db.session.commit()
    return see("projects.desk", _("Aprobada. Se verá en público cuando se publique el lote."), slug=slug)


@bp.post(f"{ONE}/evaluacion/devolver")
@guarded(ProjectPermission.APPROVE, GRANTS, load=open_evaluation)
def send_back(found: OpenEvaluation) -> Response:
    slug = found.project.round.process.slug
    form = ReturnForm(prefix="return-")
    if carried_out(form, lambda: services.send_back(found.evaluation, form.note.data or "", **by()), undo=True):
        db.session.commit()
        return see("projects.desk", _("Devuelta a quien la escribe."), slug=slug)
    return _evaluation_page(_again(found), 422, returning=form)


@bp.get(f"{BASE}/publicar")
@guarded(ProjectPermission.READ, GRANTS, load=desk_round)
def batch(round_: BudgetRound) -> Response:
    return _batch_page(round_)


@bp.post(f"{BASE}/publicar")
@guarded(ProjectPermission.EVALUATE, GRANTS, load=desk_round)
def publish_batch(round_: BudgetRound) -> Response:
    """The approved evaluations that were ticked become public together."""
    slug = round_.process.slug
    codes = set(request.form.getlist("codigo"))
    chosen = [e for e in queries.evaluations_in(round_.id, EvaluationState.APPROVED) if e.project.code in codes]
    try:
        published = services.publish_batch(chosen, **by())
    except RuleBroken as broken:
        db.session.rollback()
        return _batch_page(round_, 422, said(broken))
    db.session.commit()
    return see("projects.desk", _("Evaluaciones publicadas: %(num)s. Se escribió a quienes propusieron.", num=published), slug=slug)


def _batch_page(round_: BudgetRound, status: int = 200, refused: str = "") -> Response:
    round_ = fresh_round(round_)
    found = queries.evaluations_in(round_.id, EvaluationState.APPROVED)
    return make_response(
        render_template(
            "projects/batch.html", process=round_.process, space=round_.process.space, refused=refused, conclusions=messages.CONCLUSIONS,
            rows=[(e, services.answer_of(e.answer)) for e in found], outcomes=messages.OUTCOMES, reasons=messages.REASONS,
        ),
        status,
    )  # fmt: skip
