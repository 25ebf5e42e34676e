"""Paper tables: signatures = ballots in the box = valid + blank + spoilt, keyed twice by two people (reliability.md 6.4, B16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.budgeting.counting.parameters import Completion, Parameters
from app.core.errors import Problem
from app.voting.rules import BallotKind, Channel
from app.voting.rules.ballots import BallotRule, validate_ballot

SHORTEST_REASON = 10
MOST_BALLOTS = 5_000
"""On one table: more is a slip of the hand."""
ONLINE = (Channel.WEB, Channel.TOKEN, Channel.BOOTH)


class Entry(StrEnum):
    """How the papers of a table are keyed: their totals, or each ballot."""

    TOTALS = "totals"
    BALLOTS = "ballots"


class Turn(StrEnum):
    """Who keyed: two apart from each other, and a third when they differ."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class TableProblem(StrEnum):
    NUMBER_TAKEN = "table-number-taken"
    NUMBER_MISSING = "table-number-missing"
    PLACE_MISSING = "table-place-missing"
    NO_PAPER_CHANNEL = "table-no-paper-channel"
    VOTE_CLOSED = "table-vote-closed"
    SETTLED = "table-settled"
    TOO_EARLY = "table-too-early"
    SAME_CLERK = "table-same-clerk"
    KEYED_TWICE = "table-keyed-twice"
    NOTHING_TO_SETTLE = "table-nothing-to-settle"
    REASON_SHORT = "table-reason-short"
    SIGNATURES = "table-signatures"
    PARTS = "table-parts"
    TOO_MANY = "table-too-many"
    BALLOT_COUNT = "table-ballot-count"
    BALLOT_SERIAL = "table-ballot-serial"
    BALLOT_INVALID = "table-ballot-invalid"
    TOTAL_ABOVE = "table-total-above"
    TOTAL_SHORT = "table-total-short"
    UNKNOWN_PROJECT = "table-unknown-project"
    NO_ACTA = "table-no-acta"
    MARKS_LATE = "table-marks-late"
    MARKS_UNKNOWN = "table-marks-unknown"
    MARKS_VOTED = "table-marks-voted"
    MARKS_TWICE = "table-marks-twice"
    MARKS_MALFORMED = "table-marks-malformed"
    MARKS_NONE = "table-marks-none"
    MARKS_UNEQUAL = "table-marks-unequal"


@dataclass(frozen=True)
class TableBooks:
    """What a table says of itself; `marks` are the people of its list marked on the roll."""

    name: str
    marks: int
    signatures: int
    in_box: int
    valid: int
    blank: int
    spoilt: int


@dataclass(frozen=True)
class Sheet:
    """What one person keyed of a table. `totals` is {number: [voters, points]}; `ballots` is [[serial, [[number, points], …]], …]."""

    signatures: int
    in_box: int
    valid: int
    blank: int
    spoilt: int
    totals: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    ballots: Sequence[tuple[int, list[list[int]]]] = ()

    def data(self) -> dict[str, Any]:
        """As it is stored, and as two sheets are compared."""
        return {
            "signatures": self.signatures, "in_box": self.in_box, "valid": self.valid, "blank": self.blank, "spoilt": self.spoilt,
            "totals": {str(number): list(pair) for number, pair in sorted(self.totals.items()) if any(pair)},
            "ballots": [[serial, choices] for serial, choices in sorted(self.ballots)],
        }  # fmt: skip


def sheet_from(data: Mapping[str, Any]) -> Sheet:
    return Sheet(
        data["signatures"], data["in_box"], data["valid"], data["blank"], data["spoilt"],
        {int(number): (pair[0], pair[1]) for number, pair in data["totals"].items()},
        [(serial, choices) for serial, choices in data["ballots"]],
    )  # fmt: skip


def entry_of(parameters: Parameters, kind: BallotKind, asked: str = "") -> Entry:
    """Totals add up exactly where a project wins by its own votes; whoever shares money or orders projects needs each ballot (0035)."""
    if asked == Entry.BALLOTS or kind is BallotKind.ORDINAL:
        return Entry.BALLOTS
    by_votes = parameters.rule.is_greedy and parameters.completion is Completion.NONE
    return Entry.TOTALS if by_votes else Entry.BALLOTS


def table_problems(books: TableBooks) -> list[Problem]:
    """Marks on the roll = signatures = ballots in the box = valid + blank + spoilt."""
    found = []
    if books.marks != books.signatures:
        found.append(Problem(TableProblem.MARKS_UNEQUAL, None, {
            "table": books.name, "marks": books.marks, "signatures": books.signatures, "difference": abs(books.marks - books.signatures),
        }))  # fmt: skip
    if books.signatures != books.in_box:
        found.append(Problem(TableProblem.SIGNATURES, "in_box", {
            "table": books.name, "signatures": books.signatures, "ballots": books.in_box,
            "difference": abs(books.signatures - books.in_box),
        }))  # fmt: skip
    parts = books.valid + books.blank + books.spoilt
    if books.in_box != parts:
        found.append(Problem(TableProblem.PARTS, "valid", {
            "table": books.name, "ballots": books.in_box, "parts": parts, "difference": abs(books.in_box - parts),
        }))  # fmt: skip
    return found


def sheet_problems(sheet: Sheet, entry: Entry, rule: BallotRule, ubigeo: str | None, name: str) -> tuple[Problem, ...]:
    """What does not add up in what one person keyed."""
    found = table_problems(
        TableBooks(name, sheet.signatures, sheet.signatures, sheet.in_box, sheet.valid, sheet.blank, sheet.spoilt)
    )  # fmt: skip
    if max(sheet.signatures, sheet.in_box) > MOST_BALLOTS:
        found.append(Problem(TableProblem.TOO_MANY, "signatures", {"most": MOST_BALLOTS}))
    found += _ballot_problems(sheet, rule, ubigeo) if entry is Entry.BALLOTS else _total_problems(sheet, rule)
    return tuple(found)


def _ballot_problems(sheet: Sheet, rule: BallotRule, ubigeo: str | None) -> list[Problem]:
    found = []
    if len(sheet.ballots) != sheet.valid:
        found.append(Problem(TableProblem.BALLOT_COUNT, "ballots", {"keyed": len(sheet.ballots), "valid": sheet.valid}))
    serials = [serial for serial, _ in sheet.ballots]
    for serial in sorted({serial for serial in serials if serials.count(serial) > 1}):
        found.append(Problem(TableProblem.BALLOT_SERIAL, "ballots", {"serial": serial}))
    for serial, choices in sheet.ballots:
        if validate_ballot(rule, choices, ubigeo):
            found.append(Problem(TableProblem.BALLOT_INVALID, "ballots", {"serial": serial}))
    return found


def _total_problems(sheet: Sheet, rule: BallotRule) -> list[Problem]:
    """No project has more voters than valid ballots, and all of them together no more than those ballots may name."""
    found = []
    weighs = rule.kind in (BallotKind.CUMULATIVE, BallotKind.SCORE)
    for number, (voters, points) in sheet.totals.items():
        if number not in rule.options:
            found.append(Problem(TableProblem.UNKNOWN_PROJECT, "totals", {"number": number}))
        elif voters > sheet.valid or (weighs and not voters <= points <= voters * rule.points):
            found.append(Problem(TableProblem.TOTAL_ABOVE, f"votes_{number}", {"number": number, "valid": sheet.valid}))
    marked = sum(voters for voters, _ in sheet.totals.values())
    points = sum(given for _, given in sheet.totals.values())
    if marked > sheet.valid * rule.most or (rule.kind is BallotKind.CUMULATIVE and points > sheet.valid * rule.points):
        found.append(Problem(TableProblem.TOTAL_ABOVE, "totals", {"number": "", "valid": sheet.valid}))
    if marked < sheet.valid * min(rule.fewest, 1):
        found.append(Problem(TableProblem.TOTAL_SHORT, "totals", {"marked": marked, "valid": sheet.valid}))
    return found


def keying_problems(
    *, closes_at: datetime, now: datetime, is_settled: bool, is_closed: bool, keyed_by: Sequence[int], person_id: int
) -> tuple[Problem, ...]:
    """Whether this person may key the table now: after the vote ended, as the first or the second, and not as both."""
    if is_closed:
        return (Problem(TableProblem.VOTE_CLOSED),)
    if is_settled:
        return (Problem(TableProblem.SETTLED),)
    if now < closes_at:
        return (Problem(TableProblem.TOO_EARLY),)
    if person_id in keyed_by:
        return (Problem(TableProblem.SAME_CLERK),)
    return (Problem(TableProblem.KEYED_TWICE),) if len(keyed_by) >= 2 else ()


def settling_problems(
    *, is_settled: bool, is_closed: bool, keyed_by: Sequence[int], person_id: int, reason: str
) -> tuple[Problem, ...]:  # fmt: skip
    """Whether this person may decide between two sheets that differ: a third one, who says why."""
    if is_closed:
        return (Problem(TableProblem.VOTE_CLOSED),)
    if is_settled or len(keyed_by) != 2:
        return (Problem(TableProblem.SETTLED if is_settled else TableProblem.NOTHING_TO_SETTLE),)
    if person_id in keyed_by:
        return (Problem(TableProblem.SAME_CLERK),)
    return (Problem(TableProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}),) if len(reason.strip()) < SHORTEST_REASON else ()


def marks_problems(
    *,
    now: datetime,
    closes_at: datetime,
    channels: Sequence[str],
    marked: int,
    on_roll: Mapping[str, "Mark"],
    keys: Sequence[str],
    unclaimed: int = 0,
) -> tuple[Problem, ...]:
    """Whether the people who signed at a table may be marked on the roll.

    The list is loaded before the online channels close; afterwards only where nobody could vote online: the vote has no online
    channel, or each person of the list was on the roll for paper only (reliability.md 6.4, B05). `keys` are the keys of the list in
    order. Who was marked one by one at the table while it voted is on the list too: `unclaimed` are the marks of paper that no list
    has named yet.
    """
    if marked:
        return (Problem(TableProblem.MARKS_TWICE),)
    if not keys:
        return (Problem(TableProblem.MARKS_NONE, "documents"),)
    is_mixed = any(channel in channels for channel in ONLINE) and not all(on_roll[k].is_paper for k in keys if k in on_roll)
    if now >= closes_at and is_mixed:
        return (Problem(TableProblem.MARKS_LATE),)
    found, seen = [], set[str]()
    for place, key in enumerate(keys, 1):
        mark = on_roll.get(key)
        if mark is None or key in seen:
            found.append(Problem(TableProblem.MARKS_UNKNOWN, "documents", {"line": place}))
        elif not mark.is_open and mark.is_paper and unclaimed > 0:
            unclaimed -= 1
        elif not mark.is_open:
            found.append(Problem(TableProblem.MARKS_VOTED, "documents", {"line": place}))
        seen.add(key)
    return tuple(found[:20])


@dataclass(frozen=True)
class Mark:
    """How somebody stands on the roll: not yet voted, and kept for paper only."""

    is_open: bool
    is_paper: bool


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(what, first, second) for everything two people keyed differently: names of fields, "project 7", "ballot 12"."""
    found = [(name, str(first[name]), str(second[name])) for name in ("signatures", "in_box", "valid", "blank", "spoilt")
             if first[name] != second[name]]  # fmt: skip
    for number in sorted(set(first["totals"]) | set(second["totals"]), key=int):
        one, two = first["totals"].get(number, [0, 0]), second["totals"].get(number, [0, 0])
        if one != two:
            found.append((f"project:{number}", _pair(one), _pair(two)))
    papers, others = ({serial: choices for serial, choices in sheet["ballots"]} for sheet in (first, second))
    for serial in sorted(set(papers) | set(others)):
        if papers.get(serial) != others.get(serial):
            found.append((f"ballot:{serial}", _choices(papers.get(serial)), _choices(others.get(serial))))
    return found


def _pair(pair: Sequence[int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} ({pair[1]})"


def _choices(choices: list[list[int]] | None) -> str:
    if choices is None:
        return "—"
    return ", ".join(str(number) if points == 1 else f"{number}={points}" for number, points in choices)
