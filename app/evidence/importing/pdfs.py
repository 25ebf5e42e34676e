"""PDF: complete, and without anything that runs or hides inside (JavaScript, programs to launch, embedded files)."""

import re
import zlib

from app.core.errors import Problem, RuleBroken
from app.evidence.rules import MEBIBYTE, FileProblem

_TAIL = 2_048
_MOST_INFLATED = 8 * MEBIBYTE
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[^\s/<>\[\](){}%]*#[0-9A-Fa-f]{2}[^\s/<>\[\](){}%]*")
_STREAM = re.compile(rb"(<<(?:(?!endobj).){0,4096}?>>)\s*stream\r?\n(.*?)endstream", re.DOTALL)
_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|ImportData|SubmitForm|XFA)(?![A-Za-z0-9])")
_HIDES = re.compile(rb"/EmbeddedFiles?(?![A-Za-z0-9])")
_LONG_RUNS = re.compile(rb"/(?:JavaScript|RichMedia|ImportData|SubmitForm)(?![A-Za-z0-9])")


def check(content: bytes) -> None:
    """Raise RuleBroken when it is not a whole PDF, is protected by a password, or carries something that runs.

    The header must be the first bytes: what other programs put before it is how a page of HTML passes for a PDF.
    """
    if not content.startswith(b"%PDF-"):
        raise RuleBroken([Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": "pdf"})])
    if b"%%EOF" not in content[-_TAIL:]:
        raise RuleBroken([Problem(FileProblem.DAMAGED, "file")])
    readable = _readable(content)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", readable):
        raise RuleBroken([Problem(FileProblem.LOCKED, "file")])
    whole = _plain_names(content)
    if _RUNS.search(readable) or _HIDES.search(readable) or _LONG_RUNS.search(whole) or _HIDES.search(whole):
        raise RuleBroken([Problem(FileProblem.HAS_PROGRAM, "file")])


def _plain_names(content: bytes) -> bytes:
    """`/J#61vaScript` is `/JavaScript`: names may be written in hexadecimal."""
    return _NAME.sub(lambda name: _HEX_IN_NAME.sub(lambda code: bytes([int(code[1], 16)]), name[0]), content)


def _readable(content: bytes) -> bytes:
    """Everything outside streams, then the object streams unpacked: where a modern PDF keeps its objects."""
    outside: list[bytes] = []
    inflated: list[bytes] = []
    end, left = 0, _MOST_INFLATED
    for stream in _STREAM.finditer(content):
        outside.append(content[end : stream.end(1)])
        end = stream.end()
        if b"/ObjStm" in _plain_names(stream[1]):
            part = _inflate(stream[2], left)
            left -= len(part)
            inflated.append(part)
    outside.append(content[end:])
    return _plain_names(b"\n".join(outside + inflated))


def _inflate(packed: bytes, most: int) -> bytes:
    """The objects of a stream. Raises RuleBroken when they cannot be read: what cannot be looked at is not kept."""
    unpacker = zlib.decompressobj()
    try:
        part = unpacker.decompress(packed, max(most, 1))
    except zlib.error as broken:
        raise RuleBroken([Problem(FileProblem.LOCKED, "file")]) from broken
    if unpacker.unconsumed_tail:
        raise RuleBroken([Problem(FileProblem.ARCHIVE_TOO_LARGE, "file", {"largest": _MOST_INFLATED // MEBIBYTE, "entries": 1})])
    return part
