"""Other wordings of the draft: what people propose, side by side with the draft; deciding them; making a proposal of a rejected one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.views.present import account_id, is_minor
from app.contributions import queries as contributions
from app.contributions import services as contribution_services
from app.contributions.rules.terms import Visibility
from app.contributions.views import online
from app.core import arrival, clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded, public
from app.core.web import not_modified, page_number, pager, tagged
from app.deliberation import messages as words
from app.deliberation import queries as deliberation
from app.deliberation.rules.amendments import AmendmentState
from app.plans import messages, queries, services
from app.plans.forms import NothingForm, WordingDecisionForm, WordingForm
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.clauses import amendable, commitment_of, sign
from app.plans.views import bp
from app.plans.views.consultation import letter_of, public_plan
from app.plans.views.loading import see

if TYPE_CHECKING:
    from app.plans.models import ActionPlan

STATES = {"esperan": AmendmentState.OPEN, "aceptadas": AmendmentState.ACCEPTED, "no-aceptadas": AmendmentState.REJECTED}
LONGEST_TOKEN = 100


@bp.get("/procesos/<slug>/plan/consulta/enmiendas")
@public(load=public_plan)
def wordings(plan: ActionPlan) -> Response:
    process, now, asked, number = plan.process, clock.now(), request.args.get("estado", ""), page_number()
    same = not_modified("wordings", process.id, process.public_revision, clock.lima_day(now), asked[:20], number)
    if same:
        return same
    page = deliberation.amendments_page(process.id, STATES.get(asked), number)
    here = asked if asked in STATES else None
    return tagged(
        make_response(
            render_template(
                "plans/wordings.html", process=process, space=process.space, plan=plan, found=queries.consultation(plan, now),
                rows=[drawn(row) for row in page.rows], page=page, nav_here="processes",
                chips=_chips(process.slug, deliberation.amendment_counts(process.id), here),
                pager_links=pager(page, lambda n: url_for("plans.wordings", slug=process.slug, estado=here, pagina=n if n > 1 else None)),
            )
        )
    )  # fmt: skip


def _chips(slug: str, counts: dict[AmendmentState, int], here: str | None) -> list[dict[str, Any]]:
    everything = {
        "text": words.EVERYTHING, "count": sum(counts.values()), "href": url_for("plans.wordings", slug=slug), "here": here is None,
    }  # fmt: skip
    return [everything] + [
        {
            "text": words.STATES[state],
            "count": counts[state],
            "href": url_for("plans.wordings", slug=slug, estado=name),
            "here": name == here,
        }
        for name, state in STATES.items()
    ]


def drawn(row: Any) -> dict[str, Any]:
    """An amendment as pages show it: which part, what it says and would say, why, and what was decided."""
    amendment = row.amendment
    return {
        "row": row, "code": row.contribution.code, "sign": sign(amendment.clause), "commitment": commitment_of(amendment.clause),
        "texts": [{"label": sign(amendment.clause), "before": amendment.base, "after": amendment.proposed}],
        "state": words.STATES[amendment.state], "badge": words.BADGES[amendment.state],
        "before": _("Borrador, versión %(n)s", n=amendment.version_n), "after": _("Como se propone"),
    }  # fmt: skip


@bp.get("/procesos/<slug>/plan/consulta/enmendar")
@public(load=public_plan)
def new_wording(plan: ActionPlan) -> Any:
    found, asked = queries.consultation(plan, clock.now()), request.args.get("clausula", "")[:80]
    part = found.clause(asked) if amendable(asked) else None
    if not found.is_open or part is None:
        return see("plans.consultation", slug=plan.process.slug)
    form = WordingForm(None)
    form.clause.data, form.proposed.data = asked, part.text
    online.greet(form)
    return _page(plan, found, form)


@bp.post("/procesos/<slug>/plan/consulta/enmendar")
@public(load=public_plan)
def create_wording(plan: ActionPlan) -> Any:
    now = clock.now()
    found, form = queries.consultation(plan, now), WordingForm(request.form)
    online.protect(form)
    draft, clause, proposed = form.draft(form.ubigeo.data or ""), form.clause.data or "", form.proposed.data or ""
    if form.validate():
        try:
            receipt = services.propose_wording(
                draft, plan, found, clause, proposed, submission_key=form.submission_key.data, letter=letter_of(plan.process), now=now,
                came=arrival.arrival(now), person_id=account_id(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return see("contributions.receipt", token=receipt.token)
    else:  # everything there is to mend is said at once
        problems = [
            *services.problems_with_proposal(found, clause, proposed),
            *contribution_services.problems_of(draft, plan.process, now, is_open=True, person_id=account_id()),
        ]
        form.show(RuleBroken(form.unsaid(problems)))
    return _page(public_plan(plan.process.slug) or plan, found, form, 422)


def _page(plan: ActionPlan, found: Any, form: WordingForm, status: int = 200) -> Response:
    process = plan.process
    online.offer_organisations(form)
    form.prepare((), contributions.places_of_space(process.space), _("Sin tema"), _("Sin indicar"))
    form.offer_clauses(
        (part.key, f"{part.sign}. {messages.clause_label(part)}: {part.title}") for part in found.clauses if amendable(part.key)
    )
    return make_response(
        render_template(
            "plans/wording.html", process=process, space=process.space, plan=plan, found=found, form=form,
            clause=found.clause(form.clause.data or ""), label=messages.clause_label, shown=messages.shown, nav_here="processes",
            is_minor=is_minor(), is_signed_in=account_id() is not None,
        ),
        status,
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/plan/enmiendas")
@guarded(PlanPermission.DECIDE_WORDINGS, GRANTS, load=queries.plan_by_slug)
def desk_wordings(plan: ActionPlan) -> str:
    page = deliberation.amendments_page(plan.process_id, None, page_number())
    return render_template(
        "plans/desk_wordings.html", process=plan.process, space=plan.process.space, plan=plan, rows=[drawn(row) for row in page.rows],
        page=page, flashes=get_flashed_messages(with_categories=True),
        pager_links=pager(page, lambda n: url_for("plans.desk_wordings", slug=plan.process.slug, pagina=n)),
    )  # fmt: skip


def wording_of(slug: str, code: str) -> Any:
    """(plan, amendment): the plan carries the scope."""
    plan = queries.plan_by_slug(slug)
    row = deliberation.amendment_of_code(plan.process_id, code) if plan else None
    return None if plan is None or row is None else WordingOf(plan, row)


class WordingOf:
    """An amendment with its plan, where it lives."""

    def __init__(self, plan: Any, row: Any) -> None:
        self.plan, self.row, self.scope = plan, row, plan.scope


@bp.get("/mesa/procesos/<slug>/plan/enmiendas/<code>")
@guarded(PlanPermission.DECIDE_WORDINGS, GRANTS, load=wording_of)
def decide_wording_form(found: WordingOf) -> Response:
    return _desk_page(found, WordingDecisionForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/plan/enmiendas/<code>")
@guarded(PlanPermission.DECIDE_WORDINGS, GRANTS, load=wording_of)
def decide_wording(found: WordingOf) -> Any:
    form, slug, code = WordingDecisionForm(), found.plan.process.slug, found.row.contribution.code
    if form.validate():
        try:
            services.decide_wording(
                found.row, found.plan, form.to.data, form.answer.data, applies=bool(form.applies.data),
                person_id=current_actor().person_id or 0, role="foro y secretaría", now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            form.form_errors.append(_("Otra persona guardó el compromiso en este momento. Lea cómo quedó y decida otra vez."))
        else:
            db.session.commit()
            flash(_("Decisión publicada sobre %(code)s.", code=code), "good")
            return see("plans.desk_wordings", slug=slug)
    return _desk_page(wording_of(slug, code) or found, form, 422)


def _desk_page(found: WordingOf, form: WordingDecisionForm, status: int = 200) -> Response:
    return make_response(
        render_template(
            "plans/desk_wording.html", process=found.plan.process, space=found.plan.process.space, plan=found.plan, form=form,
            shown=drawn(found.row), contribution=found.row.contribution, amendment=found.row.amendment,
            is_public=found.row.contribution.visibility is Visibility.PUBLIC,
        ),
        status,
    )  # fmt: skip


def own_wording(token: str) -> Any:
    """(authorship, amendment, token) behind a private link; None when it carries no amendment."""
    author = contributions.receipt_by_hash(contribution_services.receipt_hash(token)) if len(token) <= LONGEST_TOKEN else None
    row = deliberation.amendment_of(author.contribution_id) if author else None
    return None if row is None else (author, row, token)


@bp.get("/enmiendas/<token>")
@public(load=own_wording)
def own(found: Any) -> Response:
    return _own_page(found, NothingForm(formdata=None))


@bp.post("/enmiendas/<token>")
@public(load=own_wording)
def promote(found: Any) -> Any:
    form, (author, row, token) = NothingForm(), found
    process = author.contribution.process
    if form.validate():
        try:
            made = services.promote_wording(row, author, process, now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.messages = words.PROBLEMS
            form.show(broken)
        else:
            key = made.submission_key
            db.session.commit()
            return see("contributions.receipt", token=contribution_services.receipt_token(key))
    return _own_page(own_wording(token), form, 422)


def _own_page(found: Any, form: NothingForm, status: int = 200) -> Response:
    author, row, token = found
    process = author.contribution.process
    response = make_response(
        render_template(
            "plans/own_wording.html", process=process, space=process.space, token=token, shown=drawn(row), form=form,
            amendment=row.amendment, contribution=row.contribution, promoted=row.promoted,
        ),
        status,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
