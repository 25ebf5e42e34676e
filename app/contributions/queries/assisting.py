"""Reading who was helped, by whom, and what was written down."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Assistance, Authorship, Contribution
from app.core.db import db
from app.processes.models import Process

SHOWN = 20


def assistance_by_code(slug: str, code: str) -> Assistance | None:
    """Of that process; the process and its space loaded."""
    return db.session.scalar(
        select(Assistance)
        .join(Assistance.process)
        .where(Process.slug == slug, Assistance.code == code)
        .options(joinedload(Assistance.process).joinedload(Process.space))
    )


def assistances_of(process_id: int, registrar_id: int) -> Sequence[Assistance]:
    """The last twenty a person began in the process, newest first."""
    return db.session.scalars(
        select(Assistance)
        .where(Assistance.process_id == process_id, Assistance.registrar_id == registrar_id)
        .order_by(Assistance.id.desc())
        .limit(SHOWN)
    ).all()


def written_in(assistance_id: int) -> Sequence[Contribution]:
    """What was written down for the person, in order."""
    return db.session.scalars(
        select(Contribution)
        .join(Authorship, Authorship.contribution_id == Contribution.id)
        .where(Authorship.assistance_id == assistance_id)
        .order_by(Contribution.id)
    ).all()
