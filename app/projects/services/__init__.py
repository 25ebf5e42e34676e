"""Changing projects: writing them up, judging them, answering them, ordering them."""

from app.projects.services import matrix, sheets
from app.projects.services.answers import approve as approve_answers
from app.projects.services.answers import write as write_answer
from app.projects.services.appealing import appeal, decide
from app.projects.services.contributions import prepare_answers
from app.projects.services.course import agree, drop, not_prioritise, prioritise
from app.projects.services.evaluating import answer_of, approve, ask, assign, clarify, declare, publish_batch, send_back
from app.projects.services.evaluating import write as write_evaluation
from app.projects.services.writing import create, draft_of, edit, link_origins, merge, publish, split, unlink_origin

__all__ = [
    "agree", "answer_of", "appeal", "approve", "approve_answers", "ask", "assign", "clarify", "create", "decide", "declare",
    "draft_of", "drop", "edit",
    "link_origins", "matrix", "merge", "not_prioritise", "prepare_answers", "prioritise", "publish", "publish_batch", "send_back", "sheets",
    "split", "unlink_origin", "write_answer", "write_evaluation",
]  # fmt: skip
