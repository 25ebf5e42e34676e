"""Codes that people type and links they open: how they look and how long they last (reliability.md S34)."""

import unicodedata
from datetime import timedelta
from enum import StrEnum

CODE_DIGITS, CODE_LASTS, MOST_TRIES = 8, timedelta(minutes=15), 5
RECOVERY_CODES = 10


class LinkPurpose(StrEnum):
    RESET = "reset"
    INVITATION = "invitation"
    EMAIL_OLD = "email-old"
    EMAIL_NEW = "email-new"


LINK_LASTS = {
    LinkPurpose.RESET: timedelta(minutes=30),
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.EMAIL_OLD: timedelta(hours=24),
    LinkPurpose.EMAIL_NEW: timedelta(hours=24),
}


def digits(typed: str) -> str:
    """The digits of a code, however they were typed: with spaces, dashes, or from a full-width keyboard (S36)."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed)[:100] if c in "0123456789")


def recovery(typed: str) -> str:
    """A recovery code as it is stored: lower case, without what people put between its parts."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed)[:100].lower() if c.isalnum())


def grouped(code: str) -> str:
    """ "12345678" -> "1234 5678", easier to read from one screen and type into another."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
