"""Answers as files: the public matrix, and the sheet an entity fills."""

from app.feedback.documents.matrix import as_json, matrix
from app.feedback.documents.sheets import SHEET_COLUMNS, Explained, sheet_rows, workbook

__all__ = ["SHEET_COLUMNS", "Explained", "as_json", "matrix", "sheet_rows", "workbook"]
