"""Notices for everybody to spread, and on the desk: their texts in other languages and that they went out."""

from flask import Blueprint

bp = Blueprint("notices", __name__)

from app.notices.views import desk, public  # noqa: E402, F401 - the routes register themselves on bp
