"""Appeals of refused agents: within the days of the round, decided by another person, answered in writing."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import Agent, AgentAppeal
from app.budgeting.rules import registering as rules
from app.budgeting.rules.registering import AgentProblem, Ruling
from app.budgeting.rules.states import AgentState
from app.budgeting.services import letters
from app.budgeting.services.agents import move, rule
from app.budgeting.services.register import CITIZEN, register, sha256
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean


def appeal(agent: Agent, text: str, *, person_id: int, now: datetime) -> AgentAppeal:
    """Appeal against the refusal, once: by the person, or by the team at the window. The caller commits. Raises RuleBroken."""
    decided_on = lima_day(agent.decided_at) if agent.decided_at else None
    refuse_if_any(rules.appeal_problems(agent.state, decided_on, agent.round.appeal_days, text, lima_day(now)))
    made = AgentAppeal(agent_id=agent.id, text=clean(text), received_at=now, answer="")
    made.agent = agent
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:
        raise RuleBroken([Problem(AgentProblem.APPEAL_REPEATED)]) from lost
    register("budgeting.appeal", agent.round, {"number": agent.number, "text_sha256": sha256(made.text)}, now, CITIZEN)
    return made


def answer_appeal(made: AgentAppeal, text: str, *, is_upheld: bool, person_id: int, now: datetime) -> None:
    """Decide it, in writing: an upheld one accredits. Not by whoever refused. The caller commits. Raises RuleBroken."""
    agent = made.agent
    refuse_if_any(
        rules.appeal_answer_problems(
            text, is_answered=made.answered_at is not None, decided_by_same=queries.refused_by(agent.id) == person_id,
            is_own=agent.person_id == person_id,
        )
    )  # fmt: skip
    won = db.session.execute(
        update(AgentAppeal)
        .where(AgentAppeal.id == made.id, AgentAppeal.answered_at.is_(None))
        .values(answer=clean(text), is_upheld=is_upheld, answered_by_id=person_id, answered_at=now)
        .returning(AgentAppeal.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(AgentProblem.APPEAL_ANSWERED)])
    db.session.refresh(made, ["answer", "is_upheld", "answered_by_id", "answered_at"])
    if is_upheld:
        move(agent, AgentState.REFUSED, AgentState.ACCREDITED, refusal=None, text=made.answer, person_id=person_id, now=now)
    ruling = Ruling.APPEAL_UPHELD if is_upheld else Ruling.APPEAL_DISMISSED
    rule(agent, ruling, None if is_upheld else agent.refusal, made.answer, person_id, now)
    facts = {"number": agent.number, "text_sha256": sha256(made.answer), "upheld": is_upheld}
    register("budgeting.answer-appeal", agent.round, facts, now)
    letters.queue("budgeting.appeal-answered", agent, {"answer": made.answer, "is_upheld": is_upheld}, event="appeal", now=now)
