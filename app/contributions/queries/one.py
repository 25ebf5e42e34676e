"""One contribution, and who is behind it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.contributions.models import Authorship, Contribution, Whereabouts
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.processes.models import Process
from app.processes.rules.states import ProcessState

_LOADS = (
    joinedload(Contribution.process).joinedload(Process.space),
    joinedload(Contribution.theme),
    joinedload(Contribution.territory),
    joinedload(Contribution.activity),
    joinedload(Contribution.organisation),
)
A_QUERY = 500


def contribution_by_code(code: str) -> Contribution | None:
    """Of any visibility, for staff; process, space, theme, territory and activity loaded."""
    return db.session.scalar(select(Contribution).where(Contribution.code == code).options(*_LOADS))


def public_contribution_by_code(code: str) -> Contribution | None:
    """Only what the public may read, of a process the public may see; loaded as `contribution_by_code`."""
    return db.session.scalar(
        select(Contribution)
        .join(Contribution.process)
        .where(Contribution.code == code, Contribution.visibility == Visibility.PUBLIC, Process.state != ProcessState.DRAFT)
        .options(*_LOADS)
    )


def contribution_by_key(submission_key: str) -> tuple[Contribution, str] | None:
    """What was received under a submission key, with the hash of what was then sent."""
    row = db.session.execute(
        select(Contribution, Authorship.sent_sha256)
        .join(Authorship, Authorship.contribution_id == Contribution.id)
        .where(Contribution.submission_key == submission_key)
    ).first()
    return None if row is None else (row[0], row[1])


def receipt_by_hash(receipt_hash: str) -> Authorship | None:
    """The authorship behind a private link, its contribution, process and space loaded."""
    of = joinedload(Authorship.contribution)
    return db.session.scalar(
        select(Authorship)
        .where(Authorship.receipt_hash == receipt_hash)
        .options(
            of.joinedload(Contribution.process).joinedload(Process.space),
            of.joinedload(Contribution.theme),
            of.joinedload(Contribution.territory),
        )  # fmt: skip
    )


def author_of_code(code: str) -> Authorship | None:
    """The authorship of the contribution with that code, the contribution loaded."""
    return db.session.scalar(
        select(Authorship).join(Authorship.contribution).where(Contribution.code == code).options(contains_eager(Authorship.contribution))
    )


def codes_of(contribution_ids: Iterable[int]) -> dict[int, str]:
    """The code of each."""
    rows = db.session.execute(select(Contribution.id, Contribution.code).where(Contribution.id.in_(list(contribution_ids))))
    return {id_: code for id_, code in rows}


def whereabouts(contribution_ids: Iterable[int]) -> dict[int, Whereabouts]:
    """Where exactly each of these speaks of, when that was said."""
    rows = db.session.scalars(select(Whereabouts).where(Whereabouts.contribution_id.in_(list(contribution_ids))))
    return {row.contribution_id: row for row in rows}


def authorship(contribution_id: int) -> Authorship | None:
    """Who spoke and how to reach them: restricted, for letters and the person's own pages only."""
    return db.session.get(Authorship, contribution_id)


def codes_by_reference(process_id: int, references: Iterable[str]) -> dict[str, str]:
    """Code of each contribution imported under one of somebody else's references."""
    wanted, found = sorted(set(references)), {}
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.execute(
            select(Contribution.external_reference, Contribution.code).where(
                Contribution.process_id == process_id, Contribution.external_reference.in_(wanted[start : start + A_QUERY])
            )
        )
        found.update({reference: code for reference, code in rows})
    return found
