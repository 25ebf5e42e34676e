"""What a letter on paper needs beyond the answer itself: to whom, from where, and its entry in the public register."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.activities.models import Activity
from app.audit.models import AuditEntry
from app.contributions.models import Authorship, Contribution
from app.core.db import db
from app.feedback.models import Decision, PublicationBatch
from app.processes.models import Opportunity
from app.territories.models import Territory


@dataclass(frozen=True, slots=True)
class AboutLetter:
    """`name` is restricted: it goes inside a personal letter and nowhere else. `submission_key` gives the private link."""

    decision_id: int
    batch: int | None
    published_at: datetime | None
    received_at: datetime
    submission_key: str
    name: str
    place: str
    workshop: int | None
    activity: str


def about_letters(decision_ids: Collection[int]) -> dict[int, AboutLetter]:
    """By decision id; one statement."""
    rows = db.session.execute(
        select(
            Decision.id, PublicationBatch.n, Decision.published_at, Contribution.received_at, Contribution.submission_key,
            func.coalesce(Authorship.name, ""), func.coalesce(Territory.full_name, ""), Activity.number,
            func.coalesce(Opportunity.title, ""),
        )
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .outerjoin(PublicationBatch, PublicationBatch.id == Decision.batch_id)
        .outerjoin(Authorship, Authorship.contribution_id == Contribution.id)
        .outerjoin(Territory, Territory.ubigeo == Contribution.ubigeo)
        .outerjoin(Activity, Activity.id == Contribution.activity_id)
        .outerjoin(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(Decision.id.in_(decision_ids))
    )  # fmt: skip
    return {row[0]: AboutLetter(*row) for row in rows}


def registered(process_slug: str) -> dict[int, tuple[int, str]]:
    """Number and hash of the register entry of each publication of the process, by number of batch; one statement."""
    found = {}
    for seq, digest, body in db.session.execute(
        select(AuditEntry.seq, AuditEntry.hash, AuditEntry.body)
        .where(AuditEntry.action == "feedback.publish", AuditEntry.subject_ref == process_slug)
        .order_by(AuditEntry.seq)
    ):
        batch = json.loads(body)["facts"].get("batch")
        if isinstance(batch, int):
            found[batch] = (seq, digest)
    return found
