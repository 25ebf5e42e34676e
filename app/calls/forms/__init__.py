"""Forms of calls: shape only; what it means is judged by rules."""

from app.calls.forms.applying import ApplicationForm, CheckForm, ClaimAnswerForm, ClaimForm, SeatForm
from app.calls.forms.calls import CallForm, CancelForm, DeclareForm, JurorForm, LotForm, ScoreForm, results_form, score_form
from app.calls.forms.readiness import AssessmentForm, InductionForm, SignForm

__all__ = [
    "ApplicationForm",
    "AssessmentForm",
    "CallForm",
    "CancelForm",
    "CheckForm",
    "ClaimAnswerForm",
    "ClaimForm",
    "DeclareForm",
    "InductionForm",
    "JurorForm",
    "LotForm",
    "ScoreForm",
    "SeatForm",
    "SignForm",
    "results_form",
    "score_form",
]
