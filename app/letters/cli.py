"""What letters do by the clock."""

from datetime import datetime, timedelta

from app.letters import services

REQUESTS_KEPT = timedelta(days=1)


def forget_link_requests(now: datetime) -> str:
    """Requests of private links are kept a day, only to slow down who asks too often."""
    services.forget_requests(now - REQUESTS_KEPT)
    return ""


JOBS = [forget_link_requests]
