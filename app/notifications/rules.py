"""States of a letter, when to try again, where to send it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 360, 360, 360, 360, 360))


class NotificationState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None when it is time to give up (about two days)."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


@dataclass(frozen=True)
class MailServer:
    """What MAIL_URL says. `sender` is empty when it does not say from whom."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    sender: str = ""


def mail_server(url: str) -> MailServer:
    """`smtp://user:password@host:587?from=avisos@example.pe`, or smtps:// for TLS from the first byte. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("MAIL_URL must be smtp://[user:password@]host[:port][?from=address] or smtps://…")
    is_tls = parts.scheme == "smtps"
    port = parts.port or (465 if is_tls else 587 if parts.username else 25)
    sender = parse_qs(parts.query).get("from", [""])[0]
    return MailServer(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), is_tls, sender)


def one_line(text: str) -> str:
    """`text` without line ends or other control characters: nothing that could add a header (S09)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def is_address(text: str) -> bool:
    """Whether `text` can be the only recipient of a letter: one @, nothing around it that a header could misread."""
    local, at, domain = text.rpartition("@")
    return bool(at and local and domain) and text == one_line(text) and not set(text) & set(' ,;:<>()[]"\\')


def is_for_ever(code: int) -> bool:
    """5xx: the server will say the same again."""
    return 500 <= code <= 599


def unconfirmed(subject_kind: str) -> str:
    """The kind under which a wish to follow waits for its confirmation."""
    return f"{subject_kind}-unconfirmed"
