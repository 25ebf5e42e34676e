"""One's own account: sessions, password, address."""

from typing import Any

from flask import abort, current_app, flash, get_flashed_messages, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import AddressForm, PasswordForm
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.views import bp
from app.accounts.views.present import ask_for_proof, current_session, hold, origin
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded

Answer = str | tuple[str, int] | Response


@bp.get("/mi-cuenta")
@guarded(AccountPermission.READ_OWN, GRANTS)
def index() -> str:
    return render_template(
        "accounts/index.html", person=current_user, sessions=queries.sessions_of(current_user.id), here=current_session(),
        has_second_factor=queries.has_second_factor(current_user.id), has_roles=bool(current_actor().roles),
        provider=current_app.config["OIDC_NAME"] if services.is_offered() else "", identities=queries.identities_of(current_user.id),
        pending=queries.pending_change(current_user.id, clock.now()), flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.post("/mi-cuenta/sesiones/<handle>/cerrar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def close_session(handle: str) -> Response:
    found = queries.session_of(current_user.id, handle)
    if found is None:
        abort(404)
    services.close(found, now=clock.now())
    db.session.commit()
    flash(_("La sesión se cerró."), "good")
    return redirect(url_for("accounts.index"), 303)


@bp.get("/mi-cuenta/sesiones/sigo")
@guarded(AccountPermission.READ_OWN, GRANTS)
def stay() -> tuple[str, int]:
    """Asked now and then by the page of somebody who is writing: each use of a session keeps it open, within its longest time."""
    return "", 204


@bp.post("/mi-cuenta/sesiones/cerrar-las-demas")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def close_others() -> Response:
    services.close_all(current_user.id, now=clock.now(), but=current_session().id)
    db.session.commit()
    flash(_("Las demás sesiones se cerraron."), "good")
    return redirect(url_for("accounts.index"), 303)


@bp.get("/mi-cuenta/clave")
@guarded(AccountPermission.CHANGE_PASSWORD, GRANTS)
def password() -> Answer:
    return ask_to_prove_without_password() or _password_page(PasswordForm(formdata=None))


def ask_to_prove_without_password() -> Response | None:
    """Who has no password yet proves otherwise who they are before choosing one."""
    return None if current_user.password_hash else ask_for_proof(url_for("accounts.password"))


@bp.post("/mi-cuenta/clave")
@guarded(AccountPermission.CHANGE_PASSWORD, GRANTS)
def change_password() -> Answer:
    form = PasswordForm()
    if refusal := ask_to_prove_without_password():
        return refusal
    if form.validate():
        try:
            services.change_password(
                current_user, form.current.data or "", form.password.data, now=clock.now(), origin=origin(), let_go=db.session.commit
            )
        except RuleBroken as broken:
            db.session.commit()
            form.show(broken)
        else:
            person: Any = current_user._get_current_object()
            was_second = current_session().second_factor_at is not None
            key = services.open_session(person, "", now=clock.now(), second_factor=was_second)
            db.session.commit()
            hold(person, key)
            flash(_("Su clave cambió. Las demás sesiones se cerraron."), "good")
            return redirect(url_for("accounts.index"), 303)
    return _password_page(form), 422


def _password_page(form: PasswordForm) -> str:
    return render_template("accounts/password.html", form=form, has_password=bool(current_user.password_hash))


@bp.get("/mi-cuenta/correo")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def email() -> Answer:
    return ask_for_proof(url_for("accounts.email")) or _email_page(AddressForm(formdata=None))


def _email_page(form: AddressForm, sent_to: str = "") -> str:
    return render_template("accounts/email.html", form=form, person=current_user, sent_to=sent_to)


@bp.post("/mi-cuenta/correo")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def change_email() -> Answer:
    form = AddressForm()
    if refusal := ask_for_proof(url_for("accounts.email")):
        return refusal
    if form.validate():
        try:
            sent_to = services.ask_change(current_user, form.email.data, now=clock.now(), origin=origin())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _email_page(form, sent_to)
    return _email_page(form), 422
