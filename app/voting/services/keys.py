"""The key of a vote's roll: a file outside the database, made on first use, readable by its owner alone (reliability.md 6.1, 6.3).

Without it nobody can tell from the tables who is on the roll; destroying it when the time to appeal is over makes that final.
Servers that share a database share this file too.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from flask import current_app

from app.core.errors import Problem, RuleBroken
from app.voting.models import Vote
from app.voting.rules.roll import RollProblem

KEY_BYTES = 32


def path(vote: Vote) -> Path:
    """`keys/vote-<id>.key` in DATA_DIR; beside the key of the register, never in a backup of the database."""
    return Path(current_app.config["DATA_DIR"]) / "keys" / f"vote-{vote.id}.key"


def voter_key(vote: Vote, document: str) -> str:
    """What the roll holds instead of a document. Raises RuleBroken when the file cannot be read."""
    return _hash(vote, "roll", document)


def voter_keys(vote: Vote, documents: list[str]) -> list[str]:
    """As `voter_key`, the file read once."""
    key = _read(vote)
    return [_keyed(key, vote, "roll", document) for document in documents]


def token_hash(vote: Vote, code: str) -> str:
    """What is stored of a printed code."""
    return _hash(vote, "token", code)


def code_hash(vote: Vote, handle: str, code: str) -> str:
    """What is stored of a code sent by mail; good only with the handle of the browser that asked."""
    return _hash(vote, f"code:{handle}", code)


def destroy(vote: Vote) -> bool:
    """Erase the key for good, when the time to appeal is over: the roll tells nothing any more. False when there was none."""
    file = path(vote)
    if not file.exists():
        return False
    _gone(vote).touch(mode=0o600)  # first: nobody makes another key in between
    file.write_bytes(secrets.token_bytes(KEY_BYTES))
    file.unlink()
    return True


def _gone(vote: Vote) -> Path:
    """Says that there was a key and it was destroyed: with a new one the roll would answer that nobody is on it."""
    return path(vote).with_suffix(".destroyed")


def _hash(vote: Vote, purpose: str, text: str) -> str:
    return _keyed(_read(vote), vote, purpose, text)


def _keyed(key: bytes, vote: Vote, purpose: str, text: str) -> str:
    return hmac.new(key, f"{vote.id}:{purpose}:{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _read(vote: Vote) -> bytes:
    file = path(vote)
    if _gone(vote).exists():
        raise RuleBroken([Problem(RollProblem.KEY_DESTROYED)])
    try:
        if not file.exists():
            _write(file)
        key = file.read_bytes()
    except OSError:
        key = b""
    if len(key) != KEY_BYTES:
        raise RuleBroken([Problem(RollProblem.KEY_MISSING)])
    return key


def _write(target: Path) -> None:
    """Whole or not at all, and never over another: two processes may start at once."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent)  # 0600 from its first byte
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # the other process was first: its key is the one
        os.link(name, target)
    os.unlink(name)
