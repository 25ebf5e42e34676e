"""Pages of the deliberation: what people say of a contribution, taking part in it, and the officials who answer."""

from flask import Blueprint

bp = Blueprint("deliberation", __name__)

from app.deliberation.views import answering, public, taking_part  # noqa: E402, F401 - the routes register themselves
