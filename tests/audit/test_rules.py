"""The note byte by byte, and when the light changes. No database, no web."""

import base64
import hashlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit import rules
from app.audit.rules import Concern, Light, Standing
from tests.world import NOON

NAME = "participa.example.pe/registro"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ROOT = hashlib.sha256(b"raiz").hexdigest()
HOUR = timedelta(hours=1)


def note() -> str:
    text = rules.text_to_sign(NAME, 312, ROOT)
    return rules.with_signature(text, NAME, PUBLIC, KEY.sign(text.encode()))


def test_the_example_of_the_specification_has_its_key_id() -> None:
    """The vkey printed in c2sp.org/signed-note."""
    name, public = rules.open_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert rules.vkey(name, public) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_note_is_three_lines_an_empty_one_and_a_signature() -> None:
    lines = note().split("\n")
    assert lines[0] == NAME and lines[1] == "312" and base64.b64decode(lines[2]).hex() == ROOT and lines[3] == ""
    dash, name, signature = lines[4].split(" ")
    raw = base64.b64decode(signature)
    assert (dash, name, lines[5]) == ("—", NAME, "")
    assert raw[:4] == hashlib.sha256(NAME.encode() + b"\n\x01" + PUBLIC).digest()[:4] and len(raw) == 68


def test_a_note_is_read_as_it_was_written() -> None:
    read = rules.read_note(note())
    assert (read.origin, read.size, read.root) == (NAME, 312, ROOT)
    KEY.public_key().verify(read.signatures[0][2], read.text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "", "hola", note().replace("312", "0312"), note().replace("312", "-1"), note().replace("\n\n", "\n"), note()[:-1],
        note().replace("— ", "- "), note()[:60],
    ],
)  # fmt: skip
def test_what_is_not_a_note_is_refused(text: str) -> None:
    with pytest.raises(rules.NoteBroken):
        rules.read_note(text)


@pytest.mark.parametrize("name", ["", "con espacio", "con+mas"])
def test_a_key_name_has_no_spaces_nor_plus(name: str) -> None:
    with pytest.raises(rules.NoteBroken):
        rules.vkey(name, PUBLIC)


@pytest.mark.parametrize("text", ["x", "a+b+c", rules.vkey(NAME, PUBLIC).replace("participa", "otra"), "a+00000000+AQ=="])
def test_a_vkey_that_does_not_match_its_id_is_refused(text: str) -> None:
    with pytest.raises(rules.NoteBroken):
        rules.open_vkey(text)


FRESH = Standing(10, anchored_size=10, anchored_at=NOON, checked_at=NOON)


@pytest.mark.parametrize(
    ("standing", "after", "concerns", "light"),
    [
        (Standing(0), 0 * HOUR, (), Light.GREEN),
        (FRESH, HOUR, (), Light.GREEN),
        (Standing(11, 0, 10, NOON, NOON + 25 * HOUR), 25 * HOUR, (), Light.GREEN),
        (Standing(11, 0, 10, NOON, NOON + 25 * HOUR), 25 * HOUR + timedelta(seconds=1), (Concern.ANCHOR_OLD,), Light.AMBER),
        (Standing(10, 0, 10, NOON, NOON + 99 * HOUR), 99 * HOUR, (), Light.GREEN),
        (Standing(10, 0, 0, None, NOON), HOUR, (Concern.NEVER_ANCHORED,), Light.AMBER),
        (Standing(10, 1, 10, NOON, NOON), HOUR, (Concern.UNSIGNED,), Light.AMBER),
        (Standing(10, 0, 10, NOON, None), HOUR, (Concern.NOT_CHECKED,), Light.AMBER),
        (Standing(10, 0, 10, NOON, NOON, first_bad=3), HOUR, (Concern.ALTERED,), Light.RED),
    ],
)  # fmt: skip
def test_the_light_turns_amber_after_25_hours_with_newer_acts(
    standing: Standing, after: timedelta, concerns: tuple[Concern, ...], light: Light
) -> None:
    found = rules.concerns(standing, NOON + after)
    assert (found, rules.light(found)) == (concerns, light)


@pytest.mark.parametrize(
    ("entries", "last_size", "last_at", "is_due"),
    [
        (5, 5, NOON - 48 * HOUR, False),
        (6, 5, NOON, False),
        (6, 5, NOON - 24 * HOUR, True),
        (1, 0, None, True),
        (0, 0, None, False),
        (6, 5, NOON - 11 * HOUR - timedelta(minutes=59), False),  # 00:01 of the same day in Lima
        (6, 5, NOON - 12 * HOUR - timedelta(minutes=1), True),  # 23:59 of the day before
    ],
)
def test_there_is_one_checkpoint_for_each_day_in_lima_with_acts(entries: int, last_size: int, last_at: object, is_due: bool) -> None:
    assert rules.is_daily_due(entries, last_size, last_at, NOON) is is_due  # type: ignore[arg-type]


def test_an_anchor_is_asked_for_again_for_ever() -> None:
    waits = [rules.next_attempt(n, NOON) - NOON for n in range(1, 60)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1) and waits[-1] == HOUR
