"""Staff pages that join packages."""

from flask import Blueprint

bp = Blueprint("desk", __name__)

from app.desk.views import alike, index  # noqa: E402, F401 - the routes register themselves on bp
