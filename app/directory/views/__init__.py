"""Organisations: the directory for everybody, the pages of who acts for one, and the desk of who verifies them."""

from flask import Blueprint

bp = Blueprint("directory", __name__)

from app.directory.views import desk, own, public  # noqa: E402, F401 - the routes register themselves on bp
