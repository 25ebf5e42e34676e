"""Who watches over the agreements, how they are elected, and what may be said and answered."""

from app.vigilance.rules.committees import Ballot, MemberRole
from app.vigilance.rules.findings import FindingState, Gravity

__all__ = ["Ballot", "FindingState", "Gravity", "MemberRole"]
