"""The words of a vote: what is stored as text, one word per thing."""

from enum import StrEnum


class VoteState(StrEnum):
    """In this order. The rules are frozen by the first ballot; nothing but turnout is shown before the count is published."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"


class BallotKind(StrEnum):
    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    CUMULATIVE = "cumulative"
    ORDINAL = "ordinal"
    SCORE = "score"


class Channel(StrEnum):
    """How a person on the roll votes; one of them only (reliability.md B05)."""

    WEB = "web"
    TOKEN = "token"  # noqa: S105 - a printed code, not a password
    BOOTH = "booth"
    PAPER = "paper"


class RollStatus(StrEnum):
    OPEN = "open"
    VOTED = "voted"
    VOID = "void"


class Extent(StrEnum):
    """Which projects a person finds on the ballot: all, those of their territory, or those and the ones for everybody."""

    CITY = "city"
    TERRITORY = "territory"
    BOTH = "both"


class TokenState(StrEnum):
    """Of a printed code: issued and not yet used, used, or void. Issued in all = used + void + unused (reliability.md 6.3)."""

    ISSUED = "issued"
    USED = "used"
    VOID = "void"


class Seat(StrEnum):
    """Who announces a vote: the municipality and somebody who is not government (domain.md BR-27)."""

    MUNICIPAL = "municipal"
    NON_GOVERNMENT = "non-government"


class CodePurpose(StrEnum):
    """What a code sent by mail is for: to vote, or to see whether one is marked as having voted."""

    VOTE = "vote"
    MARK = "mark"
