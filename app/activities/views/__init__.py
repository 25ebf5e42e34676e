"""Pages of activities: registration and files for everybody; records and lists on the desk."""

from typing import Any

from flask import Blueprint

from app.activities import messages

bp = Blueprint("activities", __name__)


@bp.app_template_global()
def activity_names() -> Any:
    """What states, groups, files and languages are called, for activities/_record.html wherever it is included."""
    return messages


from app.activities.views import announced, board, calling, door, files, minutes, outreach, own, record, registrations  # noqa: E402, F401 - the routes register themselves on bp
