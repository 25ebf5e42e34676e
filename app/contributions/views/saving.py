"""Going on later: the form kept as it is typed, its private link, and what others said while one writes."""

from typing import Any

from flask import Response, current_app, jsonify, make_response, redirect, render_template, request, url_for

from app.accounts.views.present import account_id
from app.contributions import queries, services
from app.contributions.forms import OnlineForm
from app.contributions.views import bp
from app.contributions.views.online import form_of, page_of
from app.contributions.views.receipts import LONGEST_TOKEN, private
from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.processes import queries as processes


def draft_of(token: str) -> Any:
    """(draft, token), or None for a token nobody was given or whose time is over."""
    found = queries.saved_draft(services.draft_hash(token), clock.now()) if len(token) <= LONGEST_TOKEN else None
    return None if found is None else (found, token)


@bp.post("/procesos/<slug>/aportes/borrador")
@public(load=processes.public_process_by_slug)
def save_draft(process: Any) -> Response:
    """Keep what is typed: a script hears where and until when, a browser is led there."""
    now, form = clock.now(), form_of(process, request.form)
    is_script = request.accept_mimetypes.best == "application/json"
    key = form.submission_key.data or ""
    try:
        form.validate_submission_key(form.submission_key)
        draft = services.save_draft(request.form, process, submission_key=key, now=now, person_id=account_id())
        if not is_script:
            services.mail_draft(draft, request.form.get("email", ""), now=now)
    except (RuleBroken, ValueError) as broken:
        db.session.rollback()
        return _refused(process, form, broken, is_script=is_script)
    db.session.commit()
    link = url_for("contributions.resume", token=services.draft_token(key))
    if is_script:
        return jsonify(link=link, saved=dates.hour(draft.saved_at), until=dates.long_date(draft.expires_at))
    return private(redirect(link, 303))  # type: ignore[arg-type]


def _refused(process: Any, form: OnlineForm, broken: Exception, *, is_script: bool) -> Response:
    if isinstance(broken, RuleBroken):
        form.show(broken)
    else:
        form.form_errors.append(str(broken))
    if is_script:
        return make_response(jsonify(error=" ".join(words for _field, words in form.summary)), 422)
    return make_response(page_of(process, form, queries.input_standing(process, clock.now())), 422)


@bp.get("/borradores/<token>")
@public(load=draft_of)
def resume(found: tuple[Any, str]) -> Response:
    draft, _token = found
    process = draft.process
    form = form_of(process, None)
    form.resume(draft.content, draft.submission_key)
    return private(make_response(page_of(process, form, queries.input_standing(process, clock.now()), draft=_shown(found))))


def _shown(found: tuple[Any, str]) -> dict[str, Any]:
    """The draft as the page tells of it."""
    draft, token = found
    return {
        "link": current_app.config["SITE_URL"] + url_for("contributions.resume", token=token),
        "token": token,
        "saved_at": draft.saved_at,
        "until": draft.expires_at,
        "was_mailed": draft.mailed_at is not None,
    }


@bp.post("/borradores/<token>/borrar")
@public(load=draft_of)
def discard_draft(found: tuple[Any, str]) -> Response:
    draft, _token = found
    slug = draft.process.slug
    services.discard_draft(draft.submission_key)
    db.session.commit()
    return private(redirect(url_for("contributions.new", slug=slug), 303))  # type: ignore[arg-type]


@bp.post("/procesos/<slug>/aportes/parecidos")
@public(load=processes.public_process_by_slug)
def alike(process: Any) -> Response:
    """What others said that resembles the text sent: a fragment for whoever is writing. It decides nothing."""
    found = queries.public_alike(process.id, request.form.get("text", "")[:8_000])
    return private(make_response(render_template("contributions/_alike.html", alike=found, compared=False)))
