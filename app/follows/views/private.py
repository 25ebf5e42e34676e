"""The private page of an address, opened by the link of its letters: everything it follows, how often, and leaving."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import public
from app.follows import messages, queries, services
from app.follows.forms import PacesForm
from app.follows.queries import Target
from app.follows.rules import NewsKind, Pace, Subject, SubjectKind
from app.follows.views import bp, shown

PAGE = "/seguir/mi-pagina/<token>"
LEAVE = "/seguir/dejar/<token>"
ONE_CLICK = "One-Click"


def drawn(template: str, follower: Any, form: PacesForm | None = None, *, status: int = 200, **shown_too: Any) -> Response:
    """What an address follows and how often; `shown_too` says where its forms go: paces, stop, leave."""
    follows = queries.follows_of(follower.id) if follower else ()
    titles = queries.titles(follow.subject for follow in follows)
    rows = [
        {
            "kind": follow.subject_kind.value, "ref": follow.subject_ref, "label": messages.SUBJECTS[follow.subject_kind],
            "title": titles.get(follow.subject, ""), "href": _home(follow.subject) if follow.subject in titles else "",
        }
        for follow in follows
    ]  # fmt: skip
    if form is None and follower:
        known = queries.paces_of(follower.id)
        form = PacesForm(formdata=None, data={kind.value: known.get(kind, Pace.NEVER).value for kind in NewsKind})
    response = make_response(
        render_template(template, rows=rows, form=form, address=follower.address if follower else "", **shown_too), status
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _home(subject: Subject) -> str:
    slug, _, theme = subject.ref.partition("/")
    args = {
        SubjectKind.PROCESS: {"slug": slug}, SubjectKind.THEME: {"slug": slug, "theme": theme},
        SubjectKind.TERRITORY: {"ubigeo": slug}, SubjectKind.CONTRIBUTION: {"code": slug},
    }[subject.kind]  # fmt: skip
    return shown.home_of(Target(subject, "", args))


def chosen_subject() -> Subject | None:
    """What the button of a row says to stop following."""
    kind, ref = request.form.get("kind", ""), request.form.get("ref", "")[:200]
    return Subject(SubjectKind(kind), ref) if kind in set(SubjectKind) else None


def _addresses(token: str) -> dict[str, Any]:
    return {
        "paces": url_for("follows.choose_paces", token=token), "stop": url_for("follows.stop", token=token),
        "leave": url_for("follows.leave", token=token),
    }  # fmt: skip


def _page(token: str, form: PacesForm | None = None, status: int = 200) -> Response:
    follower = services.follower_behind(token)
    if follower is None:
        return _ended(404)
    return drawn("follows/mine.html", follower, form, status=status, **_addresses(token))


def _ended(status: int) -> Response:
    response = make_response(render_template("follows/ended.html"), status)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/seguir/confirmar/<token>")
@public()
def confirm_form(token: str) -> Response:
    follow = services.follow_behind(token)
    titles = queries.titles([follow.subject]) if follow else {}
    return _private(render_template("follows/confirm.html", token=token, follow=follow, title=_title(follow, titles), page=""), follow)


@bp.post("/seguir/confirmar/<token>")
@public()
def confirm(token: str) -> Response:
    follow = services.confirm(token, now=clock.now())
    page = url_for("follows.mine", token=services.page_token(follow.follower.handle)) if follow else ""
    titles = queries.titles([follow.subject]) if follow else {}
    title = _title(follow, titles)
    db.session.commit()
    return _private(render_template("follows/confirm.html", token=token, follow=follow, title=title, page=page), follow)


def _title(follow: Any, titles: dict[Subject, str]) -> str:
    return titles.get(follow.subject, follow.subject_ref) if follow else ""


def _private(content: str, found: Any) -> Response:
    response = make_response(content, 200 if found else 422)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get(PAGE)
@public()
def mine(token: str) -> Response:
    return _page(token)


@bp.post(f"{PAGE}/ritmo")
@public()
def choose_paces(token: str) -> Any:
    follower = services.follower_behind(token)
    if follower is None:
        return _ended(404)
    form = PacesForm()
    if not form.validate():
        return _page(token, form, 422)
    try:
        services.choose_paces(follower, form.chosen())
    except RuleBroken as broken:
        form.show(broken)
        return _page(token, form, 422)
    db.session.commit()
    return redirect(url_for("follows.mine", token=token), 303)


@bp.post(f"{PAGE}/quitar")
@public()
def stop(token: str) -> Any:
    follower, subject = services.follower_behind(token), chosen_subject()
    if follower is None:
        return _ended(404)
    is_forgotten = subject is not None and services.stop_following(follower, subject)
    db.session.commit()
    return redirect(url_for("follows.left") if is_forgotten else url_for("follows.mine", token=token), 303)


@bp.get(LEAVE)
@public()
def leave_form(token: str) -> Response:
    follower = services.follower_behind(token)
    return _private(render_template("follows/leave.html", token=token), True) if follower else _ended(404)


@bp.post(LEAVE)
@public()
def leave(token: str) -> Any:
    """Forget the address. A mail program may ask for it by itself (RFC 8058): it sends no cookie and no form of ours, only its words."""
    if request.form.get("List-Unsubscribe") != ONE_CLICK and current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
    follower = services.follower_behind(token)
    if follower is not None:
        services.forget(follower)
        db.session.commit()
    return redirect(url_for("follows.left"), 303)


@bp.get("/seguir/hasta-pronto")
@public()
def left() -> str:
    return render_template("follows/left.html")


@bp.record_once
def _let_mail_programs_leave(state: Any) -> None:
    """`leave` looks for the token of our form itself, unless a mail program asks."""
    state.app.extensions["csrf"].exempt(leave)
