"""What became of what was said: the list, those who wait, and the same as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions.rules.terms import Visibility
from app.core import clock, languages
from app.core.cache import fragment
from app.core.clock import days_between, lima_day
from app.core.guard import public
from app.core.text import trusted
from app.core.web import Page, csv_response, json_response, not_modified, page_number, tagged
from app.feedback import documents, queries
from app.feedback.rules.coverage import Coverage
from app.feedback.rules.matrix import COLUMNS
from app.feedback.rules.pile import AnswerFilters
from app.feedback.views import bp, tally
from app.feedback.views.cards import CardMaker, Words, drawn_together, words
from app.feedback.views.paging import Chip, chips_drawn, link, pager
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process


@bp.get("/procesos/<slug>/respuestas")
@public(load=lambda slug: processes.public_standing(slug))
def index(standing: processes.Standing) -> Response:
    filters, number, today = AnswerFilters.parse(request.args), page_number(), lima_day(clock.now())
    shown = {**filters.arguments(), "pagina": number}
    asked = link("", shown)
    same = not_modified(standing.id, standing.public_revision, asked, today)
    if same:
        return same
    at = f"feedback:{standing.id}:{standing.public_revision}:{today}"

    def page() -> bytes:
        around = queries.answers_head(standing.id)
        head = fragment(f"{at}:head", lambda: _head(standing, around, today))
        return render_template(
            "feedback/index.html",
            process=standing,
            space=standing.space,
            head=trusted(head),
            page_number=number,
            nav_here="processes",
            feeds=_feeds(standing.slug),
            **_answers(standing, around, filters, number, today),
        ).encode()

    return tagged(Response(fragment(f"{at}:{asked}", page), mimetype="text/html"))


def _head(process: processes.Standing, around: queries.AnswersHead, today: date) -> str:
    """The numbers: the same on every page of the list, whatever the filters."""
    numbers = around.coverage
    return render_template(
        "feedback/_coverage.html",
        process=process,
        coverage=numbers,
        bar=_bar(numbers, process.slug) if numbers.received else "",
        oldest=_oldest_line(around.oldest, today) if around.oldest and numbers.waiting else None,
    )


def _bar(numbers: Coverage, slug: str) -> str:
    received = ngettext("%(num)s aporte recibido", "%(num)s aportes recibidos", numbers.received)
    return tally.drawn(tally.parts(numbers, slug, words(languages.current())), numbers.received, received)


def _oldest_line(row: queries.Oldest, today: date) -> dict[str, str]:
    href = url_for("feedback.show", code=row.code) if row.visibility is not Visibility.HELD else ""
    return {"code": row.code, "age": age(days_between(lima_day(row.received_at), today)), "href": href}


def _answers(process: processes.Standing, around: queries.AnswersHead, filters: AnswerFilters, number: int, today: date) -> dict[str, Any]:
    """What feedback/_answers.html reads."""
    numbers = around.coverage
    address = url_for("feedback.index", slug=process.slug)
    total = _total(process, filters, numbers)
    page = Page(queries.answers(process.id, filters, number), number, total)
    maker = CardMaker(process.slug, today)
    return {
        "outcome_chips": chips_drawn(_outcome_chips(filters, numbers, address, maker.words), maker.words.by_outcome),
        "theme_chips": chips_drawn(_theme_chips(around.themes, filters, address, maker.words), maker.words.by_theme),
        "cards": drawn_together([maker.brief(row) for row in page.rows]),
        "pager_links": pager(page, address, filters.arguments()),
        "filters": filters,
        "address": address,
        "total": total,
    }


def _total(process: processes.Standing, filters: AnswerFilters, numbers: Coverage) -> int:
    """From the tally when it can tell; otherwise counted, once for all pages of the same list."""
    if filters.q or filters.theme:
        name = f"feedback:{process.id}:{process.public_revision}:count:{link('', filters.arguments())}"
        return int(fragment(name, lambda: str(queries.answers_count(process.id, filters))))
    return numbers.by_outcome.get(filters.outcome, 0) if filters.outcome else numbers.published


def _outcome_chips(filters: AnswerFilters, numbers: Coverage, address: str, words: Words) -> list[Chip]:
    kept = {"q": filters.q, "tema": filters.theme}
    counted = not (filters.q or filters.theme)
    chips = [Chip(words.every_outcome, numbers.published if counted else None, link(address, kept), filters.outcome is None)]
    return chips + [
        Chip(
            words.outcomes[outcome],
            count if counted else None,
            link(address, {**kept, "resultado": outcome.value}),
            filters.outcome is outcome,
        )
        for outcome, count in numbers.by_outcome.items()
        if count
    ]


def _theme_chips(themes: Sequence[tuple[str, str]], filters: AnswerFilters, address: str, words: Words) -> list[Chip]:
    kept = {"q": filters.q, "resultado": str(filters.outcome or "")}
    if not themes:
        return []
    every = Chip(words.every_theme, None, link(address, kept), not filters.theme)
    return [every] + [Chip(name, None, link(address, {**kept, "tema": slug}), filters.theme == slug) for slug, name in themes]


def age(days: int) -> str:
    """ "hace 24 días"."""
    return gettext("desde hoy") if days < 1 else ngettext("desde hace %(num)s día", "desde hace %(num)s días", days)


def _feeds(slug: str) -> dict[str, str]:
    return {
        "atom": url_for("feedback.index_atom", slug=slug),
        "json": url_for("feedback.index_json", slug=slug),
        "csv": url_for("feedback.index_csv", slug=slug),
    }


@bp.get("/procesos/<slug>/respuestas.csv")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def index_csv(process: Process) -> Response:
    return not_modified(process.id, process.public_revision, "csv") or tagged(
        csv_response(f"respuestas-{process.slug}.csv", COLUMNS, documents.matrix(process))
    )


@bp.get("/procesos/<slug>/respuestas.json")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def index_json(process: Process) -> Response:
    return not_modified(process.id, process.public_revision, "json") or tagged(json_response(documents.as_json(process)))


@bp.get("/procesos/<slug>/respuestas.atom")
@public(load=lambda slug: processes.public_process_by_slug(slug))
def index_atom(process: Process) -> Response:
    same = not_modified(process.id, process.public_revision, "atom")
    if same:
        return same
    maker = CardMaker(process.slug, lima_day(clock.now()))
    rows = queries.answers(process.id, AnswerFilters())
    response = make_response(
        render_template(
            "feedback/answers.atom.xml",
            process=process,
            entries=[(maker.card(row), row.published_at) for row in rows],
            updated=rows[0].published_at if rows else process.created_at,
        )
    )
    response.mimetype = "application/atom+xml"
    return tagged(response)
