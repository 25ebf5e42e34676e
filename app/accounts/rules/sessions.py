"""How long a session lasts, and how a device is called in the list of sessions (reliability.md S38)."""

import re
from datetime import datetime, timedelta

STAFF_IDLE, STAFF_LONGEST = timedelta(minutes=30), timedelta(hours=12)
CITIZEN_IDLE, CITIZEN_LONGEST = timedelta(days=14), timedelta(days=60)
PROOF_LASTS = timedelta(minutes=10)
"""How long after proving who they are a person may change what keeps the account theirs."""
HALF_LASTS = timedelta(minutes=10)
"""How long the second step of signing in may take."""
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def is_over(started_at: datetime, seen_at: datetime, now: datetime, *, is_staff: bool) -> bool:
    """Whether the session ended by itself: unused too long, or too old."""
    idle, longest = (STAFF_IDLE, STAFF_LONGEST) if is_staff else (CITIZEN_IDLE, CITIZEN_LONGEST)
    return now - seen_at > idle or now - started_at > longest


def device_name(user_agent: str) -> str:
    """ "Firefox, Android": enough for its owner to recognise it, too little to follow anybody."""
    named = [next((name for mark, name in marks if re.search(rf"\b{mark}", user_agent)), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in named if name)
