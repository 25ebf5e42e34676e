"""Pages of the vigilance committee: for everybody, for its members, and for who replies."""

from flask import Blueprint

bp = Blueprint("vigilance", __name__)

from app.vigilance.views import desk, findings, public  # noqa: E402, F401 - the routes register themselves on bp
