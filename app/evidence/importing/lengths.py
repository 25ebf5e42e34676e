"""How long a recording lasts, read from the file itself: nobody has to believe what a browser says."""

import struct
from collections.abc import Iterator

_MP3_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MP3_KILOBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_MP3_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_OPUS_RATE = 48_000
_WHOLE, _INFO, _CLUSTER, _GROUP = 0x18538067, 0x1549A966, 0x1F43B675, 0xA0
_SCALE, _TIME, _BLOCKS, _DURATION = 0x2AD7B1, 0xE7, (0xA3, 0xA1), 0x4489
_NANOSECONDS = 1_000_000_000


def seconds_of(content: bytes, extension: str) -> float | None:
    """Seconds a recording lasts; None when the file does not tell, or is broken in a way a player might forgive.

    It takes one pass over the file at most. Where it is None, only the weight of the file bounds it.
    """
    read = _READERS.get(extension)
    try:
        found = read(content) if read else None
    except (struct.error, IndexError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return found if found is not None and found >= 0 else None


def _wav(content: bytes) -> float | None:
    rate, place = 0, 12
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if name == b"fmt ":
            (rate,) = struct.unpack_from("<I", content, place + 16)
        if name == b"data" and rate:
            return float(min(size, len(content) - place - 8)) / float(rate)
        place += 8 + size + size % 2
    return None


def _ogg(content: bytes) -> float | None:
    """The last page says how many samples were played before its end."""
    last = content.rfind(b"OggS")
    (samples,) = struct.unpack_from("<q", content, last + 6)
    if b"OpusHead" in content[:256]:
        return float(samples) / _OPUS_RATE
    for mark, before_rate in ((b"\x01vorbis", 12), (b"Speex   ", 36)):
        start = content[:256].find(mark)
        if start >= 0:
            (rate,) = struct.unpack_from("<I", content, start + before_rate)
            return float(samples) / float(rate)
    return None


def _m4a(content: bytes) -> float | None:
    """The whole's own length; recordings made in pieces have none, and the start of their last piece is taken."""
    scale, length = _times(content, content.find(b"mvhd"))
    if length:
        return length / scale
    piece = content.rfind(b"tfdt")
    if piece < 0:
        return None
    track_scale, _ = _times(content, content.find(b"mdhd"))
    (start,) = struct.unpack_from(">Q" if content[piece + 4] else ">I", content, piece + 8)
    return float(start) / track_scale


def _times(content: bytes, box: int) -> tuple[float, float]:
    """(units in a second, units in all) of an mvhd or mdhd box."""
    if box < 0:
        raise ValueError("no such box")
    scale, length = struct.unpack_from(">IQ" if content[box + 4] else ">II", content, box + (24 if content[box + 4] else 16))
    return float(scale), float(length)


def _mp3(content: bytes) -> float | None:
    start = 0
    if content.startswith(b"ID3"):
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    if content[start] != 0xFF:
        return None
    version, code = content[start + 1] >> 3 & 3, content[start + 2]
    rate = _MP3_RATES[version][code >> 2 & 3] if version in _MP3_RATES else 0
    kilobits = (_MP3_KILOBITS if version == 3 else _MP3_KILOBITS_LOW)[code >> 4]
    for mark in (b"Xing", b"Info"):
        tag = content.find(mark, start, start + 200)
        if tag >= 0 and content[tag + 7] & 1:
            (frames,) = struct.unpack_from(">I", content, tag + 8)
            return float(frames * (1152 if version == 3 else 576)) / float(rate)
    return (len(content) - start) * 8 / (kilobits * 1000)


def _webm(content: bytes) -> float | None:
    """Browsers record without saying how long: the time of the last block is taken."""
    scale, cluster, latest, said = 1_000_000, 0, -1, -1.0
    for kind, start, size in _elements(content):
        if kind == _SCALE:
            scale = int.from_bytes(content[start : start + size], "big")
        elif kind == _DURATION:
            (said,) = struct.unpack_from(">d" if size == 8 else ">f", content, start)
        elif kind == _TIME:
            cluster = int.from_bytes(content[start : start + size], "big")
        elif kind in _BLOCKS:
            (since,) = struct.unpack_from(">h", content, start + _width(content[start]))
            latest = max(latest, cluster + since)
    units = max(float(latest), said)
    return units * scale / _NANOSECONDS if units >= 0 else None


def _elements(content: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, start, size) of each element in order, those that hold others opened."""
    place = 0
    while place < len(content) - 2:
        width = _width(content[place])
        kind = int.from_bytes(content[place : place + width], "big")
        place += width
        width = _width(content[place])
        size = int.from_bytes(content[place : place + width], "big") & ((1 << 7 * width) - 1)
        place += width
        if kind in (_WHOLE, _INFO, _CLUSTER, _GROUP):
            continue
        yield kind, place, size
        place += size


def _width(first: int) -> int:
    """Bytes of a number of variable length, by its first."""
    if not first:
        raise ValueError("not a number of EBML")
    return 9 - first.bit_length()


_READERS = {"wav": _wav, "ogg": _ogg, "oga": _ogg, "opus": _ogg, "m4a": _m4a, "mp3": _mp3, "webm": _webm}
