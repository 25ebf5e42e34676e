"""Public pages that join packages."""

from flask import Blueprint

bp = Blueprint("portal", __name__)

from app.portal.views import contributions, home, maps, pages, processes, register  # noqa: E402 - each adds its routes to bp

__all__ = ["bp", "contributions", "home", "maps", "pages", "processes", "register"]
