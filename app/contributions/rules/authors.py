"""Why a contribution cannot be taken into an account."""

from enum import StrEnum


class AuthorProblem(StrEnum):
    CLAIMED_ALREADY = "claimed-already"
    RECEIPT_UNKNOWN = "receipt-unknown"


def token_in(typed: str) -> str:
    """The token of a receipt's link, however it was pasted: the whole address or only its end."""
    return typed.strip().partition("?")[0].partition("#")[0].rstrip("/").rsplit("/", 1)[-1][:100]
