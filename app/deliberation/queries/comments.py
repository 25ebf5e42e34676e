"""Comments with their official answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation.models import Comment, OfficialAnswer
from app.deliberation.rules.comments import Side
from app.processes.models import Process

A_QUERY = 500
SHOWN = (Visibility.PUBLIC, Visibility.HIDDEN)
"""What the public page lists: a hidden comment keeps its place and its code, without its words."""


def comment_by_code(code: str) -> Comment | None:
    """Of any visibility; its contribution, author, process and space loaded."""
    return db.session.scalar(_loaded(select(Comment).where(Comment.code == code)))


def comment_by_key(submission_key: str) -> Comment | None:
    return db.session.scalar(select(Comment).where(Comment.submission_key == submission_key))


def comments_of(contribution_id: int, side: Side | None, number: int) -> Page:
    """A page of what the public sees under a contribution, oldest first: public comments and the tombstones of hidden ones."""
    asked: list[ColumnElement[bool]] = [Comment.contribution_id == contribution_id, Comment.visibility.in_(SHOWN)]
    if side is not None:
        asked.append(Comment.side == side)
    rows = db.session.scalars(select(Comment).where(*asked).order_by(Comment.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return Page(rows, number, db.session.scalar(select(func.count(Comment.id)).where(*asked)) or 0)


def answers_to(comment_ids: Iterable[int]) -> dict[int, list[OfficialAnswer]]:
    """What officials said to each comment, oldest first."""
    wanted, found = sorted(set(comment_ids)), {}  # type: list[int], dict[int, list[OfficialAnswer]]
    for start in range(0, len(wanted), A_QUERY):
        rows = db.session.scalars(
            select(OfficialAnswer).where(OfficialAnswer.comment_id.in_(wanted[start : start + A_QUERY])).order_by(OfficialAnswer.id)
        )
        for row in rows:
            found.setdefault(row.comment_id, []).append(row)
    return found


def written_by(person_id: int, number: int, contribution_id: int | None = None) -> Page:
    """A page of a person's own comments, newest first, whatever their visibility; contributions loaded."""
    asked = [Comment.author_id == person_id]
    if contribution_id is not None:
        asked.append(Comment.contribution_id == contribution_id)
    rows = db.session.scalars(
        select(Comment).where(*asked).options(joinedload(Comment.contribution)).order_by(Comment.id.desc())
        .limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()  # fmt: skip
    return Page(rows, number, db.session.scalar(select(func.count(Comment.id)).where(*asked)) or 0)


def open_questions(process_id: int, number: int, *, answered: bool = False) -> Page:
    """A page of the public questions of a process without an official answer, oldest first; or of those that have one."""
    has_one = exists().where(OfficialAnswer.comment_id == Comment.id)
    asked = [Comment.process_id == process_id, Comment.side == Side.QUESTION, Comment.visibility == Visibility.PUBLIC]
    asked.append(has_one if answered else ~has_one)
    rows = db.session.scalars(
        select(Comment).where(*asked).options(joinedload(Comment.contribution)).order_by(Comment.written_at, Comment.id)
        .limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()  # fmt: skip
    return Page(rows, number, db.session.scalar(select(func.count(Comment.id)).where(*asked)) or 0)


def questions_waiting(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many public questions have no official answer, and since when the oldest waits."""
    if not process_ids:
        return {}
    rows = db.session.execute(
        select(Comment.process_id, func.count(), func.min(Comment.written_at))
        .where(
            Comment.process_id.in_(process_ids), Comment.side == Side.QUESTION, Comment.visibility == Visibility.PUBLIC,
            ~exists().where(OfficialAnswer.comment_id == Comment.id),
        )
        .group_by(Comment.process_id)
    )  # fmt: skip
    return {process_id: (count, since) for process_id, count, since in rows}


def public_comments(process_id: int) -> Iterator[tuple[Comment, str]]:
    """Every comment the public may read with the code of its contribution, oldest first: for files."""
    rows = db.session.execute(
        select(Comment, Contribution.code)
        .join(Contribution, Contribution.id == Comment.contribution_id)
        .where(Comment.process_id == process_id, Comment.visibility == Visibility.PUBLIC, Contribution.visibility == Visibility.PUBLIC)
        .order_by(Comment.id)
        .execution_options(yield_per=500)
    )
    yield from ((comment, code) for comment, code in rows)


def _loaded(query: Select[Comment]) -> Select[Comment]:
    return (
        query.join(Comment.process)
        .options(contains_eager(Comment.process).joinedload(Process.space), joinedload(Comment.author))
        .options(joinedload(Comment.contribution).joinedload(Contribution.process).joinedload(Process.space))
    )


def comments_by_ids(ids: Sequence[int]) -> dict[int, Comment]:
    """For lists: contributions loaded."""
    if not ids:
        return {}
    rows = db.session.scalars(select(Comment).where(Comment.id.in_(ids)).options(joinedload(Comment.contribution)))
    return {row.id: row for row in rows}
