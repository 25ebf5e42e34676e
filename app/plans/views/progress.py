"""Following commitments on the desk: what is due, the lead entity's progress, civil society's reading, the secretariat's verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, get_flashed_messages, make_response, render_template, request
from flask_babel import gettext

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded, may
from app.evidence import queries as evidence
from app.plans import messages, queries, services
from app.plans.forms import CivilForm, ProgressForm, VerificationForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules import progress as rules
from app.plans.rules.progress import ReadingOf
from app.plans.views import bp
from app.plans.views.loading import by, commitment_for_staff, process_for_staff, see

if TYPE_CHECKING:
    from app.plans.models import Commitment, ProgressUpdate
    from app.processes.models import Process

_ENDPOINTS = {ReadingOf.GOVERNMENT: "plans.report", ReadingOf.CIVIL_SOCIETY: "plans.read_for_civil_society"}


@bp.get("/mesa/procesos/<slug>/plan/seguimiento")
@guarded(PlanPermission.FOLLOW, GRANTS, load=process_for_staff)
def follow(process: Process) -> Response:
    plan, today = queries.plan_of(process.id), lima_day(clock.now())
    rows = [row for row in queries.tracker(plan, today) if row.is_in_force] if plan else []
    own = {c.number: c for c in (queries.commitment_rows_with_lead(plan.id) if plan else ())}
    return make_response(
        render_template(
            "plans/follow.html", process=process, space=process.space, plan=plan, rows=rows, period=rules.period_of(today),
            name=messages.period_name,
            completions=messages.COMPLETIONS, ends=rules.ends_on(rules.period_of(today)),
            reports={n for n, c in own.items() if may(PlanPermission.REPORT_PROGRESS, GRANTS, c)},
            may_read=may(PlanPermission.READ_FOR_CIVIL_SOCIETY, GRANTS, process),
            may_verify=may(PlanPermission.VERIFY_PROGRESS, GRANTS, process), nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        )
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/avance")
@guarded(PlanPermission.REPORT_PROGRESS, GRANTS, load=commitment_for_staff)
def write_report(commitment: Commitment) -> Response:
    return _form_page(commitment, ReadingOf.GOVERNMENT, _opened(commitment, ReadingOf.GOVERNMENT))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/avance")
@guarded(PlanPermission.REPORT_PROGRESS, GRANTS, load=commitment_for_staff)
def report(commitment: Commitment) -> Response:
    return _publish(commitment, ReadingOf.GOVERNMENT, ProgressForm())


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/lectura")
@guarded(PlanPermission.READ_FOR_CIVIL_SOCIETY, GRANTS, load=commitment_for_staff)
def write_civil_reading(commitment: Commitment) -> Response:
    return _form_page(commitment, ReadingOf.CIVIL_SOCIETY, _opened(commitment, ReadingOf.CIVIL_SOCIETY))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/lectura")
@guarded(PlanPermission.READ_FOR_CIVIL_SOCIETY, GRANTS, load=commitment_for_staff)
def read_for_civil_society(commitment: Commitment) -> Response:
    return _publish(commitment, ReadingOf.CIVIL_SOCIETY, CivilForm())


def _opened(commitment: Commitment, reading_of: ReadingOf) -> CivilForm:
    """The form for a semester, with what was published of it when there is something to correct."""
    kind = ProgressForm if reading_of is ReadingOf.GOVERNMENT else CivilForm
    asked = request.args.get("semestre", "")
    period = asked if rules.is_period(asked) else rules.period_of(lima_day(clock.now()))
    milestone = request.args.get("hito", "")[:12]
    standing = queries.current_update(commitment.id, milestone or str(commitment.number), period, reading_of)
    if standing is None:
        return kind(formdata=None, data={"period": period, "milestone": milestone, "seen_version": "0"})
    data = {
        "period": period, "milestone": milestone, "seen_version": str(standing.version), "completion": standing.completion,
        "text": standing.text, "evidence_url": standing.evidence_url, "percent": standing.percent, "next_step": standing.next_step,
    }  # fmt: skip
    return kind(formdata=None, data=data)


def _publish(commitment: Commitment, reading_of: ReadingOf, form: CivilForm) -> Response:
    slug, number, status = commitment.plan.process.slug, commitment.number, 422
    _offer(commitment, form)
    if form.validate():
        try:
            services.report(commitment, form.draft(), reading_of, seen_version=form.seen, files=form.files(), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            status = 409
        else:
            db.session.commit()
            flash(gettext("Publicado. Ya se ve en el seguimiento."), "good")
            return see("plans.follow", slug=slug)
    return _form_page(commitment_for_staff(slug, number) or commitment, reading_of, form, status)


def _offer(commitment: Commitment, form: CivilForm) -> None:
    plan, today = commitment.plan, lima_day(clock.now())
    first = queries.first_day(plan) or today
    periods = list(rules.periods(first, min(today, plan.ends_on or today)))[::-1] or [rules.period_of(today)]
    form.offer([(p, messages.period_name(p)) for p in periods], queries.milestones_of(commitment.id), gettext("Todo el compromiso"))


def _form_page(commitment: Commitment, reading_of: ReadingOf, form: CivilForm, status: int = 200) -> Response:
    _offer(commitment, form)
    process, standing = commitment.plan.process, None
    if rules.is_period(form.period.data or ""):
        clause = form.milestone.data or str(commitment.number)
        standing = queries.current_update(commitment.id, clause, form.period.data, reading_of)
    if status == 409 and standing is not None:  # one's own stays in the form; publishing again is then a correction
        form.seen_version.data = str(standing.version)
        form.seen_version.raw_data = None
    return make_response(
        render_template(
            "plans/progress.html", process=process, space=process.space, commitment=commitment, form=form, standing=standing,
            is_government=reading_of is ReadingOf.GOVERNMENT, action_endpoint=_ENDPOINTS[reading_of], completions=messages.COMPLETIONS,
            name=messages.period_name,
            is_conflict=status == 409, is_correction=standing is not None and form.seen == standing.version, nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/plan/compromisos/<int:number>/avances/<clause>/<period>")
@guarded(PlanPermission.VERIFY_PROGRESS, GRANTS, load=queries.update_by_clause)
def show_progress(update: ProgressUpdate) -> Response:
    return _verification_page(update, VerificationForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/plan/compromisos/<int:number>/avances/<clause>/<period>")
@guarded(PlanPermission.VERIFY_PROGRESS, GRANTS, load=queries.update_by_clause)
def verify_progress(update: ProgressUpdate) -> Response:
    form, commitment = VerificationForm(), update.commitment
    slug, at = commitment.plan.process.slug, (commitment.plan.process.slug, commitment.number, update.clause, update.period)
    if not form.validate():
        return _verification_page(update, form, 422)
    try:
        services.verify(update, form.note.data or "", **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        standing = queries.update_by_clause(*at)
        if standing is None:
            abort(404)
        return _verification_page(standing, form, 422)
    db.session.commit()
    flash(gettext("Avance verificado. La nota es pública."), "good")
    return see("plans.follow", slug=slug)


def _verification_page(update: ProgressUpdate, form: VerificationForm, status: int = 200) -> Response:
    commitment = update.commitment
    return make_response(
        render_template(
            "plans/verify.html", process=commitment.plan.process, space=commitment.plan.process.space, commitment=commitment, update=update,
            files=evidence.attachments(services.progress.SUBJECT, update.id, public_only=True), completions=messages.COMPLETIONS, form=form,
            name=messages.period_name, nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip
