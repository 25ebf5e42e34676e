"""What is new, on the whole site and about each thing that can be followed: as a page, as Atom, as a calendar."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext as _

from app.audit import queries as register
from app.core import clock
from app.core.guard import public
from app.core.web import not_modified, open_data, page_number, pager, tagged
from app.follows import documents, queries
from app.follows.queries import Target
from app.follows.views import bp, shown
from app.territories import queries as territories

EMPTY_SINCE = clock.start_of_lima_day(date(2026, 1, 1))
"""A feed has to say when it last changed, also before anything happened."""


def _page(target: Target) -> Response:
    number = page_number()
    same = not_modified("news", target.kind, target.ref, number, *register.head(), clock.lima_day(clock.now()))
    if same:
        return tagged(same)
    page = queries.page_of_news(target.subject, number)
    within = target.ref if target.kind == "territory" else ""
    return tagged(make_response(render_template(
        "follows/news.html", target=target, process=target.process, space=target.space, heading=shown.heading(target),
        label=shown.label(target), news=shown.days(page.rows), page=page,
        pager_links=pager(page, lambda n: shown.page_of(target, pagina=n if n > 1 else None)), feed=shown.feed_of(target),
        calendar=shown.calendar_of(target), follow=shown.follow_of(target) if target.subject else "", home=shown.home_of(target),
        places=_places(within) if target.kind in ("site", "territory") else [], coming=_coming(target),
        site=current_app.config["SITE_URL"].partition("://")[2],
    )))  # fmt: skip


def _places(within: str) -> list[dict[str, Any]]:
    """Territories one level down that were in the news."""
    digits = len(within) + 2
    found = [(ubigeo, count) for ubigeo, count in queries.territories_in_the_news(within) if len(ubigeo) == digits]
    names = {t.ubigeo: t.name for t in (territories.territory(ubigeo) for ubigeo, _count in found) if t}
    return [{"name": names[u], "count": n, "href": url_for("follows.territory", ubigeo=u)} for u, n in found if u in names]


def _coming(target: Target) -> list[Any]:
    if target.kind != "territory":
        return []
    now = clock.now()
    return [o for o in queries.announced_in(target.ref) if o.ends_at >= now and not o.is_withdrawn][:10]


def _atom(target: Target) -> Response:
    """RFC 4287. Each act has the same id for ever; the feed changes when the register does."""
    same = not_modified("news-atom", target.kind, target.ref, *register.head())
    if same:
        return tagged(same)
    rows = queries.newest(target.subject)
    host = urlsplit(current_app.config["SITE_URL"]).hostname or "minka"
    content = render_template(
        "follows/news.atom", title=shown.heading(target), author=target.space.name if target.space else "Minka",
        news=shown.lines(rows), self_link=shown.feed_of(target), page_link=shown.page_of(target), host=host,
        updated=rows[0].at if rows else target.process.created_at if target.process else EMPTY_SINCE,
    )  # fmt: skip
    return tagged(open_data(Response(content, mimetype="application/atom+xml")))


@bp.get("/novedades")
@public(load=lambda: queries.target())
def site(target: Target) -> Response:
    return _page(target)


@bp.get("/procesos/<slug>/novedades")
@public(load=queries.target)
def process(target: Target) -> Response:
    return _page(target)


@bp.get("/procesos/<slug>/temas/<theme>")
@public(load=queries.target)
def theme(target: Target) -> Response:
    return _page(target)


@bp.get("/territorios/<ubigeo>")
@public(load=queries.target)
def territory(target: Target) -> Response:
    return _page(target)


@bp.get("/aportes/<code>/novedades")
@public(load=queries.target)
def contribution(target: Target) -> Response:
    return _page(target)


@bp.get("/novedades.atom")
@public(load=lambda: queries.target())
def site_atom(target: Target) -> Response:
    return _atom(target)


@bp.get("/procesos/<slug>/novedades.atom")
@public(load=queries.target)
def process_atom(target: Target) -> Response:
    return _atom(target)


@bp.get("/procesos/<slug>/temas/<theme>.atom")
@public(load=queries.target)
def theme_atom(target: Target) -> Response:
    return _atom(target)


@bp.get("/territorios/<ubigeo>.atom")
@public(load=queries.target)
def territory_atom(target: Target) -> Response:
    return _atom(target)


@bp.get("/aportes/<code>/novedades.atom")
@public(load=queries.target)
def contribution_atom(target: Target) -> Response:
    return _atom(target)


@bp.get("/procesos/<slug>/calendario.ics")
@public(load=queries.target)
def process_calendar(target: Target) -> Response:
    same = not_modified("calendar", target.ref, *register.head())
    return same or _calendar(target, queries.announced_by(target.process.id if target.process else 0), target.title)


@bp.get("/territorios/<ubigeo>/calendario.ics")
@public(load=queries.target)
def territory_calendar(target: Target) -> Response:
    same = not_modified("calendar", target.ref, *register.head())
    return same or _calendar(target, queries.announced_in(target.ref), _("Participación en %(place)s", place=target.title))


def _calendar(target: Target, opportunities: Any, name: str) -> Response:
    site = current_app.config["SITE_URL"]
    content = documents.calendar(
        opportunities, name=name, host=urlsplit(site).hostname or "minka", cancelled=queries.not_held([o.id for o in opportunities]),
        stamps=queries.last_publications(o.process_id for o in opportunities),
        address=lambda o: site + url_for("portal.activity", slug=o.process.slug, activity=o.slug),
    )  # fmt: skip
    response = make_response(content)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="calendario-{target.ref}.ics"'
    return tagged(open_data(response))
