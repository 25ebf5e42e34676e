"""Reading answers prepared in a spreadsheet."""

from app.feedback.importing.answers import Judged, judge
from app.feedback.importing.reports import Report
from app.feedback.importing.rows import COLUMNS

__all__ = ["COLUMNS", "Judged", "Report", "judge"]
