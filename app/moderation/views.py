"""The moderator's queue, and one contribution with what was done to it."""

from typing import Any

from flask import Blueprint, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.contributions import messages as contribution_words
from app.contributions import queries as contributions
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded
from app.core.web import page_number, pager
from app.moderation import messages, queries, services
from app.moderation.forms import HideForm, RedactForm, SeenForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.processes import queries as processes

bp = Blueprint("moderation", __name__)
URL = "/mesa/procesos/<slug>/moderacion"


def contribution_of(slug: str, code: str) -> Any:
    return queries.moderated(slug, code)


@bp.get(URL)
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def queue(process: Any) -> str:
    shows_hidden = request.args.get("ver") == "ocultos"
    page = (queries.hidden if shows_hidden else queries.waiting)(process.id, page_number())
    kept: dict[str, Any] = {"ver": "ocultos"} if shows_hidden else {}
    return render_template(
        "moderation/queue.html", process=process, space=process.space, page=page, shows_hidden=shows_hidden,
        cards=[_card(row) for row in page.rows], reasons=messages.REASONS, tombstones=queries.tombstones(row.id for row in page.rows),
        where=contributions.whereabouts([row.id for row in page.rows]),
        with_media=contributions.with_media([row.id for row in page.rows]),
        changed=contributions.changed_by_author([row.id for row in page.rows]),
        pager=pager(page, lambda n: url_for("moderation.queue", slug=process.slug, pagina=n, **kept)),
        flashes=get_flashed_messages(with_categories=True), waiting=queries.held_counts([process.id]).get(process.id, 0),
    )  # fmt: skip


@bp.get(f"{URL}/<code>")
@guarded(ModerationPermission.MODERATE, GRANTS, load=contribution_of)
def show(contribution: Any) -> str:
    return _page(contribution, HideForm(None))


@bp.post(f"{URL}/<code>/publicar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=contribution_of)
def publish(contribution: Any) -> Response | tuple[str, int]:
    form = SeenForm()
    try:
        services.publish(contribution, moderator_id=_moderator(), now=clock.now(), seen=form.seen.data or "")
    except SomebodyWasFirst as late:
        return _late(contribution, late, HideForm(None))
    except RuleBroken as broken:
        return _page(contribution, HideForm(None), trouble=form.sentence(broken.problems[0])), 422
    return _done(contribution, _("%(code)s ya es público.", code=contribution.code))


@bp.post(f"{URL}/<code>/quitar-datos")
@guarded(ModerationPermission.MODERATE, GRANTS, load=contribution_of)
def redact(contribution: Any) -> Response | tuple[str, int]:
    """Publish it without the personal data that were marked."""
    form = RedactForm()
    if form.validate():
        try:
            services.publish_without(contribution, form.pieces(), moderator_id=_moderator(), now=clock.now(), seen=form.seen.data or "")
        except SomebodyWasFirst as late:
            return _late(contribution, late, HideForm(None))
        except RuleBroken as broken:
            return _page(contribution, HideForm(None), trouble=form.sentence(broken.problems[0])), 422
        return _done(contribution, _("%(code)s ya es público, sin los datos que marcó.", code=contribution.code))
    return _page(contribution, HideForm(None)), 422


@bp.post(f"{URL}/<code>/ocultar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=contribution_of)
def hide(contribution: Any) -> Response | tuple[str, int]:
    form = HideForm()
    if form.validate():
        try:
            services.hide(
                contribution, form.reason.data, form.note.data, moderator_id=_moderator(), now=clock.now(), seen=form.seen.data or ""
            )
        except SomebodyWasFirst as late:
            return _late(contribution, late, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _done(contribution, _("%(code)s quedó oculto. Su código y la razón siguen a la vista.", code=contribution.code))
    return _page(contribution, form), 422


@bp.post(f"{URL}/<code>/restaurar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=contribution_of)
def restore(contribution: Any) -> Response | tuple[str, int]:
    form = SeenForm()
    try:
        services.restore(contribution, moderator_id=_moderator(), now=clock.now(), seen=form.seen.data or "")
    except SomebodyWasFirst as late:
        return _late(contribution, late, HideForm(None))
    return _done(contribution, _("%(code)s vuelve a ser público.", code=contribution.code))


def _done(contribution: Any, sentence: str) -> Response:
    slug = contribution.process.slug
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for("moderation.queue", slug=slug), 303)


def _late(contribution: Any, late: SomebodyWasFirst, form: HideForm) -> tuple[str, int]:
    """Somebody acted first, or the words changed: what stands now, with what this moderator wrote."""
    return _page(contribution, form, late=True, action=late.current), 409


def _page(contribution: Any, form: HideForm, *, late: bool = False, action: Any = None, trouble: str = "") -> str:
    return render_template(
        "moderation/show.html", contribution=contribution, process=contribution.process, space=contribution.process.space, form=form,
        seen=services.fingerprint(contribution), standing=contribution_words.VISIBILITIES[contribution.visibility], late=late,
        trouble=trouble, action=action, actions=queries.actions(contribution.id), reasons=messages.REASONS, kinds=messages.KINDS,
        states=Visibility, hints=_hints(contribution), channel=contribution_words.CHANNELS[contribution.channel],
        flashes=get_flashed_messages(with_categories=True), changes=_changes(contribution),
        files=contributions.media_of(contribution.id), where=contributions.whereabouts([contribution.id]).get(contribution.id),
    )  # fmt: skip


def _changes(contribution: Any) -> list[dict[str, Any]]:
    """What its author wrote at each time and what it became, the latest change first: rows of components/version_diff.html."""
    texts = [*contributions.earlier_words(contribution.id), contribution]
    found = []
    for n, (old, new) in enumerate(zip(texts, texts[1:], strict=False), start=1):
        title = {"label": _("Título"), "before": old.title, "after": new.title}
        words = {"label": _("Texto"), "before": old.text, "after": new.text}
        found.append({"n": n, "at": old.replaced_at, "rows": [title, words]})
    return found[::-1]


def _card(row: Any) -> dict[str, Any]:
    return {"row": row, "hints": _hints(row), "channel": contribution_words.CHANNELS[row.channel], "seen": services.fingerprint(row)}


def _hints(contribution: Any) -> list[tuple[str, str]]:
    """What looks like personal data: (what it is, the words)."""
    found = personal_data(contribution.title, contribution.text, contribution.organisation_name)
    return [(str(contribution_words.PERSONAL[hint.kind]), hint.words) for hint in found]


def _moderator() -> int:
    return current_actor().person_id or 0
