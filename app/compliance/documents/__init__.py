"""The state of the requirements as files: JSON, CSV, and the evidence pack."""

from app.compliance.documents.pack import build_pack
from app.compliance.documents.report import CHECKLIST_COLUMNS, HISTORY_COLUMNS, as_json, checklist, history, said_on

__all__ = ["CHECKLIST_COLUMNS", "HISTORY_COLUMNS", "as_json", "build_pack", "checklist", "history", "said_on"]
