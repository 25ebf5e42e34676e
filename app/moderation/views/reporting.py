"""Reporting a contribution or a comment, with an account or without one."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template
from flask_login import current_user

from app.core import arrival, clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.moderation import messages, queries, services
from app.moderation.forms import ReportForm
from app.moderation.views import bp
from app.moderation.views.queue import named


@bp.get("/denunciar/<code>")
@public(load=queries.public_subject)
def report_form(subject: Any) -> Response:
    return _page(subject, ReportForm(formdata=None))


@bp.post("/denunciar/<code>")
@public(load=queries.public_subject)
def report(subject: Any) -> Response:
    form, now = ReportForm(), clock.now()
    if form.validate():
        person = current_user._get_current_object() if current_user.is_authenticated else None
        try:
            services.report(subject, form.reason.data, form.words.data or "", person=person, came=arrival.arrival(now), now=now)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _page(queries.public_subject(subject.code) or subject, form, was_sent=True)
    return _page(subject, form, 422)


def _page(subject: Any, form: ReportForm, status: int = 200, *, was_sent: bool = False) -> Response:
    shown = named(subject)
    response = make_response(render_template(
        "moderation/report.html", subject=subject, process=subject.process, space=subject.process.space, form=form, was_sent=was_sent,
        notes={reason.value: words for reason, words in messages.REASON_NOTES.items()}, about=shown["about"] or subject,
        title=shown["title"],
    ), status)  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    return response
