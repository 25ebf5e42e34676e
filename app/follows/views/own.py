"""The same with an account: nothing is asked by mail."""

from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.follows import queries, services
from app.follows.forms import PacesForm
from app.follows.permissions import GRANTS, FollowPermission
from app.follows.queries import Target
from app.follows.views import bp, shown
from app.follows.views.private import chosen_subject, drawn

BASE = "/mesa/mis-avisos"


def _follower() -> Any:
    return queries.follower_of_person(current_actor().person_id or 0)


def _page(form: PacesForm | None = None, status: int = 200) -> Response:
    return drawn(
        "follows/own.html", _follower(), form, status=status, paces=url_for("follows.own_paces"), stop=url_for("follows.own_stop"),
        leave=url_for("follows.own_leave"), flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(BASE)
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own() -> Response:
    return _page()


@bp.post(f"{BASE}/ritmo")
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own_paces() -> Any:
    form, follower = PacesForm(), _follower()
    if follower is None:
        return redirect(url_for("follows.own"), 303)
    if not form.validate():
        return _page(form, 422)
    try:
        services.choose_paces(follower, form.chosen())
    except RuleBroken as broken:
        form.show(broken)
        return _page(form, 422)
    db.session.commit()
    flash(_("Guardado. Lo que esperaba sale según lo que acaba de elegir."), "good")
    return redirect(url_for("follows.own"), 303)


@bp.post(f"{BASE}/quitar")
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own_stop() -> Any:
    follower, subject = _follower(), chosen_subject()
    if follower is not None and subject is not None:
        services.stop_following(follower, subject)
        db.session.commit()
        flash(_("Ya no lo sigue."), "good")
    return redirect(url_for("follows.own"), 303)


@bp.post(f"{BASE}/dejar")
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own_leave() -> Any:
    follower = _follower()
    if follower is not None:
        services.forget(follower)
        db.session.commit()
    return redirect(url_for("follows.own"), 303)


def _asked(target: Target) -> str:
    return render_template("follows/own_ask.html", target=target, space=target.space, label=shown.label(target), home=shown.home_of(target),
                           take=url_for(f"follows.own_take_{target.kind}", **target.args))  # fmt: skip


def _taken(target: Target) -> Any:
    person = queries.account(current_actor().person_id or 0)
    if person is not None and target.subject is not None:
        services.follow_with_account(target.subject, person_id=person.id, email=person.email, now=clock.now())
        db.session.commit()
        flash(_("Desde ahora sigue: %(title)s", title=target.title), "good")
    return redirect(url_for("follows.own"), 303)


@bp.get(f"{BASE}/procesos/<slug>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_ask_process(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/procesos/<slug>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_take_process(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/procesos/<slug>/temas/<theme>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_ask_theme(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/procesos/<slug>/temas/<theme>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_take_theme(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/territorios/<ubigeo>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_ask_territory(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/territorios/<ubigeo>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_take_territory(target: Target) -> Any:
    return _taken(target)


@bp.get(f"{BASE}/aportes/<code>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_ask_contribution(target: Target) -> str:
    return _asked(target)


@bp.post(f"{BASE}/aportes/<code>")
@guarded(FollowPermission.KEEP_OWN, GRANTS, load=queries.target)
def own_take_contribution(target: Target) -> Any:
    return _taken(target)
