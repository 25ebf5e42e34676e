"""The public consultation of a draft plan: every clause with its anchor and its comments' count, and the form to comment on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.views.present import account_id, is_minor
from app.contributions import queries as contributions
from app.contributions import services as contribution_services
from app.contributions.views import online
from app.core import arrival, clock, dates
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.plans import messages, queries, services
from app.plans.forms import CommentForm
from app.plans.rules.clauses import is_key, problems_with_comment
from app.plans.views import bp
from app.plans.views.loading import see
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind

if TYPE_CHECKING:
    from app.plans.models import ActionPlan


def public_plan(slug: str) -> ActionPlan | None:
    process = processes.public_process_by_slug(slug)
    return queries.plan_of(process.id) if process else None


@bp.get("/procesos/<slug>/plan/consulta")
@public(load=public_plan)
def consultation(plan: ActionPlan) -> Response:
    """The draft as it was published, part by part; the page says whether it takes comments today."""
    process, now = plan.process, clock.now()
    same = not_modified("consultation", process.id, process.public_revision, lima_day(now))
    if same:
        return same
    found = queries.consultation(plan, now)
    parts: dict[int, list[Any]] = {}
    for clause in found.clauses:
        parts.setdefault(clause.commitment, []).append(clause)
    counts = queries.comment_counts(plan.id)
    return tagged(
        make_response(
            render_template(
                "plans/consultation.html", process=process, space=process.space, plan=plan, found=found, parts=parts, counts=counts,
                total=sum(counts.values()), label=messages.clause_label, shown=messages.shown, rich=messages.rich, nav_here="processes",
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/plan/consulta/comentar")
@public(load=public_plan)
def new_comment(plan: ActionPlan) -> AnyResponse:
    found = queries.consultation(plan, clock.now())
    if not found.is_open:
        return see("plans.consultation", slug=plan.process.slug)
    form = CommentForm(None)
    asked = request.args.get("clausula", "")[:80]
    form.clause.data = asked if is_key(asked) and found.clause(asked) else ""
    online.greet(form)
    return _page(plan, found, form)


@bp.post("/procesos/<slug>/plan/consulta/comentar")
@public(load=public_plan)
def create_comment(plan: ActionPlan) -> AnyResponse:
    now = clock.now()
    found, form = queries.consultation(plan, now), CommentForm(request.form)
    online.protect(form)
    draft, clause = form.draft(form.ubigeo.data or ""), form.clause.data or ""
    if form.validate():
        try:
            receipt = services.comment(
                draft, plan, found, clause, submission_key=form.submission_key.data, letter=letter_of(plan.process), now=now,
                came=arrival.arrival(now), person_id=account_id(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see("contributions.receipt", token=receipt.token)
    else:  # everything there is to mend is said at once
        known = {part.key for part in found.clauses}
        problems = [
            *problems_with_comment(clause, known, is_open=found.is_open),
            *contribution_services.problems_of(draft, plan.process, now, is_open=True, person_id=account_id()),
        ]
        form.show(RuleBroken(form.unsaid(problems)))
    plan = public_plan(plan.process.slug) or plan
    return _page(plan, found, form, 422)


def _page(plan: ActionPlan, found: queries.Consultation, form: CommentForm, status: int = 200) -> Response:
    process = plan.process
    online.offer_organisations(form)
    form.prepare(processes.themes(process.id), contributions.places_of_space(process.space), _("Sin tema"), _("Sin indicar"))
    form.offer_clauses((part.key, f"{part.sign}. {messages.clause_label(part)}: {part.title}") for part in found.clauses)
    return make_response(
        render_template(
            "plans/comment.html", process=process, space=process.space, plan=plan, found=found, form=form,
            clause=found.clause(form.clause.data or ""), label=messages.clause_label, shown=messages.shown, nav_here="processes",
            is_minor=is_minor(), is_signed_in=account_id() is not None,
        ),
        status,
    )  # fmt: skip


def letter_of(process: Any) -> Any:
    feedback = next((phase for phase in processes.phases(process.id) if phase.kind is PhaseKind.VALIDATION), None)

    def letter(code: str, token: str) -> dict[str, str]:
        site = current_app.config["SITE_URL"]
        return {
            "code": code,
            "process": process.title,
            "link": site + url_for("contributions.receipt", token=token),
            "answers": site + url_for("feedback.comments", slug=process.slug),
            "first_day": dates.long_date(feedback.opens_at) if feedback else "",
            "last_day": dates.long_date(feedback.closes_at) if feedback else "",
        }

    return letter
