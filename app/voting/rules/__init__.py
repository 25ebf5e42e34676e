"""The states and the ballots of an open vote on projects."""

from app.voting.rules.terms import BallotKind, Channel, Extent, RollStatus, TokenState, VoteState

__all__ = ["BallotKind", "Channel", "Extent", "RollStatus", "TokenState", "VoteState"]
