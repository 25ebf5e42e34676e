"""Appealing by the private link of an act, and the desk where somebody else decides."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded, public
from app.core.web import carried_out, page_number, pager
from app.moderation import messages, queries, services
from app.moderation.forms import AppealDecisionForm, AppealForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.moderation.rules.acts import ON_PEOPLE
from app.moderation.views import bp
from app.moderation.views.queue import URL
from app.processes import queries as processes

LONGEST_TOKEN = 100


def action_of(token: str) -> Any:
    """(act, token), or None for a token nobody was given."""
    found = queries.action_by_hash(services.appeal_hash(token)) if len(token) <= LONGEST_TOKEN else None
    return None if found is None else (found, token)


@bp.get("/apelaciones/<token>")
@public(load=action_of)
def appeal_form(found: Any) -> Response:
    return _private_page(found, AppealForm(formdata=None))


@bp.post("/apelaciones/<token>")
@public(load=action_of)
def appeal(found: Any) -> Response:
    form, (action, token) = AppealForm(), found
    if carried_out(form, lambda: services.appeal(action, form.text.data, now=clock.now())):
        db.session.commit()
        flash(_("Recibimos su apelación. La resuelve otra persona; aquí mismo verá qué dice."), "good")
        return _private(redirect(url_for("moderation.appeal_form", token=token), 303))  # type: ignore[arg-type]
    return _private_page(found, form, 422)


def _private_page(found: Any, form: AppealForm, status: int = 200) -> Response:
    action, token = found
    subject = action.comment if action.comment_id else action.contribution
    return _private(make_response(render_template(
        "moderation/appeal.html", action=action, subject=subject, token=token, process=action.process, space=action.process.space,
        form=form,
        kind=messages.KINDS[action.kind], reason=messages.REASONS[action.reason] if action.reason else "", outcomes=messages.OUTCOMES,
        appeal=queries.appeal_of(action.id), on_person=action.kind in ON_PEOPLE, flashes=get_flashed_messages(with_categories=True),
    ), status))  # fmt: skip


def _private(response: Response) -> Response:
    """Kept by no cache and no search engine: whoever has the link can appeal."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def appeal_of(slug: str, code: str) -> Any:
    return queries.appeal_of_code(slug, code)


@bp.get(f"{URL}/apelaciones")
@guarded(ModerationPermission.DECIDE_APPEALS, GRANTS, load=processes.process_by_slug)
def appeals(process: Any) -> str:
    page = queries.open_appeals(process.id, page_number())
    return render_template(
        "moderation/appeals.html", process=process, space=process.space, page=page, kinds=messages.KINDS, reasons=messages.REASONS,
        me=current_actor().person_id, flashes=get_flashed_messages(with_categories=True),
        pager=pager(page, lambda n: url_for("moderation.appeals", slug=process.slug, pagina=n)),
    )  # fmt: skip


@bp.get(f"{URL}/<code>/apelacion")
@guarded(ModerationPermission.DECIDE_APPEALS, GRANTS, load=appeal_of)
def decide_form(appeal: Any) -> Response:
    return _desk_page(appeal, AppealDecisionForm(formdata=None))


@bp.post(f"{URL}/<code>/apelacion")
@guarded(ModerationPermission.DECIDE_APPEALS, GRANTS, load=appeal_of)
def decide_appeal(appeal: Any) -> Response:
    form, slug = AppealDecisionForm(), appeal.action.process.slug
    code = (appeal.action.comment or appeal.action.contribution).code
    if carried_out(
        form,
        lambda: services.decide_appeal(
            appeal, form.outcome.data, form.reason.data, decider_id=current_actor().person_id or 0, now=clock.now()
        ),
        undo=True,
    ):
        db.session.commit()
        flash(_("Apelación resuelta. Se le escribió a quien apeló y el registro público lo dice."), "good")
        return redirect(url_for("moderation.appeals", slug=slug), 303)  # type: ignore[return-value]
    return _desk_page(queries.appeal_of_code(slug, code), form, 422)


def _desk_page(appeal: Any, form: AppealDecisionForm, status: int = 200) -> Response:
    action = appeal.action
    return make_response(render_template(
        "moderation/appeal_desk.html", appeal=appeal, action=action, subject=action.comment or action.contribution, process=action.process,
        space=action.process.space, form=form, kind=messages.KINDS[action.kind], outcomes=messages.OUTCOMES,
        reason=messages.REASONS[action.reason] if action.reason else "", is_own=appeal.moderator_id == current_actor().person_id,
    ), status)  # fmt: skip
