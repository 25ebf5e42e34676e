"""The forum on the desk: what awaits, its data, its seats."""

from datetime import date
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.forum import messages, queries, services
from app.forum.forms import EndTermForm, ForumForm, SeatForm, UploadForm
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.views import bp, shown
from app.organisations import queries as organisations
from app.spaces import queries as spaces

BASE = "/mesa/espacios/<slug>/foro"


def person_id() -> int:
    return current_actor().person_id or 0


def back(endpoint: str, said: str, anchor: str | None = None, **arguments: Any) -> Response:
    flash(said, "good")
    return redirect(url_for(endpoint, _anchor=anchor, **arguments), 303)  # type: ignore[return-value]


def organisation_choices() -> list[tuple[str, str]]:
    return [(o.slug, o.name) for o in organisations.organisations()]


@bp.get(BASE)
@guarded(ForumPermission.READ, GRANTS, load=spaces.space_by_slug)
def desk(space: Any) -> Response:
    """The forum of a space; without one, the form that opens it."""
    forum = queries.forum_of(space.id)
    if forum is None:
        return _settings(space, None, ForumForm())
    now = clock.now()
    today = clock.lima_day(now)
    seat = queries.seat_of(person_id(), space.id, today)
    agreements = shown.agreement_rows(queries.agreements(space.id), today)
    return make_response(
        render_template(
            "forum/desk.html", forum=forum, space=space, meetings=queries.meetings(space.id), motions=queries.motions(space.id),
            overdue=[row for row in agreements if row["is_overdue"]], seats=queries.seats_on(space.id, today), names=messages,
            state_of=shown.state_of, when=shown.when, rules=queries.current_rules(space.id),
            open_rules=queries.open_rules(space.id), seat=seat,
        )
    )  # fmt: skip


@bp.get(f"{BASE}/datos")
@guarded(ForumPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def settings(space: Any) -> Response:
    forum = queries.forum_of(space.id)
    return _settings(space, forum, ForumForm(formdata=None, obj=forum))


@bp.post(f"{BASE}/datos")
@guarded(ForumPermission.KEEP, GRANTS, load=spaces.space_by_slug)
def set_up(space: Any) -> Response:
    form = ForumForm()
    if not form.validate():
        return _settings(space, queries.forum_of(space.id), form, 422)
    services.set_up(space, form.draft(), person_id=person_id(), now=clock.now())
    db.session.commit()
    return back("forum.desk", _("Los datos del foro están guardados y son públicos."), slug=space.slug)


def _settings(space: Any, forum: Any, form: ForumForm, status: int = 200) -> Response:
    return make_response(render_template("forum/settings.html", space=space, forum=forum, form=form), status)


@bp.get(f"{BASE}/asientos")
@guarded(ForumPermission.READ, GRANTS, load=queries.forum_by_slug)
def seat_list(forum: Any) -> Response:
    return _seats(forum)


@bp.post(f"{BASE}/asientos")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def appoint(forum: Any) -> Response:
    form = SeatForm(prefix="seat-").with_choices(organisation_choices())
    if form.validate():
        try:
            _made, passwords = services.appoint(
                forum, form.draft(), organisation=organisations.organisation_by_slug(form.organisation.data or ""), person_id=person_id(),
                now=clock.now(), opens_accounts=bool(form.opens_accounts.data),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            if passwords:  # shown once, on this answer only: they are nowhere else
                return _seats(forum, passwords=passwords)
            return back("forum.seat_list", _("El periodo del asiento empezó."), slug=forum.space.slug)
    return _seats(forum, 422, form=form)


@bp.post(f"{BASE}/asientos/<int:seat_id>/fin")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.seat)
def end_term(seat: Any) -> Response:
    form = EndTermForm(prefix=f"end-{seat.id}-")
    if form.validate():
        day: date = form.ends_on.data  # type: ignore[assignment]
        try:
            services.end_term(seat, day, form.reason.data or "", person_id=person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return back("forum.seat_list", _("El periodo termina ese día, y con él los roles que dio."), slug=seat.space.slug)
    return _seats(queries.forum_of(seat.space_id), 422, ending=form, ending_id=seat.id)


@bp.post(f"{BASE}/asientos/<int:seat_id>/documento")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.seat)
def attach_appointment(seat: Any) -> Response:
    form = UploadForm(prefix=f"file-{seat.id}-")
    if carried_out(
        form, lambda: services.attach_appointment(seat, form.upload(), title=form.title.data or "", person_id=person_id(), now=clock.now())
    ):
        db.session.commit()
        return back("forum.seat_list", _("El documento es público."), slug=seat.space.slug)
    return _seats(queries.forum_of(seat.space_id), 422, attaching=form, attaching_id=seat.id)


def _seats(forum: Any, status: int = 200, **more: Any) -> Response:
    today = clock.lima_day(clock.now())
    form = SeatForm(prefix="seat-", formdata=None, data={"number": queries.next_number(forum.space_id), "starts_on": today})
    context = {
        "forum": forum, "space": forum.space, "rows": [shown.term(seat, today) for seat in queries.seat_terms(forum.space_id)],
        "form": form.with_choices(organisation_choices()), "today": today, "passwords": [], "ending": None, "ending_id": 0,
        "attaching": None, "attaching_id": 0,
    }  # fmt: skip
    return make_response(render_template("forum/seat_list.html", **context | more), status)
