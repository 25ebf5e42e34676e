"""Texts to start an answer from: kept here, used in the workbench and for many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.permissions import Scope
from app.feedback import queries, services
from app.feedback.forms import DecisionForm, TemplateForm
from app.feedback.messages import OUTCOMES, REASONS
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.templates import FIELDS
from app.feedback.views import bp
from app.feedback.views.picking import filled
from app.feedback.views.pile import process_for_staff
from app.feedback.views.workbench import contribution_for_staff, group_of
from app.feedback.views.workbench import page as workbench_page

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.feedback.models import AnswerTemplate
    from app.processes.models import Process

URL = "/mesa/procesos/<slug>/plantillas"


@dataclass(frozen=True)
class Kept:
    """A template as it is used in one process."""

    process: Process
    template: AnswerTemplate

    @property
    def scope(self) -> Scope:
        return self.process.scope


def kept_template(slug: str, template: str) -> Kept | None:
    process = process_for_staff(slug)
    found = queries.template_by_slug(process, template) if process else None
    return Kept(process, found) if process and found else None


@bp.get(URL)
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=process_for_staff)
def templates(process: Process) -> str:
    return render_template(
        "feedback/templates.html", process=process, space=process.space, templates=queries.templates_of(process),
        retired=queries.templates_of(process, retired=True), outcomes=OUTCOMES, reasons=REASONS,
        may_write=may(FeedbackPermission.KEEP_TEMPLATES, GRANTS, process), nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(f"{URL}/nueva")
@guarded(FeedbackPermission.KEEP_TEMPLATES, GRANTS, load=process_for_staff)
def new_template(process: Process) -> Response:
    return _page(process, TemplateForm(formdata=None))


@bp.post(f"{URL}/nueva")
@guarded(FeedbackPermission.KEEP_TEMPLATES, GRANTS, load=process_for_staff)
def create_template(process: Process) -> Response:
    form, slug = TemplateForm(), process.slug
    if not form.validate():
        return _page(process, form, status=422)
    try:
        services.add_template(process, form.draft(), person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        return _page(process_for_staff(slug) or process, form, status=422)
    db.session.commit()
    flash(gettext("La plantilla quedó guardada."), "good")
    return redirect(url_for("feedback.templates", slug=slug), 303)  # type: ignore[return-value]


@bp.get(f"{URL}/<template>")
@guarded(FeedbackPermission.KEEP_TEMPLATES, GRANTS, load=kept_template)
def template(kept: Kept) -> Response:
    t = kept.template
    return _page(kept.process, TemplateForm(formdata=None, data={
        "revision": t.revision, "name": t.name, "outcome": str(t.outcome), "reason_code": str(t.reason_code or ""), "text": t.text,
        "is_for_space": t.process_id is None,
    }), t)  # fmt: skip


@bp.post(f"{URL}/<template>")
@guarded(FeedbackPermission.KEEP_TEMPLATES, GRANTS, load=kept_template)
def edit_template(kept: Kept) -> Response:
    """Change it, or offer it no more (do=retire), or again (do=restore)."""
    form, slug, name = TemplateForm(), kept.process.slug, kept.template.slug
    revision, act, now = form.revision.data or 0, request.form.get("do"), clock.now()
    try:
        if act == "retire":
            services.retire_template(kept.template, revision=revision, now=now)
        elif act == "restore":
            services.restore_template(kept.template, revision=revision)
        elif form.validate():
            services.edit_template(kept.template, kept.process, form.draft(), revision=revision, person_id=_person_id(), now=now)
        else:
            return _page(kept.process, form, kept.template, 422)
    except RuleBroken as broken:
        form.show(broken)
        fresh = kept_template(slug, name) or kept
        return _page(fresh.process, form, fresh.template, 422)
    db.session.commit()
    flash(gettext("Guardado. Las respuestas ya escritas no cambian."), "good")
    return redirect(url_for("feedback.templates", slug=slug), 303)  # type: ignore[return-value]


def _page(process: Process, form: TemplateForm, kept: AnswerTemplate | None = None, status: int = 200) -> Response:
    return make_response(render_template(
        "feedback/template.html", process=process, space=process.space, form=form, template=kept, fields=FIELDS, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post("/mesa/aportes/<code>/responder/plantilla")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=contribution_for_staff)
def use_template(contribution: Contribution) -> Response:
    """The workbench again with everything that was typed and the text of the template, filled; nothing is saved."""
    form = DecisionForm()
    kept = queries.template_by_slug(contribution.process, request.form.get("plantilla", ""))
    if kept is not None and not kept.retired_at:
        form.outcome.data = str(kept.outcome)
        form.reason_code.data = str(kept.reason_code or form.reason_code.data or "")
        form.text.data = filled(contribution, kept, form.draft(contribution.language))
    return workbench_page(contribution, form, group_of(contribution), is_arranging=True)


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
