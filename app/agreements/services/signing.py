"""Signing exactly the text one read, disagreeing in public, and publishing what was agreed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.agreements import queries
from app.agreements.models import ActDissent, ActSignature, AgreementAct
from app.agreements.queries.acts import head_of
from app.agreements.rules import acts as rules
from app.agreements.rules.acts import ActProblem, ActState, SignedBy, SignerKind
from app.agreements.services.writing import TEAM
from app.audit import services as audit
from app.budgeting.models import Agent
from app.budgeting.rules import AgentKind, AgentState
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import AttachmentKind, FileUpload
from app.processes import services as processes
from app.projects import services as project_services
from app.projects.rules import ProjectState

ACT_SUBJECT = "agreement-act"


def kind_of(agent: Agent) -> SignerKind:
    return SignerKind.COORDINATION_COUNCIL if agent.kind is AgentKind.COORDINATION_COUNCIL else SignerKind.AGENT


def sign(
    act: AgreementAct, sha256: str, *, agent: Agent | None, post: str, name: str, person_id: int, now: datetime
) -> ActSignature:  # fmt: skip
    """Sign the text whose hash is `sha256`: as an accredited agent, or with a post for the municipality when `agent` is None.

    The caller has checked who the person is, and commits. Raises RuleBroken.
    """
    current = queries.locked(act.id)
    if agent is not None and agent.state is not AgentState.ACCREDITED:
        raise RuleBroken([Problem(ActProblem.NOT_ACCREDITED)])
    has_signed = queries.own_signature(current, person_id) is not None
    asked = clean_line(post) if agent is None else None
    refuse_if_any(rules.problems_with_signing(current.state, is_same_text=current.sha256 == sha256, has_signed=has_signed, post=asked))
    row = ActSignature(
        act_id=current.id, sha256=sha256, kind=kind_of(agent) if agent else SignerKind.MUNICIPALITY, way=SignedBy.ACCOUNT,
        person_id=person_id, agent_id=agent.id if agent else None, name=agent.name if agent else name,
        post=clean_line(post)[:160] if agent is None else "", recorded_by_id=person_id, signed_at=now,
    )  # fmt: skip
    _insert(row)
    _register("sign-act", current, {"kind": str(row.kind), "version": current.version, "sha256": sha256}, now, str(row.kind))
    return row


def sign_sheet(
    act: AgreementAct, sha256: str, agents: Sequence[Agent], upload: FileUpload | None, *, person_id: int, now: datetime
) -> list[ActSignature]:
    """Record who signed by hand in the assembly, with the scanned sheet. The sheet shows handwriting and is not public: its hash is.

    Whoever had signed already is left as they were. The caller commits. Raises RuleBroken.
    """
    current = queries.locked(act.id)
    refuse_if_any(rules.problems_with_signing(current.state, is_same_text=current.sha256 == sha256, has_signed=False))
    known = queries.signatures(current)
    signed = {row.agent_id for row in known} | {None}
    people = {row.person_id for row in known if row.person_id}
    missing = [a for a in agents if a.id not in signed and (a.person_id is None or a.person_id not in people)]
    problems = [] if upload is not None and upload.content else [Problem(ActProblem.NO_SHEET, "sheet")]
    problems += [] if missing else [Problem(ActProblem.NOBODY_CHOSEN, "agents")]
    problems += [Problem(ActProblem.NOT_ACCREDITED)] if any(a.state is not AgentState.ACCREDITED for a in missing) else []
    refuse_if_any(problems)
    assert upload is not None  # noqa: S101 - the line above refused it
    kept = evidence.attach(
        upload, subject_kind=ACT_SUBJECT, subject_id=current.id, kind=AttachmentKind.MINUTES, title="Hoja de firmas de la asamblea",
        is_public=False, person_id=person_id, now=now, scope=current.scope,
    )  # fmt: skip
    rows = [
        ActSignature(
            act_id=current.id, sha256=sha256, kind=kind_of(agent), way=SignedBy.SHEET, agent_id=agent.id, name=agent.name,
            sheet_sha256=kept.sha256, recorded_by_id=person_id, signed_at=now,
        )
        for agent in missing
    ]  # fmt: skip
    _insert(*rows)
    facts = {"version": current.version, "sha256": sha256, "sheet_sha256": kept.sha256, "count": len(rows)}
    _register("sign-sheet", current, facts, now, TEAM)
    return rows


def _insert(*rows: ActSignature) -> None:
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
    except IntegrityError as lost:  # uq_agreement_signature_person, uq_agreement_signature_agent
        raise RuleBroken([Problem(ActProblem.SIGNED)]) from lost


def dissent(act: AgreementAct, sha256: str, text: str, *, post: str, person_id: int, now: datetime) -> ActDissent:
    """A reasoned disagreement with exactly that text, beside the act for everybody. The caller commits. Raises RuleBroken."""
    current = queries.locked(act.id)
    has_dissented = any(row.person_id == person_id for row in queries.dissents(current))
    refuse_if_any(rules.problems_with_dissent(current.state, text, has_dissented=has_dissented, is_same_text=current.sha256 == sha256))
    row = ActDissent(act_id=current.id, sha256=sha256, person_id=person_id, post=clean_line(post)[:160], text=clean(text), made_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as lost:  # uq_agreement_dissent_person
        raise RuleBroken([Problem(ActProblem.DISSENTED)]) from lost
    _register("dissent-act", current, {"version": current.version, "sha256": sha256}, now, row.post)
    processes.touch_public(current.round.process_id)
    return row


def publish(act: AgreementAct, told: Mapping[str, Any], *, person_id: int, now: datetime) -> AgreementAct:
    """Publish the signed act: its projects are agreed, and what it corrects stays readable. The caller commits. Raises RuleBroken.

    `told` are the facts of the round from every floor (`minka.round_facts`).
    """
    current = queries.locked(act.id)
    signed, head = queries.signed_counts(current), head_of(current)
    refuse_if_any(
        rules.problems_with_publishing(
            current.state, signed, head, unanswered_dropped=int(told.get("unanswered_dropped", 0)),
            has_committee=bool(told.get("has_committee", False)),
        )
    )  # fmt: skip
    before = queries.standing_act(current.round_id)
    if before is not None:
        before.state = ActState.REPLACED
        db.session.flush()
    current.state, current.published_at = ActState.PUBLISHED, now
    current.revision += 1
    db.session.flush()
    lines = queries.lines_of(current.id)
    name = f"Acta de acuerdos y compromisos, versión {current.version}"
    for line in lines:
        if line.project.state is not ProjectState.AGREED:
            project_services.agree(line.project, act=name, person_id=person_id, now=now)
    facts = {
        "version": current.version, "sha256": current.sha256, "lines": len(lines), "total_cents": sum(line.amount_cents for line in lines),
        "signatures": sum(signed.values()), "places": sorted({line.ubigeo for line in lines if line.ubigeo}),
    }  # fmt: skip
    _register("publish-act", current, facts, now, TEAM)
    processes.touch_public(current.round.process_id)
    return current


def _register(verb: str, act: AgreementAct, facts: dict[str, Any], now: datetime, role: str) -> None:
    audit.record(f"agreements.{verb}", "process", act.round.process.slug, facts, at=now, role=role)
