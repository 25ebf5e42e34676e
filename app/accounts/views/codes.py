"""Entering, or beginning to join, with a code sent to an address: the same for who has an account and who has none (S31)."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import AddressForm, CodeForm
from app.accounts.views import bp
from app.accounts.views.present import origin, proceed
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import local_path, public

ASKED, PROVED = "asked", "proved"
Answer = str | tuple[str, int] | Response


@bp.get("/ingresar/codigo")
@public()
def ask_code() -> Answer:
    form = AddressForm(formdata=None, siguiente=local_path(request.args.get("siguiente")) or "")
    return render_template("accounts/ask_code.html", form=form)


@bp.post("/ingresar/codigo")
@public()
def send_code() -> Answer:
    form = AddressForm()
    if form.validate():
        try:
            handle = services.ask_code(form.email.data, now=clock.now(), origin=origin())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            session[ASKED] = {"handle": handle, "email": form.email.data[:254], "next": local_path(form.siguiente.data)}
            return redirect(url_for("accounts.type_code"), 303)
    return render_template("accounts/ask_code.html", form=form), 422


def _asked() -> dict[str, Any]:
    asked = session.get(ASKED)
    return asked if isinstance(asked, dict) else {}


@bp.get("/ingresar/codigo/escribir")
@public()
def type_code() -> Answer:
    asked = _asked()
    if not asked:
        return redirect(url_for("accounts.ask_code"), 303)
    return render_template("accounts/type_code.html", form=CodeForm(formdata=None), email=asked["email"])


@bp.post("/ingresar/codigo/escribir")
@public()
def prove_code() -> Answer:
    asked, form = _asked(), CodeForm()
    if not asked:
        return redirect(url_for("accounts.ask_code"), 303)
    if form.validate():
        try:
            email = services.prove_code(asked["handle"], form.code.data, now=clock.now(), origin=origin())
        except RuleBroken as broken:
            db.session.commit()
            form.show(broken)
        else:
            return _proved(email, asked.get("next"))
    return render_template("accounts/type_code.html", form=form, email=asked["email"]), 422


def _proved(email: str, target: str | None) -> Answer:
    person = queries.person_by_email(email)
    db.session.commit()
    if person is None:
        session.clear()
        session[PROVED] = {"email": email, "at": int(clock.now().timestamp()), "next": target}
        return redirect(url_for("accounts.join_form"), 303)
    if person.is_suspended or person.invited_at is not None:
        session.clear()
        return render_template("accounts/not_open.html", is_invited=person.invited_at is not None), 403
    return proceed(person, target)
