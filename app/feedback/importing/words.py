"""The words of outcomes and reasons in a spreadsheet: those that are offered, and every other way people write them."""

import re

from app.contributions.importing.columns import key_of
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.sheets import OUTCOME_NAMES

_ALSO = {
    "acogida": Outcome.ADOPTED,
    "acogido-en-parte": Outcome.ADOPTED_PARTIALLY,
    "acogida-parcialmente": Outcome.ADOPTED_PARTIALLY,
    "ya-contemplada": Outcome.ALREADY_COVERED,
    "derivado": Outcome.REFERRED,
    "derivada": Outcome.REFERRED,
    "no-acogida": Outcome.NOT_ADOPTED,
    "unificado": Outcome.MERGED,
    "retirado": Outcome.WITHDRAWN,
}
_REASON = re.compile(r"\s*(R\d{2})\b", re.IGNORECASE)


def read_outcome(written: str) -> Outcome | None:
    """The outcome a cell means: its code, its Spanish name in any spelling; None for anything else."""
    key = key_of(written)
    return _OUTCOMES.get(key)


def read_reason(written: str) -> Reason | None:
    """The reason a cell means: "R01", with or without its words after it; None for anything else."""
    match = _REASON.match(written)
    code = match.group(1).upper() if match else ""
    return Reason(code) if code in set(Reason) else None


_OUTCOMES = {key_of(str(o)): o for o in Outcome} | {key_of(name): o for o, name in OUTCOME_NAMES.items()} | _ALSO
