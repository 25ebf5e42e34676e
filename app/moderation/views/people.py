"""Warning, suspending and lifting: acts on the account behind a comment."""

from __future__ import annotations

from typing import Any

from flask import flash, get_flashed_messages, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.deliberation import queries as deliberation
from app.moderation import queries, services
from app.moderation.forms import PersonForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.moderation.views import bp
from app.moderation.views.queue import URL, is_comment, moderator, page_of
from app.processes import queries as processes

Answer = Response | tuple[str, int]


def comment_of(slug: str, code: str) -> Any:
    """A comment of that process: contributions are sent without account, so there is nobody to warn."""
    found = queries.moderated(slug, code)
    return found if found is not None and is_comment(found) else None


@bp.post(f"{URL}/<code>/advertir")
@guarded(ModerationPermission.MODERATE, GRANTS, load=comment_of)
def warn(comment: Any) -> Answer:
    form = PersonForm()
    if carried_out(form, lambda: services.warn(comment, form.reason.data, form.note.data, moderator_id=moderator(), now=clock.now())):
        return _done(comment, _("Se advirtió a quien escribió %(code)s, con la razón.", code=comment.code))
    return page_of(comment, person=form), 422


@bp.post(f"{URL}/<code>/suspender")
@guarded(ModerationPermission.MODERATE, GRANTS, load=comment_of)
def suspend(comment: Any) -> Answer:
    form = PersonForm()
    if carried_out(
        form, lambda: services.suspend(comment, form.reason.data, form.days.data, form.note.data, moderator_id=moderator(), now=clock.now())
    ):
        return _done(comment, _("Cuenta suspendida. La suspensión termina sola y se le dijo por qué."))
    return page_of(comment, person=form), 422


@bp.post(f"{URL}/<code>/levantar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=comment_of)
def lift(comment: Any) -> Answer:
    form = PersonForm()
    try:
        services.lift_suspension(comment, moderator_id=moderator(), now=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        return page_of(comment, person=form), 422
    return _done(comment, _("Suspensión levantada."))


@bp.get(f"{URL}/suspensiones")
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def suspensions(process: Any) -> str:
    """Who may not take part in the space now, and until when."""
    return render_template(
        "moderation/suspensions.html", process=process, space=process.space, flashes=get_flashed_messages(with_categories=True),
        rows=[(row, queries.suspended_for(row.id)) for row in deliberation.suspensions_in(process.space_id, clock.now())],
    )  # fmt: skip


def _done(comment: Any, sentence: str) -> Response:
    slug, code = comment.process.slug, comment.code
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for("moderation.show", slug=slug, code=code), 303)
