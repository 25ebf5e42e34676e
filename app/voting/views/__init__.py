"""Pages of votes: what is voted and how, the ballot, the booth; and the running of a vote on the desk."""

import logging
import re

from flask import Blueprint

bp = Blueprint("voting", __name__)
QUIET = re.compile(r"/votaciones/[^/ ]+/(votar|revisar|constancia|comprobar|mi-marca|cabina)")


class Quiet(logging.Filter):
    """Leaves what people do with their ballot out of access logs: a time and an address could be joined to it (reliability.md 6.1)."""

    def filter(self, record: logging.LogRecord) -> bool:
        return QUIET.search(record.getMessage()) is None


for _name in ("granian.access", "gunicorn.access", "werkzeug", "waitress", "uvicorn.access", "hypercorn.access"):
    logging.getLogger(_name).addFilter(Quiet())

from app.voting.views import (  # noqa: E402, F401 - the routes register themselves on bp
    ballot,
    booth,
    codes,
    desk,
    doors,
    editing,
    exclusions,
    marks,
    public,
    roll,
    tables,
)
