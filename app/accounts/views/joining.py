"""Opening an account: the address first, then who one is."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import services
from app.accounts.forms import AddressForm, JoinForm
from app.accounts.views import bp
from app.accounts.views.codes import PROVED
from app.accounts.views.present import enter
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import local_path, public

PROVED_SECONDS = 3_600
Answer = str | tuple[str, int] | Response


@bp.get("/crear-cuenta")
@public()
def join() -> str:
    form = AddressForm(formdata=None, siguiente=local_path(request.args.get("siguiente")) or "")
    return render_template("accounts/join.html", form=form)


def _proved() -> dict[str, Any] | None:
    proved = session.get(PROVED)
    is_fresh = isinstance(proved, dict) and clock.now().timestamp() - proved.get("at", 0) <= PROVED_SECONDS
    return proved if is_fresh else None


@bp.get("/crear-cuenta/datos")
@public()
def join_form() -> Answer:
    proved = _proved()
    if proved is None:
        return redirect(url_for("accounts.join"), 303)
    return render_template("accounts/join_form.html", form=JoinForm(formdata=None), email=proved["email"])


@bp.post("/crear-cuenta/datos")
@public()
def open_account() -> Answer:
    proved, form = _proved(), JoinForm()
    if proved is None:
        return redirect(url_for("accounts.join"), 303)
    if form.validate():
        try:
            person = services.join(proved["email"], form.draft(), now=clock.now(), let_go=db.session.commit)
        except RuleBroken as broken:
            form.show(broken)
        else:
            if isinstance(proved.get("identity"), dict):
                services.link_identity(person, services.Claims(**proved["identity"]), now=clock.now())
            answer = enter(person, proved.get("next"))
            flash(_("Su cuenta está lista."), "good")
            return answer
    return render_template("accounts/join_form.html", form=form, email=proved["email"]), 422
