"""Declaring, judging, and making the ranking public."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions.rules.privacy import personal_data
from app.core.dates import rfc3339
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evaluation import queries
from app.evaluation.models import (
    CommitteeMember,
    ConflictDeclaration,
    DeclaredConflict,
    EvaluationCommittee,
    RankedContribution,
    Ranking,
    Score,
)
from app.evaluation.rules import (
    SHORTEST_REASON,
    EvaluationProblem,
    Ranked,
    problems_with_declaration,
    problems_with_marks,
    problems_with_publishing,
    problems_with_scoring,
    ranking,
)
from app.processes import queries as processes
from app.processes import services as process_services

_CODE = re.compile(r"[^\s,;]+")
_TAG = "minka-ranking:v1"


def declare(
    committee: EvaluationCommittee, member: CommitteeMember, *, has_conflict: bool | None, codes: str, organisations: str, statement: str,
    now: datetime,
) -> ConflictDeclaration:  # fmt: skip
    """A member signs what conflicts they have: contributions by code, organisations one a line. A new declaration replaces the one
    before, which is kept. `committee.process` is loaded; the caller commits. Raises RuleBroken."""
    wanted = list(dict.fromkeys(code.upper() for code in _CODE.findall(codes))) if has_conflict else []
    names = [name for name in map(clean_line, organisations.split("\n")) if name] if has_conflict else []
    known = queries.contributions_named(committee.process_id, wanted)
    problems = [Problem(EvaluationProblem.UNKNOWN_CODE, "codes", {"code": code}) for code in wanted if code not in known]
    problems += problems_with_declaration(has_conflict=has_conflict, named=len(wanted) + len(names), statement=statement)
    refuse_if_any(problems)
    last = db.session.scalar(
        select(ConflictDeclaration.n)
        .where(ConflictDeclaration.member_id == member.id)
        .order_by(ConflictDeclaration.n.desc()).limit(1)
    )  # fmt: skip
    declaration = ConflictDeclaration(
        member_id=member.id, n=(last or 0) + 1, has_conflict=bool(has_conflict), statement=clean(statement) if has_conflict else "",
        declared_at=now,
    )  # fmt: skip
    db.session.add(declaration)
    db.session.flush()
    rows = [{"contribution_id": known[code], "organisation_name": ""} for code in wanted]
    rows += [{"contribution_id": None, "organisation_name": name} for name in names]
    if rows:
        db.session.execute(insert(DeclaredConflict), [{**row, "declaration_id": declaration.id} for row in rows])
    facts = {"conflicts": len(rows), "post": member.post, "version": declaration.n}
    audit.record("evaluation.declare", "process", committee.process.slug, facts, at=now, role="comité de evaluación")
    return declaration


def score(
    committee: EvaluationCommittee, member: CommitteeMember, contribution_id: int, marks: Mapping[int, int | None],
    comments: Mapping[int, str] | None = None, *, now: datetime,
) -> None:  # fmt: skip
    """A member's marks for one contribution, a mark for each criterion (criterion id -> mark); given again, they replace the ones before.
    The caller commits. Raises RuleBroken: not declared, a declared conflict, a mark outside its scale or missing."""
    work = queries.board(committee)
    judge = next(m for m in work.members if m.id == member.id)
    item = next((i for i in work.items if i.id == contribution_id), None)
    declared = sum(m.declared_at is not None for m in work.members)
    refuse_if_any(problems_with_scoring(judge, item, declared) or problems_with_marks(work.measures, marks))
    said = {id_: clean(words) for id_, words in (comments or {}).items()}
    for measure in work.measures:
        row: dict[str, Any] = {"value": marks[measure.id], "comment": said.get(measure.id, ""), "scored_at": now}
        key = (member.id, contribution_id, measure.id)
        if key in work.marks:
            db.session.execute(
                update(Score)
                .where(Score.member_id == member.id, Score.contribution_id == contribution_id, Score.criterion_id == measure.id)
                .values(**row),
                execution_options={"synchronize_session": False},
            )
        else:
            db.session.add(Score(member_id=member.id, contribution_id=contribution_id, criterion_id=measure.id, **row))
    try:
        db.session.flush()
    except IntegrityError:  # uq_score_mark: the same person in two windows
        db.session.rollback()
        raise RuleBroken([Problem(EvaluationProblem.NOTHING_CHANGED)]) from None


def publish_ranking(committee: EvaluationCommittee, *, reason: str = "", person_id: int, now: datetime) -> Ranking:
    """Make the ranking public, with what it rests on; a later one corrects it and says why, and both stay. `committee.process` is
    loaded; the caller commits. Raises RuleBroken when the work is not whole, or when a correction changes nothing."""
    process, work, last = committee.process, queries.board(committee), queries.last_ranking(committee.process_id)
    reason = clean(reason)
    problems = list(problems_with_publishing(work.measures, work.members, work.items, work.marks))
    if last is not None and len(reason) < SHORTEST_REASON:
        problems.append(Problem(EvaluationProblem.NO_CORRECTION_REASON, "reason", {"shortest": SHORTEST_REASON}))
    problems += [Problem(EvaluationProblem.PERSONAL_DATA, "reason", {"found": hint.words}) for hint in personal_data(reason)[:1]]
    refuse_if_any(problems)
    ranked = ranking(work.measures, work.members, work.items, work.marks)
    basis = _basis(committee, work)
    sha256 = content_sha256(basis, ranked, [m.id for m in work.measures])
    refuse_if_any([Problem(EvaluationProblem.NOTHING_CHANGED)] if last is not None and last.sha256 == sha256 else [])
    made = Ranking(
        process_id=process.id, n=last.n + 1 if last else 1, basis=basis, reason=reason, sha256=sha256, published_by_id=person_id,
        published_at=now,
    )  # fmt: skip
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError:  # uq_ranking_n
        db.session.rollback()
        raise RuleBroken([Problem(EvaluationProblem.NOTHING_CHANGED)]) from None
    db.session.execute(insert(RankedContribution), [
        {
            "ranking_id": made.id, "contribution_id": row.item.id, "place": row.place, "score_hundredths": row.score_hundredths,
            "evaluators": row.evaluators, "excluded": row.excluded, "by_criterion": [row.by_criterion[m.id] for m in work.measures],
        }
        for row in ranked
    ])  # fmt: skip
    facts = {"count": len(ranked), "members": len(work.members), "sha256": sha256, "version": made.n}
    audit.record("evaluation.publish", "process", process.slug, facts, at=now, role="secretaría")
    process_services.touch_public(process.id)
    return made


def _basis(committee: EvaluationCommittee, work: queries.Board) -> dict[str, Any]:
    """What a ranking rests on, without a name: criteria as published, members by post, how it is rounded."""
    members = queries.evaluations_of(committee.id)
    published = [c for c in processes.criteria(committee.process_id) if c.published_at]
    return {
        "appointed_by": committee.appointed_by,
        "criteria": [
            {
                "name": c.name, "weight": c.weight, "lowest": c.lowest, "highest": c.highest, "lowest_means": c.lowest_means,
                "highest_means": c.highest_means, "how_to_check": c.how_to_check,
            }
            for c in published
        ],
        "criteria_published_at": max(rfc3339(c.published_at) for c in published),
        "members": [
            {"post": m.post, "declared_at": rfc3339(m.declared_at), "conflicts": len(m.conflicts)} for m in members
        ],
        "contributions": len(work.items),
        "rounding": "half-up-to-hundredths",
    }  # fmt: skip


def content_sha256(basis: Mapping[str, Any], ranked: tuple[Ranked, ...], measure_ids: list[int]) -> str:
    """SHA-256, hexadecimal, of a ranking: canonical JSON (sorted keys, no spaces, UTF-8) of its basis and its lines, after a tag."""
    lines = [
        {
            "code": row.item.code, "place": row.place, "score_hundredths": row.score_hundredths, "evaluators": row.evaluators,
            "excluded": row.excluded, "by_criterion": [row.by_criterion[id_] for id_ in measure_ids],
        }
        for row in ranked
    ]  # fmt: skip
    body = json.dumps({"basis": dict(basis), "lines": lines}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{_TAG}\0{body}".encode()).hexdigest()
