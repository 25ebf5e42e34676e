"""What the deliberation does by the clock."""

from datetime import datetime, timedelta

from app.contributions import services as contributions
from app.deliberation import services

ADDRESSES_KEPT = timedelta(days=7)


def forget_addresses(now: datetime) -> str:
    """Marks of addresses slow floods down; after a week nothing says where a text came from. Those of who is suspended last as long."""
    services.forget_addresses(now - ADDRESSES_KEPT)
    contributions.forget_addresses(now - ADDRESSES_KEPT)
    services.forget_suspended_addresses(now)
    return ""


JOBS = [forget_addresses]
