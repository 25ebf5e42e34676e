"""Tables of the answers: versions with their signatures and batches."""

from app.feedback.models.agreement import DissentNote, Objection, WorkshopBallot, WorkshopPriority
from app.feedback.models.decisions import (
    Decision,
    DecisionPart,
    DecisionSignature,
    DecisionWriter,
    OutcomeTally,
    PublicationBatch,
    TeamNote,
)
from app.feedback.models.schedule import ScheduledAnswer, ScheduledPublication
from app.feedback.models.templates import AnswerTemplate

__all__ = [
    "AnswerTemplate",
    "Decision",
    "DecisionPart",
    "DecisionSignature",
    "DecisionWriter",
    "DissentNote",
    "Objection",
    "OutcomeTally",
    "PublicationBatch",
    "ScheduledAnswer",
    "ScheduledPublication",
    "TeamNote",
    "WorkshopBallot",
    "WorkshopPriority",
]
