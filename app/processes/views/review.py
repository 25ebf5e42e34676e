"""Approving a schedule with two keys, and publishing it."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.processes import messages, queries, services
from app.processes.forms import ApprovalForm, ReasonForm
from app.processes.permissions import GRANTS, ProcessPermission
from app.processes.rules.difference import difference
from app.processes.rules.publication import moves
from app.processes.rules.schedule import from_json
from app.processes.rules.states import ApprovalSeat
from app.processes.views import bp, shown
from app.processes.views.contents import Answer, back, desk, person_id
from app.processes.views.draft import checklist, draft_page


@bp.post("/mesa/procesos/<slug>/cronograma/enviar")
@guarded(ProcessPermission.EDIT_SCHEDULE, GRANTS, load=queries.open_version)
def submit(version: Any) -> Answer:
    form = ReasonForm()
    if form.revision_read() != version.revision:
        form.form_errors.append(
            _("Otra persona cambió el borrador mientras usted lo leía. Lo que ve ahora es lo último; su motivo sigue aquí.")
        )
        form.revision.data = str(version.revision)
        return draft_page(version, form, 409)
    try:
        services.submit(version, person_id=person_id(), now=clock.now(), reason=form.reason.data)
    except RuleBroken as broken:
        form.show(broken)
        return draft_page(version, form, 422)
    db.session.commit()
    flash(_("Enviado a aprobación. Faltan la secretaría y una persona no gubernamental del foro."), "good")
    return back("processes.review", slug=version.process.slug)


def _review_page(version: Any, form: ApprovalForm | None = None, publish_form: ReasonForm | None = None, status: int = 200) -> Answer:
    now = clock.now()
    process, schedule = version.process, from_json(version.content)
    latest = queries.latest_version(process.id)
    before = from_json(latest.content) if latest else None
    given = {a.seat: a for a in queries.approvals([version.id]).get(version.id, []) if a.sha256 == version.sha256}
    moved = moves(before, schedule, now)
    return desk(
        "processes/review.html", status, process=process, space=process.space, version=version, schedule=schedule, latest=latest,
        rows=messages.difference_rows(difference(before, schedule)),
        keys={seat.value: _key(seat, given.get(seat)) for seat in ApprovalSeat},
        form=form or ApprovalForm(formdata=None, sha256=version.sha256),
        publish_form=publish_form or ReasonForm(formdata=None, reason=version.reason, revision=version.revision),
        short=[messages.move_sentence(move) for move in moved if move.is_short], when=shown.when, kinds=messages.OPPORTUNITIES,
        checks=checklist(schedule, before, process, now), has_both=len(given) == len(ApprovalSeat),
        version_states=messages.VERSION_STATES, next_n=((latest.n if latest else 0) or 0) + 1,
    )  # fmt: skip


def _key(seat: ApprovalSeat, approval: Any) -> dict[str, Any]:
    text = _("Aprobó el %(instant)s", instant=dates.long_instant(approval.approved_at)) if approval else _("Falta su aprobación")
    return {"label": str(messages.SEATS[seat]), "is_signed": approval is not None, "text": text}


@bp.get("/mesa/procesos/<slug>/cronograma/revision")
@guarded(ProcessPermission.READ_DRAFT, GRANTS, load=queries.open_version)
def review(version: Any) -> Answer:
    return _review_page(version)


def _approve(version: Any, seat: ApprovalSeat) -> Answer:
    form = ApprovalForm()
    slug = version.process.slug
    try:
        services.approve(version, seat, form.sha256.data or "", person_id=person_id(), now=clock.now())
    except SomebodyWasFirst as first:
        form.form_errors.append(_("El texto cambió mientras usted lo leía. Lea el que está ahora y apruebe ese."))
        form.sha256.data = first.current.sha256
        return _review_page(first.current, form, status=409)
    except RuleBroken as broken:
        form.show(broken)
        return _review_page(queries.open_version(slug) or version, form, status=422)
    db.session.commit()
    flash(_("Su aprobación quedó registrada sobre este texto exacto."), "good")
    return back("processes.review", slug=slug)


@bp.post("/mesa/procesos/<slug>/cronograma/aprobar/secretaria")
@guarded(ProcessPermission.APPROVE_AS_SECRETARIAT, GRANTS, load=queries.open_version)
def approve_as_secretariat(version: Any) -> Answer:
    return _approve(version, ApprovalSeat.SECRETARIAT)


@bp.post("/mesa/procesos/<slug>/cronograma/aprobar/no-gubernamental")
@guarded(ProcessPermission.APPROVE_AS_CIVIL, GRANTS, load=queries.open_version)
def approve_as_civil(version: Any) -> Answer:
    return _approve(version, ApprovalSeat.NON_GOVERNMENT)


@bp.post("/mesa/procesos/<slug>/cronograma/publicar")
@guarded(ProcessPermission.PUBLISH_SCHEDULE, GRANTS, load=queries.open_version)
def publish(version: Any) -> Answer:
    form = ReasonForm()
    slug = version.process.slug
    if form.revision_read() != version.revision:
        form.form_errors.append(_("El borrador cambió mientras usted lo leía. Necesita otra vez las dos aprobaciones."))
        form.revision.data = str(version.revision)
        return _review_page(version, publish_form=form, status=409)
    try:
        published = services.publish(version, person_id=person_id(), now=clock.now(), reason=form.reason.data)
    except RuleBroken as broken:
        form.show(broken)
        return _review_page(queries.open_version(slug) or version, publish_form=form, status=422)
    db.session.commit()
    flash(_("Publicada la versión %(n)s. Está en %(url)s", n=published.n, url=url_for("processes.schedule", slug=slug)), "good")
    return back("processes.show", slug=slug)
