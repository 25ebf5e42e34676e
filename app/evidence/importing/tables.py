"""CSV: text in the encoding its sender says, kept as UTF-8."""

import puremagic

from app.core.errors import Problem, RuleBroken
from app.evidence.rules import ENCODINGS, FileProblem

_SURE = 0.5
_BOM = "\ufeff"


def as_utf8(content: bytes, encoding: str) -> bytes:
    """The same table in UTF-8, with the mark spreadsheets look for. Raises RuleBroken."""
    if _is_known_to_be_something_else(content):
        raise RuleBroken([_differs()])
    try:
        text = content.decode("utf-8-sig" if encoding not in ENCODINGS or encoding == "utf-8" else encoding).lstrip(_BOM)
    except UnicodeDecodeError as broken:
        raise RuleBroken([Problem(FileProblem.TEXT_UNREADABLE, "file")]) from broken
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text):
        raise RuleBroken([_differs()])
    if not text.strip():
        raise RuleBroken([Problem(FileProblem.EMPTY, "file")])
    if text.lstrip().startswith(("<", "#!", "%!", "{\\rtf")):
        raise RuleBroken([_differs()])
    return (_BOM + text).encode()


def _is_known_to_be_something_else(content: bytes) -> bool:
    try:
        guesses = puremagic.magic_string(content[:4_096])
    except (puremagic.PureError, ValueError):
        return False
    return any(guess.confidence >= _SURE and guess.extension not in (".csv", ".txt", "") for guess in guesses)


def _differs() -> Problem:
    return Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": "csv"})
