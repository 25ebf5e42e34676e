"""The text that a PDF of ours draws, read without any other program: the same on every machine that can make one."""

import re
import zlib

FONT = re.compile(rb"/Subtype ?/Type0/BaseFont ?/([A-Z]{6})\+[^/]+/ToUnicode (\d+) 0 R")
LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4,})>")
DRAWN = re.compile(rb"/([A-Z]{6}) [\d.]+ Tf|\[([^][]*)\] ?TJ|(<[0-9a-f]+>) ?Tj")


def words_of(content: bytes) -> str:
    """Every letter that is drawn, in the order of the pages, without its spaces. A font without its table of letters is a KeyError."""
    streams = {number: _opened(packed) for number, packed in _streams(content)}
    dictionaries = content + b"\n".join(streams.values())
    letters = {name: dict(LETTER.findall(streams[table])) for name, table in FONT.findall(dictionaries)}
    drawn = "".join(_drawn(stream, letters) for stream in streams.values() if b" Tf" in stream and b"BT" in stream)
    return re.sub(r"\s", "", drawn)


def _streams(content: bytes) -> list[tuple[bytes, bytes]]:
    return re.findall(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?>>\s*stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)


def _opened(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return packed


def _drawn(stream: bytes, letters: dict[bytes, dict[bytes, bytes]]) -> str:
    said, table = [], {}
    for font, several, one in DRAWN.findall(stream):
        if font:
            table = letters[font]
        for run in re.findall(rb"<([0-9a-f]+)>", several or one):
            said += [bytes.fromhex(table[run[at : at + 4]].decode()).decode("utf-16-be") for at in range(0, len(run), 4)]
    return "".join(said)
