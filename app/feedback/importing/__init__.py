"""Reading answers prepared in a spreadsheet."""

from app.feedback.importing.answers import Judged, judge
from app.feedback.importing.reports import Report
from app.feedback.importing.words import read_outcome, read_reason

__all__ = ["Judged", "Report", "judge", "read_outcome", "read_reason"]
