"""The pile of what is to be answered: its numbers, its filters, its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.guard import current_actor, guarded
from app.core.web import page_number
from app.feedback import queries
from app.feedback.messages import PILE_STATES, STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.pile import PileFilters, is_late
from app.feedback.views import bp
from app.feedback.views.paging import link, pager
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.processes.models import Process


def process_for_staff(slug: str) -> Process | None:
    return processes.process_by_slug(slug)


@bp.get("/mesa/procesos/<slug>/responder")
@guarded(FeedbackPermission.READ_DRAFT, GRANTS, load=process_for_staff)
def pile(process: Process) -> str:
    filters, person_id, now = PileFilters.parse(request.args), current_actor().person_id, clock.now()
    numbers = queries.pile_numbers(process.id, filters, person_id)
    address = url_for("feedback.pile", slug=process.slug)
    page = queries.pile_page(process.id, filters, page_number(), numbers.of(filters.state), person_id)
    arguments = filters.arguments()
    chips = [
        {
            "text": str(label),
            "count": numbers.of(state),
            "href": link(address, filters.at(state).arguments()),
            "here": state is filters.state,
        }
        for state, label in PILE_STATES.items()
    ]
    return render_template(
        "feedback/pile.html",
        process=process,
        space=process.space,
        filters=filters,
        chips=chips,
        numbers=numbers,
        address=address,
        entries=pile_entries(page.rows, process.id, now, arguments),
        pager_links=pager(page, address, arguments),
        first=page.rows[0] if page.rows else None,
        arguments=arguments,
        themes=processes.themes(process.id),
        workshops=queries.workshops(process.id),
        channels=channel_names(),
        coverage=queries.coverage(process.id),
        deadline=queries.deadline(process.id),
        narrowed=filters.said != ContributionFilters() or filters.mine,
        nav_here="desk",
    )


def channel_names() -> dict[Channel, str]:
    return {
        Channel.WORKSHOP: gettext("Taller"),
        Channel.WEB: gettext("Internet"),
        Channel.PAPER: gettext("Papel"),
        Channel.PHONE: gettext("Teléfono"),
        Channel.EMAIL: gettext("Correo"),
        Channel.WINDOW: gettext("Ventanilla"),
    }


def pile_entries(rows: Any, process_id: int, now: datetime, arguments: dict[str, str], here: str = "") -> list[dict[str, Any]]:
    """What components/pile.html draws."""
    deadline, channels, today = queries.deadline(process_id), channel_names(), lima_day(now)
    entries = []
    for row in rows:
        days = max(0, days_between(lima_day(row.received_at), today))
        standing = str(STATES[row.standing]) if row.standing else ""
        if row.standing is DecisionState.DRAFT and row.return_note:
            standing = gettext("Devuelta")
        if not standing:
            standing = gettext("respondido") if row.answered_at else ngettext("espera %(num)s día", "espera %(num)s días", days)
        if row.channel not in (Channel.WEB, Channel.WORKSHOP):
            standing += f" · {channels[row.channel].lower()}"
        if row.visibility is not Visibility.PUBLIC:
            standing += " · " + (gettext("oculto") if row.visibility is Visibility.HIDDEN else gettext("sin moderar"))
        entries.append(
            {
                "reference": row.code,
                "title": row.title,
                "href": link(url_for("feedback.workbench", code=row.code), arguments),
                "standing": standing,
                "is_late": row.answered_at is None and is_late(deadline, now),
                "here": row.code == here,
            }
        )
    return entries
