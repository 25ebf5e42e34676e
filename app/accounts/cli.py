"""What accounts do by the clock."""

from datetime import datetime, timedelta

from app.accounts import services

LETTERS_KEPT = timedelta(days=1)


def forget_what_was_tried(now: datetime) -> str:
    """Attempts and spent codes are kept a day, and so is what the letters of accounts say: the codes and links in them are over."""
    services.forget_attempts(now)
    services.forget_codes(now)
    services.forget_contents(now - LETTERS_KEPT)
    return ""


JOBS = [forget_what_was_tried]
