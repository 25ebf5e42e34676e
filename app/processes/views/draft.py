"""The schedule being drafted: one page that shows it whole with what it lacks, its start, and the template of phases."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.core import clock
from app.core.clock import LIMA, lima_day
from app.core.db import db
from app.core.errors import SomebodyWasFirst
from app.core.guard import guarded
from app.processes import messages, queries, services
from app.processes.forms import ReasonForm, ScheduleForm, StartForm, TemplateForm
from app.processes.permissions import GRANTS, ProcessPermission
from app.processes.rules import drafting
from app.processes.rules.completeness import missing_from
from app.processes.rules.difference import difference
from app.processes.rules.notice import LEAST_DAYS, TARGET_DAYS, earliest_start, notice_days
from app.processes.rules.publication import moves, problems_with_content, problems_with_publication
from app.processes.rules.schedule import PhaseKind, Schedule, from_json
from app.processes.views import bp, shown
from app.processes.views.contents import Answer, back, desk, person_id


@bp.get("/mesa/procesos/<slug>/cronograma")
@guarded(ProcessPermission.READ_DRAFT, GRANTS, load=queries.process_by_slug)
def draft(process: Any) -> Answer:
    version = queries.open_version_of(process.id)
    if version is None:
        return desk("processes/no_draft.html", process=process, space=process.space, latest=queries.latest_version(process.id))
    return draft_page(version)


def draft_page(version: Any, form: ReasonForm | None = None, status: int = 200) -> Answer:
    """The overview, with the reason as it was typed when `form` is given."""
    now = clock.now()
    schedule, process = from_json(version.content), version.process
    public_now = queries.latest_version(process.id)
    before = from_json(public_now.content) if public_now else None
    if form is None:
        form = ReasonForm(formdata=None, reason=version.reason, revision=version.revision)
    moved = moves(before, schedule, now)
    return desk(
        "processes/draft.html", status, process=process, space=process.space, version=version, schedule=schedule, form=form,
        latest=public_now, checks=checklist(schedule, before, process, now), kinds=messages.OPPORTUNITIES,
        version_states=messages.VERSION_STATES, missing=_missing(schedule), absent=_absent(schedule), when=shown.when,
        phase_names=messages.PHASES, rows=messages.difference_rows(difference(before, schedule)) if before else [],
        short=[messages.move_sentence(move) for move in moved if move.is_short], least=LEAST_DAYS, target=TARGET_DAYS,
        days=notice_days(now, schedule.start_at) if schedule.start_at and before is None else None,
        earliest=earliest_start(lima_day(now)), start_form=start_form(version, schedule), template_form=template_form(version, schedule),
    )  # fmt: skip


def _missing(schedule: Schedule) -> dict[str, str]:
    return {plan.slug: ", ".join(str(messages.MISSING[item]) for item in missing_from(plan)) for plan in schedule.opportunities}


def _absent(schedule: Schedule) -> list[PhaseKind]:
    return [kind for kind in PhaseKind if schedule.phase(kind) is None]


def start_form(version: Any, schedule: Schedule) -> StartForm:
    return StartForm(formdata=None, revision=version.revision, prefix="").read(schedule.start_at)


def template_form(version: Any, schedule: Schedule) -> TemplateForm:
    form = TemplateForm(formdata=None, revision=version.revision, prefix="template-")
    if schedule.start_at:
        form.day.data = schedule.start_at.astimezone(LIMA).date()
    return form


def checklist(schedule: Schedule, before: Schedule | None, process: Any, now: Any) -> list[dict[str, str]]:
    """What stops publishing, what could be better, and what is already good."""
    stops = problems_with_publication(schedule, previous=before, reason="x" * 100, now=now, is_retroactive=process.is_retroactive)
    checks = [{"level": "stop", "text": messages.filled(problem), "mend_href": "", "mend_text": ""} for problem in stops]
    if before is None and schedule.start_at and not process.is_retroactive:
        days = notice_days(now, schedule.start_at)
        if LEAST_DAYS <= days < TARGET_DAYS:
            text = _("El inicio está a %(days)s días: cumple la regla de 14, pero no llega a la meta de 21.", days=days)
            checks.append({"level": "warn", "text": text, "mend_href": "#inicio", "mend_text": _("Cambiar el inicio")})
    if not problems_with_content(schedule, is_retroactive=process.is_retroactive):
        text = _("Cada oportunidad dice fecha, lugar o enlace, quién participa, cómo inscribirse y contacto.")
        checks.append({"level": "good", "text": text, "mend_href": "", "mend_text": ""})
    return checks


@bp.post("/mesa/procesos/<slug>/cronograma")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.process_by_slug)
def open_draft(process: Any) -> Answer:
    slug = process.slug
    try:
        services.open_draft(process, person_id=person_id(), now=clock.now())
    except SomebodyWasFirst:
        flash(_("Otra persona abrió el borrador hace un momento. Es este."), "message")
    else:
        db.session.commit()
    return back("processes.draft", slug=slug)


@bp.get("/mesa/procesos/<slug>/cronograma/descartar")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def discard(version: Any) -> Answer:
    return _discard_page(version)


def _discard_page(version: Any, status: int = 200, conflict: bool = False) -> Answer:
    return desk(
        "processes/discard.html", status, process=version.process, space=version.process.space, version=version, conflict=conflict,
        latest=queries.latest_version(version.process_id), schedule=from_json(version.content),
        form=ScheduleForm(formdata=None, revision=version.revision),
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/cronograma/descartar")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def discard_draft(version: Any) -> Answer:
    slug = version.process.slug
    try:
        services.discard_draft(version, revision=ScheduleForm().revision_read(), person_id=person_id(), now=clock.now())
    except SomebodyWasFirst as first:
        return _discard_page(first.current, 409, conflict=True)
    db.session.commit()
    flash(_("El borrador se descartó. Lo público no cambió."), "good")
    return back("processes.draft", slug=slug)


@bp.post("/mesa/procesos/<slug>/cronograma/inicio")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def set_start(version: Any) -> Answer:
    form = StartForm()
    if not form.validate():
        return desk("processes/start.html", 422, process=version.process, space=version.process.space, form=form)
    return save(
        version, form, lambda schedule: drafting.with_start(schedule, form.start_at()), "processes/start.html", _("Se guardó el inicio.")
    )


@bp.get("/mesa/procesos/<slug>/cronograma/inicio")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def start(version: Any) -> Answer:
    form = start_form(version, from_json(version.content))
    return desk("processes/start.html", process=version.process, space=version.process.space, form=form)


@bp.post("/mesa/procesos/<slug>/cronograma/plantilla")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def fill_phases(version: Any) -> Answer:
    form = TemplateForm(prefix="template-")
    if not form.validate():
        return desk("processes/template.html", 422, process=version.process, space=version.process.space, form=form)
    texts = {kind: (str(messages.PHASES[kind]), str(messages.PHASE_SUMMARIES[kind])) for kind in PhaseKind}
    return save(
        version, form, lambda schedule: drafting.with_template(schedule, form.day.data, texts), "processes/template.html",
        _("Están las seis fases. Revise sus fechas."),
    )  # fmt: skip


def save(version: Any, form: ScheduleForm, change: Any, template: str, done: str, **context: Any) -> Answer:
    """Save `change` of the draft; when somebody was first, show `template` again with what was typed and what now stands."""
    slug = version.process.slug
    schedule = from_json(version.content)
    try:
        services.save_draft(
            version, change(schedule), reason=version.reason, revision=form.revision_read(), person_id=person_id(), now=clock.now()
        )
    except SomebodyWasFirst as first:
        current = first.current
        form.revision.data = str(current.revision)
        return desk(template, 409, process=current.process, space=current.process.space, form=form, conflict=True, **context)
    db.session.commit()
    flash(done, "good")
    return back("processes.draft", slug=slug)
