"""A registrar writes for a person who is present: both stand with what was said, and it ends by itself."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from app.audit import services as audit
from app.contributions.models import Assistance, Authorship
from app.contributions.rules.assisting import LASTS, AssistanceDraft, AssistanceProblem, is_running, problems_with
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.services.receiving import Receipt, receive, refuse_other_words
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.processes.models import Process

ROLE = "registro asistido"


def begin_assistance(draft: AssistanceDraft, process: Process, *, person_id: int, now: datetime) -> Assistance:
    """Begin to write for somebody; the public register learns that it was done, not for whom. The caller commits. Raises RuleBroken."""
    refuse_if_any(problems_with(draft))
    assert draft.channel is not None  # noqa: S101 - problems_with refused it; this tells the type checker
    begun = Assistance(
        code=f"at-{secrets.token_hex(4)}", process_id=process.id, process=process, registrar_id=person_id, person_name=draft.person_name,
        channel=draft.channel, purpose=draft.purpose, started_at=now, ends_at=now + LASTS,
    )  # fmt: skip
    db.session.add(begun)
    db.session.flush()
    audit.record(
        "contributions.assist", "process", process.slug, {"assistance": begun.code, "channel": str(draft.channel)}, at=now, role=ROLE
    )
    return begun


def write_for(assistance: Assistance, draft: ContributionDraft, *, submission_key: str, person_id: int, now: datetime) -> Receipt:
    """What the person said, theirs; who wrote it down stands beside. Public at once unless it seems to hold personal data.

    The caller commits. Raises RuleBroken, also when the time is over.
    """
    refuse_if_over(assistance, now)
    draft = replace(draft, channel=assistance.channel)
    receipt = receive(
        draft,
        assistance.process,
        submission_key=submission_key,
        received_at=now,
        now=now,
        captured_by_id=person_id,
        publish=True,
        role=ROLE,
    )
    refuse_other_words(receipt)
    db.session.execute(update(Authorship).where(Authorship.contribution_id == receipt.contribution.id).values(assistance_id=assistance.id))
    return receipt


def refuse_if_over(assistance: Assistance, now: datetime) -> None:
    """Raises RuleBroken when nobody may write for that person any more."""
    if not is_running(assistance.ends_at, assistance.ended_at, now):
        refuse_if_any([Problem(AssistanceProblem.OVER)])


def end_assistance(assistance: Assistance, *, now: datetime) -> None:
    """The registrar ends it before its time; twice changes nothing. The caller commits."""
    if is_running(assistance.ends_at, assistance.ended_at, now):
        assistance.ended_at = now
