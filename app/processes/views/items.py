"""Phases and opportunities of the draft: add, edit, take out."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.core.guard import guarded
from app.core.text import slug as slugged
from app.processes import messages, queries
from app.processes.forms import OpportunityForm, PhaseForm, ScheduleForm
from app.processes.permissions import GRANTS, ProcessPermission
from app.processes.rules import drafting
from app.processes.rules.schedule import PhaseKind, from_json
from app.processes.views import bp
from app.processes.views.contents import Answer, back, desk
from app.processes.views.draft import save
from app.territories import queries as territories


class _Item:
    """A phase or an opportunity of an open draft; `value` is None when it is still to be written."""

    def __init__(self, version: Any, key: Any, value: Any) -> None:
        self.version, self.key, self.value, self.scope = version, key, value, version.scope
        self.process = version.process

    @property
    def context(self) -> dict[str, Any]:
        return {"process": self.process, "space": self.process.space, "item": self}


def _phase(slug: str, kind: str) -> _Item | None:
    version = queries.open_version(slug)
    if version is None or kind not in {k.value for k in PhaseKind}:
        return None
    return _Item(version, PhaseKind(kind), from_json(version.content).phase(PhaseKind(kind)))


@bp.get("/mesa/procesos/<slug>/cronograma/fases/<kind>")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_phase)
def phase(item: _Item) -> Answer:
    form = PhaseForm(formdata=None, revision=item.version.revision)
    if item.value:
        form.read(item.value)
    else:
        form.title.data, form.summary.data = str(messages.PHASES[item.key]), str(messages.PHASE_SUMMARIES[item.key])
    return desk("processes/phase.html", form=form, **item.context)


@bp.post("/mesa/procesos/<slug>/cronograma/fases/<kind>")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_phase)
def save_phase(item: _Item) -> Answer:
    form = PhaseForm()
    if not form.validate():
        return desk("processes/phase.html", 422, form=form, **item.context)
    return save(
        item.version, form, lambda schedule: drafting.with_phase(schedule, form.span(item.key)), "processes/phase.html",
        _("Se guardó la fase."), item=item,
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/cronograma/fases/<kind>/quitar")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_phase)
def remove_phase(item: _Item) -> Answer:
    return _taken_out(item, lambda schedule: drafting.without_phase(schedule, item.key), _("Se quitó la fase."))


def _opportunity(slug: str, opportunity: str) -> _Item | None:
    version = queries.open_version(slug)
    plan = from_json(version.content).opportunity(opportunity) if version else None
    return _Item(version, opportunity, plan) if plan else None


def _new(slug: str) -> _Item | None:
    version = queries.open_version(slug)
    return _Item(version, "", None) if version else None


def _form(item: _Item, **arguments: Any) -> OpportunityForm:
    themes = [(theme.slug, theme.name) for theme in queries.themes(item.process.id)]
    districts = [(t.ubigeo, t.full_name) for t in territories.inside(item.process.space.ubigeo or "")]
    return OpportunityForm(**arguments).with_choices(themes, districts)


@bp.get("/mesa/procesos/<slug>/cronograma/oportunidades/nueva")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_new)
def new_opportunity(item: _Item) -> Answer:
    form = _form(item, formdata=None, revision=item.version.revision, contact=item.process.space.contact)
    return desk("processes/opportunity.html", form=form, **item.context)


@bp.post("/mesa/procesos/<slug>/cronograma/oportunidades/nueva")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_new)
def add_opportunity(item: _Item) -> Answer:
    form = _form(item)
    if not form.validate():
        return desk("processes/opportunity.html", 422, form=form, **item.context)
    known = {plan.slug for plan in from_json(item.version.content).opportunities} | queries.opportunity_slugs(item.process.id)
    slug = drafting.free_slug(slugged(form.title.data or ""), known)
    return save(
        item.version, form, lambda schedule: drafting.with_opportunity(schedule, form.plan(slug)), "processes/opportunity.html",
        _("Se añadió la oportunidad."), item=item,
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/cronograma/oportunidades/<opportunity>")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_opportunity)
def opportunity(item: _Item) -> Answer:
    form = _form(item, formdata=None, revision=item.version.revision).read(item.value)
    return desk("processes/opportunity.html", form=form, **item.context)


@bp.post("/mesa/procesos/<slug>/cronograma/oportunidades/<opportunity>")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_opportunity)
def save_opportunity(item: _Item) -> Answer:
    form = _form(item)
    if not form.validate():
        return desk("processes/opportunity.html", 422, form=form, **item.context)
    return save(
        item.version, form, lambda schedule: drafting.with_opportunity(schedule, form.plan(item.key)), "processes/opportunity.html",
        _("Se guardó la oportunidad."), item=item,
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/cronograma/oportunidades/<opportunity>/quitar")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=_opportunity)
def remove_opportunity(item: _Item) -> Answer:
    return _taken_out(item, lambda schedule: drafting.without_opportunity(schedule, item.key), _("Se quitó la oportunidad del borrador."))


def _taken_out(item: _Item, change: Any, done: str) -> Answer:
    form = ScheduleForm()
    if form.revision_read() != item.version.revision:
        flash(_("Otra persona cambió el borrador mientras usted lo leía. Revíselo y vuelva a intentarlo."), "stop")
        return back("processes.draft", slug=item.process.slug)
    return save(item.version, form, change, "processes/conflict.html", done)
