"""«Mis datos»: what is held about whoever is signed in, and what they do with it (reliability.md P01 to P06)."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, get_flashed_messages, make_response, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.views.present import ask_for_proof
from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, public
from app.core.web import carried_out
from app.privacy import documents, messages, queries, services
from app.privacy.forms import CorrectForm, EraseForm, GatherForm
from app.privacy.permissions import GRANTS, PrivacyPermission
from app.privacy.rules import RETENTION

bp = Blueprint("privacy", __name__)
Answer = str | tuple[str, int] | AnyResponse


@bp.get("/mi-cuenta/datos")
@guarded(PrivacyPermission.READ_OWN, GRANTS)
def index() -> str:
    return _page()


@bp.get("/privacidad/plazos")
@public()
def retention() -> str:
    return render_template("privacy/retention.html", periods=RETENTION, names=messages.KEPT)


def _page(correct: CorrectForm | None = None, gather: GatherForm | None = None) -> str:
    person: Any = current_user
    form = correct or CorrectForm(formdata=None, name=person.name, pseudonym=person.pseudonym, age=person.age.value)
    return render_template(
        "privacy/index.html", person=person, form=form, gather=gather or GatherForm(formdata=None), sections=messages.SECTIONS,
        counts=queries.counts(queries.sections(person.id, person.email)), flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.post("/mi-cuenta/datos/descargar")
@guarded(PrivacyPermission.READ_OWN, GRANTS)
def download() -> Answer:
    """Made now, for who asks now: there is no file behind a link that somebody else could open (S24, P03)."""
    if refusal := ask_for_proof(url_for("privacy.index")):
        return refusal
    now = clock.now()
    words = str(messages.README) % {
        "day": dates.long_instant(now), "address": current_app.config["SITE_URL"] + url_for("privacy.index")
    }  # fmt: skip
    answer: Response = make_response(documents.bundle(queries.sections(current_user.id, current_user.email), words, now))
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = 'attachment; filename="mis-datos.zip"'
    return answer


@bp.post("/mi-cuenta/datos/corregir")
@guarded(PrivacyPermission.CHANGE_OWN, GRANTS)
def correct() -> Answer:
    form = CorrectForm()
    if carried_out(
        form,
        lambda: services.correct(
            current_user, form.name.data or "", form.pseudonym.data or "", form.age.data or current_user.age, now=clock.now()
        ),
    ):
        db.session.commit()
        flash(_("Sus datos quedaron corregidos, también en sus aportes."), "good")
        return redirect(url_for("privacy.index"), 303)
    return _page(correct=form), 422


@bp.post("/mi-cuenta/datos/reunir")
@guarded(PrivacyPermission.CHANGE_OWN, GRANTS)
def gather() -> Answer:
    form = GatherForm()
    if form.validate():
        try:
            author = services.gather(current_user, form.receipt.data or "")
        except RuleBroken as broken:
            form.show(broken)
        else:
            code = author.contribution.code
            db.session.commit()
            flash(_("El aporte %(code)s ya está en su cuenta.", code=code), "good")
            return redirect(url_for("privacy.index"), 303)
    return _page(gather=form), 422


@bp.post("/mi-cuenta/datos/avisos")
@guarded(PrivacyPermission.CHANGE_OWN, GRANTS)
def stop_letters() -> Answer:
    services.stop_letters(current_user)
    db.session.commit()
    flash(_("Ya no recibirá avisos de lo que seguía. Las respuestas a sus aportes le seguirán llegando."), "good")
    return redirect(url_for("privacy.index"), 303)


@bp.get("/mi-cuenta/datos/borrar")
@guarded(PrivacyPermission.CHANGE_OWN, GRANTS)
def erase_form() -> Answer:
    return ask_for_proof(url_for("privacy.erase_form")) or render_template("privacy/erase.html", form=EraseForm(formdata=None))


@bp.post("/mi-cuenta/datos/borrar")
@guarded(PrivacyPermission.CHANGE_OWN, GRANTS)
def erase() -> Answer:
    form = EraseForm()
    if refusal := ask_for_proof(url_for("privacy.erase_form")):
        return refusal
    try:
        address_hash = services.erase(
            current_user._get_current_object(), current_actor(), confirmed=bool(form.confirmed.data), now=clock.now()
        )
    except RuleBroken as broken:
        form.show(broken)
        return render_template("privacy/erase.html", form=form), 422
    db.session.commit()
    services.remember(address_hash)
    logout_user()
    session.clear()
    return render_template("privacy/erased.html")
