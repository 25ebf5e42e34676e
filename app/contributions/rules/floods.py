"""What makes a text worth a look before it is public: how it came, what it holds, what it repeats (reliability.md S51).

Every mark holds, none refuses: a moderator sees it and nothing a person wrote is lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from rapidfuzz import fuzz, process

from app.contributions.rules.privacy import personal_data
from app.core.text import fold

WINDOW = timedelta(hours=1)
"""How far back an author's or an address's own texts are counted."""
COMPARED = timedelta(days=2)
"""How far back texts are compared with the new one."""
MOST_COMPARED = 400
MOST_OF_PERSON, MOST_OF_ADDRESS = 5, 30
MOST_LINKS = 2
SAME, COMPARED_LETTERS, SHORTEST_COMPARED = 85, 600, 25
FASTEST_SECONDS, PER_LETTERS, LONGEST_WAIT = 3, 400, 10
NEW_ACCOUNT = timedelta(days=1)
_ENDINGS = "com|net|org|info|biz|xyz|top|ru|cn|shop|online|site|club|io|me|ly|link|bet|win"
_LINK = re.compile(rf"https?://|www\.|\b[a-z0-9-]{{2,40}}\.(?:{_ENDINGS})\b", re.IGNORECASE)


class Mark(StrEnum):
    TRAP = "trap"
    FAST = "fast"
    LINKS = "links"
    NEW_ACCOUNT_LINK = "new-account-link"
    SAME_TEXT = "same-text"
    PERSON_FLOOD = "person-flood"
    ADDRESS_FLOOD = "address-flood"
    PERSONAL_DATA = "personal-data"


SPAM = frozenset(mark for mark in Mark if mark is not Mark.PERSONAL_DATA)
"""Marks of what looks sent by a machine; personal data is what people write by mistake."""


@dataclass(frozen=True)
class Facts:
    """What is known of a text that arrives. `of_person` and `of_address` count theirs in the last `WINDOW`, this one left out.

    `seconds` is None when what came did not say, or not truly, when its form was shown: no browser sends that. `is_new_account` is
    for doors that ask for an account.
    """

    text: str
    is_trapped: bool = False
    seconds: int | None = None
    of_person: int = 0
    of_address: int = 0
    is_new_account: bool = False
    recent: tuple[str, ...] = ()


def links_in(text: str) -> int:
    return len(_LINK.findall(text))


def comparable(text: str) -> str:
    """What of a text is compared with others."""
    return " ".join(fold(text).split())[:COMPARED_LETTERS]


def is_repeated(text: str, recent: Iterable[str]) -> bool:
    """Whether nearly the same was sent before; `recent` are texts of others and of the same author. Short texts repeat by chance."""
    own = comparable(text)
    if len(own) < SHORTEST_COMPARED:
        return False
    return process.extractOne(own, [comparable(other) for other in recent], scorer=fuzz.token_sort_ratio, score_cutoff=SAME) is not None


def fastest(text: str) -> int:
    """The seconds below which nobody reads the form and writes or pastes this much: three, one more for each 400 letters, ten at most."""
    return min(LONGEST_WAIT, FASTEST_SECONDS + len(text) // PER_LETTERS)


def marks(facts: Facts) -> tuple[Mark, ...]:
    """Why a text waits for a moderator; empty when it may be public at once where the door allows it."""
    links = links_in(facts.text)
    holds = {
        Mark.TRAP: facts.is_trapped,
        Mark.FAST: facts.seconds is None or facts.seconds < fastest(facts.text),
        Mark.LINKS: links > MOST_LINKS,
        Mark.NEW_ACCOUNT_LINK: facts.is_new_account and 0 < links <= MOST_LINKS,
        Mark.SAME_TEXT: is_repeated(facts.text, facts.recent),
        Mark.PERSON_FLOOD: facts.of_person >= MOST_OF_PERSON,
        Mark.ADDRESS_FLOOD: facts.of_address >= MOST_OF_ADDRESS,
        Mark.PERSONAL_DATA: bool(personal_data(facts.text)),
    }
    return tuple(mark for mark, is_so in holds.items() if is_so)


def written(found: Iterable[Mark]) -> str:
    """Marks as they are stored."""
    return ",".join(found)


def read(stored: str) -> tuple[Mark, ...]:
    """Marks as they were stored; a word nobody knows any more is left out."""
    return tuple(Mark(word) for word in stored.split(",") if word in set(Mark))
