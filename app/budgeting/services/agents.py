"""Registering agents, accrediting or refusing each with a reason, and the changes that come after: all of it told by letter."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.importing import AgentFile, fold_delegate
from app.budgeting.models import Agent, AgentRuling, BudgetRound
from app.budgeting.rules import registering as rules
from app.budgeting.rules.registering import AgentDraft, AgentProblem, RefusalReason, Ruling, Way
from app.budgeting.rules.states import AgentKind, AgentState
from app.budgeting.services import letters
from app.budgeting.services.register import CITIZEN, TEAM, register, sha256
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.notifications.rules import is_address

ATTEMPTS = 12
"""Several people may register in the same second: each takes the next number that is free."""


def register_agent(
    round_: BudgetRound, draft: AgentDraft, *, own: bool, way: Way, upload: FileUpload | None, person_id: int, now: datetime
) -> Agent:
    """Take a registration; `own` when the person registers themself, else the team does it at the window or from a file.

    The technical team named by the municipality is accredited at once, with voice and without vote. The supporting document is kept for
    the team only. The caller commits. Raises RuleBroken, also when that person or that delegate is registered already.
    """
    window = queries.registration_window(round_.id)
    good = not draft.email or is_address(draft.email)
    problems = list(rules.registration_problems(draft, window, lima_day(now), by_staff=not own, email_is_good=good))
    if not rules.is_running(round_.state):
        problems.append(Problem(AgentProblem.GONE))
    refuse_if_any(problems)
    agent = _agent(round_, draft, own=own, way=way, person_id=person_id, now=now)
    _number(agent)
    if upload is not None:
        evidence.attach(
            upload, subject_kind=queries.AGENT_SUBJECT, subject_id=agent.id, kind=None, title="", is_public=False, person_id=person_id,
            now=now, scope=round_.scope,
        )  # fmt: skip
    facts = {"kind": str(agent.kind), "number": agent.number, "way": str(way)}
    register("budgeting.register-agent", round_, facts, now, CITIZEN if own else TEAM)
    if agent.state is AgentState.ACCREDITED:
        rule(agent, Ruling.ACCREDITED, None, "", person_id, now)
        letters.queue("budgeting.accredited", agent, {}, event="accredited", now=now)
    else:
        letters.queue("budgeting.registered", agent, {}, event="registered", now=now)
    return agent


def _agent(round_: BudgetRound, draft: AgentDraft, *, own: bool, way: Way, person_id: int, now: datetime) -> Agent:
    is_team = draft.kind is AgentKind.TECHNICAL_TEAM
    organisation = clean_line(draft.organisation)
    known = queries.organisation_named(organisation) if organisation else None
    agent = Agent(
        round_id=round_.id, kind=draft.kind, state=AgentState.ACCREDITED if is_team else AgentState.REGISTERED, name=clean_line(draft.name),
        folded=fold_delegate(clean_line(draft.name), organisation), office=clean_line(draft.office), email=draft.email.strip().lower(),
        phone=clean_line(draft.phone), sex=draft.sex, sector=draft.sector, alternate=clean_line(draft.alternate), way=way,
        person_id=person_id if own else None, organisation_id=known.id if known else None, organisation_name=organisation,
        ubigeo=draft.ubigeo or None, has_vote=rules.has_vote(draft.kind), registered_at=now, registered_by_id=None if own else person_id,
        decided_by_id=person_id if is_team else None, decided_at=now if is_team else None, state_reason="", revision=0,
    )  # fmt: skip
    agent.round = round_
    return agent


def _number(agent: Agent) -> None:
    """The next number of the round. Raises RuleBroken when the person or the delegate is registered already."""
    for _attempt in range(ATTEMPTS):
        agent.number = queries.last_agent_number(agent.round_id) + 1
        try:
            with db.session.begin_nested():
                db.session.add(agent)
        except IntegrityError:
            if _is_repeated(agent):
                raise RuleBroken([Problem(AgentProblem.REPEATED, "name")]) from None
        else:
            return
    raise RuleBroken([Problem(AgentProblem.NUMBER_TAKEN)])


def _is_repeated(agent: Agent) -> bool:
    same = Agent.folded == agent.folded
    if agent.person_id is not None:
        same = same | (Agent.person_id == agent.person_id)
    return bool(db.session.scalar(select(Agent.id).where(Agent.round_id == agent.round_id, same)))


def decide(agent: Agent, *, accredits: bool, reason_code: RefusalReason | None, text: str, person_id: int, now: datetime) -> AgentRuling:
    """Accredit or refuse a registration, once, and tell the person why. The caller commits. Raises RuleBroken."""
    refuse_if_any(
        rules.ruling_problems(
            agent.state, accredits=accredits, reason_code=reason_code, text=text, is_own=agent.person_id == person_id,
            is_open=rules.is_running(agent.round.state),
        )
    )  # fmt: skip
    state = AgentState.ACCREDITED if accredits else AgentState.REFUSED
    refusal = None if accredits else reason_code
    move(agent, AgentState.REGISTERED, state, refusal=refusal, text=clean(text), person_id=person_id, now=now)
    made = rule(agent, Ruling.ACCREDITED if accredits else Ruling.REFUSED, refusal, text, person_id, now)
    register("budgeting.decide-agent", agent.round, _facts(agent, made), now)
    if accredits:
        letters.queue("budgeting.accredited", agent, {}, event="accredited", now=now)
    else:
        last = rules.last_day_to_appeal(lima_day(now), agent.round.appeal_days)
        content = {"refusal": str(refusal), "reason": made.text, "appeal_until": long_date(last)}
        letters.queue("budgeting.refused", agent, content, event="refused", now=now)
    return made


def move(
    agent: Agent, before: AgentState, to: AgentState, *, refusal: RefusalReason | None, text: str, person_id: int, now: datetime
) -> None:
    """Only who finds it as it was may move it: of two at once, one. Raises RuleBroken."""
    won = db.session.execute(
        update(Agent)
        .where(Agent.id == agent.id, Agent.state == before)
        .values(state=to, refusal=refusal, state_reason=text, decided_by_id=person_id, decided_at=now, revision=Agent.revision + 1)
        .returning(Agent.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(AgentProblem.NOT_WAITING)])
    db.session.refresh(agent, ["state", "refusal", "state_reason", "decided_by_id", "decided_at", "revision"])


def rule(agent: Agent, ruling: Ruling, refusal: RefusalReason | None, text: str, person_id: int | None, now: datetime) -> AgentRuling:
    last = db.session.scalar(select(func.max(AgentRuling.n)).where(AgentRuling.agent_id == agent.id)) or 0
    made = AgentRuling(agent_id=agent.id, n=last + 1, ruling=ruling, refusal=refusal, text=clean(text), person_id=person_id, at=now)
    db.session.add(made)
    db.session.flush()
    return made


def _facts(agent: Agent, made: AgentRuling) -> dict[str, str | int]:
    return {"number": agent.number, "refusal": str(made.refusal or ""), "ruling": str(made.ruling), "text_sha256": sha256(made.text)}


def withdraw(agent: Agent, reason: str, *, person_id: int, now: datetime) -> None:
    """The agent leaves, or the team takes them out and says why. The number stays theirs. The caller commits. Raises RuleBroken."""
    own = agent.person_id is not None and agent.person_id == person_id
    problems = list(rules.leaving_problems(agent.state, reason, is_own=own))
    if not rules.is_running(agent.round.state):
        problems.append(Problem(AgentProblem.GONE))
    refuse_if_any(problems)
    move(agent, agent.state, AgentState.WITHDRAWN, refusal=None, text=clean(reason), person_id=person_id, now=now)
    made = rule(agent, Ruling.WITHDRAWN, None, reason, person_id, now)
    register("budgeting.withdraw-agent", agent.round, _facts(agent, made), now, CITIZEN if own else TEAM)
    letters.queue("budgeting.withdrawn", agent, {"reason": made.text, "own": own}, event="withdrawn", now=now)


def replace(agent: Agent, name: str, email: str, reason: str, *, person_id: int, now: datetime) -> Agent:
    """The alternate takes the place of an accredited agent, with a number of their own. The caller commits. Raises RuleBroken."""
    problems = list(rules.replacing_problems(agent.state, name, reason))
    if email and not is_address(email):
        problems.append(Problem(AgentProblem.EMAIL_WRONG, "email"))
    if not rules.is_running(agent.round.state):
        problems.append(Problem(AgentProblem.GONE))
    refuse_if_any(problems)
    move(agent, AgentState.ACCREDITED, AgentState.WITHDRAWN, refusal=None, text=clean(reason), person_id=person_id, now=now)
    made = rule(agent, Ruling.REPLACED, None, reason, person_id, now)
    taken = Agent(
        round_id=agent.round_id, kind=agent.kind, state=AgentState.ACCREDITED, name=clean_line(name),
        folded=fold_delegate(clean_line(name), agent.organisation_name), office=agent.office, email=email.strip().lower(), phone="",
        sex=rules.Sex.UNSAID, sector=agent.sector, alternate="", way=Way.WINDOW, organisation_id=agent.organisation_id,
        organisation_name=agent.organisation_name, ubigeo=agent.ubigeo, has_vote=agent.has_vote, registered_at=now,
        registered_by_id=person_id, decided_by_id=person_id, decided_at=now, replaces_id=agent.id, state_reason="", revision=0,
    )  # fmt: skip
    taken.round = agent.round
    _number(taken)
    rule(taken, Ruling.ACCREDITED, None, clean(reason), person_id, now)
    register("budgeting.replace-agent", agent.round, {**_facts(agent, made), "by": taken.number}, now)
    letters.queue("budgeting.withdrawn", agent, {"reason": made.text, "own": False}, event="replaced", now=now)
    letters.queue("budgeting.accredited", taken, {}, event="accredited", now=now)
    return taken


def register_file(round_: BudgetRound, read: AgentFile, *, person_id: int, now: datetime) -> int:
    """Register everybody of a list that has nothing wrong, all or nobody; how many. The caller commits. Raises RuleBroken."""
    problems = [problem for _row, problem in read.problems]
    if not read.drafts:
        problems.append(Problem(AgentProblem.FILE_EMPTY))
    refuse_if_any(problems)
    for _row, draft in read.drafts:
        register_agent(round_, draft, own=False, way=Way.FILE, upload=None, person_id=person_id, now=now)
    return len(read.drafts)
