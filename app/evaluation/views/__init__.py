"""The pages of the evaluation: the committee, its declarations and marks, and the ranking the public reads."""

from flask import Blueprint

bp = Blueprint("evaluation", __name__)

from app.evaluation.views import committee, public, scoring  # noqa: E402 - each adds its routes to bp

__all__ = ["bp", "committee", "public", "scoring"]
