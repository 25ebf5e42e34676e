"""Pages of the act and of its execution: for everybody, for who signs, and for the municipal team."""

from flask import Blueprint

bp = Blueprint("agreements", __name__)

from app.agreements.views import downloads, execution, progress, public, signing, writing  # noqa: E402, F401 - the routes register themselves
from app.agreements.views.story import project_story  # noqa: E402

__all__ = ["bp", "project_story"]
