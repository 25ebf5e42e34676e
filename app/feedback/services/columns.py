"""An answer as rows: its references turned into ids, its parts, the hash of each copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.feedback.models import DecisionPart
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.drafts import PART_WRITTEN, WRITTEN, DecisionDraft, PartDraft, content_sha256
from app.feedback.rules.parts import ideas
from app.organisations.models import Organisation
from app.plans import queries as plans

_QUIETLY = {"synchronize_session": False}


def columns(wanted: DecisionDraft, process_id: int, code: str) -> dict[str, Any]:
    """The columns of an answer to `code`. Raises RuleBroken for a reference to nothing."""
    problems: list[Problem] = []
    found: dict[str, Any] = {name: getattr(wanted, name) for name in (
        *WRITTEN, "outcome", "reason_code", "referred_on", "clarify_by", "fallback", "clause", "summary_language",
    )}  # fmt: skip
    found |= {"ideas": ideas(wanted), "group_codes": " ".join(wanted.group), "group_place": 0, "group_number": None}
    found |= _traced(wanted, process_id, "", problems) | {"merged_into_id": None, "organisation_id": None}
    if wanted.organisation:
        found["organisation_id"] = db.session.scalar(select(Organisation.id).where(Organisation.slug == wanted.organisation))
        if found["organisation_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_ORGANISATION, "organisation", {"organisation": wanted.organisation}))
    if wanted.merged_into:
        found["merged_into_id"] = db.session.scalar(
            select(Contribution.id).where(Contribution.code == wanted.merged_into, Contribution.process_id == process_id)
        )
        if found["merged_into_id"] is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_CONTRIBUTION, "merged_into", {"code": wanted.merged_into}))
    refuse_if_any(problems)
    return found | {"sha256": content_sha256(wanted, code)}


def part_columns(wanted: DecisionDraft, process_id: int) -> list[dict[str, Any]]:
    """The columns of each part, without whose they are. Raises RuleBroken for a reference to nothing."""
    problems: list[Problem] = []
    rows = [
        {
            "n": n, "idea": part.idea, "outcome": part.outcome, "reason_code": part.reason_code, "referred_on": part.referred_on,
            "clause": part.clause, **{name: getattr(part, name) for name in PART_WRITTEN},
            **_traced(part, process_id, f"parts-{n - 1}-", problems),
        }
        for n, part in enumerate(wanted.parts, start=1)
    ]  # fmt: skip
    refuse_if_any(problems)
    return rows


def replace_parts(decision_ids: Sequence[int], parts: Sequence[Mapping[str, Any]], *, were_split: bool) -> None:
    """Give each of these versions these parts instead of those it had; `were_split`: whether any had some."""
    if were_split:
        db.session.execute(delete(DecisionPart).where(DecisionPart.decision_id.in_(decision_ids)), execution_options=_QUIETLY)
    if parts:
        db.session.execute(insert(DecisionPart), [{"decision_id": id_, **part} for id_ in decision_ids for part in parts])


def _traced(wanted: DecisionDraft | PartDraft, process_id: int, prefix: str, problems: list[Problem]) -> dict[str, int | None]:
    """Where it shows in the plan; nothing is asked of the database when it shows nowhere."""
    commitment_id = milestone_id = None
    if wanted.commitment is not None:
        commitment_id = plans.commitment_ids(process_id).get(wanted.commitment)
        if commitment_id is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_COMMITMENT, f"{prefix}commitment", {"number": wanted.commitment}))
    if wanted.milestone:
        milestone_id = plans.anchors(process_id).get(wanted.commitment or 0, {}).get(wanted.milestone)
        if milestone_id is None:
            problems.append(Problem(FeedbackProblem.UNKNOWN_MILESTONE, f"{prefix}milestone", {"milestone": wanted.milestone}))
    if wanted.clause:
        known = {clause.key for clause in plans.clauses(process_id) if clause.commitment == wanted.commitment}
        if wanted.clause not in known:
            problems.append(Problem(FeedbackProblem.UNKNOWN_CLAUSE, f"{prefix}clause", {"number": wanted.commitment or ""}))
    return {"commitment_id": commitment_id, "milestone_id": milestone_id}
