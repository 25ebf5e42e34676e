"""Writing for somebody who is present: it begins with a purpose, says all along for whom, and ends by itself."""

from typing import Any

from flask import current_app, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.contributions import queries, services
from app.contributions.forms import AssistanceForm, AssistedForm
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.rules.assisting import is_running
from app.contributions.views import bp
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.processes import queries as processes

Answer = str | tuple[str, int] | Response
URL = "/mesa/procesos/<slug>/atencion"


class Assisted:
    """An assistance that whoever began it may go on with; the record of others is not theirs to write in."""

    def __init__(self, row: Any) -> None:
        self.row, self.scope, self.registrar_id = row, row.process.scope, row.registrar_id


def own_assistance(slug: str, code: str) -> Assisted | None:
    found = queries.assistance_by_code(slug, code)
    return None if found is None or found.registrar_id != current_actor().person_id else Assisted(found)


@bp.get(URL)
@guarded(ContributionPermission.ASSIST, GRANTS, load=processes.process_by_slug)
def assist(process: Any) -> str:
    return _start(process, AssistanceForm(formdata=None))


def _start(process: Any, form: AssistanceForm) -> str:
    return render_template(
        "contributions/assist.html", process=process, space=process.space, form=form, now=clock.now(), is_running=is_running,
        begun=queries.assistances_of(process.id, current_actor().person_id or 0), flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.post(URL)
@guarded(ContributionPermission.ASSIST, GRANTS, load=processes.process_by_slug)
def begin_assistance(process: Any) -> Answer:
    form = AssistanceForm()
    if form.validate():
        try:
            begun = services.begin_assistance(form.draft(), process, person_id=current_actor().person_id or 0, now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for("contributions.assisted", slug=process.slug, code=begun.code), 303)
    return _start(process, form), 422


@bp.get(f"{URL}/<code>")
@guarded(ContributionPermission.ASSIST, GRANTS, load=own_assistance)
def assisted(found: Assisted) -> str:
    form = _form(found.row, None)
    form.speaker.data = found.row.person_name
    return _page(found.row, form)


def _form(row: Any, data: Any) -> AssistedForm:
    form = AssistedForm(data)
    form.prepare(
        processes.themes(row.process_id),
        queries.places_of_space(row.process.space),
        _("No sé cuál: que lo ubique el equipo"),
        _("Sin indicar"),
    )
    return form


def _page(row: Any, form: AssistedForm) -> str:
    written = queries.written_in(row.id)
    return render_template(
        "contributions/assisted.html", assistance=row, process=row.process, space=row.process.space, form=form, now=clock.now(),
        is_running=is_running(row.ends_at, row.ended_at, clock.now()), written=written, site=current_app.config["SITE_URL"],
        receipts={said.code: services.receipt_token(said.submission_key) for said in written},
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.post(f"{URL}/<code>")
@guarded(ContributionPermission.ASSIST, GRANTS, load=own_assistance)
def write_for(found: Assisted) -> Answer:
    row, form = found.row, _form(found.row, request.form)
    known = queries.place_of(form.ubigeo.data or "")
    if form.validate():
        try:
            receipt = services.write_for(
                row, form.draft(known.ubigeo if known else ""), submission_key=form.submission_key.data,
                person_id=current_actor().person_id or 0, now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_("Guardado con el código %(code)s. Entregue su recibo a la persona.", code=receipt.contribution.code), "good")
            return redirect(url_for("contributions.assisted", slug=row.process.slug, code=row.code), 303)
    return _page(row, form), 422


@bp.post(f"{URL}/<code>/terminar")
@guarded(ContributionPermission.ASSIST, GRANTS, load=own_assistance)
def end_assistance(found: Assisted) -> Response:
    services.end_assistance(found.row, now=clock.now())
    db.session.commit()
    flash(_("La atención terminó."), "good")
    return redirect(url_for("contributions.assist", slug=found.row.process.slug), 303)
