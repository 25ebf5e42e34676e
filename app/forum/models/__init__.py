"""Tables of the forum: seats and rules of participation, meetings with what they leave, motions with recorded votes."""

from app.forum.models.meetings import Agreement, Attendance, Guests, HearingQuestion, Meeting, Minutes, MinutesApproval
from app.forum.models.motions import Motion, MotionOption, SeatVote
from app.forum.models.seats import Forum, RulesApproval, RulesVersion, Seat

__all__ = [
    "Agreement",
    "Attendance",
    "Forum",
    "Guests",
    "HearingQuestion",
    "Meeting",
    "Minutes",
    "MinutesApproval",
    "Motion",
    "MotionOption",
    "RulesApproval",
    "RulesVersion",
    "Seat",
    "SeatVote",
]
