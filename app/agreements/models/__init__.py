"""Tables of the act and of what became of it."""

from app.agreements.models.acts import ActDissent, ActLine, ActSignature, ActText, AgreementAct
from app.agreements.models.execution import LineUpdate

__all__ = ["ActDissent", "ActLine", "ActSignature", "ActText", "AgreementAct", "LineUpdate"]
