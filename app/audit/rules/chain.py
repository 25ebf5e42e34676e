"""How entries are chained: canonical JSON, and SHA-256 over what came before (reliability.md 5, design B)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64
_TAG = "minka-register:v1"


def canonical(content: Any) -> str:
    """The one way to write `content` as JSON: sorted keys, no spaces, instants with offset. Floats are refused."""
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError("no floats in the register: money is integer céntimos")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def entry_hash(seq: int, prev: str, body: str) -> str:
    """SHA-256, hexadecimal, of the entry's place, the hash before it and its body."""
    return hashlib.sha256("\0".join((_TAG, str(seq), prev, body)).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many entries are good, and the first bad one (None when all are)."""

    good: int
    first_bad: int | None
    head: str

    @property
    def is_sound(self) -> bool:
        return self.first_bad is None


def verify(entries: Iterable[tuple[int, str, str, str]], head: tuple[int, str] | None = None) -> Verdict:
    """Check (seq, prev, hash, body) rows in order, and that they end where `head` says."""
    prev, expected = GENESIS, 1
    for seq, stored_prev, stored_hash, body in entries:
        if seq != expected or stored_prev != prev or stored_hash != entry_hash(seq, prev, body):
            return Verdict(expected - 1, expected, prev)
        prev, expected = stored_hash, expected + 1
    if head is not None and head != (expected - 1, prev):
        return Verdict(expected - 1, expected, prev)
    return Verdict(expected - 1, None, prev)
