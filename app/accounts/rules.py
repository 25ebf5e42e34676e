"""Passwords and guessing (reliability.md S32, S33)."""

from datetime import timedelta
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
MOST_FAILURES, FAILURE_WINDOW = 10, timedelta(minutes=5)


class AccountProblem(StrEnum):
    EMAIL_TAKEN = "email-taken"
    PASSWORD_SHORT = "password-short"
    PASSWORD_LONG = "password-long"
    NOT_RECOGNISED = "not-recognised"
    TOO_MANY_ATTEMPTS = "too-many-attempts"


def password_problems(password: str) -> list[Problem]:
    """12 to 128 characters of any kind; no composition rules."""
    if len(password) < SHORTEST_PASSWORD:
        return [Problem(AccountProblem.PASSWORD_SHORT, "password", {"shortest": SHORTEST_PASSWORD})]
    if len(password) > LONGEST_PASSWORD:
        return [Problem(AccountProblem.PASSWORD_LONG, "password", {"longest": LONGEST_PASSWORD})]
    return []
