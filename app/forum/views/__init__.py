"""Pages of the forum: who sits, what was decided and why for everybody; the record and the votes on the desk."""

from flask import Blueprint

bp = Blueprint("forum", __name__)

from app.forum.views import (  # noqa: E402, F401 - the routes register themselves on bp
    agreements,
    downloads,
    meetings,
    minutes,
    motions,
    public,
    rules,
    seats,
)
