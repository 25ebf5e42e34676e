"""What the checks need to know around a draft, for one answer or a thousand in the same number of statements."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import Language, NameConsent, Visibility
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.rules.checks import Facts, MergeTarget
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState, Outcome
from app.feedback.rules.personal_data import words_of
from app.plans import queries as plans
from app.processes.models import Process
from app.territories.models import Territory


def facts_for(
    process: Process, contributions: Sequence[Contribution], drafts: Mapping[int, DecisionDraft], *, today: date
) -> dict[int, Facts]:  # fmt: skip
    """Facts by contribution id; `drafts` are the answers judged together, by contribution id. `process.space` is loaded."""
    ids = [c.id for c in contributions]
    names = _hidden_names(ids)
    places = _places({c.ubigeo for c in contributions if c.ubigeo})
    answered = set(db.session.scalars(select(Decision.contribution_id).where(Decision.contribution_id.in_(ids), Decision.is_current)))
    targets = _merge_targets(process.id, contributions, drafts)
    anchors = plans.anchors(process.id)
    batch = frozenset(c.code for c in contributions if c.id in drafts) if len(contributions) > 1 else frozenset()
    return {
        c.id: Facts(
            code=c.code, title=c.title, today=today, hidden_name=names.get(c.id, ""),
            public_words=words_of(c.title, c.text, c.organisation_name, places.get(c.ubigeo or "", ""), process.title, process.space.name)
            if c.id in names else frozenset(),
            is_spanish=c.language is Language.SPANISH, is_moderated=c.visibility is not Visibility.HELD,
            is_retroactive=process.is_retroactive, is_correction=c.id in answered, commitments=anchors, merge_target=targets.get(c.id),
            reply_to=process.space.contact, plan_approved_at=process.approved_at, batch=batch,
        )
        for c in contributions
    }  # fmt: skip


def other_answers(contribution: Contribution, most: int = 200) -> dict[str, str]:
    """Code -> text of the latest other answers of the process, drafts included: what a new one should not merely repeat."""
    return {
        code: text
        for code, text in db.session.execute(
            select(Contribution.code, Decision.text)
            .join(Contribution, Contribution.id == Decision.contribution_id)
            .where(
                Decision.process_id == contribution.process_id, Decision.contribution_id != contribution.id, Decision.text != "",
                (Decision.state != DecisionState.PUBLISHED) | Decision.is_current,
            )
            .order_by(Decision.saved_at.desc(), Decision.id.desc())
            .limit(most)
        )
    }  # fmt: skip


def _hidden_names(ids: Sequence[int]) -> dict[int, str]:
    """Speakers who did not agree to be named. An organisation's representative is not named either unless they agreed."""
    return {
        id_: name
        for id_, name in db.session.execute(
            select(Authorship.contribution_id, Authorship.name).where(
                Authorship.contribution_id.in_(ids), Authorship.name != "", Authorship.consent != NameConsent.NAME
            )
        )
    }


def _places(ubigeos: set[str]) -> dict[str, str]:
    if not ubigeos:
        return {}
    return {u: name for u, name in db.session.execute(select(Territory.ubigeo, Territory.full_name).where(Territory.ubigeo.in_(ubigeos)))}


def _merge_targets(
    process_id: int, contributions: Sequence[Contribution], drafts: Mapping[int, DecisionDraft]
) -> dict[int, MergeTarget]:  # fmt: skip
    merging = {id_: draft.merged_into for id_, draft in drafts.items() if draft.outcome is Outcome.MERGED and draft.merged_into}
    if not merging:
        return {}
    codes = {c.id: c.code for c in contributions}
    known = set(
        db.session.scalars(
            select(Contribution.code).where(Contribution.process_id == process_id, Contribution.code.in_(set(merging.values())))
        )
    )
    final = set(
        db.session.scalars(
            select(Contribution.code)
            .join(Decision, Decision.contribution_id == Contribution.id)
            .where(Contribution.code.in_(known), Decision.is_current, Decision.outcome != Outcome.NEEDS_CLARIFICATION)
        )
    )
    edges = _standing_merges(process_id) | {codes[id_]: target for id_, target in merging.items()}
    return {id_: MergeTarget(target, target in known, target in final, _comes_back(codes[id_], edges)) for id_, target in merging.items()}


def _standing_merges(process_id: int) -> dict[str, str]:
    surviving = Contribution.__table__.alias("surviving")
    return {
        code: target
        for code, target in db.session.execute(
            select(Contribution.code, surviving.c.code)
            .join(Decision, Decision.contribution_id == Contribution.id)
            .join(surviving, surviving.c.id == Decision.merged_into_id)
            .where(Decision.process_id == process_id, Decision.is_current, Decision.outcome == Outcome.MERGED)
        )
    }


def _comes_back(start: str, edges: Mapping[str, str]) -> bool:
    """Whether following the merges from `start` ends nowhere but in a circle."""
    seen, here = {start}, edges.get(start)
    while here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = edges.get(here)
    return False
