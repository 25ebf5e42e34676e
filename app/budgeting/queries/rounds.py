"""Reading rounds and their ceilings."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.budgeting.models import BudgetRound, Ceiling
from app.budgeting.rules import money
from app.budgeting.rules.money import Part
from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState


def _rounds() -> Select[BudgetRound]:
    return select(BudgetRound).join(Process).options(contains_eager(BudgetRound.process).joinedload(Process.space, innerjoin=True))


def round_of(slug: str) -> BudgetRound | None:
    """The round of a process in any state, process and space loaded: for staff."""
    return db.session.scalar(_rounds().where(Process.slug == slug))


def public_round(slug: str) -> BudgetRound | None:
    """The round of a process the public may see, process and space loaded."""
    return db.session.scalar(_rounds().where(Process.slug == slug, Process.state != ProcessState.DRAFT))


def round_by_id(round_id: int) -> BudgetRound | None:
    """Process and space loaded."""
    return db.session.scalar(_rounds().where(BudgetRound.id == round_id))


def round_of_process(process_id: int) -> BudgetRound | None:
    """Process and space loaded."""
    return db.session.scalar(_rounds().where(BudgetRound.process_id == process_id))


def ceilings(round_id: int) -> Sequence[Ceiling]:
    """Territory and theme loaded; those of the same kind together, by code."""
    return db.session.scalars(
        select(Ceiling)
        .where(Ceiling.round_id == round_id)
        .options(joinedload(Ceiling.territory), joinedload(Ceiling.theme))
        .order_by(Ceiling.part, Ceiling.id)
    ).all()


def parts_of(round_id: int) -> tuple[Part, ...]:
    """The ceilings as the rules judge them."""
    return tuple(Part(row.ubigeo or "", row.theme.slug if row.theme else "", row.amount_cents) for row in ceilings(round_id))


def pots(round_: BudgetRound) -> dict[str, int]:
    """The céntimos of each pot of the round, `money.WHOLE` being what has no ceiling of its own."""
    return money.pots(round_.ceiling_cents, parts_of(round_.id))


def processes_with_round() -> frozenset[int]:
    """The processes that have one."""
    return frozenset(db.session.scalars(select(BudgetRound.process_id)))
