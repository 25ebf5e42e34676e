"""What a workshop voted as its priorities: recorded by who facilitated it, closed by the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import ngettext

from app.activities import queries as activities
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.feedback import queries, services
from app.feedback.forms.agreement import VotesForm
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.views import bp
from app.feedback.views.signing import sentences_of

if TYPE_CHECKING:
    from app.activities.models import Activity


def activity_of(slug: str, activity: str) -> Activity | None:
    """The record of an activity, its process and opportunity loaded."""
    return activities.activity_by_slugs(slug, activity)


@bp.get("/mesa/procesos/<slug>/actividades/<activity>/prioridades")
@guarded(FeedbackPermission.RECORD_VOTES, GRANTS, load=activity_of)
def priorities(activity: Activity) -> Response:
    return _page(activity)


def _page(activity: Activity, problems: list[str] | None = None, status: int = 200, typed: dict[str, Any] | None = None) -> Response:
    return make_response(
        render_template(
            "feedback/priorities.html",
            activity=activity,
            process=activity.process,
            space=activity.process.space,
            rows=queries.votes_in(activity.id),
            typed=typed or {},
            problems=problems or [],
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


@bp.post("/mesa/procesos/<slug>/actividades/<activity>/prioridades")
@guarded(FeedbackPermission.RECORD_VOTES, GRANTS, load=activity_of)
def record_votes(activity: Activity) -> Response:
    form = VotesForm()
    votes, slug, where = form.votes(), activity.process.slug, activity.opportunity.slug
    person_id = current_actor().person_id or 0
    try:
        count = services.record_votes(activity, votes, person_id=person_id, now=clock.now())
    except RuleBroken as broken:
        sentences = sentences_of(broken)
        db.session.rollback()
        return _page(activity_of(slug, where) or activity, sentences, 422, votes)
    db.session.commit()
    flash(ngettext("Quedó registrada %(num)s prioridad.", "Quedaron registradas %(num)s prioridades.", count), "good")
    return redirect(url_for("feedback.priorities", slug=slug, activity=where), 303)  # type: ignore[return-value]
