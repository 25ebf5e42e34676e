"""Pages of contributions: the citizen's form and receipt, the capture sheet, the import."""

from flask import Blueprint

bp = Blueprint("contributions", __name__)

from app.contributions.views import (  # noqa: E402, F401 - the routes register themselves
    assisting,
    capture,
    imports,
    media,
    offline,
    online,
    own_acts,
    pasting,
    receipts,
    saving,
    summaries,
)  # fmt: skip
