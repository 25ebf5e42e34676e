"""Forms of votes: shape only; what it means is judged by rules."""

from app.voting.forms.ballot import BallotForm
from app.voting.forms.desk import AttendForm, BoothForm, CodesForm, ExclusionForm, ReasonForm, RollForm, VoidForm, VoteForm
from app.voting.forms.doors import CodeForm, DocumentForm, HandOverForm, ReceiptForm, TokenForm

__all__ = [
    "AttendForm", "BallotForm", "BoothForm", "CodeForm", "CodesForm", "DocumentForm", "ExclusionForm", "HandOverForm", "ReasonForm",
    "ReceiptForm", "RollForm", "TokenForm", "VoidForm", "VoteForm",
]  # fmt: skip
