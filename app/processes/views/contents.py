"""The desk of a process: opening one, its texts, its themes, its criteria."""

from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.processes import messages, queries, services
from app.processes.forms import CriterionForm, ProcessForm, ThemeForm
from app.processes.permissions import GRANTS, ProcessPermission, space_ids_where_drafts
from app.processes.views import bp
from app.spaces import queries as spaces

Answer = Response | str | tuple[str, int]


def person_id() -> int:
    """Who is acting; only called behind a guard."""
    return current_actor().person_id or 0


def desk(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A desk page with its flash messages."""
    flashes = get_flashed_messages(with_categories=True)
    return render_template(template, flashes=flashes, states=messages.STATES, **context), status


def back(endpoint: str, **arguments: Any) -> Response:
    return redirect(url_for(endpoint, **arguments), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos")
@guarded(ProcessPermission.LIST, GRANTS)
def index() -> Answer:
    actor = current_actor()
    drafts_in = space_ids_where_drafts(actor)
    shown = [process for process in queries.processes_in({held.space_id for held in actor.roles}) if _may_read(actor, process)]
    return desk("processes/index.html", processes=shown, kinds=messages.KINDS, spaces=[s for s in spaces.spaces() if s.id in drafts_in])


def _may_read(actor: Any, process: Any) -> bool:
    return any(held.covers(process.scope) for held in actor.roles)


@bp.get("/mesa/espacios/<slug>/procesos/nuevo")
@guarded(ProcessPermission.CREATE, GRANTS, load=spaces.space_by_slug)
def new(space: Any) -> Answer:
    return desk("processes/new.html", space=space, form=ProcessForm())


@bp.post("/mesa/espacios/<slug>/procesos/nuevo")
@guarded(ProcessPermission.CREATE, GRANTS, load=spaces.space_by_slug)
def create(space: Any) -> Answer:
    form = ProcessForm()
    if form.validate():
        try:
            process = services.create_process(form.draft(), space=space, person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
            space = spaces.space_by_slug(request.view_args["slug"])  # type: ignore[index]
        else:
            db.session.commit()
            flash(_("El proceso está creado. Solo lo ve el equipo hasta que se publique su cronograma."), "good")
            return back("processes.show", slug=process.slug)
    return desk("processes/new.html", 422, space=space, form=form)


@bp.get("/mesa/procesos/<slug>")
@guarded(ProcessPermission.READ_DRAFT, GRANTS, load=queries.process_by_slug)
def show(process: Any) -> Answer:
    now = clock.now()
    open_version = queries.open_versions([process.space_id], [process.id])
    return desk(
        "processes/show.html", process=process, space=process.space, latest=queries.latest_version(process.id),
        open=open_version[0] if open_version else None, themes=queries.themes(process.id), criteria=queries.criteria(process.id),
        notice=queries.notice(process, now), notice_sentence=messages.notice_sentence(queries.notice(process, now)),
        seats=messages.SEATS, version_states=messages.VERSION_STATES,
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/datos")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def edit(process: Any) -> Answer:
    return desk("processes/edit.html", process=process, space=process.space, form=ProcessForm(obj=process))


@bp.post("/mesa/procesos/<slug>/datos")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def update(process: Any) -> Answer:
    form = ProcessForm()
    if carried_out(form, lambda: services.edit_process(process, form.draft(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        flash(_("Se guardaron los datos del proceso."), "good")
        return back("processes.show", slug=process.slug)
    return desk("processes/edit.html", 422, process=process, space=process.space, form=form)


def _themes_page(process: Any, form: ThemeForm, theme: Any = None, status: int = 200) -> Answer:
    return desk(
        "processes/themes.html", status, process=process, space=process.space, themes=queries.themes(process.id), form=form, theme=theme
    )


@bp.get("/mesa/procesos/<slug>/temas")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def themes(process: Any) -> Answer:
    return _themes_page(process, ThemeForm())


@bp.post("/mesa/procesos/<slug>/temas")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def add_theme(process: Any) -> Answer:
    form = ThemeForm()
    if form.validate():
        try:
            theme = services.add_theme(process, form.draft(), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
            process = queries.process_by_slug(request.view_args["slug"])  # type: ignore[index]
        else:
            db.session.commit()
            flash(_("Se añadió el tema «%(name)s».", name=theme.name), "good")
            return back("processes.themes", slug=process.slug)
    return _themes_page(process, form, status=422)


class _ThemeOf:
    """A theme with its process: the subject of its permission."""

    def __init__(self, process: Any, theme: Any) -> None:
        self.process, self.theme, self.scope = process, theme, process.scope


def _theme(slug: str, theme: str) -> _ThemeOf | None:
    process = queries.process_by_slug(slug)
    found = queries.theme(process.id, theme) if process else None
    return _ThemeOf(process, found) if found else None


@bp.get("/mesa/procesos/<slug>/temas/<theme>")
@guarded(ProcessPermission.EDIT, GRANTS, load=_theme)
def theme(found: _ThemeOf) -> Answer:
    return _themes_page(found.process, ThemeForm(obj=found.theme), found.theme)


@bp.post("/mesa/procesos/<slug>/temas/<theme>")
@guarded(ProcessPermission.EDIT, GRANTS, load=_theme)
def update_theme(found: _ThemeOf) -> Answer:
    form = ThemeForm()
    if form.validate():
        services.edit_theme(found.process, found.theme, form.draft(), person_id=person_id(), now=clock.now())
        db.session.commit()
        flash(_("Se guardó el tema."), "good")
        return back("processes.themes", slug=found.process.slug)
    return _themes_page(found.process, form, found.theme, 422)


@bp.post("/mesa/procesos/<slug>/temas/<theme>/quitar")
@guarded(ProcessPermission.EDIT, GRANTS, load=_theme)
def remove_theme(found: _ThemeOf) -> Answer:
    slug = found.process.slug
    try:
        services.remove_theme(found.process, found.theme, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        flash(messages.filled(broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("Se quitó el tema."), "good")
    return back("processes.themes", slug=slug)


def _criteria_page(process: Any, form: CriterionForm, criterion: Any = None, status: int = 200) -> Answer:
    known = queries.criteria(process.id)
    return desk(
        "processes/criteria.html", status, process=process, space=process.space, criteria=known, form=form, criterion=criterion,
        total=sum(c.weight for c in known), published_at=known[0].published_at if known else None, **_in_time(process, known),
    )  # fmt: skip


def _in_time(process: Any, known: Any) -> dict[str, Any]:
    """Whether the criteria are, or would be now, later than the first contribution (BR-20)."""
    opened, said = queries.inputs_opened_at(process.id), known[0].published_at if known else None
    return {"inputs_opened_at": opened, "is_late": bool(opened and opened <= (said or clock.now()))}


@bp.get("/mesa/procesos/<slug>/criterios")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def criteria(process: Any) -> Answer:
    return _criteria_page(process, CriterionForm())


@bp.post("/mesa/procesos/<slug>/criterios")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def add_criterion(process: Any) -> Answer:
    form = CriterionForm()
    if carried_out(form, lambda: services.add_criterion(process, form.draft(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        return back("processes.criteria", slug=process.slug)
    return _criteria_page(process, form, status=422)


class _CriterionOf:
    def __init__(self, process: Any, criterion: Any) -> None:
        self.process, self.criterion, self.scope = process, criterion, process.scope


def _criterion(slug: str, position: int) -> _CriterionOf | None:
    process = queries.process_by_slug(slug)
    found = queries.criterion(process.id, position) if process else None
    return _CriterionOf(process, found) if found else None


@bp.get("/mesa/procesos/<slug>/criterios/<int:position>")
@guarded(ProcessPermission.EDIT, GRANTS, load=_criterion)
def criterion(found: _CriterionOf) -> Answer:
    return _criteria_page(found.process, CriterionForm(obj=found.criterion), found.criterion)


@bp.post("/mesa/procesos/<slug>/criterios/<int:position>")
@guarded(ProcessPermission.EDIT, GRANTS, load=_criterion)
def update_criterion(found: _CriterionOf) -> Answer:
    form = CriterionForm()
    if form.validate():
        try:
            services.edit_criterion(found.process, found.criterion, form.draft(), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
            found = _criterion(**request.view_args) or found  # type: ignore[arg-type]
        else:
            db.session.commit()
            return back("processes.criteria", slug=found.process.slug)
    return _criteria_page(found.process, form, found.criterion, 422)


@bp.post("/mesa/procesos/<slug>/criterios/<int:position>/quitar")
@guarded(ProcessPermission.EDIT, GRANTS, load=_criterion)
def remove_criterion(found: _CriterionOf) -> Answer:
    try:
        services.remove_criterion(found.process, found.criterion, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        flash(messages.filled(broken.problems[0]), "stop")
    else:
        db.session.commit()
    return back("processes.criteria", slug=found.process.slug)


@bp.post("/mesa/procesos/<slug>/criterios/publicar")
@guarded(ProcessPermission.EDIT, GRANTS, load=queries.process_by_slug)
def publish_criteria(process: Any) -> Answer:
    try:
        services.publish_criteria(process, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        flash(messages.filled(broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("Los criterios ya son públicos."), "good")
    return back("processes.criteria", slug=process.slug)
