"""Making what leaves the site: the copy that needs no server, and the printed report."""

from app.reports.services.printing import draw, draw_reports, printed
from app.reports.services.snapshot import Copy, build

__all__ = ["Copy", "build", "draw", "draw_reports", "printed"]
