"""Acts on one text: publish, take data out, hide, restore, keep, retire in favour of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.moderation import queries, services
from app.moderation.forms import HideForm, RedactForm, RetireForm, SeenForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.moderation.views import bp
from app.moderation.views.queue import URL, is_comment, moderator, page_of, subject_of

Answer = Response | tuple[str, int]


@bp.post(f"{URL}/<code>/publicar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def publish(subject: Any) -> Answer:
    return _plain(subject, services.publish, _("%(code)s ya es público.", code=subject.code))


@bp.post(f"{URL}/<code>/restaurar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def restore(subject: Any) -> Answer:
    return _plain(subject, services.restore, _("%(code)s vuelve a ser público.", code=subject.code))


@bp.post(f"{URL}/<code>/mantener")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def keep(subject: Any) -> Answer:
    return _plain(subject, services.keep, _("%(code)s se queda público y sus denuncias se cerraron.", code=subject.code))


@bp.post(f"{URL}/<code>/quitar-datos")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def redact(subject: Any) -> Answer:
    """Make it public, or leave it public, without the personal data that were marked."""
    form = RedactForm()
    if form.validate():
        try:
            services.publish_without(subject, form.pieces(), moderator_id=moderator(), now=clock.now(), seen=form.seen.data or "")
        except SomebodyWasFirst as late:
            return _late(subject, late)
        except RuleBroken as broken:
            return page_of(subject, trouble=form.sentence(broken.problems[0])), 422
        return _done(subject, _("%(code)s ya es público, sin los datos que marcó.", code=subject.code))
    return page_of(subject), 422


@bp.post(f"{URL}/<code>/ocultar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def hide(subject: Any) -> Answer:
    form = HideForm()
    if form.validate():
        try:
            services.hide(subject, form.reason.data, form.note.data, moderator_id=moderator(), now=clock.now(), seen=form.seen.data or "")
        except SomebodyWasFirst as late:
            return _late(subject, late, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _done(subject, _("%(code)s quedó oculto. Su código y la razón siguen a la vista.", code=subject.code))
    return page_of(subject, form=form), 422


@bp.post(f"{URL}/<code>/retirar")
@guarded(ModerationPermission.MODERATE, GRANTS, load=lambda slug, code: contribution_of(slug, code))
def retire(contribution: Any) -> Answer:
    """Retire it in favour of another contribution of the process."""
    form = RetireForm()
    if form.validate():
        favoured = contribution_of(contribution.process.slug, form.favoured.data.strip().upper())
        try:
            services.retire(contribution, favoured, moderator_id=moderator(), now=clock.now(), seen=form.seen.data or "")
        except SomebodyWasFirst as late:
            return _late(contribution, late)
        except RuleBroken as broken:
            form.show(broken)
        else:
            sentence = _("%(code)s se retiró a favor de %(other)s. Los dos códigos siguen a la vista.", code=contribution.code,
                         other=form.favoured.data.strip().upper())  # fmt: skip
            return _done(contribution, sentence)
    return page_of(contribution, retiring=form), 422


def contribution_of(slug: str, code: str) -> Any:
    """A contribution of that process; comments are not retired in favour of others."""
    found = queries.moderated(slug, code)
    return None if found is None or is_comment(found) else found


def _plain(subject: Any, act: Callable[..., Any], sentence: str) -> Answer:
    form = SeenForm()
    try:
        act(subject, moderator_id=moderator(), now=clock.now(), seen=form.seen.data or "")
    except SomebodyWasFirst as late:
        return _late(subject, late)
    except RuleBroken as broken:
        return page_of(subject, trouble=HideForm(None).sentence(broken.problems[0])), 422
    return _done(subject, sentence)


def _done(subject: Any, sentence: str) -> Response:
    slug = subject.process.slug
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for("moderation.queue", slug=slug), 303)


def _late(subject: Any, late: SomebodyWasFirst, form: HideForm | None = None) -> Answer:
    """Somebody acted first, or the words changed: what stands now, with what this moderator wrote."""
    return page_of(subject, form=form, late=True, action=late.current), 409
