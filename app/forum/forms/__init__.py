"""Forms of the forum: shape only; what it means is judged by rules."""

from app.forum.forms.meetings import (
    AgreementForm,
    AnswerForm,
    CancelForm,
    ChangeForm,
    CloseAgreementForm,
    CorrectionForm,
    HeldForm,
    MeetingForm,
    MinutesForm,
    QuestionForm,
    UploadForm,
    WithdrawFileForm,
    held_form,
)
from app.forum.forms.motions import MotionForm, RankingForm, VoteForm, WithdrawForm, ranking_form
from app.forum.forms.seats import ApprovalForm, EndTermForm, ForumForm, RulesForm, SeatForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "ApprovalForm",
    "CancelForm",
    "ChangeForm",
    "CloseAgreementForm",
    "CorrectionForm",
    "EndTermForm",
    "ForumForm",
    "HeldForm",
    "MeetingForm",
    "MinutesForm",
    "MotionForm",
    "QuestionForm",
    "RankingForm",
    "RulesForm",
    "SeatForm",
    "UploadForm",
    "VoteForm",
    "WithdrawFileForm",
    "WithdrawForm",
    "held_form",
    "ranking_form",
]
