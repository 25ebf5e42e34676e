"""The public register: what was done in public, in order, and how anybody can check that nothing was changed."""

from flask import Blueprint

bp = Blueprint("audit", __name__)

from app.audit.views import checkpoints, register  # noqa: E402 - each adds its routes to bp

__all__ = ["bp", "checkpoints", "register"]
