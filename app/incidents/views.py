"""The register of incidents of a space: each with its 48 hours, whom it touches, what was done and who was told."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.incidents import messages, queries, services
from app.incidents.forms import AuthorityForm, CloseForm, IncidentForm, LetterForm, NoteForm
from app.incidents.permissions import GRANTS, IncidentPermission
from app.incidents.rules import IncidentAct, clock_of, due_at
from app.spaces import queries as spaces

bp = Blueprint("incidents", __name__)
BASE = "/mesa/espacios/<slug>/incidentes"
ONE = f"{BASE}/<int:number>"
Incident = Any  # the row a query loaded: views know no tables


def _person_id() -> int:
    return current_actor().person_id or 0


def _told_at(acts: Any) -> Any:
    return next((act.done_at for act in acts if act.act is IncidentAct.TOLD_AUTHORITY), None)


@bp.get(BASE)
@guarded(IncidentPermission.READ, GRANTS, load=spaces.space_by_slug)
def index(space: Any) -> Response:
    return _index(space, IncidentForm(formdata=None))


def _index(space: Any, form: IncidentForm, status: int = 200) -> Response:
    form.offer(queries.processes_of(space.id))
    found, now = queries.incidents(space.id), clock.now()
    acts = queries.acts_of_many([row.id for row in found])
    rows = [(row, clock_of(row.noticed_at, _told_at(acts[row.id]), now), acts[row.id]) for row in found]
    return make_response(
        render_template(
            "incidents/index.html", space=space, rows=rows, form=form, names=messages, due_at=due_at, closed=IncidentAct.CLOSED
        ),
        status,
    )


@bp.post(BASE)
@guarded(IncidentPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def record(space: Any) -> Response:
    form = IncidentForm()
    if form.validate():
        try:
            made = services.record(space, form.draft(), person_id=_person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            number = made.number
            db.session.commit()
            flash(_("El incidente quedó registrado. El plazo para avisar corre desde que se supo."), "good")
            return redirect(url_for("incidents.show", slug=space.slug, number=number), 303)  # type: ignore[return-value]
    return _index(space, form, 422)


@bp.get(ONE)
@guarded(IncidentPermission.READ, GRANTS, load=queries.incident)
def show(incident: Incident) -> Response:
    return _page(incident)


def _page(incident: Incident, status: int = 200, **forms: Any) -> Response:
    acts, now, people = queries.acts_of(incident.id), clock.now(), len(queries.addresses(incident))
    said = {"happened": incident.happened, "data": incident.data_kinds, "measures": incident.measures or _("por completar")}
    letter = forms.pop("letter", None) or LetterForm(formdata=None, note=str(messages.LETTER) % said)
    officer = " ".join(filter(None, (current_app.config["DATA_OFFICER"], current_app.config["DATA_OFFICER_EMAIL"])))
    notice = str(messages.NOTICE) % {
        **said, "space": incident.space.name, "noticed": dates.long_instant(incident.noticed_at), "people": people,
        "officer": officer or _("por nombrar"),
    }  # fmt: skip
    given = {
        "noting": NoteForm(formdata=None), "authority": AuthorityForm(formdata=None), "closing": CloseForm(formdata=None), **forms,
    }  # fmt: skip
    return make_response(
        render_template(
            "incidents/show.html", incident=incident, space=incident.space, acts=acts, people=people, names=messages, letter=letter,
            notice_text=notice, due=due_at(incident.noticed_at), clock=clock_of(incident.noticed_at, _told_at(acts), now),
            done={str(act.act) for act in acts}, **given,
        ),
        status,
    )  # fmt: skip


def _done(incident: Incident, said: str) -> Response:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("incidents.show", slug=incident.space.slug, number=incident.number), 303)  # type: ignore[return-value]


@bp.post(f"{ONE}/anotar")
@guarded(IncidentPermission.KEEP, GRANTS, load=queries.incident)
def note(incident: Incident) -> Response:
    form = NoteForm()
    if carried_out(form, lambda: services.note(incident, IncidentAct.NOTED, form.note.data or "", person_id=_person_id(), now=clock.now())):
        return _done(incident, _("Quedó anotado."))
    return _page(incident, 422, noting=form)


@bp.post(f"{ONE}/autoridad")
@guarded(IncidentPermission.KEEP, GRANTS, load=queries.incident)
def tell_authority(incident: Incident) -> Response:
    form, now = AuthorityForm(), clock.now()
    if carried_out(
        form,
        lambda: services.note(
            incident, IncidentAct.TOLD_AUTHORITY, form.note.data or "", person_id=_person_id(), now=now, done_at=form.moment
        ),
    ):
        return _done(incident, _("Quedó anotado cuándo se avisó a la Autoridad."))
    return _page(incident, 422, authority=form)


@bp.post(f"{ONE}/personas")
@guarded(IncidentPermission.KEEP, GRANTS, load=queries.incident)
def tell_people(incident: Incident) -> Response:
    form = LetterForm()
    if form.validate():
        try:
            told = services.tell_people(incident, form.note.data or "", person_id=_person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _done(incident, ngettext("La carta sale a %(num)d persona.", "La carta sale a %(num)d personas.", told))
    return _page(incident, 422, letter=form)


@bp.post(f"{ONE}/cerrar")
@guarded(IncidentPermission.KEEP, GRANTS, load=queries.incident)
def close(incident: Incident) -> Response:
    form = CloseForm()
    if carried_out(
        form, lambda: services.note(incident, IncidentAct.CLOSED, form.note.data or "", person_id=_person_id(), now=clock.now())
    ):
        return _done(incident, _("El incidente quedó cerrado."))
    return _page(incident, 422, closing=form)
