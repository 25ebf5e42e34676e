"""What a meeting leaves: agreements with their owners, and the questions of a hearing."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.forum import queries, services
from app.forum.forms import AgreementForm, AnswerForm, CloseAgreementForm, QuestionForm, UploadForm
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.rules.meetings import AgreementState
from app.forum.views import bp
from app.forum.views.meetings import MEETING, page, to_meeting
from app.forum.views.seats import organisation_choices, person_id
from app.organisations import queries as organisations
from app.organisations.rules import Sector


@bp.post(f"{MEETING}/acuerdos")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def add_agreement(meeting: Any) -> Response:
    form = AgreementForm(prefix="agreement-").with_choices(organisation_choices())
    if form.validate():
        organisation = organisations.organisation_by_slug(form.organisation.data or "")
        try:
            services.add_agreement(meeting, form.draft(), organisation=organisation, person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return to_meeting(meeting, _("El acuerdo está registrado."), "acuerdos")
    return page(meeting, 422, agreeing=form)


@bp.post(f"{MEETING}/acuerdos/<int:number>/cerrar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.agreement)
def close_agreement(agreement: Any) -> Response:
    form = CloseAgreementForm(prefix=f"close-{agreement.number}-")
    if carried_out(
        form,
        lambda: services.close_agreement(
            agreement,
            AgreementState(form.state.data),
            form.reason.data or "",
            evidence_url=form.evidence_url.data or "",
            person_id=person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        return to_meeting(agreement.meeting, _("El acuerdo está cerrado y su página dice cómo."), "acuerdos")
    return page(agreement.meeting, 422, closing=form, closing_n=agreement.number)


@bp.post(f"{MEETING}/acuerdos/<int:number>/archivos")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.agreement)
def attach_evidence(agreement: Any) -> Response:
    form = UploadForm(prefix=f"proof-{agreement.number}-")
    if carried_out(
        form,
        lambda: services.attach_evidence(agreement, form.upload(), title=form.title.data or "", person_id=person_id(), now=clock.now()),
    ):
        db.session.commit()
        return to_meeting(agreement.meeting, _("El documento es público."), "acuerdos")
    return page(agreement.meeting, 422, proving=form, proving_n=agreement.number)


@bp.post(f"{MEETING}/preguntas")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def add_question(meeting: Any) -> Response:
    form = QuestionForm(prefix="question-")
    if carried_out(
        form,
        lambda: services.add_question(
            meeting,
            Sector(form.sector.data),
            form.question.data or "",
            form.answer.data or "",
            form.answered_by.data or "",
            person_id=person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        return to_meeting(meeting, _("La pregunta está registrada."), "preguntas")
    return page(meeting, 422, asking=form)


@bp.post(f"{MEETING}/preguntas/<int:number>")
@guarded(ForumPermission.KEEP, GRANTS, load=lambda slug, meeting, number: _asked(slug, meeting, number))
def answer_question(found: Any) -> Response:
    form = AnswerForm(prefix=f"answer-{found.question.number}-")
    if carried_out(
        form,
        lambda: services.answer_question(
            found.meeting, found.question, form.answer.data or "", form.answered_by.data or "", person_id=person_id(), now=clock.now()
        ),
    ):
        db.session.commit()
        return to_meeting(found.meeting, _("La respuesta es pública."), "preguntas")
    return page(found.meeting, 422, answering=form, answering_n=found.question.number)


class _Asked:
    """A question together with its hearing, so that the hearing decides who may answer."""

    def __init__(self, meeting: Any, question: Any) -> None:
        self.meeting, self.question, self.scope = meeting, question, meeting.scope


def _asked(slug: str, meeting: str, number: int) -> _Asked | None:
    found = queries.question(slug, meeting, number)
    return _Asked(*found) if found else None
