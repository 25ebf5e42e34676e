"""Sound and video: recognised by their first bytes, and without the place where a phone recorded them."""

import re

from app.core.errors import Problem, RuleBroken
from app.evidence.rules import FileProblem

_MPEG4_AUDIO = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash", b"3gp4", b"3gp5")
_MPEG4_VIDEO = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"3gp4", b"3gp5", b"dash")
_PLACE = re.compile(rb"(?:\xa9xyz)(?=..\x15\xc7[+-]\d)|loci(?=\x00\x00\x00\x00)", re.DOTALL)
_ISO_6709 = re.compile(rb"[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}(?:[+-]\d{1,5}(?:\.\d{1,4})?)?/?")
_APPLE_PLACE = b"com.apple.quicktime.location.ISO6709"


def check(content: bytes, extension: str) -> None:
    """Raise RuleBroken unless the first bytes are those of the extension."""
    if not _IS[extension](content):
        raise RuleBroken([Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": extension})])
    if len(content) < 64:
        raise RuleBroken([Problem(FileProblem.DAMAGED, "file")])


def _is_mp3(content: bytes) -> bool:
    if content.startswith(b"ID3"):
        return content[3] in (2, 3, 4)
    frame = content[:4]
    is_sync = len(frame) == 4 and frame[0] == 0xFF and frame[1] & 0xE0 == 0xE0
    return is_sync and frame[1] & 0x06 == 0x02 and frame[2] & 0xF0 != 0xF0 and frame[2] & 0x0C != 0x0C


def _is_ogg(content: bytes) -> bool:
    return content.startswith(b"OggS\x00") and any(mark in content[:256] for mark in (b"vorbis", b"OpusHead", b"fLaC", b"Speex"))


def _is_opus(content: bytes) -> bool:
    return content.startswith(b"OggS\x00") and b"OpusHead" in content[:256]


def _is_wav(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WAVE"


def _is_webm(content: bytes) -> bool:
    return content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:128]


def _is_m4a(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _MPEG4_AUDIO


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _MPEG4_VIDEO


_IS = {"mp3": _is_mp3, "ogg": _is_ogg, "opus": _is_opus, "wav": _is_wav, "webm": _is_webm, "m4a": _is_m4a, "mp4": _is_mp4}


def without_place(content: bytes) -> bytes:
    """The same recording without the coordinates phones write: its boxes keep their sizes, so it plays as before (S41)."""
    if content[4:8] != b"ftyp":
        return content
    cleaned = bytearray(content)
    for box in _PLACE.finditer(content):
        size = int.from_bytes(content[box.start() - 4 : box.start()], "big")
        if 8 <= size <= 512:
            cleaned[box.start() : box.start() + size - 4] = b"free" + bytes(size - 8)
    if _APPLE_PLACE in content:
        for place in _ISO_6709.finditer(bytes(cleaned)):
            cleaned[place.start() : place.end()] = b" " * len(place[0])
    return bytes(cleaned)
