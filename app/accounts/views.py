"""Signing in and out, and changing one's password."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import services
from app.accounts.forms import PasswordForm, SignInForm
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.rules import AccountProblem
from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import guarded, local_path, public

bp = Blueprint("accounts", __name__)


@bp.get("/ingresar")
@public()
def sign_in() -> str | AnyResponse:
    form = SignInForm(siguiente=local_path(request.args.get("siguiente")) or "")
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("siguiente")) or url_for("desk.index"), 303)
    return _page(form)


@bp.post("/ingresar")
@public()
def open_session() -> tuple[str, int] | AnyResponse:
    form = SignInForm()
    if form.validate():
        try:
            person = services.recognise(form.email.data, form.password.data, now=clock.now())
            db.session.commit()
        except RuleBroken as broken:
            form.show(broken)
            return _page(form), 429
        if person:
            session.clear()  # a new session at sign-in: a fixed one is worth nothing (S38)
            login_user(person)
            session.permanent = True
            return redirect(local_path(form.siguiente.data) or url_for("desk.index"), 303)
        form.show(RuleBroken([Problem(AccountProblem.NOT_RECOGNISED)]))
    return _page(form), 422


def _page(form: SignInForm) -> str:
    people = current_app.extensions.get("minka.demo-people", list)() if current_app.config["DEMO"] else []
    return render_template("accounts/sign_in.html", form=form, demo_people=people)


@bp.post("/salir")
@public()
def sign_out() -> Response | AnyResponse:
    logout_user()
    session.clear()
    return redirect(url_for("portal.home"), 303)


@bp.route("/mesa/clave", methods=["GET"])
@guarded(AccountPermission.CHANGE_PASSWORD, GRANTS)
def password() -> str:
    return render_template("accounts/password.html", form=PasswordForm())


@bp.post("/mesa/clave")
@guarded(AccountPermission.CHANGE_PASSWORD, GRANTS)
def change_password() -> tuple[str, int] | AnyResponse:
    form = PasswordForm()
    if form.validate():
        try:
            services.change_password(current_user, form.current.data, form.password.data, now=clock.now())
        except RuleBroken as broken:
            db.session.commit()
            form.show(broken)
        else:
            db.session.commit()
            login_user(current_user)
            flash(_("Su clave cambió. Las demás sesiones se cerraron."), "good")
            return redirect(url_for("desk.index"), 303)
    return render_template("accounts/password.html", form=form), 422
