"""The moderator's queue and acts, appeals, and what the public sees of them: reports, the log, one's own page."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

from app.moderation.views import acts, appeals, bulk, log, mine, people, queue, reporting  # noqa: E402, F401 - the routes register themselves
