"""Contributions that may say the same, for moderation: passed on to whoever groups, or one retired in favour of the other."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.core.web import Page, carried_out, page_number, pager
from app.desk.views import bp
from app.groups import queries as groups
from app.moderation import queries as moderation
from app.moderation import services
from app.moderation.forms import PairForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.processes import queries as processes

PER_PAGE = 10
URL = "/mesa/procesos/<slug>/moderacion/parecidos"


@bp.get(URL)
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def alike(process: Any) -> str:
    return _page(process)


@bp.post(URL)
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def pass_on(process: Any) -> Response | tuple[str, int]:
    """Leave a pair to whoever groups."""
    form, slug = PairForm(), process.slug
    if carried_out(
        form,
        lambda: services.pass_on(
            process, form.first.data or "", form.second.data or "", moderator_id=current_actor().person_id or 0, now=clock.now()
        ),
    ):
        db.session.commit()
        flash(_("Quien agrupa aportes lo verá en sus sugerencias."), "good")
        return redirect(url_for("desk.alike", slug=slug), 303)  # type: ignore[return-value]
    return _page(process, [words for _field, words in form.summary]), 422


def _page(process: Any, problems: Any = ()) -> str:
    number = page_number()
    found, total = groups.suggestions(process, number, PER_PAGE)
    return render_template(
        "desk/alike.html", process=process, space=process.space, suggestions=found, total=total, problems=problems,
        known=moderation.known_pairs(process.id), nav_here="desk",
        pager_links=pager(Page(found, number, total, PER_PAGE), lambda n: url_for("desk.alike", slug=process.slug, pagina=n)),
    )  # fmt: skip
