"""Attesting: signed, co-signed, contradicted, withdrawn, renewed. Rows only; what somebody signed is never rewritten."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.compliance import queries
from app.compliance.models import Attestation, AttestationAct
from app.compliance.queries import AttestationRow
from app.compliance.rules import attestations as rules
from app.compliance.rules.attestations import ActKind, AttestationDraft, AttestationProblem, Standing
from app.compliance.rules.findings import RULE_VERSION
from app.compliance.rules.statements import OF_A_WORKSHOP, OF_THE_SPACE
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.feedback.rules.personal_data import leaks
from app.forum.rules.seats import Side
from app.processes import services as processes
from app.processes.models import Process

NUMBER_ATTEMPTS = 5
ROLES = {Side.GOVERNMENT: "gobierno", Side.NON_GOVERNMENT: "sociedad civil"}


def attest(
    process: Process, draft: AttestationDraft, *, side: Side, person_id: int, now: datetime, abouts: Collection[str] = (),
    upload: FileUpload | None = None, own_workshops: Collection[str] | None = None,
) -> Attestation:  # fmt: skip
    """Sign a statement; public at once. One of the same side that no longer counts is renewed by it. The caller commits.

    `abouts` is what it may be about; `own_workshops` is given for somebody who signs only for workshops they facilitated. Raises
    RuleBroken, also when somebody of the same side signed the same statement first.
    """
    today = lima_day(now)
    draft = replace(draft, text=clean(draft.text), post=clean_line(draft.post), has_file=upload is not None)
    subject = queries.subject_of(draft.statement, process, OF_THE_SPACE)
    before = queries.standing_of(process.space_id, subject, draft.statement, draft.about, side)
    refuse_if_any(
        (
            *rules.problems_with(draft, today=today, abouts=abouts, stands=_counts(before, now)),
            *_leaks(draft.text, draft.post),
            *_not_theirs(draft, own_workshops),
        )
    )
    attestation = _kept(process, draft, subject, before, side=side, person_id=person_id, now=now)
    files = []
    if upload is not None:
        file = evidence.attach(
            upload, subject_kind=queries.SUBJECT, subject_id=attestation.id, kind=None, title="", is_public=True, person_id=person_id,
            now=now, scope=attestation.scope,
        )  # fmt: skip
        files.append(file.sha256)
    facts = {
        "number": attestation.number, "statement": str(draft.statement), "method": str(draft.method), "text_sha256": _sha256(draft.text),
        "renews": before.number if before else None, "files": files,
    }  # fmt: skip
    _register("compliance.attest", attestation, process, facts, side, now)
    return attestation


def _kept(
    process: Process, draft: AttestationDraft, subject: str, before: Attestation | None, *, side: Side, person_id: int, now: datetime
) -> Attestation:
    """The row under the next number of the space; what stood before it stands no longer. Raises RuleBroken when somebody was first."""
    for _attempt in range(NUMBER_ATTEMPTS):
        attestation = Attestation(
            space_id=process.space_id, process_id=None if draft.statement in OF_THE_SPACE else process.id, subject=subject,
            number=queries.last_number(process.space_id) + 1, statement=draft.statement, about=draft.about, text=draft.text,
            post=draft.post, side=side, method=draft.method, happened_on=draft.happened_on, rule_version=RULE_VERSION,
            renews_id=before.id if before else None, signer_id=person_id, signed_at=now,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                if before is not None:
                    before.is_standing = False
                    db.session.flush()
                db.session.add(attestation)
        except IntegrityError:  # somebody took the number, or signed the very same, at the same time
            standing = queries.standing_of(process.space_id, subject, draft.statement, draft.about, side)
            if standing is not None and standing is not before:
                break
        else:
            return attestation
    raise RuleBroken([Problem(AttestationProblem.ALREADY_STANDS)])


def act(row: AttestationRow, kind: ActKind, text: str, *, post: str, side: Side, person_id: int, now: datetime) -> AttestationAct:
    """Co-sign, contradict or withdraw an attestation; public at once. The caller commits. Raises RuleBroken."""
    attestation = row.attestation
    text, post = clean(text), clean_line(post)
    refuse_if_any(
        (
            *rules.problems_with_act(
                kind, text, is_standing=attestation.is_standing, side=side, signed_by=attestation.side,
                is_signer=attestation.signer_id == person_id, has_acted=any(a.kind is kind and a.side is side for a in row.acts),
            ),
            *(() if post else (Problem(AttestationProblem.POST_MISSING, "post"),)),
            *_leaks(text, post),
        )
    )  # fmt: skip
    made = AttestationAct(attestation_id=attestation.id, kind=kind, side=side, text=text, post=post, person_id=person_id, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:
        raise RuleBroken([Problem(AttestationProblem.ALREADY_ACTED)]) from lost
    if kind is ActKind.WITHDRAW:
        attestation.is_standing = False
    facts = {"number": attestation.number, "statement": str(attestation.statement), "text_sha256": _sha256(text)}
    _register(f"compliance.{kind}", attestation, attestation.process, facts, side, now)
    return made


def _counts(before: Attestation | None, now: datetime) -> bool:
    """Whether what stands still counts and nobody contradicted it: then there is nothing to renew."""
    if before is None:
        return False
    standing = Standing(before.statement, before.side, lima_day(before.signed_at), before.rule_version)
    disputed = db.session.scalar(
        select(func.count()).where(AttestationAct.attestation_id == before.id, AttestationAct.kind == ActKind.CONTRADICT)
    )
    return standing.is_in_force(lima_day(now)) and not disputed and (standing.expires_on - lima_day(now)).days > rules.WARN_DAYS[0]


def _leaks(text: str, post: str) -> list[Problem]:
    found = leaks(f"{text}\n{post}")
    return [Problem(AttestationProblem.PERSONAL_DATA, "text", {"found": ", ".join(leak.found for leak in found)})] if found else []


def _not_theirs(draft: AttestationDraft, own_workshops: Collection[str] | None) -> list[Problem]:
    if own_workshops is None:
        return []
    if draft.statement in OF_A_WORKSHOP and draft.about in own_workshops:
        return []
    return [Problem(AttestationProblem.NOT_YOUR_WORKSHOP, "about")]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _register(
    action: str, attestation: Attestation, process: Process | None, facts: dict[str, object], side: Side, now: datetime
) -> None:  # fmt: skip
    """Write the act down and give the pages it shows on a new version: of one process, or of every process of the space."""
    db.session.flush()
    if process is not None and attestation.process_id is not None:
        audit.record(action, "process", process.slug, facts, at=now, role=ROLES[side])
        processes.touch_public(process.id)
        return
    space = process.space if process is not None else attestation.space
    audit.record(action, "space", space.slug, facts, at=now, role=ROLES[side])
    db.session.execute(
        update(Process).where(Process.space_id == attestation.space_id).values(public_revision=Process.public_revision + 1),
        execution_options={"synchronize_session": False},
    )
