"""Reading the act of a round: its versions, lines, signatures and dissents."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.agreements.models import ActDissent, ActLine, ActSignature, ActText, AgreementAct
from app.agreements.rules.acts import OPEN, PUBLIC, ActDraft, ActFacts, ActState, LineDraft, SignerKind
from app.budgeting import queries as rounds
from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules import AgentState
from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.projects import queries as projects
from app.projects.rules import ProjectState


def _acts() -> Select[Any]:
    return (
        select(AgreementAct)
        .join(AgreementAct.round)
        .join(BudgetRound.process)
        .options(contains_eager(AgreementAct.round).contains_eager(BudgetRound.process).joinedload(Process.space))
    )


def act_of(slug: str) -> AgreementAct | None:
    """The one being written or signed, else the last published: what staff and signers work on. Round, process and space loaded."""
    return db.session.scalar(_acts().where(Process.slug == slug).order_by(AgreementAct.version.desc()).limit(1))


def open_act(round_id: int) -> AgreementAct | None:
    """The version being written or signed."""
    return db.session.scalar(_acts().where(AgreementAct.round_id == round_id, AgreementAct.state.in_(OPEN)))


def standing_act(round_id: int) -> AgreementAct | None:
    """The version in force."""
    return db.session.scalar(_acts().where(AgreementAct.round_id == round_id, AgreementAct.state == ActState.PUBLISHED))


def public_act(slug: str, version: int | None = None) -> AgreementAct | None:
    """A published version of a public process, by default the one in force."""
    rows = _acts().where(Process.slug == slug, Process.state != ProcessState.DRAFT)
    rows = rows.where(AgreementAct.version == version, AgreementAct.state.in_(PUBLIC)) if version else rows.where(
        AgreementAct.state == ActState.PUBLISHED
    )  # fmt: skip
    return db.session.scalar(rows)


def public_acts(round_id: int) -> Sequence[AgreementAct]:
    """Every published version, newest first."""
    return db.session.scalars(
        select(AgreementAct).where(AgreementAct.round_id == round_id, AgreementAct.state.in_(PUBLIC)).order_by(AgreementAct.version.desc())
    ).all()


def to_sign(person_id: int) -> frozenset[int]:
    """The rounds whose act is open to signatures and still waits for that of the person, an accredited agent of them."""
    signed = exists().where(
        ActSignature.act_id == AgreementAct.id, ActSignature.sha256 == AgreementAct.sha256,
        or_(ActSignature.person_id == person_id, ActSignature.agent_id == Agent.id),
    )  # fmt: skip
    rows = db.session.scalars(
        select(AgreementAct.round_id)
        .join(Agent, Agent.round_id == AgreementAct.round_id)
        .where(
            Agent.person_id == person_id, Agent.state == AgentState.ACCREDITED, AgreementAct.state == ActState.SIGNING, ~signed
        )
    )  # fmt: skip
    return frozenset(rows)


def locked(act_id: int) -> AgreementAct:
    """The act as it stands now, held until the transaction ends; round, process and space loaded."""
    db.session.execute(select(AgreementAct.id).where(AgreementAct.id == act_id).with_for_update())
    return db.session.scalars(_acts().where(AgreementAct.id == act_id).execution_options(populate_existing=True)).one()


def lines_of(act_id: int) -> Sequence[ActLine]:
    """By number; territory, unit, act, round, process and project loaded."""
    return db.session.scalars(
        select(ActLine)
        .where(ActLine.act_id == act_id)
        .options(
            joinedload(ActLine.territory), joinedload(ActLine.unit), joinedload(ActLine.project),
            joinedload(ActLine.act).joinedload(AgreementAct.round).joinedload(BudgetRound.process).joinedload(Process.space),
        )
        .order_by(ActLine.number)
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip


def line_by_code(slug: str, code: str) -> ActLine | None:
    """A line of the version being written, by the code of its project."""
    act = act_of(slug)
    return next((line for line in lines_of(act.id) if line.code == code), None) if act else None


def draft_of(line: ActLine) -> LineDraft:
    """A line as the rules read it. Its unit and territory are loaded."""
    return LineDraft(
        line.number, line.code, line.title, line.amount_cents, line.source, line.unit.name if line.unit else "", line.entity_commits,
        line.agents_commit, line.due_on, line.ubigeo or "", line.territory.name if line.territory else "",
    )  # fmt: skip


def head_of(act: AgreementAct) -> ActDraft:
    """What heads the act, as the rules read it."""
    return ActDraft(act.held_on, act.place, act.preamble, act.council_needed, act.agents_needed, act.reason)


def act_facts(round_: BudgetRound, told: Mapping[str, Any], today: date) -> ActFacts:
    """What the act is judged against; `told` are the facts of the round from every floor (`minka.round_facts`)."""
    by_state: dict[ProjectState, set[str]] = {}
    for project in projects.projects_of(round_.id):
        by_state.setdefault(project.state, set()).add(project.code)
    return ActFacts(
        today=today, ceiling_cents=round_.ceiling_cents,
        ceilings={c.ubigeo: c.amount_cents for c in rounds.ceilings(round_.id) if c.ubigeo and c.theme_id is None},
        prioritised=frozenset(by_state.get(ProjectState.PRIORITISED, ())), agreed=frozenset(by_state.get(ProjectState.AGREED, ())),
        unanswered_dropped=int(told.get("unanswered_dropped", 0)), has_committee=bool(told.get("has_committee", False)),
    )  # fmt: skip


def text_of(act_id: int, sha256: str) -> ActText | None:
    return db.session.scalar(select(ActText).where(ActText.act_id == act_id, ActText.sha256 == sha256).order_by(ActText.n.desc()).limit(1))


def last_text(act_id: int) -> int:
    return db.session.scalar(select(func.max(ActText.n)).where(ActText.act_id == act_id)) or 0


def signatures(act: AgreementAct) -> Sequence[ActSignature]:
    """Those of the text as it stands: the municipality first, then the council, then the agents; agents loaded."""
    order = {kind: place for place, kind in enumerate(SignerKind)}
    rows = db.session.scalars(
        select(ActSignature)
        .where(ActSignature.act_id == act.id, ActSignature.sha256 == act.sha256)
        .options(joinedload(ActSignature.agent))
        .order_by(ActSignature.signed_at, ActSignature.id)
    ).all()
    return sorted(rows, key=lambda row: (order[row.kind], row.signed_at, row.id))


def signed_counts(act: AgreementAct) -> dict[SignerKind, int]:
    rows = db.session.execute(
        select(ActSignature.kind, func.count())
        .where(ActSignature.act_id == act.id, ActSignature.sha256 == act.sha256)
        .group_by(ActSignature.kind)
    )
    return {kind: count for kind, count in rows}


def own_signature(act: AgreementAct, person_id: int) -> ActSignature | None:
    """The signature of that person to the text as it stands, with their account or on the sheet."""
    return next((s for s in signatures(act) if s.person_id == person_id or (s.agent is not None and s.agent.person_id == person_id)), None)


def dissents(act: AgreementAct) -> Sequence[ActDissent]:
    """With the text as it stands, oldest first."""
    return db.session.scalars(
        select(ActDissent).where(ActDissent.act_id == act.id, ActDissent.sha256 == act.sha256).order_by(ActDissent.made_at, ActDissent.id)
    ).all()


def accredited(round_id: int) -> Sequence[Agent]:
    """The agents who may sign, by number."""
    return db.session.scalars(
        select(Agent)
        .where(Agent.round_id == round_id, Agent.state == AgentState.ACCREDITED)
        .options(joinedload(Agent.organisation))
        .order_by(Agent.number)
    ).all()
