"""The private link of an address: it shows everything said under one e-mail, and is only ever sent to that e-mail.

The link holds the code of one contribution of the address, never the address itself: addresses of pages end up in histories and logs.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from flask import current_app

from app.contributions import queries
from app.contributions.models import Authorship

LONGEST_TOKEN = 100
_MARK_BYTES = 18


def address_token(code: str, email: str, *, until: datetime) -> str:
    """The token for everything of `email`, the author of the contribution `code`; good until that instant.

    It changes with the address: one that was corrected since is no longer opened by old links.
    """
    last = int(until.timestamp())
    return f"{code}.{last:x}.{_mark(code, email, last)}"


def address_of(token: str, now: datetime) -> Authorship | None:
    """The authorship whose address the token opens, its contribution loaded; None when it is false or its time is over."""
    code, _, rest = token.partition(".")
    written, _, mark = rest.partition(".")
    if len(token) > LONGEST_TOKEN or not _is_number(written):
        return None
    last = int(written, 16)
    author = queries.author_of_code(code)
    if author is None or not author.email or last > datetime.max.timestamp() or now > datetime.fromtimestamp(last, UTC):
        return None
    return author if hmac.compare_digest(mark.encode(), _mark(code, author.email, last).encode()) else None


def _is_number(text: str) -> bool:
    return 0 < len(text) <= 9 and all(c in "0123456789abcdef" for c in text)


def _mark(code: str, email: str, last: int) -> str:
    secret = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(secret, f"minka.address:{code}:{last:x}:{email.lower()}".encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_MARK_BYTES]).decode().rstrip("=")
