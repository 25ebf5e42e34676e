"""What can be downloaded, column by column."""

from flask import Blueprint

bp = Blueprint("opendata", __name__)

from app.opendata.views import budgets, contributions  # noqa: E402, F401 - the routes register themselves on bp
