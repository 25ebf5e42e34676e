"""Findings on the desk: written and approved by the committee, answered by the entity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.agreements import queries as agreements
from app.agreements.permissions import unit_answered_for
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded, may
from app.core.permissions import Scope
from app.core.web import carried_out
from app.evidence import queries as evidence
from app.organisations import queries as organisations
from app.vigilance import messages, queries, services
from app.vigilance.forms import ApprovalForm, ComplaintForm, FindingForm, ReplyForm, SatisfiedForm, SheetForm
from app.vigilance.permissions import GRANTS, VigilancePermission
from app.vigilance.rules.committees import majority
from app.vigilance.rules.findings import FindingState
from app.vigilance.views import bp
from app.vigilance.views.desk import BASE, by, see, sitting_committee
from app.vigilance.views.public import shown

HIDDEN = (FindingState.PROPOSED, FindingState.WITHDRAWN)


@dataclass(frozen=True)
class AskedFinding:
    """A finding with the line of the act it is about, whose responsible unit may answer it; no line: the municipal team answers."""

    finding: Any
    line: Any

    @property
    def scope(self) -> Scope:
        scope: Scope = self.finding.scope
        return scope

    @property
    def unit_ids(self) -> tuple[int, ...]:
        return self.line.unit_ids if self.line is not None else ()


def asked(found: Any) -> AskedFinding:
    return AskedFinding(found, queries.line_of(found))


def finding_to_answer(slug: str, code: str) -> AskedFinding | None:
    found = queries.finding_for_staff(slug, code)
    return asked(found) if found is not None else None


def _lines(round_id: int) -> list[tuple[str, str]]:
    act = agreements.standing_act(round_id)
    return [(line.code, f"{line.number}. {line.title}") for line in agreements.lines_of(act.id)] if act else []


def _new_page(committee: Any, status: int = 200, form: Any = None) -> Response:
    process = committee.round.process
    form = form or FindingForm(formdata=None)
    return make_response(
        render_template(
            "vigilance/edit_finding.html", process=process, space=process.space, form=form.offer(_lines(committee.round_id)), finding=None,
            needed=majority(len(queries.members(committee.id))), is_conflict=False, nav_here="desk",
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/nuevo")
@guarded(VigilancePermission.FIND, GRANTS, load=sitting_committee)
def new(committee: Any) -> Response:
    return _new_page(committee)


@bp.post(f"{BASE}/nuevo")
@guarded(VigilancePermission.FIND, GRANTS, load=sitting_committee)
def propose(committee: Any) -> Response:
    slug, form = committee.round.process.slug, FindingForm()
    if not form.validate():
        return _new_page(committee, 422, form)
    try:
        made = services.propose(committee, form.draft(), files=form.files(), **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _new_page(sitting_committee(slug), 422, form)
    db.session.commit()
    return see("vigilance.desk_finding", gettext("Guardado y aprobado por usted. Falta la mayoría del comité."), slug=slug, code=made.code)


def page(slug: str, code: str, status: int = 200, **forms: Any) -> Response:
    """A finding on the desk, with what the person may do in it."""
    found = queries.finding_for_staff(slug, code)
    if found is None:
        abort(404)
    is_committee = may(VigilancePermission.FIND, GRANTS, found)
    if found.state in HIDDEN and not is_committee:
        abort(404)
    process, person_id, answering = found.round.process, current_actor().person_id or 0, asked(found)
    own = queries.member_of(found.committee_id, person_id)
    given = queries.approvals(found)
    context = {
        "approval": ApprovalForm(formdata=None, data={"sha256": found.sha256}), "replying": ReplyForm(formdata=None),
        "sheet": SheetForm(formdata=None, prefix="hoja-", data={"sha256": found.sha256}),
        "satisfied": SatisfiedForm(formdata=None, prefix="ok-"), "complaint": ComplaintForm(formdata=None, prefix="up-"),
    } | forms  # fmt: skip
    waiting = [row for row in queries.members(found.committee_id) if row is not own and row.id not in {a.member_id for a in given}]
    context["sheet"].offer([(str(row.id), row.agent.name) for row in waiting])
    return make_response(
        render_template(
            "vigilance/desk_finding.html", process=process, space=process.space, names=messages, given=given, own=own,
            waiting=waiting, has_approved=own is not None and own.id in {row.member_id for row in given},
            needed=majority(len(queries.members(found.committee_id))), complaints=queries.complaints(found.id),
            files=evidence.attachments(queries.FINDING_SUBJECT, found.id, public_only=False), is_committee=is_committee,
            may_reply=may(VigilancePermission.REPLY, GRANTS, answering), line=answering.line,
            nav_here="desk", flashes=get_flashed_messages(with_categories=True),
            **shown(found, queries.replies(found.id)), **context,
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/<code>")
@guarded(VigilancePermission.READ, GRANTS, load=queries.finding_for_staff)
def desk_finding(found: Any) -> Response:
    return page(found.round.process.slug, found.code)


def _edit_page(slug: str, code: str, status: int = 200, form: Any = None) -> Response:
    found = queries.finding_for_staff(slug, code)
    if found is None or found.state is not FindingState.PROPOSED:
        abort(404)
    data = {
        "revision": str(found.revision), "title": found.title, "what": found.what, "asked": found.asked, "gravity": found.gravity,
        "days": found.days, "code": found.project.code if found.project else "",
    }  # fmt: skip
    process = found.round.process
    return make_response(
        render_template(
            "vigilance/edit_finding.html", process=process, space=process.space, finding=found, is_conflict=status == 409, nav_here="desk",
            form=(form or FindingForm(formdata=None, data=data)).offer(_lines(found.round_id)),
            needed=majority(len(queries.members(found.committee_id))),
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/<code>/editar")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def edit(found: Any) -> Response:
    return _edit_page(found.round.process.slug, found.code)


@bp.post(f"{BASE}/<code>/editar")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def update(found: Any) -> Response:
    slug, code, form = found.round.process.slug, found.code, FindingForm()
    if not form.validate():
        return _edit_page(slug, code, 422, form)
    try:
        made = services.edit(found, form.draft(), revision=form.seen, **by())
        services.attach(made, form.files(), **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _edit_page(slug, code, 422, form)
    except SomebodyWasFirst:
        db.session.rollback()
        return _edit_page(slug, code, 409, form)
    db.session.commit()
    return see("vigilance.desk_finding", gettext("Guardado. Es otro texto: se aprueba de nuevo."), slug=slug, code=code)


def _done(found: Any, form: Any, name: str, act: Callable[[], Any], said: str) -> Response:
    """One deed of a one-form section: done and back to the finding, or the form with what was refused."""
    slug, code = found.round.process.slug, found.code
    if carried_out(form, lambda: act(), undo=True):
        db.session.commit()
        return see("vigilance.desk_finding", said, slug=slug, code=code)
    return page(slug, code, 422, **{name: form})


@bp.post(f"{BASE}/<code>/aprobar")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def approve(found: Any) -> Response:
    form = ApprovalForm()
    return _done(
        found, form, "approval", lambda: services.approve(found, form.sha256.data or "", **by()),
        gettext("Su aprobación quedó registrada. Con la mayoría, el hallazgo se publica solo."),
    )  # fmt: skip


@bp.post(f"{BASE}/<code>/aprobar-en-papel")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def approve_on_sheet(found: Any) -> Response:
    """Members without an account sign the printed text; another member brings the sheet."""
    form = SheetForm(prefix="hoja-")
    return _done(
        found, form, "sheet", lambda: services.approve_on_sheet(found, form.sha256.data or "", form.member_ids, form.upload(), **by()),
        gettext("Las firmas quedaron registradas con su hoja. Con la mayoría, el hallazgo se publica solo."),
    )  # fmt: skip


@bp.post(f"{BASE}/<code>/retirar")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def withdraw(found: Any) -> Response:
    slug, form = found.round.process.slug, ApprovalForm()
    try:
        services.withdraw(found, **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return page(slug, found.code, 422, approval=form)
    db.session.commit()
    return see("vigilance.desk", gettext("El hallazgo quedó retirado. No se publica."), slug=slug)


@bp.post(f"{BASE}/<code>/responder")
@guarded(VigilancePermission.REPLY, GRANTS, load=finding_to_answer)
def reply(answering: AskedFinding) -> Response:
    found, form = answering.finding, ReplyForm()
    if found.state in HIDDEN:
        abort(404)
    unit = organisations.organisation_by_id(unit_answered_for(current_actor(), answering))
    entity = unit.name if unit else found.round.process.space.name
    return _done(
        found, form, "replying", lambda: services.reply(found, form.draft(), entity=entity, **by()),
        gettext("La respuesta es pública y el comité ya fue avisado."),
    )  # fmt: skip


@bp.post(f"{BASE}/<code>/resuelto")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def satisfy(found: Any) -> Response:
    form = SatisfiedForm(prefix="ok-")
    return _done(
        found, form, "satisfied", lambda: services.satisfy(found, form.note.data or "", **by()),
        gettext("El comité dio el asunto por resuelto."),
    )  # fmt: skip


@bp.post(f"{BASE}/<code>/elevar")
@guarded(VigilancePermission.FIND, GRANTS, load=queries.finding_for_staff)
def escalate(found: Any) -> Response:
    form = ComplaintForm(prefix="up-")
    return _done(
        found, form, "complaint", lambda: services.escalate(found, form.draft(), **by()),
        gettext("La denuncia quedó registrada, con su número a la vista."),
    )  # fmt: skip
