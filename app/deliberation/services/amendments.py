"""Other wordings of the draft: kept beside the contribution that brings them, decided once, promoted when they were rejected."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from app.audit import services as audit
from app.contributions import services as contributions
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.deliberation.models import TextAmendment
from app.deliberation.rules import amendments as rules
from app.deliberation.rules.amendments import AmendmentProblem, AmendmentState
from app.processes import services as processes
from app.processes.models import Process


def propose_wording(contribution: Contribution, *, clause: str, version_n: int, base: str, proposed: str) -> TextAmendment:
    """Keep the wording that a contribution brings for a part of the draft. The caller commits. Raises RuleBroken."""
    proposed = clean(proposed)
    refuse_if_any(rules.problems_with_wording(base, proposed))
    made = TextAmendment(
        contribution_id=contribution.id,
        process_id=contribution.process_id,
        version_n=version_n,
        clause=clause,
        base=base,
        proposed=proposed,
    )
    db.session.add(made)
    db.session.flush()
    return made


def decide_amendment(
    amendment: TextAmendment, to: AmendmentState, answer: str, *, process: Process, person_id: int, role: str, now: datetime
) -> None:
    """Accept or reject it with a public reason, once: of two at the same time the second is refused. The caller commits.

    `amendment.contribution` is loaded. Raises RuleBroken.
    """
    answer = clean(answer)
    is_public = amendment.contribution.visibility is Visibility.PUBLIC
    refuse_if_any(rules.problems_with_deciding(amendment.state, to, answer, is_public=is_public))
    written = db.session.execute(
        update(TextAmendment)
        .where(TextAmendment.contribution_id == amendment.contribution_id, TextAmendment.state == AmendmentState.OPEN)
        .values(state=to, answer=answer, decided_by_id=person_id, decided_at=now),
        execution_options={"synchronize_session": False},
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        refuse_if_any([Problem(AmendmentProblem.DECIDED)])
    db.session.expire(amendment, ["state", "answer", "decided_by_id", "decided_at"])
    processes.touch_public(process.id)
    facts = {"to": str(to), "clause": amendment.clause, "reason_sha256": contributions.text_sha256(answer)}
    audit.record("deliberation.decide-amendment", "contribution", amendment.contribution.code, facts, at=now, role=role)


def promote_amendment(amendment: TextAmendment, author: Authorship, process: Process, *, now: datetime) -> Contribution:
    """A rejected wording becomes a proposal of its own: another code, the same author, held as any that arrives. The caller commits.

    The amendment keeps its code and points to what it became. Asked twice, the same proposal comes back. Raises RuleBroken.
    """
    carried = amendment.contribution
    if amendment.promoted_id is None:
        refuse_if_any(rules.problems_with_promoting(amendment.state, is_promoted=False))
    receipt = contributions.receive(
        _draft(amendment, carried, author), process, submission_key=f"promote-{carried.code}".ljust(20, "-"), received_at=now, now=now
    )
    amendment.promoted_id = receipt.contribution.id
    db.session.flush()
    if receipt.is_new:
        processes.touch_public(process.id)
        facts = {"code": receipt.contribution.code}
        audit.record("deliberation.promote-amendment", "contribution", carried.code, facts, at=now, role="autor")
    return receipt.contribution


def _draft(amendment: TextAmendment, carried: Contribution, author: Authorship) -> ContributionDraft:
    draft = ContributionDraft(
        text=f"{amendment.proposed}\n\n{carried.text}", title=carried.title, proponent_kind=carried.proponent_kind, speaker=author.name,
        organisation=carried.organisation_name, sector=carried.sector, email=author.email, phone=author.phone, ubigeo=carried.ubigeo or "",
        language=carried.language, channel=Channel.WEB, consent=author.consent,
    )  # fmt: skip
    return replace(draft, text=draft.text[:8_000])
