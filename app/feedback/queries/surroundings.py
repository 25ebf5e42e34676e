"""What the checks need to know around a draft, for one answer or a thousand in the same number of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import func, select

from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.db import db
from app.evaluation import queries as evaluation
from app.feedback.models import Decision, DissentNote
from app.feedback.queries.agreement import priorities_of
from app.feedback.rules.checks import Facts, MergeTarget, Priority
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, DecisionState, Outcome
from app.feedback.rules.personal_data import words_of
from app.feedback.rules.plain_language import acronyms
from app.groups import queries as groups
from app.plans import queries as plans
from app.processes.models import Process
from app.territories.models import Territory


def facts_for(
    process: Process, contributions: Sequence[Contribution], drafts: Mapping[int, DecisionDraft], *, today: date, for_stops: bool = False
) -> dict[int, Facts]:  # fmt: skip
    """Facts by contribution id; `drafts` are the answers judged together, by contribution id. `process.space` is loaded.

    The same few statements for one answer or a thousand; fewer `for_stops`, which leaves out what only warns. `others` is left
    empty: only who writes one answer compares it (Q5).
    """
    ids = [c.id for c in contributions]
    around = _Around.of(process, contributions, drafts, for_stops)
    batch = frozenset(c.code for c in contributions if c.id in drafts) if len(contributions) > 1 else frozenset()
    return {
        c.id: Facts(
            code=c.code, title=c.title, today=today, hidden_name=around.names.get(c.id, ""),
            public_words=words_of(
                c.title, c.text, c.organisation_name, around.places.get(c.ubigeo or "", ""), process.title, process.space.name
            ) if c.id in around.names else frozenset(),
            known_acronyms=frozenset() if for_stops else frozenset(acronyms(f"{c.title}. {c.text}")), language=c.language,
            is_moderated=c.visibility is not Visibility.HELD, is_retroactive=process.is_retroactive, is_correction=c.id in around.answered,
            commitments=around.anchors, merge_target=around.targets.get(c.id), reply_to=process.space.contact,
            plan_approved_at=process.approved_at, batch=batch, group=around.groups.get(c.id, ()),
            criteria_published_at=around.criteria.published_at, inputs_opened_at=around.criteria.inputs_opened_at,
            score_hundredths=around.scores.get(c.id), priority=around.priorities.get(c.id), dissents=around.dissents.get(c.id, 0),
            chosen_projects=around.projects,
        )
        for c in contributions
    } if ids else {}  # fmt: skip


@dataclass(frozen=True)
class _Around:
    """What is read once for all the contributions judged together."""

    names: dict[int, str]
    places: dict[str, str]
    answered: set[int]
    targets: dict[int, MergeTarget]
    anchors: Mapping[int, Mapping[str, int]]
    groups: dict[int, tuple[str, ...]]
    criteria: evaluation.CriteriaStanding
    scores: dict[int, int]
    priorities: dict[int, Priority]
    dissents: dict[int, int]
    projects: frozenset[str]

    @classmethod
    def of(
        cls, process: Process, contributions: Sequence[Contribution], drafts: Mapping[int, DecisionDraft], for_stops: bool
    ) -> "_Around":  # fmt: skip
        ids = [c.id for c in contributions]
        advised = [] if for_stops else ids
        return cls(
            names=_hidden_names(ids),
            places=_places({c.ubigeo for c in contributions if c.ubigeo}),
            answered=set(
                db.session.scalars(select(Decision.contribution_id).where(Decision.contribution_id.in_(ids), Decision.is_current))
            ),
            targets=_merge_targets(process.id, contributions, drafts),
            anchors=plans.anchors(process.id),
            groups={id_: group.codes for id_, group in groups.group_of(ids).items()},
            criteria=evaluation.CriteriaStanding() if for_stops else evaluation.criteria_standing(process.id),
            scores={id_: row.score_hundredths for id_, row in evaluation.score_of(advised).items()},
            priorities=priorities_of(advised),
            dissents=_dissents(advised),
            projects=_chosen_projects(process.id, drafts),
        )


def _chosen_projects(process_id: int, drafts: Mapping[int, DecisionDraft]) -> frozenset[str]:
    """Codes of what its participatory budget chose; asked only when an answer that adopts names no commitment."""
    if not any(d.outcome in NEEDS_COMMITMENT and d.commitment is None and d.reference for d in drafts.values()):
        return frozenset()
    tell: Callable[[int], frozenset[str]] = current_app.extensions["minka.chosen_projects"]
    return tell(process_id)


def _dissents(ids: Sequence[int]) -> dict[int, int]:
    """How many notes stand beside the text that stands: that of the open version, or else the current one."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Decision.contribution_id, func.count())
        .join(DissentNote, (DissentNote.decision_id == Decision.id) & (DissentNote.sha256 == Decision.sha256))
        .where(
            Decision.contribution_id.in_(ids), DissentNote.withdrawn_at.is_(None),
            (Decision.state != DecisionState.PUBLISHED) | Decision.is_current,
        )
        .group_by(Decision.contribution_id)
    )  # fmt: skip
    return {contribution_id: count for contribution_id, count in rows}


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
