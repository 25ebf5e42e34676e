"""Pages of calls: notice, applications and results for everybody; the running of a call on the desk."""

from flask import Blueprint

bp = Blueprint("calls", __name__)

from app.calls.views import applying, desk, judging, public, readiness  # noqa: E402, F401 - the routes register themselves on bp
