"""Pages of processes: the public schedule, and the desk where it is drafted, approved and published."""

from flask import Blueprint

bp = Blueprint("processes", __name__)

from app.processes.views import contents, course, downloads, draft, items, public, readings, review  # noqa: E402, F401 - the routes register themselves
