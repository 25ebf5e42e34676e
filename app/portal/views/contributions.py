"""The public list of contributions, the story of one, and the page of an activity with what was said there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.activities import queries as activities
from app.contributions import messages as contributions_messages
from app.contributions import queries as contributions
from app.contributions.queries import ContributionRow
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, Visibility
from app.core import clock, dates
from app.core.guard import public
from app.core.web import Page, json_response, not_modified, page_number, pager, tagged
from app.deliberation import queries as deliberation
from app.feedback import messages as feedback_messages
from app.feedback import queries as feedback
from app.feedback.rules.outcomes import Outcome
from app.groups import queries as groups
from app.moderation import messages as moderation_messages
from app.moderation import queries as moderation
from app.moderation.rules import HidingReason
from app.organisations import messages as organisations_messages
from app.plans.views.wordings import drawn as drawn_amendment
from app.portal import queries
from app.portal.views import bp
from app.portal.views.story import story
from app.processes import queries as processes
from app.projects import queries as projects
from app.projects.views.shown import card as project_card

if TYPE_CHECKING:
    from app.processes.models import Opportunity, Process

LONGEST_EXTRACT = 280


def card(row: ContributionRow, answer: Any, outcomes: dict[str, str], waits: str, today: Any) -> dict[str, Any]:
    """A row as components/contribution_card.html draws it; texts already translated."""
    text = row.text if len(row.text) <= LONGEST_EXTRACT else row.text[:LONGEST_EXTRACT].rsplit(" ", 1)[0] + "…"
    outcome = str(answer.outcome) if answer else "waiting"
    days = clock.days_between(clock.lima_day(row.received_at), today)
    return {
        "reference": row.code,
        "anchor": row.code,
        "href": f"/aportes/{row.code}",
        "title": row.title,
        "text": text,
        "lang": row.language.tag,
        "author": row.public_name,
        "place": row.place,
        "when_on": clock.lima_day(row.received_at).isoformat(),
        "when_text": dates.short_date(row.received_at),
        "theme": row.theme,
        "outcome": outcome,
        "outcome_label": outcomes[outcome],
        "standing": "" if answer else waits % {"num": days},
        "support": "",
    }


def cards(rows: list[ContributionRow]) -> list[dict[str, Any]]:
    answers = feedback.current_answers([row.id for row in rows])
    outcomes = {str(outcome): str(label) for outcome, label in feedback_messages.OUTCOMES.items()} | {"waiting": _("Espera respuesta")}
    today = clock.lima_day(clock.now())
    supports = deliberation.support_counts(row.id for row in rows)
    waits = _("hace %(num)s días", num="%(num)s")
    drawn = [card(row, answers.get(row.id), outcomes, waits, today) for row in rows]
    for row, found in zip(rows, drawn, strict=True):
        if row.id in supports:
            found["support"] = ngettext("%(num)s apoyo", "%(num)s apoyos", supports[row.id])
    return drawn


@bp.get("/procesos/<slug>/aportes", endpoint="contributions")
@public(load=processes.public_process_by_slug)
def contributions_list(process: Process) -> Response:
    filters = ContributionFilters.parse(request.args)
    today = clock.lima_day(clock.now())
    version = (process.public_revision, deliberation.change_of_process(process.id), today)
    same = not_modified(*version, request.query_string.decode("latin-1"))
    if same:
        return tagged(same)
    page = contributions.page_of(process.id, filters, page_number(), also=queries.with_outcome(filters.outcome))

    def href(**changes: Any) -> str:
        arguments = {**filters.arguments(), **{k: v for k, v in changes.items() if v}}
        for name in [k for k, v in changes.items() if not v]:
            arguments.pop(name, None)
        return url_for("portal.contributions", slug=process.slug, **arguments)

    return tagged(
        make_response(
            render_template(
                "portal/contributions.html",
                process=process,
                space=process.space,
                filters=filters,
                cards=cards(list(page.rows)),
                page=page,
                pager_links=pager(page, lambda number: href(pagina=number if number > 1 else "")),
                answered_chips=_answered_chips(filters, href),
                choices=_choices(process),
                coverage=feedback.coverage(process.id),
            )
        )
    )


def _answered_chips(filters: ContributionFilters, href: Any) -> list[dict[str, Any]]:
    shown = {None: _("Todos"), True: _("Con respuesta"), False: _("Esperan respuesta")}
    values = {None: "", True: "si", False: "no"}
    return [
        {"text": text, "count": None, "href": href(respuesta=values[value], pagina=""), "here": filters.answered is value}
        for value, text in shown.items()
    ]


def _choices(process: Process) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers: (value, words)."""
    return {
        "tema": [(theme.slug, theme.name) for theme in processes.themes(process.id)],
        "territorio": queries.territories_with_contributions(process.id),
        "canal": [(channel.value, str(contributions_messages.CHANNELS[channel])) for channel in Channel],
        "sector": [(sector.value, str(label)) for sector, label in organisations_messages.SECTORS.items()],
        "resultado": [(outcome.value, str(feedback_messages.OUTCOMES[outcome])) for outcome in Outcome],
    }


@bp.get("/aportes/<code>")
@public(load=queries.visible_contribution)
def contribution(contribution: Any) -> Response | tuple[str, int]:
    process = contribution.process
    if contribution.visibility is not Visibility.PUBLIC:
        stone = moderation.tombstones([contribution.id]).get(contribution.id)
        ending = contributions.withdrawal_of(contribution.id) if contribution.visibility is Visibility.WITHDRAWN else None
        return make_response(
            render_template(
                "portal/tombstone.html",
                ending=ending,
                contribution=contribution,
                process=process,
                space=process.space,
                reason=contributions_messages.PUBLIC_REASONS[ending.reason] if ending else _hidden_for(contribution.id),
                answered=contribution.answered_at is not None,
                favoured=stone.favoured if stone else "",
            ),
            410,
        )
    now = clock.now()
    talk = deliberation.tally(contribution.id)
    given = projects.projects_of_contribution(contribution.id)
    same = not_modified(process.public_revision, clock.lima_day(now), talk.version, *((p.code, p.public_revision) for p in given))
    if same:
        return tagged(same)
    answer = feedback.answer_page(contribution).current
    amendment = deliberation.amendment_of(contribution.id)
    return tagged(
        make_response(
            render_template(
                "portal/contribution.html",
                contribution=contribution,
                process=process,
                space=process.space,
                story=story(contribution, now),
                projects=[project_card(project) for project in given],
                answer=answer,
                amendment=drawn_amendment(amendment) if amendment else None,
                together=feedback.companions(contribution, answer),
                outcomes=feedback_messages.OUTCOMES,
                channel=contributions_messages.CHANNELS[contribution.channel],
                sector=organisations_messages.SECTORS[contribution.sector],
                opportunity=queries.opportunity_of(contribution),
                files=queries.files_of(contribution.id),
                talk=talk,
                talk_is_open=deliberation.deliberation_standing(process, now).is_open,
                summary=contributions.summaries([contribution.id]).get(contribution.id),
                where=contributions.whereabouts([contribution.id]).get(contribution.id),
                ending=contributions.withdrawal_of(contribution.id),
                retired_for=contributions.retired_for(contribution.id),
            )
        )
    )


def _hidden_for(contribution_id: int) -> Any:
    reason = queries.hiding_reason(contribution_id)
    return moderation_messages.REASONS[HidingReason(reason)] if reason else ""


@bp.get("/aportes/<code>.json")
@public(load=contributions.public_contribution_by_code)
def contribution_json(contribution: Any) -> Response:
    answer = feedback.current_answers([contribution.id]).get(contribution.id)
    group = groups.group_of([contribution.id]).get(contribution.id)
    talk = deliberation.tally(contribution.id)
    where = contributions.whereabouts([contribution.id]).get(contribution.id)
    summary = contributions.summaries([contribution.id]).get(contribution.id)
    return json_response(
        {
            "code": contribution.code,
            "process": contribution.process.slug,
            "received_at": dates.rfc3339(contribution.received_at),
            "channel": contribution.channel,
            "proponent": contribution.public_name,
            "sector": contribution.sector,
            "organisation": contribution.organisation.slug if contribution.organisation else None,
            "ubigeo": contribution.ubigeo,
            "reference": where.reference or None if where else None,
            "geo": where.point or None if where else None,
            "language": contribution.language,
            "theme": contribution.theme.slug if contribution.theme else None,
            "title": contribution.title,
            "text": contribution.text,
            "summary": summary.text if summary else None,
            "summary_by": summary.written_by if summary else None,
            "group": group.reference if group else None,
            "outcome": str(answer.outcome) if answer else None,
            "supports": talk.supports,
            "comments": talk.comments,
            "answered_at": dates.rfc3339(contribution.answered_at) or None,
            "answer": url_for("feedback.show", code=contribution.code) if answer else None,
        }
    )


def _voted(activity: Any) -> dict[str, Any]:
    """What feedback/_priorities.html reads: what the workshop voted and how each ended."""
    if activity is None:
        return {"priorities": []}
    return {
        "priorities": feedback.priorities_voted(activity.id), "ballot": feedback.ballot_of(activity.id),
        "endings": feedback_messages.ENDINGS, "outcomes": feedback_messages.OUTCOMES,
    }  # fmt: skip


@bp.get("/procesos/<slug>/actividades/<activity>")
@public(load=lambda slug, activity: processes.opportunity(slug, activity))
def activity(opportunity: Opportunity) -> Response:
    process = opportunity.process
    now = clock.now()
    same = not_modified(process.public_revision, clock.lima_day(now), page_number())
    if same:
        return tagged(same)
    record = activities.record_page(opportunity, now)
    said = queries.said_at(record.activity, page_number()) if record.activity else Page([], 1, 0)

    def href(number: int) -> str:
        return url_for("portal.activity", slug=process.slug, activity=opportunity.slug, pagina=number if number > 1 else None)

    return tagged(
        make_response(
            render_template(
                "portal/activity.html",
                process=process,
                space=process.space,
                opportunity=opportunity,
                record=record,
                now=now,
                cards=cards(list(said.rows)),
                page=said,
                pager_links=pager(said, href),
                **_voted(record.activity),
            )
        )
    )
