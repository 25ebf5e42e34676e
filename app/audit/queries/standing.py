"""Whether the register is sound: what the last recomputation found, and each checkpoint held against the entries."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, select

from app.audit import rules
from app.audit.models import AuditEntry, Checkpoint, RegisterCheck
from app.audit.queries.anchors import newest_anchor
from app.audit.queries.checkpoints import vkeys
from app.audit.queries.entries import head
from app.core.db import db


def last_check() -> RegisterCheck | None:
    return db.session.scalar(select(RegisterCheck).order_by(RegisterCheck.id.desc()).limit(1))


def standing() -> rules.Standing:
    """The facts behind the light of the page, in four statements, however long the register is."""
    size, _ = head()
    check, anchor = last_check(), newest_anchor()
    return rules.Standing(
        entries=size,
        unsigned=db.session.scalar(select(func.count()).select_from(Checkpoint).where(Checkpoint.note == "")) or 0,
        anchored_size=anchor.checkpoint.size if anchor else 0,
        anchored_at=anchor.at if anchor else None,
        checked_at=check.at if check else None,
        first_bad=check.first_bad if check else None,
    )


def first_unproved(trusted: str = "") -> int | None:
    """The first entry that a checkpoint does not vouch for as it stands; None when all of them do.

    A checkpoint whose root is not the hash of its entry, or whose signature is not of a published key, says that something
    after the previous good one was changed. `trusted`, when given, is the public key of the file: the newest checkpoint must
    be signed by it.
    """
    keys = [rules.open_vkey(text) for text in vkeys()]
    stored = db.session.execute(
        select(Checkpoint.size, Checkpoint.hash, Checkpoint.note, AuditEntry.hash)
        .outerjoin(AuditEntry, AuditEntry.seq == Checkpoint.size)
        .order_by(Checkpoint.size)
    ).all()
    good = 0
    for size, root, note, found in stored:
        if found != root or (note and not _is_signed(note, size, root, keys)):
            return good + 1
        good = size
    signed = [row for row in stored if row[2]]
    if trusted and signed and not _is_signed(signed[-1][2], signed[-1][0], signed[-1][1], [rules.open_vkey(trusted)]):
        return (signed[-2][0] if len(signed) > 1 else 0) + 1
    return None


def first_against(text: str) -> int | None:
    """The first entry that a note kept outside does not vouch for; None when the register still holds what it says.

    A note that cannot be read, or that no published key signed, vouches for nothing: 1.
    """
    try:
        note = rules.read_note(text)
    except rules.NoteBroken:
        return 1
    if not _is_signed(text, note.size, note.root, [rules.open_vkey(key) for key in vkeys()]):
        return 1
    size, _ = head()
    if note.size > size:
        return size + 1
    found = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == note.size))
    return None if found == note.root else 1


def _is_signed(text: str, size: int, root: str, keys: list[tuple[str, bytes]]) -> bool:
    try:
        note = rules.read_note(text)
    except rules.NoteBroken:
        return False
    if (note.size, note.root) != (size, root):
        return False
    return any(_verifies(public, signature, note.text) for name, public in keys for signature in _of(note, name, public))


def _of(note: rules.Note, name: str, public: bytes) -> list[bytes]:
    return [signature for who, hint, signature in note.signatures if who == name and hint == rules.key_id(name, public)]


def _verifies(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
