"""One commitment on the desk: its state, what it lacks, the doubts it raises, and its sections, each saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, get_flashed_messages, make_response, render_template
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded, may
from app.plans import messages, queries, services
from app.plans.forms import SECTION_FORMS, CommitmentForm, NothingForm, ReasonForm, SectionForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.commitments import STEPS, CommitmentState
from app.plans.rules.plan import PlanState
from app.plans.rules.prompts import warnings
from app.plans.rules.template import BY_NAME, BY_SECTION, MILESTONES, VALUES, Kind, Section, missing
from app.plans.views import bp
from app.plans.views.loading import SectionOf, by, commitment_for_staff, process_for_staff, section_for_staff, see
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import Commitment
    from app.processes.models import Process

_STEPS = {
    CommitmentState.VALIDATED_BY_ENTITY: PlanPermission.VALIDATE_FOR_ENTITY,
    CommitmentState.VALIDATED_BY_FORUM: PlanPermission.VALIDATE_FOR_FORUM,
    CommitmentState.CONCLUDED: PlanPermission.CONCLUDE,
    CommitmentState.DRAFTED: PlanPermission.DRAFT,
}
_ROLES = {
    CommitmentState.VALIDATED_BY_ENTITY: "entidad responsable", CommitmentState.VALIDATED_BY_FORUM: "foro",
    CommitmentState.CONCLUDED: "secretaría", CommitmentState.DRAFTED: "redacción",
}  # fmt: skip


@bp.get("/mesa/procesos/<slug>/plan/compromisos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def new_commitment(process: Process) -> Response:
    return _new_page(process, CommitmentForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/nuevo")
@guarded(PlanPermission.DRAFT, GRANTS, load=process_for_staff)
def create_commitment(process: Process) -> Response:
    form, slug, plan = CommitmentForm(), process.slug, queries.plan_of(process.id)
    if plan is None:
        flash(gettext("Primero póngale título al plan."), "warn")
        return see("plans.edit", slug=slug)
    if form.validate():
        try:
            commitment = services.add_commitment(plan, form.draft(), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            number = commitment.number
            db.session.commit()
            return see("plans.show_commitment", slug=slug, number=number)
    return _new_page(process_for_staff(slug) or process, form, 422)


def _new_page(process: Process, form: CommitmentForm, status: int = 200) -> Response:
    form.organisation.choices = [SelectChoice("", gettext("Elija…")), *(SelectChoice(s, n) for s, n in queries.organisations())]
    form.theme.choices = [SelectChoice("", gettext("Sin tema")), *(SelectChoice(t.slug, t.name) for t in processes.themes(process.id))]
    return make_response(
        render_template("plans/new_commitment.html", process=process, space=process.space, form=form, nav_here="desk"), status
    )


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def show_commitment(commitment: Commitment) -> Response:
    return overview(commitment)


def overview(commitment: Commitment, status: int = 200, step_form: Any = None, withdrawal: ReasonForm | None = None) -> Response:
    """The page of a commitment: what stands, what is missing, what may be done next."""
    values, milestones = queries.values_of(commitment), queries.milestones_of(commitment.id)
    gaps = missing(values, milestones=len(milestones))
    doubts = warnings(values, [queries.milestone_text(m) for m in milestones])
    plan, texts = commitment.plan, queries.field_texts(commitment)
    is_approved = plan.state is PlanState.APPROVED
    amendment = queries.open_amendment(commitment.id)
    return make_response(
        render_template(
            "plans/commitment.html", process=plan.process, space=plan.process.space, plan=plan, commitment=commitment,
            state=str(messages.COMMITMENT_STATES[commitment.state]), sections=[_section(s, texts, gaps, doubts) for s in Section],
            milestones=milestones, has_no_milestones=MILESTONES in gaps,
            doubts=[(messages.about(d), messages.doubt_sentence(d)) for d in doubts if d.field not in BY_NAME], steps=_steps(commitment),
            step_form=step_form or NothingForm(formdata=None), withdrawal=withdrawal or ReasonForm(formdata=None, prefix="retiro"),
            history=queries.steps(commitment.id), states=messages.COMMITMENT_STATES, is_approved=is_approved, amendment=amendment,
            may_withdraw=is_approved and amendment is None and commitment.state in (CommitmentState.ADOPTED, CommitmentState.IN_EXECUTION),
            nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _section(section: Section, texts: dict[str, str], gaps: tuple[str, ...], doubts: Any) -> dict[str, Any]:
    fields = BY_SECTION[section]
    names = {f.name for f in fields}
    lacking = [str(messages.FIELDS[name]) for name in gaps if name in names or (name == VALUES and section is Section.VALUES)]
    return {
        "slug": section.value,
        "title": str(messages.SECTIONS[section]),
        "filled": sum(1 for f in fields if texts.get(f.name)),
        "of": len(fields),
        "missing": lacking,
        "doubts": [messages.doubt_sentence(d) for d in doubts if d.field in names],
    }


def _steps(commitment: Commitment) -> list[tuple[str, str]]:
    """(state, words) of the steps the person may take from here."""
    return [
        (to.value, str(messages.STEPS[to]))
        for to in STEPS[commitment.state]
        if to in _STEPS and may(_STEPS[to], GRANTS, commitment) and commitment.state is not CommitmentState.IDEA
    ]


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/estado/<state>")
@guarded(PlanPermission.DRAFT, GRANTS, load=lambda slug, number, state: _step_of(slug, number, state))
def advance_commitment(found: Any) -> Response:
    commitment, to = found.commitment, found.to
    if not may(_STEPS[to], GRANTS, commitment):
        abort(403)
    slug, number, form = commitment.plan.process.slug, commitment.number, NothingForm()
    try:
        services.advance(commitment, to, role=_ROLES[to], **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return overview(commitment_for_staff(slug, number) or commitment, 422, form)
    db.session.commit()
    flash(gettext("El compromiso quedó así: %(state)s.", state=messages.COMMITMENT_STATES[to]), "good")
    return see("plans.show_commitment", slug=slug, number=number)


class _Step:
    def __init__(self, commitment: Commitment, to: CommitmentState) -> None:
        self.commitment, self.to, self.scope = commitment, to, commitment.scope


def _step_of(slug: str, number: int, state: str) -> _Step | None:
    to = next((member for member in _STEPS if member.value == state), None)
    commitment = commitment_for_staff(slug, number) if to else None
    return _Step(commitment, to) if commitment and to else None


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/quitar")
@guarded(PlanPermission.DRAFT, GRANTS, load=commitment_for_staff)
def remove_commitment(commitment: Commitment) -> Response:
    form, slug, number = NothingForm(), commitment.plan.process.slug, commitment.number
    try:
        services.remove_commitment(commitment, **by())
    except RuleBroken as broken:
        db.session.rollback()
        flash(form.sentence(broken.problems[0]), "stop")
        return see("plans.show_commitment", slug=slug, number=number)
    db.session.commit()
    flash(gettext("Compromiso %(number)s quitado del borrador.", number=number), "good")
    return see("plans.edit", slug=slug)


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/secciones/<section>")
@guarded(PlanPermission.DRAFT, GRANTS, load=section_for_staff)
def edit_section(found: SectionOf) -> Response:
    return section_page(found, filled(found))


def filled(found: SectionOf) -> SectionForm:
    """The form of a section showing what is saved."""
    values = queries.values_of(found.commitment)
    data = {"revision": str(found.commitment.revision), **{f.name: _typed(f.kind, values[f.name]) for f in BY_SECTION[found.section]}}
    return SECTION_FORMS[found.section](formdata=None, data=data)


def _typed(kind: Kind, value: Any) -> Any:
    if kind is Kind.YES_NO:
        return "" if value is None else ("yes" if value else "no")
    if kind is Kind.MONEY:
        return "" if value is None else f"{value // 100}.{value % 100:02d}"
    return value


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/secciones/<section>")
@guarded(PlanPermission.DRAFT, GRANTS, load=section_for_staff)
def save_section(found: SectionOf) -> Response:
    commitment, section = found.commitment, found.section
    slug, number = commitment.plan.process.slug, commitment.number
    form = SECTION_FORMS[section]()
    if form.validate():
        try:
            services.save_section(commitment, section, form.values(), revision=form.seen_revision, **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            return _conflict(slug, number, found, form)
        else:
            db.session.commit()
            flash(gettext("Sección «%(title)s» guardada.", title=messages.SECTIONS[section]), "good")
            return see("plans.show_commitment", slug=slug, number=number)
    return section_page(section_for_staff(slug, number, section.value) or found, form, 422)


def _conflict(slug: str, number: int, found: SectionOf, form: SectionForm) -> Response:
    """The other's text beside one's own, which stays in the form; saving again is then a knowing act."""
    now = section_for_staff(slug, number, found.section.value) or found
    saved, typed = queries.field_texts(now.commitment), form.typed()
    rows = [
        {"label": str(messages.FIELDS[f.name]), "before": messages.shown(f.name, saved.get(f.name, "")), "after": typed.get(f.name, "")}
        for f in BY_SECTION[found.section]
        if f.kind not in (Kind.ORGANISATION, Kind.THEME, Kind.CHOICE, Kind.YES_NO)
    ]
    form.revision.data = str(now.commitment.revision)
    form.revision.raw_data = None
    return section_page(now, form, 409, rows)


def section_page(found: SectionOf, form: SectionForm, status: int = 200, conflict: list[dict[str, str]] | None = None) -> Response:
    """The page of one section, with the questions beside its fields and the doubts of what is saved."""
    commitment, section = found.commitment, found.section
    process, values = commitment.plan.process, queries.values_of(commitment)
    form.offer(queries.organisations(), processes.themes(process.id))
    milestones = [queries.milestone_text(m) for m in queries.milestones_of(commitment.id)]
    doubts: dict[str, list[str]] = {}
    for doubt in warnings(values, milestones):
        doubts.setdefault(doubt.field, []).append(messages.doubt_sentence(doubt))
    sections = list(Section)
    after = sections[sections.index(section) + 1] if section is not sections[-1] else None
    return make_response(
        render_template(
            "plans/section.html", process=process, space=process.space, plan=commitment.plan, commitment=commitment, section=section,
            title=str(messages.SECTIONS[section]), form=form, conflict=conflict, doubts=doubts,
            prompts=[(str(messages.PROMPTS[p]), str(messages.NOTES[p])) for p in messages.ASKED_IN.get(section, ())],
            kinds={f.name: f.kind.value for f in BY_SECTION[section]}, needed={f.name for f in BY_SECTION[section] if f.is_needed},
            next_section=after,
            next_title=str(messages.SECTIONS[after]) if after else "",
            is_approved=commitment.plan.state is PlanState.APPROVED, nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip
