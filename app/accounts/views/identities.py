"""Through an identity provider: there and back. Coming back changes nothing; the button of the page it leads to does."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import EmptyForm
from app.accounts.messages import PROBLEMS
from app.accounts.permissions import GRANTS, AccountPermission
from app.accounts.services import Claims
from app.accounts.views import bp
from app.accounts.views.codes import PROVED
from app.accounts.views.present import ask_for_proof, proceed
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, public

QUESTION, CLAIMS = "question", "claims"
CLAIMS_SECONDS = 600
Answer = str | tuple[str, int] | Response


def _back() -> str:
    return str(current_app.config["SITE_URL"]) + url_for("accounts.identity_back")


@bp.get("/ingresar/identidad")
@public()
def identity() -> Answer:
    if not services.is_offered():
        abort(404)
    try:
        address, session[QUESTION] = services.begin_identity(_back())
    except RuleBroken as broken:
        return _refused(broken)
    return redirect(address, 302)


def _refused(broken: RuleBroken) -> tuple[str, int]:
    return render_template("accounts/identity_refused.html", reason=sentence(PROBLEMS, broken.problems[0])), 422


@bp.get("/ingresar/identidad/regreso")
@public()
def identity_back() -> Answer:
    if not services.is_offered():
        abort(404)
    question: Any = session.pop(QUESTION, None)
    now = clock.now()
    try:
        claims = services.finish_identity(request.args.to_dict(), question if isinstance(question, dict) else {}, _back(), now=now)
    except RuleBroken as broken:
        return _refused(broken)
    session[CLAIMS] = {**claims.kept(), "at": int(now.timestamp())}
    return redirect(url_for("accounts.identity_found"), 303)


def _claims() -> Claims | None:
    kept: Any = session.get(CLAIMS)
    if not isinstance(kept, dict) or clock.now().timestamp() - kept.get("at", 0) > CLAIMS_SECONDS:
        return None
    return Claims(**{name: value for name, value in kept.items() if name != "at"})


@bp.get("/ingresar/identidad/confirmar")
@public()
def identity_found() -> Answer:
    claims = _claims()
    if claims is None:
        return redirect(url_for("accounts.sign_in"), 303)
    known = queries.person_by_identity(claims.issuer, claims.subject)
    return render_template(
        "accounts/identity_found.html", claims=claims, form=EmptyForm(formdata=None), provider=current_app.config["OIDC_NAME"],
        is_known=known is not None, is_signed_in=current_actor().is_signed_in,
        has_account=known is None and claims.is_verified and queries.person_by_email(claims.email) is not None,
    )  # fmt: skip


@bp.post("/ingresar/identidad/confirmar")
@public()
def confirm_identity() -> Answer:
    """Enter the account that the identity opens, link it to the one that is open, or begin a new one."""
    claims = _claims()
    if claims is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if current_actor().is_signed_in:
        return _linked(claims)
    person = queries.person_by_identity(claims.issuer, claims.subject)
    if person is not None and not person.is_suspended:
        return proceed(person, None)
    if person is not None or not claims.is_verified or queries.person_by_email(claims.email) is not None:
        return redirect(url_for("accounts.identity_found"), 303)  # the page says what to do first
    session.clear()
    session[PROVED] = {"email": claims.email, "at": int(clock.now().timestamp()), "identity": claims.kept()}
    return redirect(url_for("accounts.join_form"), 303)


def _linked(claims: Claims) -> Answer:
    if refusal := ask_for_proof(url_for("accounts.identity_found")):
        return refusal
    try:
        services.link_identity(current_user._get_current_object(), claims, now=clock.now())
    except RuleBroken as broken:
        return _refused(broken)
    db.session.commit()
    session.pop(CLAIMS, None)
    flash(_("Su cuenta quedó enlazada. Desde ahora puede ingresar así."), "good")
    return redirect(url_for("accounts.index"), 303)


@bp.post("/mi-cuenta/identidad/quitar")
@guarded(AccountPermission.CHANGE_OWN, GRANTS)
def unlink_identity() -> Answer:
    if refusal := ask_for_proof(url_for("accounts.index")):
        return refusal
    services.unlink_identity(current_user._get_current_object())
    db.session.commit()
    flash(_("Ninguna identidad externa abre ya su cuenta."), "good")
    return redirect(url_for("accounts.index"), 303)
