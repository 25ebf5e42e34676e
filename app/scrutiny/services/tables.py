"""Paper tables: opened, their list marked on the roll, their acta attached, their papers keyed twice and settled."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind, FileUpload
from app.scrutiny import queries
from app.scrutiny.models import PollingTable, TableKeying
from app.scrutiny.rules import tables as rules
from app.scrutiny.rules.elections import parameters_from
from app.scrutiny.rules.tables import Entry, Mark, Sheet, TableProblem, Turn
from app.scrutiny.services.register import record
from app.voting import queries as voting
from app.voting.models import RollEntry, Vote
from app.voting.rules import Channel, RollStatus
from app.voting.rules.roll import document_of, is_document

ACTA = "polling-table"
KEYING_CONSTRAINTS = {"uq_table_keying_person": TableProblem.SAME_CLERK, "uq_table_keying_turn": TableProblem.KEYED_TWICE}
AT_ONCE = 500


def open_table(
    vote: Vote, number: int | None, place: str, ubigeo: str | None, members: str, *, person_id: int, now: datetime
) -> PollingTable:  # fmt: skip
    """A table where people will vote on paper. The caller commits. Raises RuleBroken."""
    problems = []
    if Channel.PAPER not in vote.channels:
        problems.append(Problem(TableProblem.NO_PAPER_CHANNEL))
    if vote.closed_at is not None:
        problems.append(Problem(TableProblem.VOTE_CLOSED))
    if not number or number < 1:
        problems.append(Problem(TableProblem.NUMBER_MISSING, "number"))
    if not place.strip():
        problems.append(Problem(TableProblem.PLACE_MISSING, "place"))
    refuse_if_any(problems)
    entry = _entry(vote)
    table = PollingTable(
        vote_id=vote.id, number=number, place=clean_line(place), ubigeo=ubigeo or None, members=clean(members), entry=entry,
        created_by_id=person_id, created_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(table)
    except IntegrityError as lost:
        raise RuleBroken([Problem(TableProblem.NUMBER_TAKEN, "number")]) from lost
    record("scrutiny.open-table", vote, {"number": table.number, "place": table.place, "entry": entry}, now)
    return table


def _entry(vote: Vote) -> Entry:
    """Each paper where the sheet cannot be read: that is enough for any rule."""
    try:
        return rules.entry_of(parameters_from(vote.rules["sheet"], ""), vote.kind, queries.entry_asked(vote))
    except (KeyError, ValueError):
        return Entry.BALLOTS


def load_marks(table: PollingTable, documents: Sequence[str], *, keys: Sequence[str], person_id: int, now: datetime) -> int:
    """Mark on the roll, for paper, the people who signed at the table: all of the list or nobody.

    `documents` are the lines of the list, kept nowhere; `keys` their keys, in the same order. The caller commits. Raises RuleBroken.
    """
    vote = table.vote
    bad = [at for at, document in enumerate(documents, 1) if not is_document(document_of(document))]
    refuse_if_any([Problem(TableProblem.MARKS_MALFORMED, "documents", {"line": at}) for at in bad[:20]])
    if vote.closed_at is not None:
        raise RuleBroken([Problem(TableProblem.VOTE_CLOSED)])
    db.session.refresh(vote, attribute_names=["state"], with_for_update=True)  # one list at a time
    db.session.refresh(table, attribute_names=["marks"])
    on_roll = _on_roll(vote.id, keys)
    on_paper = queries.books_of(vote.id).marks[Channel.PAPER]
    refuse_if_any(
        rules.marks_problems(
            now=now, closes_at=vote.closes_at, channels=vote.channels, marked=table.marks, on_roll=on_roll, keys=keys,
            unclaimed=on_paper - sum(other.marks for other in queries.tables(vote.id)),
        )
    )  # fmt: skip
    waiting = [key for key in keys if on_roll[key].is_open]
    marked = 0
    for start in range(0, len(waiting), AT_ONCE):
        marked += db.session.execute(
            update(RollEntry)
            .where(
                RollEntry.vote_id == vote.id,
                RollEntry.voter_key.in_(waiting[start : start + AT_ONCE]),
                RollEntry.status == RollStatus.OPEN,
            )
            .values(status=RollStatus.VOTED, channel=Channel.PAPER),
            execution_options={"synchronize_session": False},
        ).rowcount  # type: ignore[attr-defined]
    if marked != len(waiting):  # somebody voted online while the list was read
        db.session.rollback()
        raise RuleBroken([Problem(TableProblem.MARKS_VOTED, "documents", {"line": "?"})])
    table.marks, table.marked_at = len(keys), now
    record("scrutiny.load-marks", vote, {"table": table.number, "marks": table.marks}, now)
    return table.marks


def _on_roll(vote_id: int, keys: Sequence[str]) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = db.session.execute(
            select(RollEntry.voter_key, RollEntry.status, RollEntry.channel).where(
                RollEntry.vote_id == vote_id, RollEntry.voter_key.in_(keys[start : start + AT_ONCE]), RollEntry.status != RollStatus.VOID
            )
        )
        found |= {key: Mark(status is RollStatus.OPEN, channel is Channel.PAPER) for key, status, channel in rows}
    return found


def attach_acta(table: PollingTable, upload: FileUpload, *, person_id: int, now: datetime) -> Attachment:
    """The scan of the acta that the members signed; its SHA-256 goes to the public register, the scan does not (it has names and
    signatures). The caller commits. Raises RuleBroken."""
    if table.settled_at is not None:
        raise RuleBroken([Problem(TableProblem.SETTLED)])
    kept = evidence.attach(
        upload, subject_kind=ACTA, subject_id=table.id, kind=AttachmentKind.DOCUMENT, title=f"Acta de la mesa {table.number}",
        is_public=False, person_id=person_id, now=now, scope=table.scope,
    )  # fmt: skip
    table.acta_sha256 = kept.sha256
    record("scrutiny.attach-acta", table.vote, {"table": table.number, "sha256": kept.sha256}, now)
    return kept


def key_table(table: PollingTable, sheet: Sheet, *, person_id: int, now: datetime) -> bool:
    """What one person read of the papers. With the second one equal to the first the table is settled: True.

    Neither sees what the other keyed. The caller commits. Raises RuleBroken.
    """
    vote = table.vote
    known = queries.keyings(table.id)
    refuse_if_any(
        rules.keying_problems(
            closes_at=vote.closes_at, now=now, is_settled=table.settled_at is not None, is_closed=vote.closed_at is not None,
            keyed_by=[row.person_id for row in known], person_id=person_id,
        )
    )  # fmt: skip
    _refuse_wrong_sheet(table, sheet)
    row = _keyed(table, Turn.SECOND if known else Turn.FIRST, sheet, "", person_id, now)
    if not known or known[0].content != row.content:
        return False
    _settle(table, sheet, person_id=person_id, now=now)
    return True


def settle_table(table: PollingTable, sheet: Sheet, reason: str, *, person_id: int, now: datetime) -> None:
    """A third person decides between two sheets that differ, and says why. The caller commits. Raises RuleBroken."""
    reason = clean(reason)
    refuse_if_any(
        rules.settling_problems(
            is_settled=table.settled_at is not None, is_closed=table.vote.closed_at is not None,
            keyed_by=[row.person_id for row in queries.keyings(table.id)], person_id=person_id, reason=reason,
        )
    )  # fmt: skip
    _refuse_wrong_sheet(table, sheet)
    _keyed(table, Turn.THIRD, sheet, reason, person_id, now)
    _settle(table, sheet, person_id=person_id, now=now)


def _refuse_wrong_sheet(table: PollingTable, sheet: Sheet) -> None:
    problems = list(rules.sheet_problems(sheet, table.entry, voting.ballot_rule(table.vote), table.ubigeo, str(table.number)))
    if not table.acta_sha256:
        problems.insert(0, Problem(TableProblem.NO_ACTA))
    refuse_if_any(problems)


def _keyed(table: PollingTable, turn: Turn, sheet: Sheet, reason: str, person_id: int, now: datetime) -> TableKeying:
    row = TableKeying(table_id=table.id, turn=turn, person_id=person_id, content=sheet.data(), reason=reason, keyed_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as lost:
        code = next((code for name, code in KEYING_CONSTRAINTS.items() if name in str(lost.orig)), TableProblem.KEYED_TWICE)
        raise RuleBroken([Problem(code)]) from lost
    return row


def _settle(table: PollingTable, sheet: Sheet, *, person_id: int, now: datetime) -> None:
    """The figures stand once the list of the table agrees with its signatures."""
    if table.marks != sheet.signatures:
        raise RuleBroken([
            Problem(TableProblem.MARKS_UNEQUAL, "signatures", {
                "table": str(table.number), "marks": table.marks, "signatures": sheet.signatures,
                "difference": abs(table.marks - sheet.signatures),
            })
        ])  # fmt: skip
    table.signatures, table.in_box = sheet.signatures, sheet.in_box
    table.valid, table.blank, table.spoilt = sheet.valid, sheet.blank, sheet.spoilt
    table.content, table.settled_at = sheet.data(), now
    db.session.flush()
    keyed = db.session.scalar(select(func.count()).select_from(TableKeying).where(TableKeying.table_id == table.id))
    record(
        "scrutiny.settle-table", table.vote,
        {
            "table": table.number, "signatures": table.signatures, "ballots": table.in_box, "valid": table.valid, "blank": table.blank,
            "spoilt": table.spoilt, "readings": int(keyed or 0), "acta_sha256": table.acta_sha256,
        },
        now,
    )  # fmt: skip
