"""Pages of contributions: the citizen's form and receipt, the capture sheet, the import."""

from flask import Blueprint

bp = Blueprint("contributions", __name__)

from app.contributions.views import capture, imports, offline, online, pasting, receipts  # noqa: E402, F401 - the routes register themselves
