"""Asking to follow: a form that works without account and without scripts; the confirmation comes by mail."""

from typing import Any

from flask import redirect, render_template, url_for

from app.core import clock
from app.core.db import db
from app.core.guard import public
from app.follows import queries, services
from app.follows.forms import AddressForm, FollowForm
from app.follows.queries import Target
from app.follows.views import bp, shown

BASE = "/seguir"


def _asked(target: Target) -> str:
    return _drawn(target, FollowForm())


def _drawn(target: Target, form: FollowForm) -> str:
    return render_template(
        "follows/ask.html", target=target, process=target.process, space=target.space, form=form, label=shown.label(target),
        home=shown.home_of(target), feed=shown.feed_of(target), calendar=shown.calendar_of(target),
        own=url_for("follows.own_ask", clase=target.kind, ref=target.ref),
    )  # fmt: skip


def _taken(target: Target) -> Any:
    form = FollowForm()
    if not form.validate() or target.subject is None:
        return _drawn(target, form), 422
    services.ask_to_follow(target.subject, form.email.data or "", form.chosen(), title=target.title, now=clock.now())
    db.session.commit()
    return redirect(url_for("follows.asked"), 303)


@bp.get(f"{BASE}/procesos/<slug>")
@public(load=queries.target)
def ask_process(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/procesos/<slug>")
@public(load=queries.target)
def take_process(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/procesos/<slug>/temas/<theme>")
@public(load=queries.target)
def ask_theme(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/procesos/<slug>/temas/<theme>")
@public(load=queries.target)
def take_theme(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/territorios/<ubigeo>")
@public(load=queries.target)
def ask_territory(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/territorios/<ubigeo>")
@public(load=queries.target)
def take_territory(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/aportes/<code>")
@public(load=queries.target)
def ask_contribution(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/aportes/<code>")
@public(load=queries.target)
def take_contribution(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/gracias")
@public()
def asked() -> str:
    return render_template("follows/asked.html")


@bp.get(f"{BASE}/mis-avisos")
@public()
def find_page() -> str:
    return render_template("follows/find.html", form=AddressForm(), is_sent=False)


@bp.post(f"{BASE}/mis-avisos")
@public()
def send_page() -> Any:
    form = AddressForm()
    if not form.validate():
        return render_template("follows/find.html", form=form, is_sent=False), 422
    services.send_page(form.email.data or "", now=clock.now())
    db.session.commit()
    return redirect(url_for("follows.page_sent"), 303)


@bp.get(f"{BASE}/mis-avisos/enviado")
@public()
def page_sent() -> str:
    return render_template("follows/find.html", form=None, is_sent=True)
