"""How a form came: whether a trap nobody sees was filled, how long it took to write, and a mark of the address for a day.

Nothing is refused here and no third party is asked: whoever receives decides what to hold for a person to look at (docs/decisions/0021).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from app.core.clock import lima_day

TRAP = "sitio_web"
STAMP = "desde"
_SALT = "minka.arrival"


@dataclass(frozen=True)
class Arrival:
    """`seconds` between showing the form and receiving it, None when it cannot be told; `address` is a mark, never an address."""

    is_trapped: bool = False
    seconds: int | None = None
    address: str = ""


def stamp(now: datetime) -> str:
    """When a form was shown, signed: it goes with the form and comes back with it."""
    return str(_serializer().dumps(int(now.timestamp())))


def arrival(now: datetime) -> Arrival:
    """How the form of this request came."""
    return Arrival(bool(request.form.get(TRAP, "").strip()), _seconds(request.form.get(STAMP, ""), now), address_mark(now))


def address_mark(now: datetime) -> str:
    """The same for every request from an address on one day of Lima, another the next day; the address cannot be read from it."""
    secret = current_app.config["SECRET_KEY"].encode()
    told = f"{_SALT}:{lima_day(now).isoformat()}:{request.remote_addr or ''}"
    return hmac.new(secret, told.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:24]


def _seconds(written: str, now: datetime) -> int | None:
    try:
        shown = _serializer().loads(written[:200])
    except BadData:
        return None
    return max(0, int(now.timestamp()) - shown) if isinstance(shown, int) else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)
