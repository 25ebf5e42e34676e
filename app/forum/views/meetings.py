"""Meetings on the desk: convened, changed, cancelled, recorded. One page, one small form for each step."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.evidence import queries as evidence
from app.forum import messages, queries, services
from app.forum.forms import (
    AgreementForm,
    ApprovalForm,
    CancelForm,
    ChangeForm,
    CorrectionForm,
    HeldForm,
    MeetingForm,
    MinutesForm,
    QuestionForm,
    UploadForm,
    WithdrawFileForm,
    held_form,
)
from app.forum.forms.meetings import ACCEPT
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.rules.meetings import COMING, MeetingKind, are_minutes_late
from app.forum.views import bp, shown
from app.forum.views.seats import BASE, back, organisation_choices, person_id

MEETING = f"{BASE}/reuniones/<meeting>"


@bp.get(f"{BASE}/reuniones/nueva")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def new_meeting(forum: Any) -> Response:
    return _new(forum, MeetingForm())


@bp.post(f"{BASE}/reuniones")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def convene(forum: Any) -> Response:
    form = MeetingForm()
    if form.validate():
        try:
            meeting = services.convene(forum, form.draft(), person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            said = _("La sesión es pública y se escribió a quienes ocupan los asientos.")
            return back("forum.desk_meeting", said, slug=forum.space.slug, meeting=meeting.slug)
    return _new(forum, form, 422)


def _new(forum: Any, form: MeetingForm, status: int = 200) -> Response:
    return make_response(render_template("forum/new_meeting.html", forum=forum, space=forum.space, form=form), status)


@bp.get(MEETING)
@guarded(ForumPermission.READ, GRANTS, load=queries.meeting_by_slugs)
def desk_meeting(meeting: Any) -> Response:
    return page(meeting)


@bp.post(f"{MEETING}/cambiar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def change_meeting(meeting: Any) -> Response:
    form = ChangeForm(prefix="change-")
    if carried_out(form, lambda: services.change(meeting, form.draft(), form.reason.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_meeting(meeting, _("El cambio es público y se escribió a quienes ocupan los asientos."))
    db.session.rollback()
    return page(meeting, 422, changing=form)


@bp.post(f"{MEETING}/cancelar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def cancel_meeting(meeting: Any) -> Response:
    form = CancelForm(prefix="cancel-")
    if carried_out(form, lambda: services.cancel(meeting, form.reason.data or "", person_id=person_id(), now=clock.now())):
        db.session.commit()
        return to_meeting(meeting, _("La sesión está cancelada y su página dice por qué."))
    return page(meeting, 422, cancelling=form)


@bp.post(f"{MEETING}/realizada")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def hold_meeting(meeting: Any) -> Response:
    form = _held_form(meeting, sent=True)
    if form.validate():
        began_at, ended_at = form.instants()
        try:
            services.record_held(
                meeting, began_at=began_at, ended_at=ended_at, present=form.present(), guests=form.guests(),
                comments=form.comments.data or "",
                results_url=form.results_url.data or "", person_id=person_id(), now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return to_meeting(meeting, _("La sesión y su asistencia están registradas."), "acta")
    return page(meeting, 422, held=form)


@bp.post(f"{MEETING}/archivos")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def attach_to_meeting(meeting: Any) -> Response:
    form = UploadForm(prefix="file-")
    if carried_out(
        form,
        lambda: services.attach(
            meeting,
            form.upload(),
            title=form.title.data or "",
            are_results=bool(form.are_results.data),
            person_id=person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        return to_meeting(meeting, _("El documento es público."), "archivos")
    return page(meeting, 422, uploading=form)


@bp.post(f"{MEETING}/archivos/<key>/retirar")
@guarded(ForumPermission.KEEP, GRANTS, load=lambda slug, meeting, key: _file(slug, meeting, key))
def withdraw_file(found: Any) -> Response:
    form = WithdrawFileForm(prefix=f"gone-{found.file.key[:6]}-")
    if carried_out(
        form, lambda: services.withdraw_file(found.meeting, found.file, form.reason.data or "", person_id=person_id(), now=clock.now())
    ):
        db.session.commit()
        return to_meeting(found.meeting, _("El documento ya no se muestra; se conserva con su huella."), "archivos")
    return page(found.meeting, 422, withdrawing=form, withdrawing_key=found.file.key)


class _FileOfMeeting:
    """A file together with its meeting, so that the meeting decides who may touch it."""

    def __init__(self, meeting: Any, file: Any) -> None:
        self.meeting, self.file, self.scope = meeting, file, meeting.scope


def _file(slug: str, meeting: str, key: str) -> _FileOfMeeting | None:
    found = queries.meeting_by_slugs(slug, meeting)
    files = queries.files_of(found, public_only=False) if found is not None else []
    file = next((file for file in files if file.key == key), None)
    return _FileOfMeeting(found, file) if file is not None else None


@bp.post(f"{MEETING}/informe")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def publish_report(meeting: Any) -> Response:
    form = UploadForm(prefix="report-")
    if carried_out(
        form, lambda: services.publish_report(meeting, form.upload(), title=form.title.data or "", person_id=person_id(), now=clock.now())
    ):
        db.session.commit()
        return to_meeting(meeting, _("El informe de la audiencia es público."), "informe")
    return page(meeting, 422, reporting=form)


def to_meeting(meeting: Any, said: str, anchor: str | None = None) -> Response:
    return back("forum.desk_meeting", said, anchor, slug=meeting.space.slug, meeting=meeting.slug)


def page(meeting: Any, status: int = 200, **more: Any) -> Response:
    """The desk page of a meeting; `more` replaces a form by the one that was sent, with its errors."""
    now = clock.now()
    history = queries.minutes_history(meeting.id)
    latest = history[0] if history else None
    agreements = queries.agreements_of(meeting.id)
    context = {
        "meeting": meeting, "space": meeting.space, "forum": queries.forum_of(meeting.space_id), "names": messages, "now": now,
        "is_coming": meeting.state in COMING, "is_hearing": meeting.kind is MeetingKind.HEARING, "accept": ACCEPT, "when": shown.when,
        "state": shown.state_of(meeting, agreements), "agreements": shown.agreement_rows(agreements, clock.lima_day(now)),
        "history": history, "latest": latest, "presence": shown.presence(meeting),
        "approvals": shown.keys(queries.minutes_approvals([latest.id]).get(latest.id, []), latest.sha256) if latest else [],
        "questions": queries.questions(meeting.id), "is_late": are_minutes_late(meeting.state, meeting.ended_at, now),
        "files": queries.files_of(meeting, public_only=False), "withdrawing": None, "withdrawing_key": "",
        "report": evidence.attachments(queries.REPORT_SUBJECT, meeting.id, public_only=True), "closing": None, "closing_n": 0,
        "proving": None, "proving_n": 0, "answering": None, "answering_n": 0, "written_meanwhile": None,
    }  # fmt: skip
    return make_response(render_template("forum/desk_meeting.html", **context | _forms(meeting, latest) | more), status)


def _forms(meeting: Any, latest: Any) -> dict[str, Any]:
    changing = ChangeForm(prefix="change-", formdata=None)
    changing.show_meeting(meeting)
    data = {"text": latest.text if latest else "", "based_on": str(latest.version if latest else 0)}
    return {
        "changing": changing, "cancelling": CancelForm(prefix="cancel-", formdata=None), "held": _held_form(meeting, sent=False),
        "minutes": minutes_form(meeting, formdata=None, data=data), "uploading": UploadForm(prefix="file-", formdata=None),
        "reporting": UploadForm(prefix="report-", formdata=None), "asking": QuestionForm(prefix="question-", formdata=None),
        "agreeing": AgreementForm(prefix="agreement-", formdata=None).with_choices(organisation_choices()),
        "approving": ApprovalForm(prefix="approve-", formdata=None, data={"sha256": latest.sha256 if latest else ""}),
    }  # fmt: skip


def minutes_form(meeting: Any, **settings: Any) -> MinutesForm:
    """A correction asks for its reason."""
    return (CorrectionForm if meeting.minutes_published_at else MinutesForm)(prefix="minutes-", **settings)


def _held_form(meeting: Any, *, sent: bool) -> HeldForm:
    """With the seats held on the day of the meeting; what was recorded before is shown."""
    seats = queries.seats_on(meeting.space_id, shown.held_on(meeting))
    labels = [
        (seat.id, f"{seat.number}. {seat.holder_name}" + (f" · {seat.organisation.name}" if seat.organisation else "")) for seat in seats
    ]
    if sent:
        return held_form(labels, prefix="held-")
    form = held_form(labels, prefix="held-", formdata=None)
    form.show_instants(meeting.held_at or meeting.starts_at, meeting.ended_at or meeting.ends_at)
    form.comments.data, form.results_url.data = meeting.comments, meeting.results_url
    for row in queries.attendance(meeting.id):
        if f"seat-{row.seat_id}" in form:
            form[f"seat-{row.seat_id}"].data = row.who.value
    for sector, people in queries.guests(meeting.id).items():
        form[f"guests-{sector.value}"].data = people
    return form
