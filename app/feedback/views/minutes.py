"""A draft of a workshop's minutes made of what was captured; it is edited here and saved where minutes are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from app.activities import queries as activities
from app.activities.forms import CorrectionForm, MinutesForm
from app.activities.permissions import GRANTS, ActivityPermission
from app.core.guard import guarded
from app.feedback.documents.minutes import draft_of_minutes
from app.feedback.views import bp

if TYPE_CHECKING:
    from app.activities.models import Activity


@bp.get("/mesa/procesos/<slug>/actividades/<activity>/acta/borrador")
@guarded(ActivityPermission.RECORD, GRANTS, load=lambda slug, activity: activities.activity_by_slugs(slug, activity))
def draft_minutes(activity: Activity) -> str:
    latest = activities.current_minutes(activity.id)
    data = {"text": draft_of_minutes(activity), "based_on": str(latest.version if latest else 0)}
    form = (CorrectionForm if activity.published_at else MinutesForm)(prefix="minutes-", formdata=None, data=data)
    return render_template(
        "feedback/draft_minutes.html", activity=activity, process=activity.process, space=activity.process.space, form=form, latest=latest
    )
