"""Tables of the vigilance committee and of what it finds."""

from app.vigilance.models.committees import Candidate, Committee, Member
from app.vigilance.models.findings import Complaint, Finding, FindingApproval, FindingReply, FindingText, VigilanceReport

__all__ = ["Candidate", "Committee", "Complaint", "Finding", "FindingApproval", "FindingReply", "FindingText", "Member", "VigilanceReport"]
