"""The same with an account: nothing is asked by mail."""

from typing import Any

from flask import Response, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.follows import queries, services
from app.follows.forms import PacesForm
from app.follows.permissions import GRANTS, FollowPermission
from app.follows.queries import Target
from app.follows.rules import SubjectKind
from app.follows.views import bp, shown
from app.follows.views.private import chosen_subject, drawn

BASE = "/mi-cuenta/avisos"
FORMERLY = "/mesa/mis-avisos"


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


@bp.get(FORMERLY)
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def formerly() -> Any:
    """Letters sent before lead here."""
    return redirect(url_for("follows.own"), 301)


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


def _wanted() -> Target | None:
    """What the address or the form names: `clase` and `ref`; None for what cannot be followed."""
    kind, ref = request.values.get("clase", ""), request.values.get("ref", "")[:200]
    if not ref or kind not in set(SubjectKind):
        return None
    slug, _slash, theme = ref.partition("/")
    args = {
        SubjectKind.PROCESS: {"slug": slug}, SubjectKind.THEME: {"slug": slug, "theme": theme or " "},
        SubjectKind.TERRITORY: {"ubigeo": ref}, SubjectKind.CONTRIBUTION: {"code": ref},
    }[SubjectKind(kind)]  # fmt: skip
    return queries.target(**args)


@bp.get(f"{BASE}/seguir")
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own_ask() -> Any:
    target = _wanted()
    if target is None:
        return redirect(url_for("follows.own"), 303)
    return render_template("follows/own_ask.html", target=target, space=target.space, label=shown.label(target), home=shown.home_of(target))


@bp.post(f"{BASE}/seguir")
@guarded(FollowPermission.KEEP_OWN, GRANTS)
def own_take() -> Any:
    target, person = _wanted(), queries.account(current_actor().person_id or 0)
    if target is not None and target.subject is not None and person is not None:
        services.follow_with_account(target.subject, person_id=person.id, email=person.email, now=clock.now())
        db.session.commit()
        flash(_("Desde ahora sigue: %(title)s", title=target.title), "good")
    return redirect(url_for("follows.own"), 303)
