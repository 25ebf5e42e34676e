"""Printing sheets, keying them in, voiding and checking them; and taking what is said at the window or by telephone."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, ProponentKind
from app.contributions.services import Receipt
from app.contributions.services.receiving import Letter, refuse_other_words
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.notifications import services as notifications
from app.paper import queries
from app.paper.models import PaperSheet
from app.paper.rules import (
    PaperProblem,
    SheetState,
    Unreadable,
    problems_with_checking,
    problems_with_printing,
    problems_with_reason,
    problems_with_using,
)
from app.processes.models import Process

ROLE = "equipo del proceso"
BY_HAND = (Channel.PAPER, Channel.PHONE, Channel.WINDOW)


def print_sheets(process: Process, count: int | None, *, person_id: int, now: datetime) -> int:
    """Issue `count` sheets with the next numbers; the number of the printing comes back. The caller commits. Raises RuleBroken."""
    refuse_if_any(problems_with_printing(count))
    assert count is not None  # noqa: S101 - refused above
    db.session.refresh(process, attribute_names=["public_revision"], with_for_update=True)  # one printing at a time
    run, last = queries.last_numbers(process.id)
    db.session.add_all([
        PaperSheet(
            process=process, process_id=process.id, run=run + 1, number=last + place, key=secrets.token_urlsafe(12),
            printed_by_id=person_id, printed_at=now,
        )
        for place in range(1, count + 1)
    ])  # fmt: skip
    db.session.flush()
    return run + 1


def key_sheet(
    sheet: PaperSheet, draft: ContributionDraft, unreadable: Collection[Unreadable], *, letter: Letter, person_id: int, now: datetime
) -> Receipt:
    """What a sheet says becomes a contribution of series P, once. The caller commits. Raises RuleBroken."""
    _settle(sheet)
    receipt = _receive(replace(draft, channel=Channel.PAPER), sheet.process, f"hoja-{sheet.key}", letter, person_id, now)
    sheet.state, sheet.contribution, sheet.contribution_id = SheetState.KEYED, receipt.contribution, receipt.contribution.id
    sheet.settled_by_id, sheet.settled_at = person_id, now
    sheet.unreadable = " ".join(sorted(part.value for part in unreadable))
    db.session.flush()
    return receipt


def take(draft: ContributionDraft, process: Process, *, submission_key: str, letter: Letter, person_id: int, now: datetime) -> Receipt:
    """What somebody says at the window or by telephone, in the same series. The caller commits. Raises RuleBroken."""
    if draft.channel not in BY_HAND:
        raise RuleBroken([Problem(PaperProblem.CHANNEL, "channel")])
    return _receive(draft, process, submission_key, letter, person_id, now)


def void_sheet(sheet: PaperSheet, reason: str, *, person_id: int, now: datetime) -> None:
    """Spoilt, lost or withdrawn: it will never be keyed, and whoever holds its stub reads why. The caller commits. Raises RuleBroken."""
    reason = clean_line(reason)
    refuse_if_any(problems_with_reason(reason))
    _settle(sheet)
    sheet.state, sheet.reason, sheet.settled_by_id, sheet.settled_at = SheetState.VOID, reason, person_id, now
    db.session.flush()


def check_sheet(sheet: PaperSheet, *, person_id: int, now: datetime) -> None:
    """Somebody else compared it with the paper. Twice changes nothing. The caller commits. Raises RuleBroken."""
    db.session.refresh(sheet, attribute_names=["state", "settled_by_id", "checked_at"], with_for_update=True)
    refuse_if_any(problems_with_checking(sheet.state, sheet.settled_by_id, person_id))
    if sheet.checked_at is None:
        sheet.checked_by_id, sheet.checked_at = person_id, now
        db.session.flush()


def _settle(sheet: PaperSheet) -> None:
    """Read it again, alone: whoever comes second finds what the first made of it."""
    db.session.refresh(sheet, attribute_names=["state", "contribution_id"], with_for_update=True)
    known = contributions_read.codes_of([sheet.contribution_id]) if sheet.contribution_id else {}
    refuse_if_any(problems_with_using(sheet.state, known.get(sheet.contribution_id or 0, "")))


def _receive(draft: ContributionDraft, process: Process, submission_key: str, letter: Letter, person_id: int, now: datetime) -> Receipt:
    """As what is heard in a workshop: public at once unless it seems to hold personal data; a letter when there is an address."""
    kind = ProponentKind.ORGANISATION if draft.organisation.strip() else ProponentKind.PERSON
    receipt = contributions.receive(
        replace(draft, proponent_kind=kind), process, submission_key=submission_key, received_at=now, now=now, captured_by_id=person_id,
        publish=True, role=ROLE,
    )  # fmt: skip
    refuse_other_words(receipt)
    address = contributions.tidy(draft).email
    if receipt.is_new and address:
        code = receipt.contribution.code
        notifications.queue(
            "contributions.received", address=address, subject_kind="contribution", subject_id=receipt.contribution.id,
            content=letter(code, receipt.token), dedupe_key=f"contributions.received:{code}", at=now,
        )  # fmt: skip
    return receipt
