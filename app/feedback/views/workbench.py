"""Answering on one screen: the pile, what was said, the team's notes, the answer being written, its checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.assignments import queries as assignments
from app.contributions.rules.terms import Language
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.guard import current_actor, guarded, may
from app.feedback import queries, services
from app.feedback.forms import DecisionForm, Lists, NoteForm
from app.feedback.messages import OUTCOMES, PILE_STATES
from app.feedback.messages.checks import said
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.checks import Check, Level, checks
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.parts import MOST_PARTS
from app.feedback.rules.pile import PileFilters
from app.feedback.rules.tidying import tidy
from app.feedback.views import bp
from app.feedback.views import standing as standing_words
from app.feedback.views.answers import page_context
from app.feedback.views.cards import LANGUAGES
from app.feedback.views.paging import link
from app.feedback.views.picking import offered
from app.feedback.views.pile import pile_entries
from app.groups import queries as groups
from app.plans import queries as plans
from app.plans.messages import clause_label
from app.processes import queries as processes
from app.spaces.permissions import organisation_of

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.organisations.models import Organisation

MOST_SHOWN = 12


def contribution_for_staff(code: str) -> Contribution | None:
    return queries.contribution_for_staff(code)


@bp.get("/mesa/aportes/<code>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=contribution_for_staff)
def workbench(contribution: Contribution) -> Response:
    here = group_of(contribution)
    if here is not None:
        standing = here.lead or here.open.get(contribution.id) or next((decision for _, decision in here.apart), None)
        revision = here.token
    else:
        standing = queries.open_decision(contribution.id)
        revision = standing.revision if standing else 0
    form = DecisionForm.of(queries.draft_of(standing) if standing else _first_draft(contribution), revision)
    return page(contribution, form, here)


def group_of(contribution: Contribution) -> queries.GroupStanding | None:
    """The group that is answered with this contribution, when it is in one."""
    found = groups.group_of([contribution.id]).get(contribution.id)
    return queries.group_standing_by_id(found.id) if found else None


def _first_draft(contribution: Contribution) -> DecisionDraft:
    """What an answer starts from: the text that stands when it is corrected, the writer's own entity otherwise."""
    current = queries.current_decision(contribution.id)
    if current:
        return replace(queries.draft_of(current), correction_reason="")
    own: Organisation | None = queries.organisation_by_id(organisation_of(current_actor(), contribution))
    return DecisionDraft(organisation=own.slug if own else "")


@bp.post("/mesa/aportes/<code>/responder/revisar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=contribution_for_staff)
def check(contribution: Contribution) -> str:
    """The checks of what is on the screen, while it is being written; nothing is saved."""
    group = groups.group_of([contribution.id]).get(contribution.id)
    draft = DecisionForm().draft(contribution.language)
    return render_template("feedback/_checks.html", checks=shown_checks(contribution, draft, group.codes if group else ()))


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
        services.add_note(contribution, form.note.data or "", person_id=writer_id(), now=clock.now())
        db.session.commit()
    else:
        flash(gettext("La nota está vacía: escríbala y guárdela otra vez."), "warn")
    return redirect(link(url_for("feedback.workbench", code=contribution.code), request.args.to_dict()) + "#notas", 303)  # type: ignore[return-value]


def writer_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id


def shown_checks(contribution: Contribution, draft: DecisionDraft, group: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The checks in words, each leading to the field where it is mended; `group` is who the answer is for, when for several."""
    wanted = replace(tidy(draft), group=group)
    facts = queries.facts_for(contribution.process, [contribution], {contribution.id: wanted}, today=lima_day(clock.now()))
    around = replace(facts[contribution.id], others=queries.other_answers(contribution, wanted.text, group))
    return [_shown_check(found) for found in checks(wanted, around)]


def _shown_check(found: Check) -> dict[str, str]:
    target = f"{found.field}-0" if (found.field or "").endswith("outcome") else found.field or ""
    mends = found.level in (Level.STOP, Level.WARN) and target
    return {
        "level": str(found.level),
        "text": said(found),
        "mend_href": f"#{target}" if mends else "",
        "mend_text": gettext("Corregir") if mends else "",
    }


def page(
    contribution: Contribution, form: DecisionForm, here: queries.GroupStanding | None, status: int = 200,
    conflict: dict[str, Any] | None = None, *, saved: bool = False, is_arranging: bool = False,
) -> Response:  # fmt: skip
    """The workbench with this form in it; `here` is the group the contribution is answered with, `is_arranging` when ideas were
    just added or taken away and nothing was saved."""
    process, now, person_id = contribution.process, clock.now(), writer_id()
    filters = PileFilters.parse(request.args)
    arguments = filters.arguments()
    around = queries.neighbours(contribution, filters, person_id)
    standing = (here.lead or here.open.get(contribution.id)) if here else queries.open_decision(contribution.id)
    history = queries.history(contribution.id)
    plan = offer_lists(form, process.id)
    assigned = assignments.current([contribution.id])
    elsewhere = assignments.held_elsewhere(process.id, list(assigned), person_id, lima_day(now)).get(contribution.id)
    response = make_response(
        render_template(
            "feedback/workbench.html",
            contribution=contribution,
            process=process,
            space=process.space,
            form=form,
            may_write=may(FeedbackPermission.DRAFT, GRANTS, contribution) and (not elsewhere or bool(form.errors)),
            elsewhere=elsewhere,
            assigned=assigned.get(contribution.id),
            templates=offered(contribution, form.draft().outcome, form.draft().reason_code),
            may_note=may(FeedbackPermission.COMMENT, GRANTS, contribution),
            may_return=may(FeedbackPermission.SEND_BACK, GRANTS, contribution),
            conflict=conflict,
            saved=gettext("Sin guardar todavía.") if is_arranging else standing_words.saved(standing, now, saved),
            entries=pile_entries(around.rows, process.id, now, arguments, contribution.code),
            previous=link(url_for("feedback.workbench", code=around.previous), arguments) if around.previous else "",
            next=link(url_for("feedback.workbench", code=around.next), arguments) if around.next else "",
            arguments=arguments,
            pile_note=" · ".join([str(PILE_STATES[filters.state]).lower(), *standing_words.narrowing(filters)]),
            pile_href=link(url_for("feedback.pile", slug=process.slug), arguments),
            meta=standing_words.meta(contribution),
            lang=LANGUAGES[contribution.language],
            standing=standing,
            history=history,
            notes=queries.notes(contribution.id),
            keys=standing_words.keys(standing),
            checks=shown_checks(contribution, form.draft(contribution.language), here.codes if here else ()),
            coverage=queries.coverage(process.id),
            deadline=queries.deadline(process.id),
            outcomes={str(o): str(label) for o, label in OUTCOMES.items()},
            plan=plan,
            is_answered=bool(history),
            action=link(url_for("feedback.write", code=contribution.code), arguments),
            group=_shown_group(here, contribution) if here else None,
            needs_summary=contribution.language is not Language.SPANISH,
            most_parts=MOST_PARTS,
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )
    response.vary.add("HX-Request")
    return response


def _shown_group(here: queries.GroupStanding, contribution: Contribution) -> dict[str, Any]:
    """Who else this answer is for."""
    others = [member for member in here.members if member.contribution_id != contribution.id]
    return {
        "number": here.number,
        "reference": here.reference,
        "title": here.title,
        "count": len(here.members),
        "is_reviewed": here.is_reviewed,
        "shown": others[:MOST_SHOWN],
        "more": len(others) - MOST_SHOWN,
        "apart": [code for code, decision in here.apart if not queries.draft_of(decision).is_blank],
    }


def offer_lists(form: DecisionForm, process_id: int) -> Any:
    """Fill the form's lists with what the process has; its plan comes back, None when there is none."""
    plan = plans.plan_of(process_id)
    commitments = plans.commitments(plan.id) if plan else []
    form.offer(
        Lists(
            criteria=[(c.name, c.weight) for c in processes.criteria(process_id)],
            commitments=[(c.number, c.title) for c in commitments],
            milestones=[(m.number, m.title) for c in commitments for m in c.milestones],
            organisations=list(plans.organisations()),
            clauses=[(c.key, f"{c.commitment}. {clause_label(c)}") for c in plans.clauses(process_id) if "/" in c.key] if plan else [],
        )
    )
    return plan
