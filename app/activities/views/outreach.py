"""Outreach on the desk: what was done so that people knew, recorded once, taken back only with a reason."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.activities import messages, queries, services
from app.activities.forms import ACCEPT, OutreachFileForm, OutreachForm, WithdrawalForm
from app.activities.permissions import GRANTS, OutreachPermission
from app.activities.views import bp
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.organisations.messages import SECTORS
from app.processes import queries as processes
from app.territories import queries as territories

BASE = "/mesa/procesos/<slug>/difusion"


@bp.get(BASE)
@guarded(OutreachPermission.READ, GRANTS, load=processes.process_by_slug)
def outreach(process: Any) -> Response:
    return _page(process)


@bp.post(BASE)
@guarded(OutreachPermission.RECORD, GRANTS, load=processes.process_by_slug)
def record_outreach(process: Any) -> Response:
    form = _form(process)
    if form.validate():
        now, person_id, upload = clock.now(), current_actor().person_id or 0, form.upload
        try:
            action = services.record_outreach(
                process, form.draft(), submission_key=form.submission_key.data or "", person_id=person_id, now=now
            )
            if upload is not None:
                services.attach_to_outreach(action, upload, title="", person_id=person_id, now=now)
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
            process = processes.process_by_slug(process.slug)
        else:
            db.session.commit()
            return _back(process.slug, _("La acción quedó registrada y ya es pública."))
    return _page(process, 422, form=form)


@bp.post(f"{BASE}/<int:number>/archivos")
@guarded(OutreachPermission.RECORD, GRANTS, load=queries.outreach_by_number)
def add_outreach_file(action: Any) -> Response:
    form = OutreachFileForm(prefix=f"file-{action.number}-")
    if carried_out(
        form,
        lambda: services.attach_to_outreach(
            action, form.upload(), title=form.title.data or "", person_id=current_actor().person_id or 0, now=clock.now()
        ),
    ):
        db.session.commit()
        return _back(action.process.slug, _("El archivo quedó publicado junto a la acción."))
    return _page(action.process, 422, adding=form, number=action.number)


@bp.post(f"{BASE}/<int:number>/retirar")
@guarded(OutreachPermission.WITHDRAW, GRANTS, load=queries.outreach_by_number)
def withdraw_outreach(action: Any) -> Response:
    form = WithdrawalForm(prefix=f"gone-{action.number}-")
    if carried_out(
        form, lambda: services.withdraw_outreach(action, form.reason.data or "", person_id=current_actor().person_id or 0, now=clock.now())
    ):
        db.session.commit()
        return _back(action.process.slug, _("La acción quedó retirada, con su razón a la vista."))
    return _page(action.process, 422, withdrawing=form, number=action.number)


def _form(process: Any) -> OutreachForm:
    inside = process.space.ubigeo if process.space.ubigeo not in (None, "00") else ""
    level = territories.TerritoryLevel.DISTRICT if inside else territories.TerritoryLevel.REGION
    return OutreachForm().with_places([(place.ubigeo, place.name) for place in territories.inside(inside, level)])


def _page(process: Any, status: int = 200, **shown: Any) -> Response:
    rows = queries.outreach(process.id)
    context = {
        "process": process, "space": process.space, "rows": rows, "channels": messages.CHANNELS, "sectors": SECTORS,
        "languages": messages.OUTREACH_LANGUAGES, "accept": ACCEPT, "flashes": get_flashed_messages(with_categories=True),
        "adding_forms": {row.action.number: OutreachFileForm(prefix=f"file-{row.action.number}-", formdata=None) for row in rows},
        "withdrawing_forms": {row.action.number: WithdrawalForm(prefix=f"gone-{row.action.number}-", formdata=None) for row in rows},
    }  # fmt: skip
    for forms, name in (("adding_forms", "adding"), ("withdrawing_forms", "withdrawing")):
        if name in shown:
            context[forms] |= {shown["number"]: shown[name]}
    context["form"] = shown.get("form") or _form(process)
    context["wrong"] = shown.get("adding") or shown.get("withdrawing")
    return make_response(render_template("activities/outreach.html", **context), status)


def _back(slug: str, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("activities.outreach", slug=slug), 303)  # type: ignore[return-value]
