"""One answer for many: what was marked in the pile, what is decided, every resulting text, and only then the drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.assignments import messages as assignment_messages
from app.assignments import queries as assignments
from app.assignments import services as assignments_services
from app.assignments.rules import MOST_AT_ONCE
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import PER_PAGE, Page, page_number
from app.feedback import queries, services
from app.feedback.forms import BulkForm
from app.feedback.messages import ALL, OUTCOMES, REASONS
from app.feedback.messages.bulk import why_left
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.bulk import BulkProblem, Composed
from app.feedback.rules.pile import PileFilters
from app.feedback.rules.templates import FIELDS, problems_with_draft
from app.feedback.views import bp
from app.feedback.views.checking import checked
from app.feedback.views.paging import link, pager
from app.feedback.views.pile import channel_names, pile_page, process_for_staff
from app.feedback.views.scores import scores_of
from app.feedback.views.workbench import offer_lists
from app.spaces.permissions import organisation_of

if TYPE_CHECKING:
    from app.assignments.models import Selection
    from app.contributions.models import Contribution
    from app.processes.models import Process

URL = "/mesa/procesos/<slug>/responder/en-bloque/<key>"


@dataclass(frozen=True)
class Batch:
    """What a selection amounts to now: its contributions in order, and the text each would get."""

    contributions: Sequence[Contribution]
    composed: dict[int, Composed]

    @property
    def writing(self) -> list[Composed]:
        return [item for item in self.composed.values() if item.draft is not None]

    @property
    def left(self) -> list[Composed]:
        return [item for item in self.composed.values() if item.draft is None]


def selection_of(slug: str, key: str) -> Any:
    """What this person marked in this process."""
    return assignments.selection_by_key(slug, key, current_actor().person_id)


@bp.post("/mesa/procesos/<slug>/responder/elegir")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=process_for_staff)
def choose(process: Process) -> Response:
    """Keep what was marked (or the whole filtered pile) and go on to what will be done with it."""
    filters, person_id, slug = PileFilters.parse(request.args), _person_id(), process.slug
    marked = [int(text) for text in request.form.getlist("chosen") if text.isascii() and text.isdigit() and len(text) < 12]
    only = None if request.form.get("all") == "si" else marked
    ids = queries.pile_ids(process.id, filters, person_id, MOST_AT_ONCE + 1, only)
    try:
        selection = assignments_services.mark(process, ids, filters.arguments(), person_id=person_id, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return pile_page(process_for_staff(slug) or process, trouble=assignment_messages.said(broken.problems[0]), status=422)
    key = selection.key
    db.session.commit()
    endpoint = "assignments.assign" if request.form.get("do") == "assign" else "feedback.bulk"
    return redirect(url_for(endpoint, slug=slug, key=key), 303)  # type: ignore[return-value]


@bp.get(URL)
@guarded(FeedbackPermission.DRAFT, GRANTS, load=selection_of)
def bulk(selection: Selection) -> Response:
    return _form_page(selection, _kept_form(selection))


@bp.post(URL)
@guarded(FeedbackPermission.DRAFT, GRANTS, load=selection_of)
def compose(selection: Selection) -> Response:
    """Put a template in the form, or keep what was chosen and show every text."""
    form, slug, key = BulkForm(), selection.process.slug, selection.key
    if request.form.get("do") == "template":
        template = queries.template_by_slug(selection.process, form.template.data or "")
        if template is not None:
            form.text.data, form.outcome.data = template.text, str(template.outcome)
            form.reason_code.data = str(template.reason_code or form.reason_code.data or "")
        return _form_page(selection, form)
    is_sound = form.validate()
    if problems := problems_with_draft(form.draft()):
        form.show(RuleBroken(problems))
    if not is_sound or problems:
        return _form_page(selection, form, status=422)
    kept = {name: value for name, value in request.form.items() if name not in ("csrf_token", "do")}
    assignments_services.choose(selection, {"form": kept})
    db.session.commit()
    return redirect(url_for("feedback.bulk_texts", slug=slug, key=key), 303)  # type: ignore[return-value]


def _kept_form(selection: Selection) -> BulkForm:
    kept = selection.content.get("form")
    if kept:
        return BulkForm(formdata=MultiDict(kept))
    own = queries.organisation_by_id(organisation_of(current_actor(), selection))
    return BulkForm(formdata=None, data={"organisation": own.slug if own else ""})


def _form_page(selection: Selection, form: BulkForm, status: int = 200) -> Response:
    process = selection.process
    plan = offer_lists(form, process.id)
    form.with_templates([(t.slug, f"{OUTCOMES[t.outcome]}: {t.name}") for t in queries.templates_of(process)])
    return make_response(render_template(
        "feedback/bulk.html", process=process, space=process.space, selection=selection, form=form, fields=FIELDS, plan=plan,
        back=_back(selection), nav_here="desk", flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.get(f"{URL}/textos")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=selection_of)
def bulk_texts(selection: Selection) -> Response:
    if "form" not in selection.content:
        return redirect(url_for("feedback.bulk", slug=selection.process.slug, key=selection.key), 303)  # type: ignore[return-value]
    return _texts_page(selection)


@bp.post(f"{URL}/textos")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=selection_of)
def draft_many(selection: Selection) -> Response:
    """Save the texts that were on the screen, and send to review those that nothing stops when that was asked."""
    slug, key, now, person_id = selection.process.slug, selection.key, clock.now(), _person_id()
    batch = _batch(selection)
    if request.form.get("seen") != services.digest(batch.composed.values()):
        return _texts_page(selection, trouble=str(ALL[BulkProblem.CHANGED]), status=409)
    try:
        made = services.draft_many(selection.process, list(batch.composed.values()), person_id=person_id, now=now)
        sent = None
        if request.form.get("do") == "submit":
            sent = services.submit_many(selection.process, made, person_id=person_id, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return _texts_page(selection_of(slug, key), trouble=sentence(ALL, broken.problems[0]), status=422)
    except SomebodyWasFirst:
        db.session.rollback()
        return _texts_page(selection_of(slug, key), trouble=str(ALL[BulkProblem.CHANGED]), status=409)
    arguments, going = dict(selection.arguments), len(sent.codes) if sent else 0
    assignments_services.discard(selection)
    db.session.commit()
    _tell(len(made), going, len(batch.left), is_sent=sent is not None)
    arguments |= {"estado": "revision" if going == len(made) else "borrador", "mias": "si"}
    return redirect(link(url_for("feedback.pile", slug=slug), arguments), 303)  # type: ignore[return-value]


def _tell(made: int, going: int, left: int, *, is_sent: bool) -> None:
    flash(ngettext("%(num)s respuesta quedó en borrador.", "%(num)s respuestas quedaron en borrador.", made), "good")
    if going:
        flash(ngettext("%(num)s está en revisión.", "%(num)s están en revisión.", going), "good")
    if is_sent and going < made:
        flash(
            ngettext("%(num)s tiene algo que corregir y sigue en borrador.", "%(num)s tienen algo que corregir y siguen en borrador.",
                     made - going), "warn",
        )  # fmt: skip
    if left:
        flash(ngettext("%(num)s aporte se dejó como estaba.", "%(num)s aportes se dejaron como estaban.", left), "info")


@bp.post(f"{URL}/quitar")
@guarded(FeedbackPermission.DRAFT, GRANTS, load=selection_of)
def take_out(selection: Selection) -> Response:
    """One of them will be answered apart; what was chosen for the others stays."""
    slug, key, text = selection.process.slug, selection.key, request.form.get("id", "")
    if text.isascii() and text.isdigit() and len(text) < 12:
        assignments_services.take_out(selection, int(text))
    is_empty = not selection.ids
    db.session.commit()
    if is_empty:
        return redirect(url_for("feedback.pile", slug=slug), 303)  # type: ignore[return-value]
    return redirect(link(url_for("feedback.bulk_texts", slug=slug, key=key), {"pagina": request.args.get("pagina", "")}), 303)  # type: ignore[return-value]


def _batch(selection: Selection) -> Batch:
    draft = _kept_form(selection).draft()
    contributions = queries.marked(selection.process_id, selection.ids)
    return Batch(contributions, queries.composed(
        selection.process, contributions, draft, person_id=_person_id(), today=lima_day(clock.now()),
        reason=str(REASONS[draft.reason_code]) if draft.reason_code else "", channels=channel_names(), scores=scores_of(selection.ids),
    ))  # fmt: skip


def _texts_page(selection: Selection, *, trouble: str = "", status: int = 200) -> Response:
    process, number, batch = selection.process, page_number(), _batch(selection)
    findings = checked(process, batch.contributions, {i: c.draft for i, c in batch.composed.items() if c.draft is not None})
    here = batch.writing[(number - 1) * PER_PAGE : number * PER_PAGE]
    page = Page(here, number, len(batch.writing))
    said = findings.shown([item.contribution_id for item in here])
    address = url_for("feedback.bulk_texts", slug=process.slug, key=selection.key)
    titles = {c.id: c.title for c in batch.contributions}
    return make_response(render_template(
        "feedback/bulk_texts.html", process=process, space=process.space, selection=selection,
        seen=services.digest(batch.composed.values()),
        texts=[
            {"id": item.contribution_id, "code": item.code, "title": titles[item.contribution_id], "draft": item.draft,
             "checks": said[item.contribution_id]}
            for item in here
        ],
        writing=len(batch.writing), stopped=findings.stopped, page_number=number, pager_links=pager(page, address, {}),
        left=[{"code": item.code, "why": why_left(item.left_out, item.about)} for item in batch.left if item.left_out],
        outcome=_outcome(batch),
        edit=url_for("feedback.bulk", slug=process.slug, key=selection.key), back=_back(selection), trouble=trouble, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _outcome(batch: Batch) -> str:
    """What is decided for all of them, in words."""
    draft = batch.writing[0].draft if batch.writing else None
    return str(OUTCOMES[draft.outcome]) if draft and draft.outcome else ""


def _back(selection: Selection) -> str:
    return link(url_for("feedback.pile", slug=selection.process.slug), selection.arguments)


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
