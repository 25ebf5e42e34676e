"""Which program acts here: its code by hash, and which settings are given, never their values."""

import hashlib
import json
from datetime import datetime
from functools import cache
from typing import Any

from flask import current_app

from app.audit import queries
from app.audit.models import AuditEntry
from app.audit.services.recording import record
from config import ROOT, SETTINGS

ACTION = "audit.change-release"
_SOURCES = ("app/**/*.py", "templates/**/*", "migrations/versions/*.py", "config.py")


@cache
def _code_sha256() -> str:
    total = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in ROOT.glob(pattern) if path.is_file()):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def record_release(now: datetime) -> AuditEntry | None:
    """An act when the code or the given settings are not those of the last such act; None otherwise. The caller commits."""
    facts: dict[str, Any] = {
        "code_sha256": _code_sha256(),
        "settings": sorted(s.name for s in SETTINGS if str(current_app.config.get(s.name) or "") not in ("", s.default, "0", "False")),
    }
    last = queries.newest(ACTION)
    if last is not None and json.loads(last.body)["facts"] == facts:
        return None
    return record(ACTION, "register", "programa", facts, at=now, role="sistema")
