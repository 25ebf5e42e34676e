"""How long a recording lasts, from files of every accepted kind and from files that lie."""

import io
import random
import struct
import wave

import pytest

from app.evidence.importing.lengths import seconds_of


def wav(seconds: int, rate: int = 8_000) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(rate)
        made.writeframes(b"\x80" * rate * seconds)
    return target.getvalue()


def ogg(seconds: int, head: bytes, rate: int) -> bytes:
    page = lambda samples, body: b"OggS\x00\x00" + struct.pack("<q", samples) + bytes(12) + b"\x01" + body  # noqa: E731 - used on the next line
    return page(0, head) + page(seconds * rate, bytes(50))


def mp3(seconds: int) -> bytes:
    """128 kbit/s at 44,100 Hz, after a tag."""
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + b"\xff\xfb\x90\x00" + bytes(16_000 * seconds - 4)


def m4a(seconds: int, *, in_pieces: bool = False) -> bytes:
    times = struct.pack(">IIIII", 0, 0, 0, 1000, 0 if in_pieces else seconds * 1000)
    start = b"\x00\x00\x00\x10ftypM4A \x00\x00\x00\x00" + b"\x00\x00\x00\x00mvhd" + times
    if not in_pieces:
        return start
    return start + b"\x00\x00\x00\x00mdhd" + times + b"\x00\x00\x00\x14tfdt\x01\x00\x00\x00" + struct.pack(">Q", seconds * 1000)


def webm(seconds: int) -> bytes:
    """As browsers record: sizes unknown, no duration, a cluster for each second."""
    unknown = b"\x01" + b"\xff" * 7
    head = b"\x1a\x45\xdf\xa3\x84webm" + b"\x18\x53\x80\x67" + unknown + b"\x15\x49\xa9\x66\x87\x2a\xd7\xb1\x83\x0f\x42\x40"
    clusters = b"".join(
        b"\x1f\x43\xb6\x75" + unknown + b"\xe7\x84" + struct.pack(">I", n * 1000) + b"\xa3\x85\x81" + struct.pack(">h", 900) + b"\x80\x00"
        for n in range(seconds)
    )
    return head + clusters


VORBIS = b"\x01vorbis\x00\x00\x00\x00\x01" + struct.pack("<I", 44_100)


@pytest.mark.parametrize(
    ("content", "extension", "seconds"),
    [
        (wav(200), "wav", 200), (ogg(200, b"OpusHead", 48_000), "opus", 200), (ogg(7, VORBIS, 44_100), "ogg", 7), (mp3(200), "mp3", 200),
        (m4a(200), "m4a", 200), (m4a(200, in_pieces=True), "m4a", 200), (webm(200), "webm", 199.9),
    ],
    ids=["wav", "opus", "vorbis", "mp3", "m4a", "m4a in pieces", "webm"],
)  # fmt: skip
def test_a_recording_tells_how_long_it_is(content: bytes, extension: str, seconds: float) -> None:
    assert seconds_of(content, extension) == pytest.approx(seconds, rel=0.01)


@pytest.mark.parametrize("extension", ["wav", "ogg", "opus", "m4a", "mp3", "webm", "pdf"])
def test_a_broken_file_does_not_tell_and_breaks_nothing(extension: str) -> None:
    chance = random.Random(7)
    whole = {
        "wav": wav(1),
        "ogg": ogg(1, VORBIS, 44_100),
        "opus": ogg(1, b"OpusHead", 48_000),
        "m4a": m4a(1),
        "mp3": mp3(1),
        "webm": webm(2),
    }
    assert seconds_of(b"", extension) is None
    for _ in range(200):
        content = bytearray(whole.get(extension, b"%PDF")[: chance.randrange(2_000)])
        for _ in range(5):
            if content:
                content[chance.randrange(len(content))] = chance.randrange(256)
        found = seconds_of(bytes(content), extension)
        assert found is None or found >= 0


def test_what_says_it_holds_more_than_it_does_is_measured_by_what_is_there() -> None:
    content = bytearray(wav(5))
    content[40:44] = b"\xff\xff\xff\x7f"
    assert seconds_of(bytes(content), "wav") == 5
