"""Tables of the vigilance committee and of what it finds."""

from app.vigilance.models.committees import Candidate, Member, VigilanceCommittee
from app.vigilance.models.findings import Complaint, Finding, FindingApproval, FindingReply, FindingText, VigilanceReport

__all__ = [
    "Candidate",
    "VigilanceCommittee",
    "Complaint",
    "Finding",
    "FindingApproval",
    "FindingReply",
    "FindingText",
    "Member",
    "VigilanceReport",
]
