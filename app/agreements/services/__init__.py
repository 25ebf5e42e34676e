"""Writing the act, signing it, and telling how each line goes."""

from app.agreements.services.execution import ENTITY, import_sheet, judge_sheet, report
from app.agreements.services.signing import dissent, publish, sign, sign_sheet
from app.agreements.services.writing import TEAM, correct, draft, leave_out, open_for_signatures, reopen, save_head, save_line

__all__ = [
    "ENTITY",
    "TEAM",
    "correct",
    "dissent",
    "draft",
    "import_sheet",
    "judge_sheet",
    "leave_out",
    "open_for_signatures",
    "publish",
    "reopen",
    "report",
    "save_head",
    "save_line",
    "sign",
    "sign_sheet",
]
