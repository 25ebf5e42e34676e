"""Supporting a contribution and taking the support back: one a person, whatever is pressed and how often."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db, is_sqlite
from app.core.errors import Problem, refuse_if_any
from app.deliberation import queries
from app.deliberation.models import Support
from app.deliberation.rules.comments import CommentProblem, problems_with_taking_part


def support(contribution: Contribution, person_id: int, *, now: datetime) -> bool:
    """The person supports the contribution; False when they did already. The caller commits. Raises RuleBroken.

    One statement on uq_support_person: of fifty at once one is stored, and all see the same.
    """
    problems = list(_problems(contribution, person_id, now))
    if contribution.visibility is not Visibility.PUBLIC:
        problems.append(Problem(CommentProblem.NOT_PUBLIC))
    refuse_if_any(problems)
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    written = db.session.execute(
        upsert(Support)
        .values(process_id=contribution.process_id, contribution_id=contribution.id, person_id=person_id, stands=True, changed_at=now)
        .on_conflict_do_update(
            index_elements=["contribution_id", "person_id"], set_={"stands": True, "changed_at": now}, where=Support.stands.is_(False)
        )
        .returning(Support.id)
    )
    return written.first() is not None


def withdraw_support(contribution: Contribution, person_id: int, *, now: datetime) -> bool:
    """The person no longer supports it; False when they did not. The caller commits. Raises RuleBroken."""
    refuse_if_any(_problems(contribution, person_id, now))
    written = db.session.execute(
        update(Support)
        .where(Support.contribution_id == contribution.id, Support.person_id == person_id, Support.stands)
        .values(stands=False, changed_at=now),
        execution_options={"synchronize_session": False},
    )
    return bool(written.rowcount)  # type: ignore[attr-defined]


def _problems(contribution: Contribution, person_id: int, now: datetime) -> tuple[Problem, ...]:
    process = contribution.process
    return problems_with_taking_part(
        is_open=queries.deliberation_standing(process, now).is_open,
        is_suspended=queries.suspension_of(person_id, process.space_id, now) is not None,
    )
