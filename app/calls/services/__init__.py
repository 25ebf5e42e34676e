"""Changing calls. One verb, one function; nothing here commits."""

from app.calls.services.applications import answer_claim, apply, check, claim, withdraw
from app.calls.services.calls import cancel, finish, publish, save_call
from app.calls.services.choosing import begin_evaluation, declare, draw, name_juror, publish_results, put_to_vote, score, seat_chosen
from app.calls.services.readiness import record_induction, save_assessment, sign_assessment

__all__ = [
    "answer_claim",
    "apply",
    "begin_evaluation",
    "cancel",
    "check",
    "claim",
    "declare",
    "draw",
    "finish",
    "name_juror",
    "publish",
    "publish_results",
    "put_to_vote",
    "record_induction",
    "save_assessment",
    "save_call",
    "score",
    "seat_chosen",
    "sign_assessment",
    "withdraw",
]
