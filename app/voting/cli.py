"""What votes do by the clock. Opening and closing need nothing: they are judged by the instant, not by a task."""

from datetime import datetime, timedelta

from app.voting import queries, services

REMIND_BEFORE = timedelta(hours=48)
REMIND_UNTIL = timedelta(hours=2)


def publish_turnout(now: datetime) -> str:
    """The turnout of each open vote, by the hour and in steps of ten."""
    shown = sum(services.publish_turnout(vote, now=now) for vote in queries.open_votes(now))
    return f"{shown} turnout steps" if shown else ""


def remind(now: datetime) -> str:
    """Once, in the last two days of a vote that said so: to whoever began and did not finish."""
    due = [vote for vote in queries.open_votes(now) if REMIND_UNTIL < vote.closes_at - now <= REMIND_BEFORE]
    written = sum(services.remind(vote, now=now) for vote in due)
    return f"{written} reminders" if written else ""


def forget(now: datetime) -> str:
    """Attempts are kept a day, codes until they expire."""
    services.forget_attempts(now)
    services.forget_codes(now)
    return ""


JOBS = [publish_turnout, remind, forget]
