"""The signed note: what a checkpoint says, byte by byte (c2sp.org/signed-note and c2sp.org/tlog-checkpoint).

Three lines (origin, size, root), an empty line, and one line per signature. The root is the hash of the last entry, so whoever
keeps a note keeps the whole register up to that entry.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

ED25519 = b"\x01"
KEY_BYTES, SIGNATURE_BYTES, KEY_ID_BYTES = 32, 64, 4
_DASH = "— "


class NoteBroken(ValueError):
    """The text is not a signed checkpoint, or a key is not a key."""


@dataclass(frozen=True)
class Note:
    """A checkpoint as read: `root` is hexadecimal; `signatures` are (key name, key id, signature)."""

    origin: str
    size: int
    root: str
    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys apart: SHA-256 of name, line feed, algorithm and key, cut."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID_BYTES]


def vkey(name: str, public: bytes) -> str:
    """The public key as it is published: "name+id+base64"."""
    if not name or "+" in name or any(c.isspace() for c in name) or len(public) != KEY_BYTES:
        raise NoteBroken("a key needs a name without spaces or plus signs, and 32 bytes")
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def open_vkey(text: str) -> tuple[str, bytes]:
    """Name and public key of a `vkey`. Raises NoteBroken when its id does not match."""
    try:
        name, hexadecimal, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise NoteBroken("not a vkey") from None
    if raw[:1] != ED25519 or len(raw) != 1 + KEY_BYTES or key_id(name, raw[1:]).hex() != hexadecimal:
        raise NoteBroken("not an Ed25519 vkey, or its id is of another key")
    return name, raw[1:]


def text_to_sign(origin: str, size: int, root: str) -> str:
    """What is signed: origin, size and root, each ending its line."""
    return f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(root)).decode()}\n"


def with_signature(text: str, name: str, public: bytes, signature: bytes) -> str:
    """The whole note: the text, an empty line, and the signature under the name of its key."""
    return f"{text}\n{_DASH}{name} {base64.b64encode(key_id(name, public) + signature).decode()}\n"


def read_note(note: str) -> Note:
    """The parts of a note; its signatures are not judged here. Raises NoteBroken."""
    try:
        text, signed = note.split("\n\n", 1)
        origin, size, root = text.split("\n")[:3]
        lines = signed.removesuffix("\n").split("\n")
        signatures = tuple(_signature(line) for line in lines)
        if str(int(size)) != size or int(size) < 1 or not origin or not signed.endswith("\n"):
            raise NoteBroken("origin or size cannot be read")
        raw = base64.b64decode(root, validate=True)
    except NoteBroken:
        raise
    except (ValueError, binascii.Error):
        raise NoteBroken("not a signed checkpoint") from None
    return Note(origin, int(size), raw.hex(), text + "\n", signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, encoded = line.removeprefix(_DASH).rsplit(" ", 1)
    raw = base64.b64decode(encoded, validate=True)
    if not line.startswith(_DASH) or len(raw) < KEY_ID_BYTES + 1:
        raise NoteBroken("a signature line cannot be read")
    return name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:]
