"""Keys: made on the page of the second step, used to sign in. Without JavaScript, codes do the same."""

from typing import Any

from flask import abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import PasskeyForm, PasskeySignInForm
from app.accounts.messages import PROBLEMS
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.views import bp
from app.accounts.views.factors import is_required, stronger
from app.accounts.views.present import HALF, ask_for_proof, enter, half_signed_in
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import guarded, local_path, public
from app.core.web import carried_out

CHALLENGE = "challenge"
Answer = str | tuple[str, int] | Response


@bp.get("/mi-cuenta/llaves/nueva")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def passkey() -> Answer:
    return ask_for_proof(url_for("accounts.passkey")) or _page(PasskeyForm(formdata=None))


def _page(form: PasskeyForm) -> str:
    options, session[CHALLENGE] = services.offer(current_user)
    return render_template("accounts/passkey.html", form=form, options=options, is_possible=services.are_possible())


@bp.post("/mi-cuenta/llaves")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def add_passkey() -> Answer:
    form = PasskeyForm()
    if refusal := ask_for_proof(url_for("accounts.passkey")):
        return refusal
    if carried_out(
        form,
        lambda: services.add_passkey(
            current_user, form.credential.data or "", session.pop(CHALLENGE, ""), form.name.data or _("Mi llave"), now=clock.now()
        ),
    ):
        return _kept()
    return _page(form), 422


def _kept() -> Answer:
    """The first second step comes with its sheet of codes; a further one changes nothing of it."""
    if queries.recovery_codes_left(current_user.id):
        db.session.commit()
        flash(_("La llave quedó guardada. Desde ahora puede ingresar con ella."), "good")
        return redirect(url_for("accounts.factors"), 303)
    return stronger(services.new_recovery_codes(current_user, now=clock.now()))


@bp.post("/mi-cuenta/llaves/<handle>/quitar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def remove_passkey(handle: str) -> Answer:
    if refusal := ask_for_proof(url_for("accounts.factors")):
        return refusal
    key: Any = queries.passkey_of(current_user.id, handle)
    if key is None:
        abort(404)
    try:
        services.remove_passkey(current_user, key, is_required=is_required(), now=clock.now())
    except RuleBroken as broken:
        flash(sentence(PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("La llave ya no abre su cuenta."), "good")
    return redirect(url_for("accounts.factors"), 303)


@bp.get("/ingresar/llave")
@public()
def ask_passkey() -> str:
    return _ask(PasskeySignInForm(formdata=None))


def _ask(form: PasskeySignInForm) -> str:
    options, session[CHALLENGE] = services.ask(half_signed_in())
    return render_template("accounts/ask_passkey.html", form=form, options=options, is_possible=services.are_possible())


@bp.post("/ingresar/llave")
@public()
def use_passkey() -> Answer:
    form, half = PasskeySignInForm(), half_signed_in()
    if form.validate():
        try:
            person = services.recognise_passkey(form.credential.data or "", session.pop(CHALLENGE, ""), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            target = session[HALF].get("next") if half is not None and half.id == person.id else local_path(form.siguiente.data)
            return enter(person, target, second_factor=True)
    return _ask(form), 422
