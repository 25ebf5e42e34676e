"""Pages where the plan is written, consulted, changed and followed; and the library of past plans."""

from flask import Blueprint

bp = Blueprint("plans", __name__)

from app.plans.views import (  # noqa: E402 - each adds its routes to bp
    amendments,
    commitments,
    consultation,
    library,
    milestones,
    plan,
    progress,
    tracker,
    versions,
    wordings,
)

__all__ = [
    "amendments",
    "bp",
    "commitments",
    "consultation",
    "library",
    "milestones",
    "plan",
    "progress",
    "tracker",
    "versions",
    "wordings",
]
