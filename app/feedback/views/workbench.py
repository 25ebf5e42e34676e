"""Answering on one screen: the pile, what was said, the team's notes, the answer being written, its checks."""

from datetime import datetime
from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions.models import Contribution
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.dates import hour, long_date, short_date
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.core.web import page_number
from app.feedback import queries, services
from app.feedback.forms import DecisionForm, NoteForm
from app.feedback.messages import CHECKS, OUTCOMES, PILE_STATES, SEATS, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.queries import Version
from app.feedback.rules.checks import Check, Level, checks
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState, Seat
from app.feedback.rules.pile import PileFilters, PileState, is_late
from app.feedback.views import bp
from app.feedback.views.answers import differences, page_context
from app.feedback.views.cards import LANGUAGES
from app.feedback.views.paging import link, pager
from app.organisations.models import Organisation
from app.plans import queries as plans
from app.processes import queries as processes
from app.processes.models import Process
from app.spaces.permissions import organisation_of


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


def contribution_for_staff(code: str) -> Contribution | None:
    return queries.contribution_for_staff(code)


@bp.get("/mesa/procesos/<slug>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=process_for_staff)
def pile(process: Process) -> str:
    filters, person_id, now = PileFilters.parse(request.args), current_actor().person_id, clock.now()
    numbers = queries.pile_numbers(process.id, filters, person_id)
    address = url_for("feedback.pile", slug=process.slug)
    page = queries.pile_page(process.id, filters, page_number(), numbers.of(filters.state), person_id)
    arguments = filters.arguments()
    chips = [
        {"text": str(label), "count": numbers.of(state), "href": link(address, filters.at(state).arguments()), "here": state is filters.state}
        for state, label in PILE_STATES.items()
    ]  # fmt: skip
    return render_template(
        "feedback/pile.html", process=process, space=process.space, filters=filters, chips=chips, numbers=numbers, address=address,
        entries=pile_entries(page.rows, process.id, now, arguments), pager_links=pager(page, address, arguments), first=page.rows[0] if page.rows else None,
        arguments=arguments, themes=processes.themes(process.id), workshops=queries.workshops(process.id), channels=channel_names(),
        coverage=queries.coverage(process.id), deadline=queries.deadline(process.id), narrowed=filters.said != ContributionFilters() or filters.mine,
        nav_here="desk",
    )  # fmt: skip


def channel_names() -> dict[Channel, str]:
    return {
        Channel.WORKSHOP: gettext("Taller"), Channel.WEB: gettext("Internet"), Channel.PAPER: gettext("Papel"), Channel.PHONE: gettext("Teléfono"),
        Channel.EMAIL: gettext("Correo"), Channel.WINDOW: gettext("Ventanilla"),
    }  # fmt: skip


def pile_entries(rows: Any, process_id: int, now: datetime, arguments: dict[str, str], here: str = "") -> list[dict[str, Any]]:
    """What components/pile.html draws."""
    deadline, channels, today = queries.deadline(process_id), channel_names(), lima_day(now)
    entries = []
    for row in rows:
        days = max(0, days_between(lima_day(row.received_at), today))
        standing = str(STATES[row.standing]) if row.standing else ""
        if row.standing is DecisionState.DRAFT and row.return_note:
            standing = gettext("Devuelta")
        if not standing:
            standing = gettext("respondido") if row.answered_at else ngettext("espera %(num)s día", "espera %(num)s días", days)
        if row.channel not in (Channel.WEB, Channel.WORKSHOP):
            standing += f" · {channels[row.channel].lower()}"
        if row.visibility is not Visibility.PUBLIC:
            standing += " · " + (gettext("oculto") if row.visibility is Visibility.HIDDEN else gettext("sin moderar"))
        entries.append({
            "reference": row.code, "title": row.title, "href": link(url_for("feedback.workbench", code=row.code), arguments),
            "standing": standing, "is_late": row.answered_at is None and is_late(deadline, now), "here": row.code == here,
        })  # fmt: skip
    return entries


@bp.get("/mesa/aportes/<code>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=contribution_for_staff)
def workbench(contribution: Contribution) -> Response:
    standing = queries.open_decision(contribution.id)
    form = DecisionForm.of(queries.draft_of(standing) if standing else _first_draft(contribution), standing.revision if standing else 0)
    return _page(contribution, form)


def _first_draft(contribution: Contribution) -> DecisionDraft:
    """What an answer starts from: the text that stands when it is corrected, the writer's own entity otherwise."""
    current = queries.current_decision(contribution.id)
    if current:
        return DecisionDraft(**{**queries.draft_of(current).__dict__, "correction_reason": ""})
    own: Organisation | None = queries.organisation_by_id(organisation_of(current_actor(), contribution))
    return DecisionDraft(organisation=own.slug if own else "")


@bp.post("/mesa/aportes/<code>/responder")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=contribution_for_staff)
def write(contribution: Contribution) -> Response:
    form, code = DecisionForm(), contribution.code
    if not form.validate():
        return _page(contribution, form, status=422)
    try:
        written = services.write(
            contribution, form.draft(), and_submit=request.form.get("do") == "submit", revision=form.revision.data or 0,
            person_id=_person_id(), now=clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        form.show(broken)
        return _page(contribution, form, status=422)
    except SomebodyWasFirst as first:
        db.session.rollback()
        return _conflict(code, form, first)
    if written.problems:
        db.session.commit()
        form.show(RuleBroken(written.problems))
        form.revision.data = written.decision.revision
        return _page(queries.contribution_for_staff(code) or contribution, form, status=422, saved=True)
    following = queries.neighbours(contribution, PileFilters.parse(request.args), _person_id()).next if written.is_submitted else None
    db.session.commit()
    flash(gettext("%(code)s está en revisión de los dos sectores.", code=code) if written.is_submitted else gettext("Guardado. Aún no es público."),
          "good")  # fmt: skip
    return redirect(link(url_for("feedback.workbench", code=following or code), request.args.to_dict()), 303)  # type: ignore[return-value]


def _conflict(code: str, form: DecisionForm, first: SomebodyWasFirst) -> Response:
    """Somebody saved first: their text and one's own side by side, one's own still in the form (R10)."""
    contribution = queries.contribution_for_staff(code)
    assert contribution is not None  # noqa: S101 - it was loaded at the start of this request, and codes are never deleted
    standing = queries.open_decision(contribution.id)
    theirs = standing or queries.current_decision(contribution.id)
    rows: list[dict[str, str]] = []
    if theirs:
        (before,) = queries.versions_of([theirs])
        rows = _against(before, form.draft())
    form.revision.data = standing.revision if standing else 0
    return _page(contribution, form, status=409, conflict={
        "rows": rows, "who": queries.person_name(theirs.drafted_by_id) if theirs else "", "at": theirs.saved_at if theirs else None,
        "state": str(STATES[theirs.state]) if theirs else "",
    })  # fmt: skip


def _against(theirs: Version, mine: DecisionDraft) -> list[dict[str, str]]:
    """Their text on the left, one's own on the right."""
    from app.feedback.views.answers import parts, shown

    left, names = shown(theirs), parts()
    right = {name: str(value) for name, value in mine.__dict__.items() if value not in (None, "")}
    right |= {"outcome": str(OUTCOMES[mine.outcome]) if mine.outcome else ""}
    for name in ("commitment", "milestone", "organisation", "reason_code", "fallback", "referred_on", "clarify_by"):
        if getattr(theirs.draft, name) == getattr(mine, name):
            right[name] = left.get(name, "")
    return [
        {"label": names[name], "before": left.get(name, ""), "after": right.get(name, "")}
        for name in names
        if left.get(name) or right.get(name)
    ]


@bp.post("/mesa/aportes/<code>/responder/revisar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=contribution_for_staff)
def check(contribution: Contribution) -> str:
    """The checks of what is on the screen, while it is being written; nothing is saved."""
    return render_template("feedback/_checks.html", checks=shown_checks(contribution, services.tidy(DecisionForm().draft())))


@bp.get("/mesa/aportes/<code>/responder/vista-previa")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=contribution_for_staff)
def preview(contribution: Contribution) -> str:
    standing = queries.open_decision(contribution.id)
    versions = queries.history(contribution.id) + (queries.versions_of([standing]) if standing else ())
    context = page_context(queries.AnswerPage(contribution, versions), lima_day(clock.now()))
    return render_template("feedback/preview.html", **{**context, "nav_here": "desk"}, back=link(
        url_for("feedback.workbench", code=contribution.code), request.args.to_dict()
    ))  # fmt: skip


@bp.post("/mesa/aportes/<code>/notas")
@guarded(FeedbackPermission.COMMENT, GRANTS, load=contribution_for_staff)
def note(contribution: Contribution) -> Response:
    form = NoteForm()
    if form.validate():
        services.add_note(contribution, form.note.data or "", person_id=_person_id(), now=clock.now())
        db.session.commit()
    else:
        flash(gettext("La nota está vacía: escríbala y guárdela otra vez."), "warn")
    return redirect(link(url_for("feedback.workbench", code=contribution.code), request.args.to_dict()) + "#notas", 303)  # type: ignore[return-value]


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id


def shown_checks(contribution: Contribution, draft: DecisionDraft) -> list[dict[str, str]]:
    """The checks in words, each leading to the field where it is mended."""
    facts = queries.facts_for(contribution.process, [contribution], {contribution.id: draft}, today=lima_day(clock.now()))
    return [_shown_check(found) for found in checks(draft, facts[contribution.id])]


def _shown_check(found: Check) -> dict[str, str]:
    target = {"outcome": "outcome-0"}.get(found.field or "", found.field or "")
    mends = found.level in (Level.STOP, Level.WARN) and target
    return {
        "level": str(found.level), "text": sentence(CHECKS, _as_problem(found)), "mend_href": f"#{target}" if mends else "",
        "mend_text": gettext("Corregir") if mends else "",
    }  # fmt: skip


def _as_problem(found: Check) -> Any:
    from app.core.errors import Problem

    return Problem(found.code, found.field, found.values)


def _page(
    contribution: Contribution, form: DecisionForm, status: int = 200, conflict: dict[str, Any] | None = None, saved: bool = False
) -> Response:  # fmt: skip
    process, now, person_id = contribution.process, clock.now(), _person_id()
    filters = PileFilters.parse(request.args)
    arguments = filters.arguments()
    around = queries.neighbours(contribution, filters, person_id)
    standing = queries.open_decision(contribution.id)
    history = queries.history(contribution.id)
    plan = plans.plan_of(process.id)
    commitments = plans.commitments(plan.id) if plan else []
    form.offer(
        criteria=[(c.name, c.weight) for c in processes.criteria(process.id)], commitments=[(c.number, c.title) for c in commitments],
        milestones=[(m.number, m.title) for c in commitments for m in c.milestones], organisations=list(plans.organisations()),
    )  # fmt: skip
    may_write = may(FeedbackPermission.DRAFT, GRANTS, contribution)
    response = make_response(render_template(
        "feedback/workbench.html", contribution=contribution, process=process, space=process.space, form=form, note_form=NoteForm(formdata=None),
        may_write=may_write, may_note=may(FeedbackPermission.COMMENT, GRANTS, contribution),
        may_return=may(FeedbackPermission.SEND_BACK, GRANTS, contribution), conflict=conflict, saved=_saved(standing, now, saved),
        entries=pile_entries(around.rows, process.id, now, arguments, contribution.code),
        previous=link(url_for("feedback.workbench", code=around.previous), arguments) if around.previous else "",
        next=link(url_for("feedback.workbench", code=around.next), arguments) if around.next else "", arguments=arguments,
        pile_note=" · ".join([str(PILE_STATES[filters.state]).lower(), *_narrowing(filters)]),
        pile_href=link(url_for("feedback.pile", slug=process.slug), arguments), meta=_meta(contribution), lang=LANGUAGES[contribution.language],
        standing=standing, state=str(STATES[standing.state]) if standing else "", history=history,
        changes=[differences(a, b) for a, b in zip(history, history[1:], strict=False)], notes=queries.notes(contribution.id),
        keys=_keys(standing), checks=shown_checks(contribution, services.tidy(form.draft())), coverage=queries.coverage(process.id),
        deadline=queries.deadline(process.id), outcomes={str(o): str(label) for o, label in OUTCOMES.items()}, plan=plan,
        has_criteria=len(form.criterion.choices) > 1, is_answered=bool(history), return_form=NoteForm(formdata=None, prefix="return"),
        action=link(url_for("feedback.write", code=contribution.code), arguments), states=PileState, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip
    response.vary.add("HX-Request")
    return response


def _narrowing(filters: PileFilters) -> list[str]:
    said = filters.said
    return [str(value) for value in (said.theme, said.channel, f"taller {said.workshop}" if said.workshop else "", said.q) if value]


def _saved(standing: Any, now: datetime, just_now: bool) -> str:
    if standing is None:
        return gettext("Todavía sin guardar.")
    if just_now:
        return gettext("Guardado; falta corregir lo señalado para enviarlo a revisión.")
    seconds = int((now - standing.saved_at).total_seconds())
    if seconds < 60:
        return gettext("Guardado hace unos segundos.")
    if seconds < 3600:
        return ngettext("Guardado hace %(num)s minuto.", "Guardado hace %(num)s minutos.", seconds // 60)
    return gettext("Guardado el %(day)s, %(hour)s.", day=short_date(standing.saved_at), hour=hour(standing.saved_at))


def _meta(contribution: Contribution) -> list[str]:
    """Where, when and who, as they agreed to be named."""
    activity = contribution.activity
    where = gettext("Taller %(number)s: %(title)s", number=activity.number, title=activity.opportunity.title) if activity else ""
    who = contribution.public_name
    if contribution.organisation_name and contribution.organisation_name != who:
        who = f"{who}, {contribution.organisation_name}"
    return [
        part for part in (
            where or channel_names()[contribution.channel], long_date(contribution.received_at), who,
            contribution.territory.full_name if contribution.territory else "", contribution.theme.name if contribution.theme else "",
        ) if part
    ]  # fmt: skip


def _keys(standing: Any) -> dict[Seat, dict[str, Any]]:
    """The two sectors and whether each has signed the text that stands."""
    signed = queries.versions_of([standing])[0].signatures if standing else {}
    return {
        seat: {
            "label": str(SEATS[seat]), "is_signed": seat in signed,
            "text": gettext("Firmó el %(day)s", day=short_date(signed[seat].signed_at)) if seat in signed else gettext("Falta una firma"),
        }
        for seat in Seat
    }  # fmt: skip
