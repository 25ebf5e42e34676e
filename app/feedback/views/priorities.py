"""What a workshop voted as its priorities: recorded by who facilitated it, closed by the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.activities import queries as activities
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.feedback import queries, services
from app.feedback.forms.agreement import OptionForm, VotesForm
from app.feedback.messages.agreement import ENDINGS
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


def _page(activity: Activity, problems: list[str] | None = None, status: int = 200, **shown: Any) -> Response:
    """The page of votes; `shown` replaces what was typed when something was wrong."""
    return make_response(
        render_template(
            "feedback/priorities.html",
            activity=activity,
            process=activity.process,
            space=activity.process.space,
            rows=queries.votes_in(activity.id),
            endings={row.code: row.ending for row in queries.priorities_voted(activity.id)},
            ending_names=ENDINGS,
            typed=shown.get("typed", {}),
            form=shown.get("form") or _ballot_form(activity),
            option=shown.get("option") or OptionForm(prefix="option-", formdata=None),
            problems=problems or [],
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


def _ballot_form(activity: Activity) -> VotesForm:
    ballot = queries.ballot_of(activity.id)
    return VotesForm(formdata=None, data={"voters": ballot.voters, "votes_each": ballot.votes_each} if ballot else {})


@bp.post("/mesa/procesos/<slug>/actividades/<activity>/prioridades")
@guarded(FeedbackPermission.RECORD_VOTES, GRANTS, load=activity_of)
def record_votes(activity: Activity) -> Response:
    form = VotesForm()
    votes, slug, where = form.votes(), activity.process.slug, activity.opportunity.slug
    if not form.validate():
        return _page(activity, [sentence for _field, sentence in form.summary], 422, typed=votes, form=form)
    try:
        count = services.record_votes(
            activity, votes, person_id=current_actor().person_id or 0, now=clock.now(), voters=form.voters.data,
            votes_each=form.votes_each.data,
        )  # fmt: skip
    except RuleBroken as broken:
        sentences = sentences_of(broken)
        db.session.rollback()
        return _page(activity_of(slug, where) or activity, sentences, 422, typed=votes, form=form)
    db.session.commit()
    flash(ngettext("Quedó registrada %(num)s prioridad.", "Quedaron registradas %(num)s prioridades.", count), "good")
    return _back(slug, where)


@bp.post("/mesa/procesos/<slug>/actividades/<activity>/prioridades/otra")
@guarded(FeedbackPermission.RECORD_VOTES, GRANTS, load=activity_of)
def add_option(activity: Activity) -> Response:
    """Something voted that nobody had captured: captured now as said by the workshop, with its votes."""
    form = OptionForm(prefix="option-")
    slug, where = activity.process.slug, activity.opportunity.slug
    if form.validate():
        try:
            services.vote_for_new(
                activity, form["text"].data or "", form.votes.data or 0, submission_key=form.submission_key.data or "",
                person_id=current_actor().person_id or 0, now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
            activity = activity_of(slug, where) or activity
        else:
            db.session.commit()
            flash(_("La opción quedó anotada como aporte del taller, con sus votos."), "good")
            return _back(slug, where)
    return _page(activity, [sentence for _field, sentence in form.summary], 422, option=form)


def _back(slug: str, where: str) -> Response:
    return redirect(url_for("feedback.priorities", slug=slug, activity=where), 303)  # type: ignore[return-value]
