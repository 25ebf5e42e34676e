"""Through what a notice goes out, how long it may be, and how long it takes to read aloud."""

from dataclasses import dataclass
from enum import StrEnum

from app.activities.rules.outreach import OutreachChannel
from app.core.errors import Problem

LONGEST_MESSAGE = 1_000
"""Characters that WhatsApp shows without «Leer más» twice; what people copy must be whole on the screen."""
SHORTEST_RADIO, LONGEST_RADIO = 30, 45
"""Seconds of a radio notice."""
WORDS_A_SECOND = 2.6
"""How fast an announcer reads Spanish with its pauses: about 155 words a minute."""
MOST_ON_A_POSTER = 3
"""Opportunities in letters that can be read from two metres."""
LONGEST_TEXT = 3_000
LANGUAGES = ("qu", "ay", "otro")


class Medium(StrEnum):
    POSTER = "poster"
    MESSAGE = "message"
    RADIO = "radio"

    @property
    def channel(self) -> OutreachChannel:
        """What an action through it counts as (MR-3.2)."""
        return {
            Medium.POSTER: OutreachChannel.POSTER, Medium.MESSAGE: OutreachChannel.MESSAGES, Medium.RADIO: OutreachChannel.RADIO,
        }[self]  # fmt: skip


class NoticeProblem(StrEnum):
    LANGUAGE_UNKNOWN = "notice-language-unknown"
    TEXT_LONG = "notice-text-long"


@dataclass(frozen=True)
class TextDraft:
    """A text in another language; empty to take back the one that stands."""

    language: str
    text: str


def problems_with(draft: TextDraft) -> tuple[Problem, ...]:
    problems = []
    if draft.language not in LANGUAGES:
        problems.append(Problem(NoticeProblem.LANGUAGE_UNKNOWN, "language"))
    if len(draft.text) > LONGEST_TEXT:
        problems.append(Problem(NoticeProblem.TEXT_LONG, "text", {"longest": LONGEST_TEXT}))
    return tuple(problems)


def seconds_to_read(text: str) -> int:
    """How many seconds an announcer takes, to the next whole one."""
    return -int(-len(text.split()) / WORDS_A_SECOND // 1)
