"""A group as the public reads it: why these were answered together, every code, and the one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.clock import lima_day
from app.core.dates import rfc3339
from app.core.guard import public
from app.core.web import json_response, not_modified, tagged
from app.feedback import queries
from app.feedback.views import bp
from app.feedback.views.answers import about, details, signatures
from app.feedback.views.cards import CardMaker, labels
from app.groups import queries as groups

if TYPE_CHECKING:
    from app.groups.models import ContributionGroup


@bp.get("/procesos/<slug>/grupos/<int:number>")
@public(load=lambda slug, number: queries.public_group(slug, number))
def public_group(group: ContributionGroup) -> Response:
    process, today = group.process, lima_day(clock.now())
    same = not_modified("group", group.id, process.public_revision, today)
    if same:
        return same
    members = groups.members(group.id)
    current = queries.group_answer(members)
    row = queries.card_of(current.decision.id) if current else None
    return tagged(
        make_response(
            render_template(
                "feedback/public_group.html",
                group=group,
                process=process,
                space=process.space,
                members=[_member(member) for member in members],
                card=CardMaker(process.slug, today).card(row) if row else None,
                labels=labels(),
                details=details(current) if current else [],
                ideas=about(current) if current else [],
                signatures=signatures(current) if current else [],
                nav_here="processes",
            )
        )
    )


def _member(member: Any) -> dict[str, Any]:
    """A contribution of the group; one that is not public is its code."""
    is_public = member.visibility is Visibility.PUBLIC
    return {
        "code": member.code,
        "title": member.title if is_public else "",
        "href": url_for("feedback.show", code=member.code) if member.visibility is not Visibility.HELD else "",
    }


@bp.get("/procesos/<slug>/grupos/<int:number>.json")
@public(load=lambda slug, number: queries.public_group(slug, number))
def public_group_json(group: ContributionGroup) -> Response:
    same = not_modified("group", group.id, group.process.public_revision, "json")
    if same:
        return same
    site = current_app.config["SITE_URL"]
    members = groups.members(group.id)
    current = queries.group_answer(members)
    return tagged(
        json_response(
            {
                "grupo": group.reference,
                "proceso": group.process.slug,
                "titulo": group.title,
                "por_que_van_juntos": group.rationale,
                "agrupado": rfc3339(group.grouped_at),
                "revisado_por_otra_persona": rfc3339(group.reviewed_at) or None,
                "deshecho": rfc3339(group.dissolved_at) or None,
                "aportes": [
                    {
                        "codigo": member.code,
                        "titulo": member.title if member.visibility is Visibility.PUBLIC else None,
                        "respuesta": f"{site}{url_for('feedback.show_json', code=member.code)}" if current else None,
                    }
                    for member in members
                ],
                "decision": str(current.draft.outcome) if current else None,
                "respuesta": current.draft.text if current else None,
                "url": site + url_for("feedback.public_group", slug=group.process.slug, number=group.number),
            }
        )
    )
