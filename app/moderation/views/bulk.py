"""One act on many: marked in the queue, previewed, and done to exactly what was shown."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.moderation import messages, services
from app.moderation.forms import BulkForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.moderation.views import bp
from app.moderation.views.queue import URL, moderator, named, queue_page
from app.processes import queries as processes

Answer = Response | str | tuple[str, int]


@bp.post(f"{URL}/varios")
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def preview(process: Any) -> Answer:
    """What the act would do to each of the marked; nothing is written."""
    form = BulkForm()
    if form.validate():
        try:
            chosen = services.preview(process, form.act.data, form.reason.data, form.codes())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return render_template(
                "moderation/preview.html", process=process, space=process.space, form=form, act=messages.BULK[form.act.data],
                reason=messages.REASONS[form.reason.data] if form.reason.data else "", may=[_shown(item) for item in chosen if item.may],
                cannot=[_shown(item) for item in chosen if not item.may],
            )  # fmt: skip
    return queue_page(process, request.form.get("ver", ""), form, form.codes()), 422


@bp.post(f"{URL}/varios/aplicar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def apply(process: Any) -> Answer:
    form, slug = BulkForm(), process.slug
    if form.validate():
        try:
            done, late = services.apply(
                process, form.act.data, form.reason.data, form.items(), form.note.data or "", moderator_id=moderator(), now=clock.now()
            )
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            if done:
                flash(ngettext("Hecho en %(num)s.", "Hecho en %(num)s.", len(done)), "good")
            if late:
                flash(_("No se tocaron, porque cambiaron después de la vista previa: %(codes)s.", codes=", ".join(late)), "warn")
            return redirect(url_for("moderation.queue", slug=slug), 303)
    return queue_page(processes.process_by_slug(slug), "", form, [code for code, _seen in form.items()]), 422


def _shown(item: Any) -> dict[str, Any]:
    return {"code": item.subject.code, "seen": item.seen, "text": item.subject.text[:200], **named(item.subject)}
