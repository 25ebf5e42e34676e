"""The municipal team runs the round: opens it, sets its money and its calendar, takes its steps, links its hearings."""

from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import messages, queries, services
from app.budgeting.forms import AdvanceForm, CalendarForm, CeilingForm, HearingForm, OpenForm, UnlinkForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import course
from app.budgeting.rules.hearings import HearingProblem
from app.budgeting.rules.states import RoundState
from app.budgeting.views import bp, shown
from app.budgeting.views.agents import territories
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.core.web import carried_out
from app.forum import queries as forum
from app.processes import queries as processes

BASE = "/mesa/procesos/<slug>/presupuesto"
STALE = messages.CHANGED_MEANWHILE


@bp.get(f"{BASE}/abrir")
@guarded(BudgetingPermission.OPEN, GRANTS, load=processes.process_by_slug)
def new(process: Any) -> AnyResponse:
    if queries.round_of_process(process.id) is not None:
        return redirect(url_for("budgeting.desk", slug=process.slug), 303)
    return _new(process, OpenForm(formdata=None, data={"fiscal_year": clock.lima_day(clock.now()).year + 1}))


@bp.post(f"{BASE}/abrir")
@guarded(BudgetingPermission.OPEN, GRANTS, load=processes.process_by_slug)
def open_round(process: Any) -> AnyResponse:
    form = OpenForm()
    if carried_out(
        form,
        lambda: services.open_round(process, form.draft(), form.norm(), upload=form.upload(), person_id=shown.person_id(), now=clock.now()),
    ):
        db.session.commit()
        return shown.back("budgeting.desk", _("El presupuesto está abierto y su ordenanza es pública."), slug=process.slug)
    return _new(process, form, 422)


def _new(process: Any, form: OpenForm, status: int = 200) -> Response:
    return make_response(render_template("budgeting/open.html", process=process, space=process.space, form=form), status)


@bp.get(BASE)
@guarded(BudgetingPermission.READ, GRANTS, load=queries.round_of)
def desk(round_: Any) -> Response:
    return page(round_)


def page(round_: Any, status: int = 200, **more: Any) -> Response:
    """The desk page of a round; `more` replaces a form by the one that was sent."""
    now = clock.now()
    following = course.next_state(round_.state)
    facts = services.facts_of(round_, now)
    missing = [messages.said(problem) for problem in course.missing_for(following, facts)] if following else []
    _version, _calendar, coming = shown.next_entry(round_, now)
    linkable = queries.linkable_hearings(round_.process.space_id, round_.id)
    context = {
        "following": following, "missing": missing, "counts": queries.agent_counts(round_.id), "coming": coming, "when": shown.when,
        "title_of": shown.title_of, "documents": queries.documents(round_.id), "hearings": shown.hearings(round_, now),
        "linked": queries.hearings_seen(round_.id), "linkable": linkable, "advancing": AdvanceForm(formdata=None, data={"to": following}),
        "linking": HearingForm(formdata=None), "unlinking": UnlinkForm(formdata=None, prefix="unlink-"),
        "unlinked": queries.unlinked_hearings(round_.id), "course": shown.course_knots(round_),
    } | more  # fmt: skip
    context["linking"].hearing.choices = [
        (meeting.slug, f"{meeting.title} ({clock.lima_day(meeting.starts_at):%d/%m/%Y})") for meeting in linkable
    ]
    context["unlinking"].hearing.choices = [(one.slug, one.title) for one in context["linked"]]
    return make_response(render_template("budgeting/desk.html", **shown.context(round_, **context)), status)


@bp.post(f"{BASE}/avanzar")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def advance(round_: Any) -> AnyResponse:
    form = AdvanceForm()
    if carried_out(
        form, lambda: services.advance(round_, _state(form.to.data), form.reason.data or "", person_id=shown.person_id(), now=clock.now())
    ):
        slug = round_.process.slug
        db.session.commit()
        return shown.back("budgeting.desk", _("El presupuesto cambió de estado. Quedó anotado en el registro."), slug=slug)
    return page(round_, 422, advancing=form)


def _state(written: str | None) -> RoundState:
    """The state that was asked for; one that no step leads to when it is none."""
    return RoundState(written) if written in set(RoundState) else RoundState.NORM_APPROVED


@bp.get(f"{BASE}/techos")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def ceilings(round_: Any) -> Response:
    parts = queries.parts_of(round_.id)
    form = _ceiling_form(round_, formdata=None)
    form.show_parts(round_.ceiling_cents, parts)
    form.version.data = str(queries.ceiling_versions(round_.id)[0].n)
    return _ceilings(round_, form)


@bp.post(f"{BASE}/techos")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def set_ceilings(round_: Any) -> AnyResponse:
    form = _ceiling_form(round_)
    if form.validate():
        try:
            services.set_ceilings(round_, form.draft(), version=_number(form.version.data), person_id=shown.person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            form.form_errors.append(str(STALE))
        else:
            slug = round_.process.slug
            db.session.commit()
            return shown.back("budgeting.desk", _("Los montos están publicados con su motivo."), slug=slug)
    return _ceilings(round_, form, 422)


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 9 else -1


def _ceiling_form(round_: Any, **settings: Any) -> CeilingForm:
    themes = [(theme.slug, theme.name) for theme in processes.themes(round_.process_id)]
    return CeilingForm.of(territories(round_), themes, queries.parts_of(round_.id), **settings)


def _ceilings(round_: Any, form: CeilingForm, status: int = 200) -> Response:
    is_frozen = course.has_reached(round_.state, RoundState.ACT_SIGNED)
    return make_response(render_template("budgeting/ceilings.html", **shown.context(round_, form=form, is_frozen=is_frozen)), status)


@bp.get(f"{BASE}/calendario")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def edit_calendar(round_: Any) -> Response:
    version = queries.calendar_version(round_.id)
    said = calendars.from_json(version.content) if version else calendars.RoundCalendar()
    form = CalendarForm.of(said, formdata=None)
    form.show_calendar(said)
    form.version.data = str(version.n if version else 0)
    return _calendar(round_, form)


@bp.post(f"{BASE}/calendario")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def publish_calendar(round_: Any) -> AnyResponse:
    form = CalendarForm.of(queries.calendar(round_.id))
    if form.validate():
        try:
            made = services.publish_calendar(
                round_, form.calendar(), form.reason.data or "", version=_number(form.version.data), person_id=shown.person_id(),
                now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            form.form_errors.append(str(STALE))
        else:
            slug = round_.process.slug
            db.session.commit()
            said = _("El calendario está publicado.")
            if made.is_short_notice:
                said = _("El calendario está publicado. Avisa con menos de 14 días, y su página lo dice.")
            return shown.back("budgeting.desk", said, slug=slug)
    return _calendar(round_, form, 422)


def _calendar(round_: Any, form: CalendarForm, status: int = 200) -> Response:
    phases = [(phase, messages.PHASES[phase], messages.PHASE_SUMMARIES[phase], form.rows(phase)) for phase in calendars.RoundPhase]
    return make_response(render_template("budgeting/edit_calendar.html", **shown.context(round_, form=form, phases=phases)), status)


@bp.post(f"{BASE}/audiencias")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def link_hearing(round_: Any) -> AnyResponse:
    form = HearingForm()
    hearing = forum.meeting_by_slugs(round_.process.space.slug, form.hearing.data or "")
    if hearing is None:
        form.hearing.errors = [str(messages.PROBLEMS[HearingProblem.NONE_CHOSEN])]
        return page(round_, 422, linking=form)
    try:
        services.link_hearing(round_, hearing, person_id=shown.person_id(), now=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        return page(round_, 422, linking=form)
    slug = round_.process.slug
    db.session.commit()
    return shown.back("budgeting.desk", _("La audiencia rinde cuentas de este presupuesto."), slug=slug, _anchor="audiencias")


@bp.post(f"{BASE}/audiencias/quitar")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def unlink_hearing(round_: Any) -> AnyResponse:
    form = UnlinkForm(prefix="unlink-")
    form.hearing.choices = []
    hearing = forum.meeting_by_slugs(round_.process.space.slug, form.hearing.data or "")
    if hearing is None:
        form.hearing.errors = [str(messages.PROBLEMS[HearingProblem.NONE_CHOSEN])]
    elif carried_out(
        form, lambda: services.unlink_hearing(round_, hearing, form.reason.data or "", person_id=shown.person_id(), now=clock.now())
    ):
        slug = round_.process.slug
        db.session.commit()
        return shown.back("budgeting.desk", _("La audiencia ya no rinde cuentas de este presupuesto."), slug=slug, _anchor="audiencias")
    return page(round_, 422, unlinking=form)
