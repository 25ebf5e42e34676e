"""Tables of calls: the call with its applications and jury, and what makes an entity ready to own a commitment."""

from app.calls.models.calls import Application, Call, CallCriterion, CallSeat, Claim, Juror, Score
from app.calls.models.readiness import Induction, SustainabilityAssessment

__all__ = ["Application", "Call", "CallCriterion", "CallSeat", "Claim", "Induction", "Juror", "Score", "SustainabilityAssessment"]
