"""The course of a vote: what it is at an instant. It opens and closes by the clock, whatever row or task comes late."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.errors import Problem
from app.voting.rules.terms import VoteState


class VoteProblem(StrEnum):
    """Why a vote does not take this now."""

    NOT_OPEN_YET = "vote-not-open-yet"
    OVER = "vote-over"
    NOT_ANNOUNCED = "vote-not-announced"
    CHANNEL_NOT_OFFERED = "vote-channel-not-offered"
    NOT_ON_ROLL = "vote-not-on-roll"
    ALREADY_VOTED = "vote-already-voted"
    VOID_ENTRY = "vote-void-entry"
    TOKEN_SPENT = "vote-token-spent"  # noqa: S105 - the code of a problem
    TOKEN_WRONG = "vote-token-wrong"  # noqa: S105 - the same
    REFUSED_BY_DATABASE = "vote-refused-by-database"
    RULES_FROZEN = "vote-rules-frozen"


class Stage(StrEnum):
    """As people see it. `WAITING` is after the last instant and before the box was closed by people."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"


TAKING = (VoteState.ANNOUNCED, VoteState.OPEN)


@dataclass(frozen=True)
class Course:
    """A ballot is taken from `opens_at`, and until just before `closes_at`: at that very second it is over."""

    state: VoteState
    opens_at: datetime
    closes_at: datetime

    def stage(self, now: datetime) -> Stage:
        if self.state not in TAKING:
            return Stage(self.state.value)
        if now < self.opens_at:
            return Stage.ANNOUNCED
        return Stage.OPEN if now < self.closes_at else Stage.WAITING

    def is_open(self, now: datetime) -> bool:
        return self.stage(now) is Stage.OPEN

    def problems(self, now: datetime) -> tuple[Problem, ...]:
        """Why no ballot is taken at `now`; empty while the vote is open."""
        stage = self.stage(now)
        if stage is Stage.OPEN:
            return ()
        if stage is Stage.DRAFT:
            return (Problem(VoteProblem.NOT_ANNOUNCED),)
        return (Problem(VoteProblem.NOT_OPEN_YET if stage is Stage.ANNOUNCED else VoteProblem.OVER),)
