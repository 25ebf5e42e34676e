"""Letters of answers, the private page of who spoke, and the replies."""

from flask import Blueprint

bp = Blueprint("letters", __name__)

from app.letters.views import desk, mine, public, quality, replies, sheets  # noqa: E402 - each adds its routes to bp

__all__ = ["bp", "desk", "mine", "public", "quality", "replies", "sheets"]
