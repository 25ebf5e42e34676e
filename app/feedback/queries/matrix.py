"""The public matrix: every contribution of a process with its answer, in the columns of domain.md 6.3."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.activities.models import Activity
from app.contributions.models import Contribution
from app.core.db import db
from app.evidence.models import Attachment
from app.feedback.models import Decision, DecisionPart, DecisionSignature
from app.groups.rules.groups import reference
from app.organisations.models import Organisation
from app.plans.models import Commitment, Milestone
from app.processes.models import Opportunity, Theme
from app.territories.models import Territory

_surviving = aliased(Contribution)


def matrix_rows(process_id: int) -> Iterator[Any]:
    """One row per contribution in the order of codes, a few hundred in memory at a time.

    `group` is the reference of the group it was answered with, or the code it was merged into; an answer to several ideas gives
    the reasons, commitments and milestones of all of them.
    """
    split = _of_ideas(process_id)
    for row in db.session.execute(
        select(
            Contribution.id, Contribution.code, Contribution.received_at, Contribution.channel, Opportunity.slug.label("activity"),
            Contribution.sector, Contribution.public_name, Contribution.ubigeo, Contribution.language, Theme.slug.label("theme"),
            Contribution.title, Contribution.text, Contribution.visibility, Contribution.answered_at, Contribution.replies,
            _surviving.code.label("group"),
            Decision.group_number, Decision.id.label("decision_id"), Decision.outcome, Decision.reason_code, Decision.text.label("answer"),
            Decision.adopted_part,
            Decision.rejected_part, Commitment.number.label("commitment"), Milestone.number.label("milestone"), Decision.criterion,
            Organisation.name.label("organisation"), Decision.published_at, Decision.version, Decision.reply_until, Decision.sha256,
        )
        .select_from(Contribution)
        .outerjoin(Decision, (Decision.contribution_id == Contribution.id) & Decision.is_current)
        .outerjoin(Theme, Theme.id == Contribution.theme_id)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Opportunity, Opportunity.id == Activity.opportunity_id)
        .outerjoin(Commitment, Commitment.id == Decision.commitment_id)
        .outerjoin(Milestone, Milestone.id == Decision.milestone_id)
        .outerjoin(Organisation, Organisation.id == Decision.organisation_id)
        .outerjoin(_surviving, _surviving.id == Decision.merged_into_id)
        .where(Contribution.process_id == process_id)
        .order_by(Contribution.series, Contribution.number, Contribution.id)
        .execution_options(yield_per=500)
    ):  # fmt: skip
        if row.group_number is None and row.decision_id not in split:
            yield row
            continue
        changed = {"group": reference(row.group_number)} if row.group_number is not None else {}
        yield SimpleNamespace(**{**row._mapping, **changed, **split.get(row.decision_id, {})})


def _of_ideas(process_id: int) -> dict[int, dict[str, str]]:
    """Decision id -> the reasons, commitments and milestones of the ideas it answers, each once, in their order."""
    found: dict[int, dict[str, list[str]]] = {}
    for decision_id, reason, commitment, milestone in db.session.execute(
        select(DecisionPart.decision_id, DecisionPart.reason_code, Commitment.number, Milestone.number)
        .join(Decision, Decision.id == DecisionPart.decision_id)
        .outerjoin(Commitment, Commitment.id == DecisionPart.commitment_id)
        .outerjoin(Milestone, Milestone.id == DecisionPart.milestone_id)
        .where(Decision.process_id == process_id, Decision.is_current)
        .order_by(DecisionPart.decision_id, DecisionPart.n)
    ):
        named = found.setdefault(decision_id, {"reason_code": [], "commitment": [], "milestone": []})
        for name, value in (("reason_code", reason), ("commitment", commitment), ("milestone", milestone)):
            if value and str(value) not in named[name]:
                named[name].append(str(value))
    return {id_: {name: "; ".join(values) for name, values in named.items()} for id_, named in found.items()}


def territory_names() -> dict[str, str]:
    """UBIGEO -> name; a region has 2 digits, a province 4, a district 6."""
    return {ubigeo: name for ubigeo, name in db.session.execute(select(Territory.ubigeo, Territory.name))}


def approving_posts(process_id: int) -> dict[int, str]:
    """Who approved each current answer, by post: decision id -> "post y post"."""
    found: dict[int, list[str]] = {}
    for decision_id, post in db.session.execute(
        select(DecisionSignature.decision_id, DecisionSignature.post)
        .join(Decision, Decision.id == DecisionSignature.decision_id)
        .where(Decision.process_id == process_id, Decision.is_current, DecisionSignature.sha256 == Decision.sha256)
        .order_by(DecisionSignature.decision_id, DecisionSignature.seat)
    ):
        found.setdefault(decision_id, []).append(post)
    return {decision_id: " y ".join(posts) for decision_id, posts in found.items()}


def public_files(process_id: int) -> dict[int, list[str]]:
    """Contribution id -> the public names of its files."""
    found: dict[int, list[str]] = {}
    for contribution_id, key in db.session.execute(
        select(Attachment.subject_id, Attachment.key)
        .join(Contribution, Contribution.id == Attachment.subject_id)
        .where(Attachment.subject_kind == "contribution", Attachment.is_public, Contribution.process_id == process_id)
        .order_by(Attachment.subject_id, Attachment.id)
    ):
        found.setdefault(contribution_id, []).append(key)
    return found
