"""Pages of a round: for everybody, for its agents, and for the municipal team."""

from flask import Blueprint

bp = Blueprint("budgeting", __name__)

from app.budgeting.views import agents, desk, documents, files, own, public, registry  # noqa: E402, F401 - the routes register themselves on bp
