"""What the forum does by the clock: votes close on time."""

from datetime import datetime

from app.forum import services


def close_motions(now: datetime) -> str:
    """Close the motions whose time is over (`flask worker` runs this each round)."""
    closed = services.close_due(now)
    return f"Votaciones del foro cerradas: {closed}." if closed else ""


JOBS = [close_motions]
