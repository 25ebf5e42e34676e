"""Merging projects, splitting one, and saying what each came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.core.web import carried_out
from app.processes import queries as processes
from app.projects import messages, queries, services
from app.projects.forms import MergeForm, OriginsForm, SplitForm, UnlinkForm, codes_in, number_of
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules import EDITABLE
from app.projects.views import bp
from app.projects.views.desk import ONE, places, project_page
from app.projects.views.loading import by, fresh, see

if TYPE_CHECKING:
    from app.projects.models import Project


@bp.get(f"{ONE}/unir")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def merge_form(project: Project) -> Response:
    return _merge_page(project, MergeForm(formdata=None))


@bp.post(f"{ONE}/unir")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def merge(project: Project) -> Response:
    own_code = project.code
    form = _others(MergeForm(), project)
    if form.validate():
        into = queries.project_by_code(form.into.data or "")
        if into is None:
            form.into.errors = [_("Elija el proyecto que continúa.")]
            return _merge_page(project, form, 422)
        try:
            services.merge(project, into, form.reason.data or "", **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see(
                "projects.desk_project", _("Los proyectos están unidos. Falta que otra persona apruebe la respuesta."), codigo=own_code
            )
    return _merge_page(project, form, 422)


def _others(form: MergeForm, project: Project) -> MergeForm:
    """Those it may be merged into."""
    found = queries.projects_of(project.round_id, public_only=False)
    return form.offer([p for p in found if p.id != project.id and p.state in EDITABLE])


def _merge_page(project: Project, form: MergeForm, status: int = 200) -> Response:
    project = fresh(project)
    process = project.round.process
    return make_response(
        render_template(
            "projects/merge.html", project=project, process=process, space=process.space, form=_others(form, project), soles=messages.soles
        ),
        status,
    )


@bp.get(f"{ONE}/dividir")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def split_form(project: Project) -> Response:
    form = SplitForm(formdata=None).show_draft(services.draft_of(project), project.revision)
    form.cost.data = form.cost_basis.data = form.title.data = ""
    return _split_page(project, form)


@bp.post(f"{ONE}/dividir")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def split(project: Project) -> Response:
    form = SplitForm().offer(processes.themes(project.round.process_id), places(project.round))
    if form.validate():
        try:
            made = services.split(
                project, form.draft(), remaining_cents=form.remaining_cost.centimos(), remaining_basis=form.remaining_basis.data or "",
                revision=number_of(form.revision), reason=form.reason.data or "", **by(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            now = queries.project_by_code(project.code) or project
            form.form_errors.append(
                _("Otra persona guardó este proyecto mientras usted escribía. Revise el costo que queda y guarde otra vez.")
            )
            form.revision.data, form.revision.raw_data = str(now.revision), None
            return _split_page(now, form, 409)
        else:
            db.session.commit()
            return see(
                "projects.desk_project", _("Se separó el proyecto %(code)s. Revíselo y publíquelo.", code=made.code), codigo=made.code
            )
    return _split_page(project, form, 422)


def _split_page(project: Project, form: Any, status: int = 200) -> Response:
    project = fresh(project)
    process = project.round.process
    form.offer(processes.themes(process.id), places(project.round))
    return make_response(
        render_template("projects/split.html", project=project, process=process, space=process.space, form=form, soles=messages.soles),
        status,
    )


@bp.post(f"{ONE}/aportes")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def link(project: Project) -> Response:
    own_code = project.code
    form = OriginsForm(prefix="link-")
    if carried_out(form, lambda: services.link_origins(project, codes_in(form.codes.data), **by()), undo=True):
        db.session.commit()
        return see("projects.desk_project", _("Anotado en la historia del proyecto."), codigo=own_code)
    return project_page(project, 422, linking=form)


@bp.post(f"{ONE}/aportes/quitar")
@guarded(ProjectPermission.WRITE, GRANTS, load=queries.project_by_code)
def unlink(project: Project) -> Response:
    own_code = project.code
    form = UnlinkForm(prefix="unlink-")
    form.code.choices = []
    if carried_out(form, lambda: services.unlink_origin(project, form.code.data or "", form.reason.data or "", **by()), undo=True):
        db.session.commit()
        return see("projects.desk_project", _("Anotado en la historia del proyecto."), codigo=own_code)
    return project_page(project, 422, unlinking=form)
