"""Minutes on the desk: written, approved by each side, published."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import guarded
from app.forum import messages, queries, services
from app.forum.forms import ApprovalForm
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.rules.seats import Side
from app.forum.views import bp
from app.forum.views.meetings import MEETING, minutes_form, page, to_meeting
from app.forum.views.seats import person_id


@bp.post(f"{MEETING}/acta")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def write_minutes(meeting: Any) -> Response:
    form = minutes_form(meeting)
    if not form.validate():
        return page(meeting, 422, minutes=form)
    reason = form["reason"].data if meeting.minutes_published_at else ""
    try:
        services.save_minutes(meeting, form.text.data or "", person_id=person_id(), now=clock.now(), reason=reason, based_on=form.version)
    except RuleBroken as broken:
        form.show(broken)
        return page(meeting, 422, minutes=form)
    except SomebodyWasFirst as first:
        return page(meeting, 409, minutes=form, written_meanwhile=first.current)
    db.session.commit()
    return to_meeting(meeting, _("El acta está guardada. Falta que la apruebe cada lado."), "acta")


@bp.post(f"{MEETING}/acta/aprobar-gobierno")
@guarded(ForumPermission.APPROVE_AS_GOVERNMENT, GRANTS, load=queries.meeting_by_slugs)
def approve_minutes_as_government(meeting: Any) -> Response:
    return _approve(meeting, Side.GOVERNMENT)


@bp.post(f"{MEETING}/acta/aprobar-sociedad")
@guarded(ForumPermission.APPROVE_AS_NON_GOVERNMENT, GRANTS, load=queries.meeting_by_slugs)
def approve_minutes_as_non_government(meeting: Any) -> Response:
    return _approve(meeting, Side.NON_GOVERNMENT)


def _approve(meeting: Any, side: Side) -> Response:
    form = ApprovalForm(prefix="approve-")
    try:
        services.approve_minutes(meeting, side, form.sha256.data or "", person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(meeting, 422, refused=sentence(messages.MEETING_PROBLEMS, broken.problems[0]))
    except SomebodyWasFirst:
        said = _("El acta cambió después de que usted abrió la página. Léala otra vez antes de aprobarla.")
        return page(meeting, 409, refused=said)
    db.session.commit()
    return to_meeting(meeting, _("Su aprobación quedó registrada sobre este texto."), "acta")


@bp.post(f"{MEETING}/acta/publicar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.meeting_by_slugs)
def publish_minutes(meeting: Any) -> Response:
    try:
        services.publish_minutes(meeting, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(meeting, 422, refused=sentence(messages.MEETING_PROBLEMS, broken.problems[0]))
    db.session.commit()
    return to_meeting(meeting, _("El acta es pública con su huella y quedó anotada en el registro público."), "acta")
