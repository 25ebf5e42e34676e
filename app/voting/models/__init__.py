"""Tables of a vote: the vote and its box, the doors to it, and what two people do together."""

from app.voting.models.acts import Booth, RollAddition, TokenRun, TurnoutStep, VoteApproval, VoteExclusion
from app.voting.models.doors import RollContact, VoteAttempt, VoteCode, VoteToken
from app.voting.models.votes import Ballot, Receipt, RollEntry, Vote, VoteOption

__all__ = [
    "Ballot", "Booth", "Receipt", "RollAddition", "RollContact", "RollEntry", "TokenRun", "TurnoutStep", "Vote", "VoteApproval",
    "VoteAttempt", "VoteCode", "VoteExclusion", "VoteOption", "VoteToken",
]  # fmt: skip
