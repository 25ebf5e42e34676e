"""Signing in with a password, the second step, and signing out."""

from flask import current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import SecondStepForm, SignInForm
from app.accounts.rules.problems import AccountProblem
from app.accounts.views import bp
from app.accounts.views.present import HALF, current_session, enter, half_signed_in, home, origin, proceed
from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import current_actor, local_path, public

Answer = str | tuple[str, int] | Response


@bp.get("/ingresar")
@public()
def sign_in() -> Answer:
    if current_actor().is_signed_in:
        return redirect(local_path(request.args.get("siguiente")) or home(), 303)
    return _page(SignInForm(siguiente=local_path(request.args.get("siguiente")) or ""))


@bp.post("/ingresar")
@public()
def open_session() -> Answer:
    form = SignInForm()
    if form.validate():
        try:
            person = services.recognise(form.email.data, form.password.data, now=clock.now(), origin=origin(), let_go=db.session.commit)
        except RuleBroken as broken:
            form.show(broken)
            return _page(form), 429
        if person:
            return proceed(person, form.siguiente.data)
        db.session.commit()
        form.show(RuleBroken([Problem(AccountProblem.NOT_RECOGNISED)]))
    return _page(form), 422


def _page(form: SignInForm) -> str:
    people = current_app.extensions.get("minka.demo-people", list)() if current_app.config["DEMO"] else []
    return render_template(
        "accounts/sign_in.html", form=form, demo_people=people, target=local_path(form.siguiente.data),
        provider=current_app.config["OIDC_NAME"] if services.is_offered() else "",
    )  # fmt: skip


@bp.get("/ingresar/segundo-paso")
@public()
def second_step() -> Answer:
    person = half_signed_in()
    return redirect(url_for("accounts.sign_in"), 303) if person is None else _second_page(person, SecondStepForm(formdata=None))


@bp.post("/ingresar/segundo-paso")
@public()
def pass_second_step() -> Answer:
    person = half_signed_in()
    if person is None:
        return redirect(url_for("accounts.sign_in"), 303)
    form = SecondStepForm()
    if form.validate():
        try:
            services.pass_second_step(person, form.code.data, now=clock.now(), origin=origin())
        except RuleBroken as broken:
            db.session.commit()
            form.show(broken)
        else:
            return enter(person, session[HALF].get("next"), second_factor=True)
    return _second_page(person, form), 422


def _second_page(person: object, form: SecondStepForm) -> str:
    return render_template(
        "accounts/second_step.html", form=form, has_application=queries.authenticator_of(person.id) is not None,  # type: ignore[attr-defined]
    )  # fmt: skip


@bp.post("/salir")
@public()
def sign_out() -> Response:
    if current_user.is_authenticated:
        services.close(current_session(), now=clock.now())
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("portal.home"), 303)
