"""Summaries in Spanish, for those who add them."""

from typing import Any

from flask import flash, get_flashed_messages, redirect, render_template, url_for
from flask_babel import gettext as _

from app.contributions import messages, queries, services
from app.contributions.forms import SummaryForm
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.views import bp
from app.contributions.views.capture import who
from app.core import clock
from app.core.db import db
from app.core.guard import guarded
from app.core.web import carried_out
from app.processes import queries as processes

URL = "/mesa/aportes/<code>/resumen"


@bp.get("/mesa/procesos/<slug>/resumenes")
@guarded(ContributionPermission.SUMMARISE, GRANTS, load=processes.process_by_slug)
def summaries(process: Any) -> str:
    """What was said in another language and has no summary yet."""
    return render_template(
        "contributions/summaries.html", process=process, space=process.space, rows=queries.to_summarise(process.id),
        languages=messages.LANGUAGES, flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(URL)
@guarded(ContributionPermission.SUMMARISE, GRANTS, load=queries.contribution_with_media)
def summary(said: Any) -> str:
    form = SummaryForm(None)
    present = queries.summaries([said.id]).get(said.id)
    form.text.data, form.seen.data = (present.text, str(present.n)) if present else ("", "0")
    return _page(said, form)


@bp.post(URL)
@guarded(ContributionPermission.SUMMARISE, GRANTS, load=queries.contribution_with_media)
def summarise(said: Any) -> Any:
    form, code, slug = SummaryForm(), said.code, said.process.slug
    if carried_out(
        form, lambda: services.summarise(said, form.text.data or "", seen=form.seen_number, person_id=who(), now=clock.now()), undo=True
    ):
        db.session.commit()
        flash(_("El resumen de %(code)s ya se lee junto al texto.", code=code), "good")
        return redirect(url_for("contributions.summaries", slug=slug), 303)
    return _page(queries.contribution_with_media(code), form), 422


def _page(said: Any, form: SummaryForm) -> str:
    present = queries.summaries([said.id]).get(said.id)
    return render_template(
        "contributions/summary.html", contribution=said, process=said.process, space=said.process.space, form=form, present=present,
        language=messages.LANGUAGES[said.language],
    )  # fmt: skip
