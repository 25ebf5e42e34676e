"""Assigning what was marked, and one contribution's way between entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.assignments import queries, services
from app.assignments.forms import AssignForm, ForwardForm, ReturnForm
from app.assignments.messages import KINDS, PROBLEMS, assigned, left_alone
from app.assignments.permissions import GRANTS, AssignmentPermission
from app.assignments.queries import Assignable, Office
from app.assignments.rules import AssignmentProblem, days_overdue
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded, may
from app.organisations import queries as organisations

if TYPE_CHECKING:
    from app.core.fields import Form

bp = Blueprint("assignments", __name__)
SHOWN_CODES = 30
URL = "/mesa/aportes/<code>/asignacion"


def selection_of(slug: str, key: str) -> Any:
    """What this person marked in this process."""
    return queries.selection_by_key(slug, key, current_actor().person_id)


@bp.get("/mesa/procesos/<slug>/asignar/<key>")
@guarded(AssignmentPermission.ASSIGN, GRANTS, load=selection_of)
def assign(selection: Any) -> Response:
    possible = queries.days_possible(selection.process_id, _today())
    return _batch_page(selection, AssignForm(formdata=None, data={"due_on": possible.last}))


@bp.post("/mesa/procesos/<slug>/asignar/<key>")
@guarded(AssignmentPermission.ASSIGN, GRANTS, load=selection_of)
def assign_many(selection: Any) -> Response:
    """First what would change; the same again with the state that was on the screen makes it so."""
    form, process, slug, key = AssignForm(), selection.process, selection.process.slug, selection.key
    office = _office(process.space_id, form.organisation.data)
    if not form.validate():
        return _batch_page(selection, form, status=422)
    is_confirmed = request.form.get("do") == "assign" and bool(form.seen.data)
    try:
        done = services.assign_many(
            process, selection.ids, organisations.organisation_by_slug(office.slug) if office else None, form.due_on.data,
            possible=queries.days_possible(process.id, _today()), note=form.note.data or "",
            seen=form.seen.data if is_confirmed else None, person_id=_person_id(), now=clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _batch_page(selection_of(slug, key), form, status=422)
    except SomebodyWasFirst:
        db.session.rollback()
        form.form_errors.append(str(PROBLEMS[AssignmentProblem.CHANGED]))
        return _batch_page(selection_of(slug, key), form, office, status=409)
    if not is_confirmed:
        db.session.rollback()
        return _batch_page(selection_of(slug, key), form, office)
    arguments = dict(selection.arguments)
    services.discard(selection)
    db.session.commit()
    assert office is not None  # noqa: S101 - the service refuses without one
    if done.codes:
        flash(assigned(len(done.codes), office.name, form.due_on.data), "good")
    if words := left_alone(len(done.same), len(done.answered)):
        flash(words, "info")
    return redirect(url_for("feedback.pile", slug=slug, **arguments), 303)  # type: ignore[return-value]


def _batch_page(selection: Any, form: AssignForm, office: Office | None = None, status: int = 200) -> Response:
    """`office`: whom the preview is for; without it the page only asks."""
    process = selection.process
    shown = queries.preview(process.id, selection.ids, office.id if office else None, form.due_on.data)
    form.seen.data = shown.seen if office else ""
    return make_response(render_template(
        "assignments/assign.html", process=process, space=process.space, selection=selection,
        form=form.offer(queries.offices(process.space_id)), preview=shown if office else None, office=office,
        waiting=len(shown.changing) + len(shown.same), answered=shown.answered, most=SHOWN_CODES,
        possible=queries.days_possible(process.id, _today()), back=url_for("feedback.pile", slug=process.slug, **selection.arguments),
        nav_here="desk",
    ), status)  # fmt: skip


@bp.get(URL)
@guarded(AssignmentPermission.READ, GRANTS, load=queries.assignable)
def show(subject: Assignable) -> Response:
    return _page(subject)


@bp.post(URL)
@guarded(AssignmentPermission.ASSIGN, GRANTS, load=queries.assignable)
def assign_one(subject: Assignable) -> Response:
    form, process = AssignForm(), subject.contribution.process
    office = _office(process.space_id, form.organisation.data)

    def act() -> None:
        services.assign_many(
            process, [subject.contribution.id], organisations.organisation_by_slug(office.slug) if office else None, form.due_on.data,
            possible=queries.days_possible(process.id, _today()), note=form.note.data or "", seen=form.seen.data, person_id=_person_id(),
            now=clock.now(),
        )  # fmt: skip

    return _done(subject, form, "assign", act, gettext("Asignado a %(entity)s.", entity=office.name if office else ""))


@bp.post(f"{URL}/pasar")
@guarded(AssignmentPermission.FORWARD, GRANTS, load=queries.assignable)
def forward(subject: Assignable) -> Response:
    form = ForwardForm(prefix="pasar-")
    office = _office(subject.scope.space_id, form.organisation.data)
    to = organisations.organisation_by_slug(office.slug) if office else None

    def act() -> None:
        services.forward(subject, to, form.note.data or "", seen=form.seen.data, person_id=_person_id(), now=clock.now())

    return _done(subject, form, "forward", act, gettext("Pasó a %(entity)s con su nota.", entity=office.name if office else ""))


@bp.post(f"{URL}/devolver")
@guarded(AssignmentPermission.FORWARD, GRANTS, load=queries.assignable)
def give_back(subject: Assignable) -> Response:
    form = ReturnForm(prefix="devolver-")

    def act() -> None:
        services.give_back(subject, form.note.data or "", seen=form.seen.data, person_id=_person_id(), now=clock.now())

    return _done(subject, form, "give_back", act, gettext("Volvió a la secretaría con su nota."))


def _done(subject: Assignable, form: Form, name: str, act: Callable[[], None], words: str) -> Response:
    """Do it, commit and go to the pile; or the page again with everything that was typed."""
    code, slug = subject.contribution.code, subject.contribution.process.slug
    if not form.validate():
        return _page(subject, {name: form}, 422)
    try:
        act()
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(queries.assignable(code) or subject, {name: form}, 422)
    except SomebodyWasFirst:
        db.session.rollback()
        form.form_errors.append(str(PROBLEMS[AssignmentProblem.CHANGED]))
        return _page(queries.assignable(code) or subject, {name: form}, 409)
    db.session.commit()
    flash(f"{code}: {words}", "good")
    here = may(AssignmentPermission.ASSIGN, GRANTS, subject)
    target = url_for("assignments.show", code=code) if here else url_for("feedback.pile", slug=slug, asignados="mi-entidad")
    return redirect(target, 303)  # type: ignore[return-value]


def _page(subject: Assignable, sent: dict[str, Any] | None = None, status: int = 200) -> Response:
    """`sent`: the form that was refused, by name; the others start fresh."""
    contribution, today, forms = subject.contribution, _today(), sent or {}
    offices = queries.offices(contribution.process.space_id)
    possible = queries.days_possible(contribution.process_id, today)
    due = subject.current.due_on if subject.current and possible.first <= subject.current.due_on <= possible.last else possible.last
    made: dict[str, Any] = {
        "assign": forms.get("assign") or AssignForm(formdata=None, data={"due_on": due}),
        "forward": forms.get("forward") or ForwardForm(formdata=None, prefix="pasar-"),
        "give_back": forms.get("give_back") or ReturnForm(formdata=None, prefix="devolver-"),
    }
    seen = queries.digest({contribution.id: subject.current} if subject.current else {})
    for form in made.values():
        form.seen.data = seen
    made["assign"].offer(offices)
    made["forward"].offer(_others(offices, subject.holder_id))
    return make_response(render_template(
        "assignments/show.html", process=contribution.process, space=contribution.process.space, contribution=contribution,
        current=subject.current, steps=queries.history(contribution.id), kinds=KINDS, forms=made, possible=possible,
        overdue=days_overdue(subject.current.due_on, today) if subject.current and not contribution.answered_at else 0,
        may_assign=may(AssignmentPermission.ASSIGN, GRANTS, subject) and not contribution.answered_at,
        may_forward=may(AssignmentPermission.FORWARD, GRANTS, subject) and not contribution.answered_at,
        nav_here="desk", flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _others(offices: Sequence[Office], holder_id: int | None) -> list[Office]:
    return [office for office in offices if office.id != holder_id]


def _office(space_id: int, slug: str | None) -> Office | None:
    """The one of the list; None for anything else."""
    return next((office for office in queries.offices(space_id) if office.slug == slug), None)


def _today() -> Any:
    return lima_day(clock.now())


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
