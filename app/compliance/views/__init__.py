"""Pages of the minimum requirements: what everybody reads, what staff attest and choose."""

from typing import Any

from flask import Blueprint

from app.compliance import messages

bp = Blueprint("compliance", __name__)


@bp.app_template_global()
def compliance_words() -> Any:
    """What requirements, lights and advice are called, for letters and the pages of the evidence pack."""
    return messages


from app.compliance.views import desk, public, spaces  # noqa: E402, F401 - the routes register themselves on bp
