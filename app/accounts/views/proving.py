"""Proving again who one is, before changing what keeps the account its owner's."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import ProofForm
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.rules.problems import AccountProblem
from app.accounts.views import bp
from app.accounts.views.present import current_session, hold, home, origin
from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import guarded, local_path

PROVING = "proving"
Answer = str | tuple[str, int] | Response


def way(person: Any) -> str:
    """How this person proves it: the second step when they have one, else the password, else a code by mail."""
    if queries.authenticator_of(person.id) is not None:
        return "application"
    return "password" if person.password_hash else "code"


@bp.get("/mi-cuenta/confirmar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def prove() -> str:
    form = ProofForm(formdata=None, siguiente=local_path(request.args.get("siguiente")) or "")
    return _page(form)


def _page(form: ProofForm) -> str:
    return render_template("accounts/prove.html", form=form, way=way(current_user), was_sent=PROVING in session, email=current_user.email)


@bp.post("/mi-cuenta/confirmar/codigo")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def send_proof() -> Answer:
    """A code to the account's own address, for who has neither password nor application."""
    form = ProofForm()
    try:
        session[PROVING] = services.ask_code(current_user.email, now=clock.now(), origin=origin())
    except RuleBroken as broken:
        form.show(broken)
        return _page(form), 422
    db.session.commit()
    return redirect(url_for("accounts.prove", siguiente=local_path(form.siguiente.data)), 303)


@bp.post("/mi-cuenta/confirmar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS, before_second_factor=True)
def check_proof() -> Answer:
    form = ProofForm()
    if form.validate():
        try:
            second = _checked(form.proof.data)
        except RuleBroken as broken:
            db.session.commit()
            form.show(RuleBroken([Problem(problem.code, "proof", problem.values) for problem in broken.problems]))
        else:
            key = services.prove_again(current_session(), now=clock.now(), second_factor=second)
            db.session.commit()
            session.pop(PROVING, None)
            hold(current_user._get_current_object(), key)
            return redirect(local_path(form.siguiente.data) or home(), 303)
    return _page(form), 422


def _checked(typed: str) -> bool:
    """Whether the second step was taken too. Raises RuleBroken when the proof is wrong."""
    kind, now = way(current_user), clock.now()
    if kind == "application":
        services.pass_second_step(current_user, typed, now=now, origin=origin())
        return True
    if kind == "password":
        if services.recognise(current_user.email, typed, now=now, origin=origin(), let_go=db.session.commit) is None:
            raise RuleBroken([Problem(AccountProblem.NOT_RECOGNISED)])
    elif services.prove_code(session.get(PROVING, ""), typed, now=now, origin=origin()) != current_user.email:
        raise RuleBroken([Problem(AccountProblem.CODE_SPENT)])
    return False
