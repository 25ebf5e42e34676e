"""Pages of a scrutiny: for everybody, the result and what proves it; on the desk, the acts that lead to it."""

import logging
import re

from flask import Blueprint

bp = Blueprint("scrutiny", __name__)
QUIET = re.compile(r"/votaciones/[^/ ]+/(resultados/mi-parte|constancias)")


class Quiet(logging.Filter):
    """Leaves out of access logs which projects somebody says they voted for, and who looked for a receipt (reliability.md 6.1)."""

    def filter(self, record: logging.LogRecord) -> bool:
        return QUIET.search(record.getMessage()) is None


for _name in ("granian.access", "gunicorn.access", "werkzeug", "waitress", "uvicorn.access", "hypercorn.access"):
    logging.getLogger(_name).addFilter(Quiet())

from app.scrutiny.views import accounts, data, desk, proofs, results, tables  # noqa: E402, F401 - the routes register themselves on bp
from app.scrutiny.views.story import project_story  # noqa: E402

__all__ = ["bp", "project_story"]
