"""Naming a committee, its members, and what it judges."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.audit import services as audit
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.evaluation import queries
from app.evaluation.models import CommitteeItem, CommitteeMember, EvaluationCommittee, Score
from app.evaluation.permissions import JUDGING
from app.evaluation.rules import EvaluationProblem, problems_with_member
from app.processes import queries as processes
from app.processes import services as process_services
from app.processes.models import Process

_CODE = re.compile(r"[^\s,;]+")
A_STATEMENT = 500


def appoint(process: Process, appointed_by: str, *, person_id: int, now: datetime) -> EvaluationCommittee:
    """Open the committee of a process. The criteria are public by then: nobody judges by what was not said. Raises RuleBroken."""
    document = clean_line(appointed_by)
    problems = [] if document else [Problem(EvaluationProblem.NO_APPOINTMENT, "appointed_by")]
    if not any(criterion.published_at for criterion in processes.criteria(process.id)):
        problems.append(Problem(EvaluationProblem.NO_CRITERIA))
    if queries.committee_of(process.id) is not None:
        problems.append(Problem(EvaluationProblem.COMMITTEE_EXISTS))
    refuse_if_any(problems)
    committee = EvaluationCommittee(process_id=process.id, appointed_by=document, opened_by_id=person_id, opened_at=now)
    db.session.add(committee)
    try:
        db.session.flush()
    except IntegrityError:  # uq_committee_process_id
        db.session.rollback()
        raise RuleBroken([Problem(EvaluationProblem.COMMITTEE_EXISTS)]) from None
    audit.record("evaluation.appoint", "process", process.slug, {"document": document}, at=now, role="secretaría")
    process_services.touch_public(process.id)
    return committee


def add_member(committee: EvaluationCommittee, judge_id: int, post: str, *, person_id: int, now: datetime) -> CommitteeMember:
    """Seat a person of the space. `committee.process` is loaded; the caller commits. Raises RuleBroken.

    Somebody who left and comes back keeps the seat they had, with their marks.
    """
    if db.session.get(Person, judge_id) is None:
        raise RuleBroken([Problem(EvaluationProblem.UNKNOWN_PERSON, "person")])
    post = clean_line(post)
    roles = queries.roles_of(judge_id, committee.process.scope, lima_day(now))
    seated = judge_id in queries.member_person_ids(committee.id)
    refuse_if_any(problems_with_member(post=post, roles=roles, judging=JUDGING, is_member=seated))
    member = db.session.scalar(
        select(CommitteeMember).where(CommitteeMember.committee_id == committee.id, CommitteeMember.person_id == judge_id)
    )
    if member is None:
        member = CommitteeMember(committee_id=committee.id, person_id=judge_id, post=post, added_at=now)
        db.session.add(member)
    member.post, member.removed_at = post, None
    try:
        db.session.flush()
    except IntegrityError:  # uq_committee_member_person
        db.session.rollback()
        raise RuleBroken([Problem(EvaluationProblem.ALREADY_A_MEMBER, "person")]) from None
    audit.record("evaluation.seat", "process", committee.process.slug, {"post": post}, at=now, role="secretaría")
    return member


def remove_member(committee: EvaluationCommittee, member: CommitteeMember, *, person_id: int, now: datetime) -> None:
    """Somebody leaves: their seat is kept, their marks stop counting in the rankings to come. The caller commits."""
    member.removed_at = now
    db.session.flush()
    audit.record("evaluation.unseat", "process", committee.process.slug, {"post": member.post}, at=now, role="secretaría")


def add_items(committee: EvaluationCommittee, codes: str = "", *, theme_id: int | None = None, person_id: int, now: datetime) -> int:
    """Put contributions before the committee: those of `codes` (free text), and every public one of a theme. How many were new
    comes back; the caller commits. Raises RuleBroken when a code is unknown or nothing was named."""
    wanted = list(dict.fromkeys(code.upper() for code in _CODE.findall(codes)))
    known = queries.contributions_named(committee.process_id, wanted)
    refuse_if_any(Problem(EvaluationProblem.UNKNOWN_CODE, "codes", {"code": code}) for code in wanted if code not in known)
    ids = set(known.values())
    if theme_id is not None:
        ids |= set(
            db.session.scalars(
                select(Contribution.id).where(
                    Contribution.process_id == committee.process_id, Contribution.theme_id == theme_id,
                    Contribution.visibility == Visibility.PUBLIC,
                )
            )
        )  # fmt: skip
    before = set(db.session.scalars(select(CommitteeItem.contribution_id).where(CommitteeItem.committee_id == committee.id)))
    new = sorted(ids - before)
    refuse_if_any([] if ids else [Problem(EvaluationProblem.NOTHING_ADDED, "codes")])
    for part in _parts(new):
        db.session.execute(insert(CommitteeItem), [{"committee_id": committee.id, "contribution_id": id_} for id_ in part])
    return len(new)


def remove_item(committee: EvaluationCommittee, contribution_id: int, *, person_id: int, now: datetime) -> None:
    """Take a contribution back from the committee, while nobody has judged it. The caller commits. Raises RuleBroken."""
    members = select(CommitteeMember.id).where(CommitteeMember.committee_id == committee.id)
    if db.session.scalar(select(exists().where(Score.contribution_id == contribution_id, Score.member_id.in_(members)))):
        raise RuleBroken([Problem(EvaluationProblem.ALREADY_SCORED)])
    db.session.execute(
        delete(CommitteeItem).where(CommitteeItem.committee_id == committee.id, CommitteeItem.contribution_id == contribution_id),
        execution_options={"synchronize_session": False},
    )


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
