"""News pages, their feeds and calendars; following, with and without an account."""

from flask import Blueprint

bp = Blueprint("follows", __name__)

from app.follows.views import following, news, own, private  # noqa: E402, F401 - the routes register themselves on bp
