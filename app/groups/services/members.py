"""Each change of a group: judged, written, recorded in the register; the review falls when the members change."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations, product

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.groups import queries
from app.groups.models import ContributionGroup, DifferentPair, GroupMember
from app.groups.rules.groups import (
    FEWEST_MEMBERS,
    MOST_MEMBERS,
    Candidate,
    GroupProblem,
    problems_with_change,
    problems_with_entering,
    problems_with_group,
    problems_with_reason,
    problems_with_review,
)
from app.processes import services as processes
from app.processes.models import Process


def make(
    process: Process, codes: Sequence[str], title: str, rationale: str = "", *, person_id: int, now: datetime, role: str = "secretaría"
) -> ContributionGroup:  # fmt: skip
    """A new group of these contributions of the process; the caller commits. Raises RuleBroken.

    Of two people who put the same contribution in two groups at once, the second is refused: groups of a process are made one
    after the other, and the database keeps a contribution in one.
    """
    _hold(process.id)
    title, rationale = clean_line(title), clean(rationale)
    wanted = list(dict.fromkeys(codes))
    entering = queries.candidates(process.id, wanted)
    refuse_if_any([*problems_with_group(title, len(wanted)), *_unknown(wanted, entering), *problems_with_entering(_judged(entering))])
    number = (db.session.scalar(select(func.max(ContributionGroup.number)).where(ContributionGroup.process_id == process.id)) or 0) + 1
    group = ContributionGroup(
        process_id=process.id, number=number, title=title, rationale=rationale, grouped_by_id=person_id, grouped_at=now, revision=1
    )
    group.process = process
    db.session.add(group)
    _enter(group, entering, person_id, now)
    _record("groups.make", group, [code for _, code, _, _ in entering], now, role)
    return group


def add(
    group: ContributionGroup, codes: Sequence[str], *, person_id: int, now: datetime, revision: int | None = None, role: str = "secretaría"
) -> tuple[str, ...]:  # fmt: skip
    """Put more contributions in the group; their codes come back. The caller commits. Raises RuleBroken."""
    _hold(group.process_id)
    wanted = list(dict.fromkeys(codes))
    entering = queries.candidates(group.process_id, wanted)
    present = queries.members(group.id)
    problems = _change(group, present, revision)
    if not wanted:
        problems = (*problems, Problem(GroupProblem.UNKNOWN_CODE, "codes", {"code": ""}))
    if len(present) + len(wanted) > MOST_MEMBERS:
        problems = (*problems, Problem(GroupProblem.TOO_MANY, "codes", {"most": MOST_MEMBERS}))
    refuse_if_any([*problems, *_unknown(wanted, entering), *problems_with_entering(_judged(entering), own_group=group.reference)])
    _enter(group, entering, person_id, now)
    _changed(group)
    _record("groups.add", group, [code for _, code, _, _ in entering], now, role)
    return tuple(code for _, code, _, _ in entering)


def remove(
    group: ContributionGroup, code: str, reason: str, *, revision: int, person_id: int, now: datetime, role: str = "secretaría"
) -> int:  # fmt: skip
    """Take a contribution out, with why; its id comes back. Two stay at least. The caller commits. Raises RuleBroken."""
    _hold(group.process_id)
    reason, present = clean(reason), queries.members(group.id)
    leaving = next((member for member in present if member.code == code), None)
    problems = [*_change(group, present, revision), *problems_with_reason(reason)]
    if leaving is None:
        problems.append(Problem(GroupProblem.NOT_A_MEMBER, None, {"code": code}))
    elif len(present) <= FEWEST_MEMBERS:
        problems.append(Problem(GroupProblem.TOO_FEW, None, {"fewest": FEWEST_MEMBERS}))
    refuse_if_any(problems)
    assert leaving is not None  # noqa: S101 - refused a line above
    _leave(group.id, [leaving.contribution_id], reason, person_id, now)
    _changed(group)
    _record("groups.remove", group, [code], now, role)
    return leaving.contribution_id


def dissolve(
    group: ContributionGroup, reason: str, *, revision: int, person_id: int, now: datetime, role: str = "secretaría"
) -> list[int]:  # fmt: skip
    """Nobody is in it any more; its number is not used again. The ids of those who were come back. The caller commits."""
    _hold(group.process_id)
    reason, present = clean(reason), queries.members(group.id)
    refuse_if_any([*_change(group, present, revision), *problems_with_reason(reason)])
    ids = [member.contribution_id for member in present]
    _leave(group.id, ids, reason, person_id, now)
    _changed(group)
    group.dissolved_at = now
    _record("groups.dissolve", group, [member.code for member in present], now, role)
    return ids


def retitle(group: ContributionGroup, title: str, rationale: str, *, revision: int, person_id: int, now: datetime) -> None:
    """Another title, or another reason for keeping them together. The caller commits. Raises RuleBroken."""
    db.session.refresh(group, ["revision", "dissolved_at"], with_for_update=True)
    title, rationale = clean_line(title), clean(rationale)
    judged = problems_with_change(
        is_dissolved=group.dissolved_at is not None, is_answered=False, seen_revision=revision, revision=group.revision
    )
    refuse_if_any([*judged, *problems_with_group(title, FEWEST_MEMBERS)])
    group.title, group.rationale, group.revision = title, rationale, group.revision + 1
    db.session.flush()
    processes.touch_public(group.process_id)


def review(group: ContributionGroup, *, revision: int, person_id: int, now: datetime, role: str = "") -> None:
    """Somebody who grouped none of them read them and agrees that they say the same. The caller commits. Raises RuleBroken."""
    db.session.refresh(group, ["revision", "dissolved_at", "reviewed_by_id"], with_for_update=True)
    judged = problems_with_change(
        is_dissolved=group.dissolved_at is not None, is_answered=False, seen_revision=revision, revision=group.revision
    )
    refuse_if_any([*judged, *problems_with_review(person_id, queries.groupers(group.id), is_reviewed=group.reviewed_by_id is not None)])
    group.reviewed_by_id, group.reviewed_at, group.revision = person_id, now, group.revision + 1
    _record("groups.review", group, list(queries.refs([group.id])[group.id].codes), now, role)


def say_different(process: Process, codes: Sequence[str], *, against: Sequence[str] = (), person_id: int, now: datetime) -> int:
    """These were read and do not say the same: no two of them are suggested together again; with `against`, none of them with any
    of those. How many pairs are new comes back. The caller commits. Raises RuleBroken when there are not two."""
    ids = {
        code: id_
        for code, id_ in db.session.execute(
            select(Contribution.code, Contribution.id).where(
                Contribution.process_id == process.id, Contribution.code.in_([*codes, *against])
            )
        )
    }
    one, other = sorted({ids[c] for c in codes if c in ids}), sorted({ids[c] for c in against if c in ids})
    wanted = {(min(a, b), max(a, b)) for a, b in (product(one, other) if against else combinations(one, 2)) if a != b}
    if not wanted:
        raise RuleBroken([Problem(GroupProblem.TOO_FEW, "codes", {"fewest": FEWEST_MEMBERS})])
    known = {
        (first, second)
        for first, second in db.session.execute(
            select(DifferentPair.first_id, DifferentPair.second_id).where(
                DifferentPair.first_id.in_([*one, *other]), DifferentPair.second_id.in_([*one, *other])
            )
        )
    }
    pairs = sorted(wanted - known)
    if pairs:
        db.session.execute(
            insert(DifferentPair), [{"first_id": a, "second_id": b, "said_by_id": person_id, "said_at": now} for a, b in pairs]
        )
    return len(pairs)


def _hold(process_id: int) -> None:
    """Changes of groups of a process come one after the other; receiving contributions does not wait for them."""
    db.session.execute(select(Process.id).where(Process.id == process_id).with_for_update(key_share=True))


def _judged(entering: Sequence[tuple[int, str, str, bool]]) -> list[Candidate]:
    return [Candidate(code, group, answered) for _, code, group, answered in entering]


def _unknown(wanted: Sequence[str], entering: Sequence[tuple[int, str, str, bool]]) -> list[Problem]:
    known = {code for _, code, _, _ in entering}
    return [Problem(GroupProblem.UNKNOWN_CODE, "codes", {"code": code}) for code in wanted if code not in known]


def _change(group: ContributionGroup, present: Sequence[queries.MemberRow], revision: int | None) -> tuple[Problem, ...]:
    db.session.refresh(group, ["revision", "dissolved_at"])
    return problems_with_change(
        is_dissolved=group.dissolved_at is not None, is_answered=any(member.answered_at for member in present),
        seen_revision=revision, revision=group.revision,
    )  # fmt: skip


def _enter(group: ContributionGroup, entering: Sequence[tuple[int, str, str, bool]], person_id: int, now: datetime) -> None:
    try:
        db.session.flush()
        db.session.execute(
            insert(GroupMember),
            [
                {"group_id": group.id, "contribution_id": id_, "added_by_id": person_id, "added_at": now, "removal_reason": ""}
                for id_, _, _, _ in entering
            ],
        )
    except IntegrityError:  # uq_group_member_present, uq_contribution_group_number: somebody grouped one of them meanwhile
        db.session.rollback()
        raise RuleBroken([Problem(GroupProblem.GROUP_CHANGED)]) from None


def _leave(group_id: int, ids: Sequence[int], reason: str, person_id: int, now: datetime) -> None:
    db.session.execute(
        update(GroupMember)
        .where(GroupMember.group_id == group_id, GroupMember.contribution_id.in_(ids), GroupMember.removed_at.is_(None))
        .values(removed_at=now, removed_by_id=person_id, removal_reason=reason),
        execution_options={"synchronize_session": False},
    )


def _changed(group: ContributionGroup) -> None:
    """Who reviews has seen exactly these members."""
    group.reviewed_by_id, group.reviewed_at, group.revision = None, None, group.revision + 1


def _record(action: str, group: ContributionGroup, codes: Sequence[str], now: datetime, role: str) -> None:
    db.session.flush()
    slug = db.session.get_one(Process, group.process_id).slug
    audit.record(action, "process", slug, {"codes": list(codes), "group": group.reference}, at=now, role=role)
    processes.touch_public(group.process_id)
