"""What links in letters open: a new password, an invitation, half a change of address. Opening changes nothing; the button does."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.forms import AddressForm, EmptyForm, InvitationForm, NewPasswordForm
from app.accounts.queries import LONGEST_KEY
from app.accounts.rules.codes import LinkPurpose
from app.accounts.views import bp
from app.accounts.views.present import origin, proceed
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.core.web import carried_out

Answer = str | tuple[str, int] | Response
Link = Any  # the row a query loaded: views know no tables


def _link(token: str, *purposes: LinkPurpose) -> Link:
    """(the link, its token); the link is None when it was used, expired or never was: the page says so."""
    found = queries.link(services.digest(token), purposes, clock.now()) if len(token) <= LONGEST_KEY else None
    return found, token


def reset_of(token: str) -> Link:
    return _link(token, LinkPurpose.RESET)


def invitation_of(token: str) -> Link:
    return _link(token, LinkPurpose.INVITATION)


def change_of(token: str) -> Link:
    return _link(token, LinkPurpose.EMAIL_OLD, LinkPurpose.EMAIL_NEW)


def _spent(kind: str) -> tuple[str, int]:
    return render_template("accounts/link_spent.html", kind=kind), 410


@bp.get("/olvide-mi-clave")
@public()
def forgot() -> str:
    return render_template("accounts/forgot.html", form=AddressForm(formdata=None), was_sent=False)


@bp.post("/olvide-mi-clave")
@public()
def ask_reset() -> Answer:
    form = AddressForm()
    if carried_out(form, lambda: services.ask_reset(form.email.data, now=clock.now(), origin=origin())):
        db.session.commit()
        return render_template("accounts/forgot.html", form=form, was_sent=True)
    return render_template("accounts/forgot.html", form=form, was_sent=False), 422


@bp.get("/clave-nueva/<token>")
@public(load=reset_of)
def reset_form(found: Link) -> Answer:
    link, token = found
    return render_template("accounts/reset.html", form=NewPasswordForm(formdata=None), token=token) if link else _spent("reset")


@bp.post("/clave-nueva/<token>")
@public(load=reset_of)
def reset(found: Link) -> Answer:
    (link, token), form = found, NewPasswordForm()
    if link is None:
        return _spent("reset")
    if carried_out(form, lambda: services.reset_password(link, form.password.data, now=clock.now(), let_go=db.session.commit)):
        db.session.commit()
        flash(_("Su clave cambió y todas las sesiones se cerraron. Ingrese con la clave nueva."), "good")
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/reset.html", form=form, token=token), 422


@bp.get("/invitacion/<token>")
@public(load=invitation_of)
def invitation(found: Link) -> Answer:
    link, token = found
    if link is None:
        return _spent("invitation")
    form = InvitationForm(formdata=None, name=link.person.name)
    return render_template("accounts/invitation.html", form=form, token=token, link=link)


@bp.post("/invitacion/<token>")
@public(load=invitation_of)
def accept_invitation(found: Link) -> Answer:
    (link, token), form = found, InvitationForm()
    if link is None:
        return _spent("invitation")
    if form.validate():
        try:
            person = services.accept_invitation(
                link, form.name.data or "", form.password.data, accepts_notice=bool(form.accepts_notice.data), now=clock.now(),
                let_go=db.session.commit,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
            link, token = invitation_of(token)  # read again: the transaction it was read in is over
            if link is None:
                return _spent("invitation")
        else:
            return proceed(person, None)
    return render_template("accounts/invitation.html", form=form, token=token, link=link), 422


@bp.get("/correo-nuevo/<token>")
@public(load=change_of)
def change_form(found: Link) -> Answer:
    link, token = found
    return render_template("accounts/confirm_change.html", form=EmptyForm(), token=token, link=link) if link else _spent("change")


@bp.post("/correo-nuevo/<token>")
@public(load=change_of)
def confirm_change(found: Link) -> Answer:
    (link, token), form = found, EmptyForm()
    if link is None:
        return _spent("change")
    new_email = link.email
    try:
        is_done = services.confirm_change(link, now=clock.now())
    except RuleBroken as broken:
        db.session.commit()
        form.show(broken)
        return render_template("accounts/confirm_change.html", form=form, token=token, link=link), 422
    db.session.commit()
    return render_template("accounts/changed.html", is_done=is_done, email=new_email)
