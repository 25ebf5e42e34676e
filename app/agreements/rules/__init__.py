"""What an act of agreements must say before it is signed, and how each of its lines is followed to the last sol."""

from app.agreements.rules.acts import ActState, FundingSource, SignedBy, SignerKind
from app.agreements.rules.execution import LineState

__all__ = ["ActState", "FundingSource", "LineState", "SignedBy", "SignerKind"]
