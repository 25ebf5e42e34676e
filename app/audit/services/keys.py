"""The private key that signs checkpoints: one file outside the database, made on first use, readable by its owner alone."""

import contextlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from flask import current_app

from app.audit import queries, rules
from app.audit.models import SigningKey
from app.core.db import db


class KeyUnavailable(Exception):
    """The key cannot be used now; the message says why, for the operator."""


@dataclass(frozen=True)
class Signer:
    """Signs notes under the name that the public key is published with."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def note(self, size: int, root: str) -> str:
        text = rules.text_to_sign(self.name, size, root)
        return rules.with_signature(text, self.name, self.public, self.key.sign(text.encode()))


def path() -> Path:
    """Where the key lives: REGISTER_KEY, or `keys/register.ed25519` in DATA_DIR."""
    return Path(current_app.config["REGISTER_KEY"] or current_app.config["DATA_DIR"] / "keys" / "register.ed25519")


def signer(now: datetime) -> Signer:
    """Who signs now. The first time there is neither file nor published key, both are made.

    A published key without its file, or a file that holds another key, is never replaced in silence. Raises KeyUnavailable.
    """
    known = queries.newest_key()
    if known is None:
        if not path().exists():
            _write(Ed25519PrivateKey.generate())
        return _publish(_read(), now)
    key = _read()
    found = Signer(known.name, key)
    if rules.vkey(known.name, found.public) != known.vkey:
        raise KeyUnavailable(f"{path()} holds another key than the published one")
    return found


def public_key_of_file() -> str:
    """The vkey of the file, to hold against the database; empty when there is no published key. Raises KeyUnavailable."""
    known = queries.newest_key()
    return rules.vkey(known.name, Signer(known.name, _read()).public) if known else ""


def replace(now: datetime) -> tuple[Signer, str]:
    """Put a new key in the file and publish it; the old file stays beside it. Gives the new signer and the vkey it follows."""
    known = queries.newest_key()
    previous = known.vkey if known else ""
    if path().exists():
        os.replace(path(), path().with_suffix(f".{now:%Y%m%dT%H%M%S}.retired"))
    _write(Ed25519PrivateKey.generate())
    return _publish(_read(), now), previous


def _publish(key: Ed25519PrivateKey, now: datetime) -> Signer:
    site = urlsplit(current_app.config["SITE_URL"])
    known = queries.newest_key()
    found = Signer(known.name if known else f"{site.netloc or 'minka'}/registro", key)
    db.session.add(SigningKey(name=found.name, vkey=rules.vkey(found.name, found.public), made_at=now))
    db.session.flush()
    return found


def _read() -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path().read_bytes(), password=None)
    except OSError as failure:
        raise KeyUnavailable(f"{path()}: {failure.strerror}") from None
    except (ValueError, TypeError):
        raise KeyUnavailable(f"{path()} is not a key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnavailable(f"{path()} is not an Ed25519 key")
    return key


def _write(key: Ed25519PrivateKey) -> None:
    """Whole or not at all, and never over another: two processes may start at once."""
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=target.parent)  # 0600 from its first byte
        with os.fdopen(handle, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # the other process was first: its key is the one
            os.link(name, target)
        os.unlink(name)
    except OSError as failure:
        raise KeyUnavailable(f"{target}: {failure.strerror}") from None
