"""What is stored of secrets: a hash of what people hold, a sealed text of what the server must read again."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

TOKEN_BYTES = 24


def new_token() -> str:
    """192 random bits, for an address or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_handle() -> str:
    """A name for a row that may stand in an address: it opens nothing by itself."""
    return secrets.token_hex(8)


def digest(token: str) -> str:
    """What is stored of a token of `new_token`: it has too many bits to be guessed from its hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed(purpose: str, text: str) -> str:
    """What is stored of something short (a code, an address): a hash nobody can search without the server's key."""
    return hmac.new(_key(f"hash:{purpose}"), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def seal(text: str, purpose: str) -> str:
    """`text` so that only this server can read it, and only for the same purpose."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str, *, seconds: int | None = None) -> str | None:
    """What `seal` was given; None when it was not sealed here for this purpose, or longer ago than `seconds`."""
    try:
        return _box(purpose).decrypt(sealed.encode("utf-8", "replace"), ttl=seconds).decode()
    except InvalidToken:
        return None


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(f"seal:{purpose}")))


def _key(purpose: str) -> bytes:
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"minka.accounts:{purpose}".encode(), hashlib.sha256).digest()
