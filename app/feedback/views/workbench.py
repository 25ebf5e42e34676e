"""Answering on one screen: the pile, what was said, the team's notes, the answer being written, its checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.feedback import queries, services
from app.feedback.forms import DecisionForm, NoteForm
from app.feedback.messages import CHECKS, OUTCOMES, PILE_STATES, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.queries import Version
from app.feedback.rules.checks import Check, Level, checks
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.pile import PileFilters, PileState
from app.feedback.rules.tidying import tidy
from app.feedback.views import bp
from app.feedback.views import standing as standing_words
from app.feedback.views.answers import differences, page_context
from app.feedback.views.cards import LANGUAGES
from app.feedback.views.paging import link
from app.feedback.views.pile import pile_entries
from app.plans import queries as plans
from app.processes import queries as processes
from app.spaces.permissions import organisation_of

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.organisations.models import Organisation


def contribution_for_staff(code: str) -> Contribution | None:
    return queries.contribution_for_staff(code)


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
            contribution,
            form.draft(),
            and_submit=request.form.get("do") == "submit",
            revision=form.revision.data or 0,
            person_id=_person_id(),
            now=clock.now(),
        )
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
    flash(
        gettext("%(code)s está en revisión de los dos sectores.", code=code)
        if written.is_submitted
        else gettext("Guardado. Aún no es público."),
        "good",
    )
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
    return _page(
        contribution,
        form,
        status=409,
        conflict={
            "rows": rows,
            "who": queries.person_name(theirs.drafted_by_id) if theirs else "",
            "at": theirs.saved_at if theirs else None,
            "state": str(STATES[theirs.state]) if theirs else "",
        },
    )


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
    return render_template("feedback/_checks.html", checks=shown_checks(contribution, tidy(DecisionForm().draft())))


@bp.get("/mesa/aportes/<code>/responder/vista-previa")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=contribution_for_staff)
def preview(contribution: Contribution) -> str:
    standing = queries.open_decision(contribution.id)
    versions = queries.history(contribution.id) + (queries.versions_of([standing]) if standing else ())
    context = page_context(queries.AnswerPage(contribution, versions), lima_day(clock.now()))
    return render_template(
        "feedback/preview.html",
        **{**context, "nav_here": "desk"},
        back=link(url_for("feedback.workbench", code=contribution.code), request.args.to_dict()),
    )


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
    around = replace(facts[contribution.id], others=queries.other_answers(contribution))
    return [_shown_check(found) for found in checks(draft, around)]


def _shown_check(found: Check) -> dict[str, str]:
    target = {"outcome": "outcome-0"}.get(found.field or "", found.field or "")
    mends = found.level in (Level.STOP, Level.WARN) and target
    return {
        "level": str(found.level),
        "text": sentence(CHECKS, _as_problem(found)),
        "mend_href": f"#{target}" if mends else "",
        "mend_text": gettext("Corregir") if mends else "",
    }


def _as_problem(found: Check) -> Any:
    from app.core.errors import Problem

    return Problem(found.code, found.field, found.values)


def _page(
    contribution: Contribution, form: DecisionForm, status: int = 200, conflict: dict[str, Any] | None = None, saved: bool = False
) -> Response:
    process, now, person_id = contribution.process, clock.now(), _person_id()
    filters = PileFilters.parse(request.args)
    arguments = filters.arguments()
    around = queries.neighbours(contribution, filters, person_id)
    standing = queries.open_decision(contribution.id)
    history = queries.history(contribution.id)
    plan = _offer(form, process.id)
    may_write = may(FeedbackPermission.DRAFT, GRANTS, contribution)
    response = make_response(
        render_template(
            "feedback/workbench.html",
            contribution=contribution,
            process=process,
            space=process.space,
            form=form,
            note_form=NoteForm(formdata=None),
            may_write=may_write,
            may_note=may(FeedbackPermission.COMMENT, GRANTS, contribution),
            may_return=may(FeedbackPermission.SEND_BACK, GRANTS, contribution),
            conflict=conflict,
            saved=standing_words.saved(standing, now, saved),
            entries=pile_entries(around.rows, process.id, now, arguments, contribution.code),
            previous=link(url_for("feedback.workbench", code=around.previous), arguments) if around.previous else "",
            next=link(url_for("feedback.workbench", code=around.next), arguments) if around.next else "",
            arguments=arguments,
            pile_note=" · ".join([str(PILE_STATES[filters.state]).lower(), *standing_words.narrowing(filters)]),
            pile_href=link(url_for("feedback.pile", slug=process.slug), arguments),
            meta=standing_words.meta(contribution),
            lang=LANGUAGES[contribution.language],
            standing=standing,
            state=str(STATES[standing.state]) if standing else "",
            history=history,
            changes=[differences(a, b) for a, b in zip(history, history[1:], strict=False)],
            notes=queries.notes(contribution.id),
            keys=standing_words.keys(standing),
            checks=shown_checks(contribution, tidy(form.draft())),
            coverage=queries.coverage(process.id),
            deadline=queries.deadline(process.id),
            outcomes={str(o): str(label) for o, label in OUTCOMES.items()},
            plan=plan,
            has_criteria=len(form.criterion.choices) > 1,
            is_answered=bool(history),
            return_form=NoteForm(formdata=None, prefix="return"),
            action=link(url_for("feedback.write", code=contribution.code), arguments),
            states=PileState,
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )
    response.vary.add("HX-Request")
    return response


def _offer(form: DecisionForm, process_id: int) -> Any:
    """Fill the form's lists with what the process has; its plan comes back, None when there is none."""
    plan = plans.plan_of(process_id)
    commitments = plans.commitments(plan.id) if plan else []
    form.offer(
        criteria=[(c.name, c.weight) for c in processes.criteria(process_id)],
        commitments=[(c.number, c.title) for c in commitments],
        milestones=[(m.number, m.title) for c in commitments for m in c.milestones],
        organisations=list(plans.organisations()),
    )
    return plan
