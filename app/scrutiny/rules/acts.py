"""Acts that take two people: closing the box, reading the seed, publishing, destroying the key (reliability.md 6.1; domain.md BR-27)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.voting.rules import VoteState

SHORTEST_SEED, LONGEST_SEED = 6, 200
STILL_TAKING = (VoteState.ANNOUNCED, VoteState.OPEN)
"""A vote opens and closes by the clock: its row may still say "announced" when it ends."""


class Act(StrEnum):
    CLOSE = "close"
    SEED = "seed"
    PUBLISH = "publish"
    DESTROY_KEY = "destroy-key"


class Key(StrEnum):
    """Whose signature it is: the first and the second person of an act, or the two sectors of a publication."""

    FIRST = "first"
    SECOND = "second"
    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"


class ScrutinyProblem(StrEnum):
    STILL_OPEN = "scrutiny-still-open"
    NOT_CLOSED = "scrutiny-not-closed"
    ALREADY_CLOSED = "scrutiny-already-closed"
    SAME_PERSON = "scrutiny-same-person"
    ALREADY_SIGNED = "scrutiny-already-signed"
    TABLES_WAITING = "scrutiny-tables-waiting"
    NOT_SCRUBBED = "scrutiny-not-scrubbed"
    SEED_SHAPE = "scrutiny-seed-shape"
    SEED_DIFFERENT = "scrutiny-seed-different"
    SEED_SET = "scrutiny-seed-set"
    SEED_MISSING = "scrutiny-seed-missing"
    ALREADY_COUNTED = "scrutiny-already-counted"
    NOT_COUNTED = "scrutiny-not-counted"
    RULES_CHANGED = "scrutiny-rules-changed"
    CEILING_MISSING = "scrutiny-ceiling-missing"
    RECOUNT_WAITING = "scrutiny-recount-waiting"
    RECOUNT_DIFFERENT = "scrutiny-recount-different"
    BOOKS_MARKS = "scrutiny-books-marks"
    BOOKS_RECEIPTS = "scrutiny-books-receipts"
    BOOKS_TOKENS = "scrutiny-books-tokens"
    BOOKS_HANDED = "scrutiny-books-handed"
    BOOKS_TABLE = "scrutiny-books-table"
    RESULT_CHANGED = "scrutiny-result-changed"
    PUBLISHED = "scrutiny-published"
    SEALED_DIFFERENT = "scrutiny-sealed-different"
    NOT_PUBLISHED = "scrutiny-not-published"
    APPEALS_OPEN = "scrutiny-appeals-open"
    KEY_DESTROYED = "scrutiny-key-destroyed"
    NOT_CONFIRMED = "scrutiny-not-confirmed"


@dataclass(frozen=True)
class Signature:
    """One of the keys of an act. `content` is what was signed: the seed as read, or the fingerprint of the result."""

    key: Key
    person_id: int
    content: str = ""


def next_key(signed: Sequence[Signature]) -> Key:
    return Key.SECOND if signed else Key.FIRST


def closing_problems(
    state: VoteState, closes_at: datetime, now: datetime, *, signed: Sequence[Signature], person_id: int, tables_waiting: Sequence[str]
) -> tuple[Problem, ...]:
    """Why the box may not be closed yet by this person: two people close it, when its time is over and every table is settled."""
    if state not in STILL_TAKING:
        return (Problem(ScrutinyProblem.ALREADY_CLOSED if state is not VoteState.DRAFT else ScrutinyProblem.NOT_CLOSED),)
    if now < closes_at:
        return (Problem(ScrutinyProblem.STILL_OPEN),)
    if tables_waiting:
        return (Problem(ScrutinyProblem.TABLES_WAITING, None, {"tables": ", ".join(tables_waiting)}),)
    return (Problem(ScrutinyProblem.SAME_PERSON),) if person_id in {one.person_id for one in signed} else ()


def seed_problems(
    state: VoteState, seed: str, shape: Mapping[str, Any], *, is_set: bool, signed: Sequence[Signature], person_id: int
) -> tuple[Problem, ...]:
    """Why this is not taken as the seed: it is read after the close by two people, alike, in the announced form.

    `shape` is what was announced: {"digits": 10}, {"length": 64, "hex": true} or {"numbers": 5}, with hyphens between; empty when only a
    text was announced.
    """
    if state is not VoteState.CLOSED:
        return (Problem(ScrutinyProblem.NOT_CLOSED),)
    if is_set:
        return (Problem(ScrutinyProblem.SEED_SET),)
    if not fits(seed, shape):
        return (Problem(ScrutinyProblem.SEED_SHAPE, "seed"),)
    if person_id in {one.person_id for one in signed}:
        return (Problem(ScrutinyProblem.SAME_PERSON),)
    if signed and signed[0].content != seed:
        return (Problem(ScrutinyProblem.SEED_DIFFERENT, "seed"),)
    return ()


def last_day_to_complain(published_on: date, appeal_days: int) -> date:
    """Until when somebody may ask, with their document, whether they are marked on the roll: the days of appeal of the round."""
    return published_on + timedelta(days=appeal_days)


def destroying_problems(
    published_on: date | None, appeal_days: int, today: date, *, is_destroyed: bool, confirms: bool, signed: Sequence[Signature],
    person_id: int,
) -> tuple[Problem, ...]:  # fmt: skip
    """Why the key of the roll is not destroyed by this person now: after the appeals, by two people, each of whom says so."""
    if is_destroyed:
        return (Problem(ScrutinyProblem.KEY_DESTROYED),)
    if published_on is None:
        return (Problem(ScrutinyProblem.NOT_PUBLISHED),)
    last = last_day_to_complain(published_on, appeal_days)
    if today <= last:
        return (Problem(ScrutinyProblem.APPEALS_OPEN, None, {"last": f"{last:%d/%m/%Y}"}),)
    if person_id in {one.person_id for one in signed}:
        return (Problem(ScrutinyProblem.SAME_PERSON),)
    return () if confirms else (Problem(ScrutinyProblem.NOT_CONFIRMED, "confirms"),)


_WORDS = ("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")


def shape_of(source: str) -> dict[str, Any]:
    """The form of the seed as the announcement words it: "… 10 dígitos …", "… SHA-256 …". Empty when it names none."""
    several = re.search(r"(\w+)\s+números\b.*separados por guiones", source, re.IGNORECASE)
    if several and several[1].lower() in _WORDS:
        return {"numbers": _WORDS.index(several[1].lower()) + 1}
    digits = re.search(r"(\d{1,3})\s+(?:dígitos|cifras)", source, re.IGNORECASE)
    if digits:
        return {"digits": int(digits[1])}
    return {"length": 64, "hex": True} if re.search(r"sha-?256|hash del bloque|64 hexadecimal", source, re.IGNORECASE) else {}


def fits(seed: str, shape: Mapping[str, Any]) -> bool:
    """Whether a seed has the form that was announced before the vote."""
    if not SHORTEST_SEED <= len(seed) <= LONGEST_SEED or not seed.isprintable():
        return False
    digits, length, numbers = shape.get("digits"), shape.get("length"), shape.get("numbers")
    if numbers is not None and not re.fullmatch(r"[0-9]{1,3}" + r"(-[0-9]{1,3})" * (int(numbers) - 1), seed):
        return False
    if digits is not None and not (seed.isascii() and seed.isdigit() and len(seed) == int(digits)):
        return False
    if length is not None and len(seed) != int(length):
        return False
    return not shape.get("hex") or all(letter in "0123456789abcdef" for letter in seed)


def counting_problems(
    state: VoteState, *, seed: str, is_scrubbed: bool, rules_sha256: str, announced_sha256: str, is_signed: bool
) -> tuple[Problem, ...]:
    """Why the box is not counted yet: closed, rewritten, with its seed, under the rules that were announced."""
    if state not in (VoteState.CLOSED, VoteState.COUNTED):
        return (Problem(ScrutinyProblem.PUBLISHED if state is VoteState.PUBLISHED else ScrutinyProblem.NOT_CLOSED),)
    if is_signed:
        return (Problem(ScrutinyProblem.ALREADY_COUNTED),)
    if not is_scrubbed:
        return (Problem(ScrutinyProblem.NOT_SCRUBBED),)
    if not seed:
        return (Problem(ScrutinyProblem.SEED_MISSING),)
    return (Problem(ScrutinyProblem.RULES_CHANGED),) if announced_sha256 and rules_sha256 != announced_sha256 else ()


def publishing_problems(
    state: VoteState, key: Key, content: str, *, agrees: bool | None, signed: Sequence[Signature], person_id: int,
    books: Sequence[Problem],
) -> tuple[Problem, ...]:  # fmt: skip
    """Why a result may not be signed: two counts that agree, books that balance, and somebody else for each sector."""
    if state is not VoteState.COUNTED:
        return (Problem(ScrutinyProblem.PUBLISHED if state is VoteState.PUBLISHED else ScrutinyProblem.NOT_COUNTED),)
    if agrees is None:
        return (Problem(ScrutinyProblem.RECOUNT_WAITING),)
    if not agrees:
        return (Problem(ScrutinyProblem.RECOUNT_DIFFERENT),)
    if books:
        return tuple(books)
    if key in {one.key for one in signed}:
        return (Problem(ScrutinyProblem.ALREADY_SIGNED),)
    if person_id in {one.person_id for one in signed}:
        return (Problem(ScrutinyProblem.SAME_PERSON),)
    return (Problem(ScrutinyProblem.RESULT_CHANGED),) if any(one.content != content for one in signed) else ()
