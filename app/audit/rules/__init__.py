"""How the register is chained, how its state is signed, and when it is provable from outside."""

from app.audit.rules.chain import GENESIS, Verdict, canonical, entry_hash, verify
from app.audit.rules.notes import Note, NoteBroken, key_id, open_vkey, read_note, text_to_sign, vkey, with_signature
from app.audit.rules.standing import (
    AT_ONCE,
    AnchorKind,
    AnchorState,
    Concern,
    Light,
    Standing,
    concerns,
    is_daily_due,
    light,
    next_attempt,
)

__all__ = [
    "AT_ONCE", "AnchorKind", "AnchorState", "Concern", "GENESIS", "Light", "Note", "NoteBroken", "Standing", "Verdict", "canonical",
    "concerns", "entry_hash", "is_daily_due", "key_id", "light", "next_attempt", "open_vkey", "read_note", "text_to_sign", "verify",
    "vkey", "with_signature",
]  # fmt: skip
