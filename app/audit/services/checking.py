"""Recomputing the whole register and keeping what was found."""

import time
from datetime import datetime

from app.audit import queries
from app.audit.models import RegisterCheck
from app.audit.services import keys
from app.core.db import db


def check_register(now: datetime) -> RegisterCheck:
    """Recompute every entry and hold every checkpoint against them; the page shows the result. The caller commits."""
    began = time.perf_counter()
    verdict = queries.verdict()
    first_bad = verdict.first_bad or queries.first_unproved(_trusted())
    good = verdict.good if first_bad is None else min(verdict.good, first_bad - 1)
    check = RegisterCheck(at=now, entries=good, first_bad=first_bad, milliseconds=round((time.perf_counter() - began) * 1000))
    db.session.add(check)
    db.session.flush()
    return check


def _trusted() -> str:
    try:
        return keys.public_key_of_file()
    except keys.KeyUnavailable:
        return ""  # its own warning: checkpoints wait for their signature
