"""What somebody is still writing: what of it is kept, how long, and how often its link may be sent by mail."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from app.core.errors import Problem
from app.core.text import clean, clean_line

DRAFT_LASTS = timedelta(days=15)
"""Since the last change; then everything of it is deleted."""
FIELDS = (
    "text", "title", "theme_slug", "ubigeo", "place", "language", "proponent_kind", "speaker", "organisation", "sector", "consent", "email",
    "phone", "by_voice", "reference", "coordinates", "acting_for", "is_child",
)  # fmt: skip
LONGEST_KEPT, LONGEST_TEXT = 400, 16_000
"""Characters kept of a field: twice what may be sent, so that what is too long is still there to be shortened."""
MOST_DRAFTS = 20_000
"""Of one process at a time: a robot must not fill the disk."""
MOST_LETTERS, LETTERS_WINDOW = 3, timedelta(hours=24)
MOST_LETTERS_IN_ALL = 300


class DraftProblem(StrEnum):
    SENT = "draft-sent"
    EMPTY = "draft-empty"
    CLOSED = "draft-closed"
    TOO_MANY = "draft-too-many"
    MAILED_OFTEN = "draft-mailed-often"


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """What of the form is kept: known fields with something in them, none longer than twice its limit."""
    lines = {name: clean_line(values.get(name))[:LONGEST_KEPT] for name in FIELDS if name != "text"}
    found = {"text": clean(values.get("text"))[:LONGEST_TEXT], **lines}
    return {name: value for name, value in found.items() if value}


def problems_with_saving(content: Mapping[str, str], *, is_sent: bool, is_known: bool, is_open: bool, others: int) -> tuple[Problem, ...]:
    """Why a draft cannot be kept. One that is known can be saved after closing time: nobody loses what they were writing."""
    if is_sent:
        return (Problem(DraftProblem.SENT),)
    if not content.get("text") and not content.get("title"):
        return (Problem(DraftProblem.EMPTY, "text"),)
    if is_known:
        return ()
    if not is_open:
        return (Problem(DraftProblem.CLOSED),)
    return (Problem(DraftProblem.TOO_MANY),) if others >= MOST_DRAFTS else ()


def problems_with_mailing(sent: int, sent_in_all: int) -> tuple[Problem, ...]:
    """Why the link is not sent: too often to that address, or to all of them together, within `LETTERS_WINDOW`."""
    too_often = sent >= MOST_LETTERS or sent_in_all >= MOST_LETTERS_IN_ALL
    return (Problem(DraftProblem.MAILED_OFTEN, "email"),) if too_often else ()
