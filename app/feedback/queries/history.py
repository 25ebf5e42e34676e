"""One contribution and everything that was answered to it, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.accounts.models import Person
from app.activities.models import Activity
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.feedback.models import Decision, DecisionPart, DecisionSignature, DecisionWriter, PublicationBatch, TeamNote
from app.feedback.rules.drafts import PART_WRITTEN, DecisionDraft, PartDraft
from app.feedback.rules.outcomes import DecisionState, Seat
from app.processes.models import Process
from app.processes.rules.states import ProcessState

PARTS = (
    joinedload(Decision.commitment), joinedload(Decision.milestone), joinedload(Decision.organisation), joinedload(Decision.merged_into),
    joinedload(Decision.contribution).joinedload(Contribution.process).joinedload(Process.space),
)  # fmt: skip


@dataclass(frozen=True)
class Version:
    """One version of an answer with the draft it amounts to, its signatures by seat, and the batch that released it."""

    decision: Decision
    draft: DecisionDraft
    signatures: dict[Seat, DecisionSignature]
    batch: int | None


@dataclass(frozen=True)
class AnswerPage:
    """The answer of a contribution as the public reads it; `versions` oldest first, the last one current; none yet when empty."""

    contribution: Contribution
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version | None:
        return self.versions[-1] if self.versions else None


def draft_of(decision: Decision) -> DecisionDraft:
    """The public content of a version; its commitment, milestone, organisation, merged contribution and parts are loaded."""
    d = decision
    return DecisionDraft(
        outcome=d.outcome, reason_code=d.reason_code, text=d.text, what_changed=d.what_changed, adopted_part=d.adopted_part,
        rejected_part=d.rejected_part, change_needed=d.change_needed, reference=d.reference, criterion=d.criterion,
        target_cycle=d.target_cycle, carry_over_owner=d.carry_over_owner, referred_to=d.referred_to, referred_document=d.referred_document,
        referred_on=d.referred_on, where_to_go=d.where_to_go, question=d.question, clarify_by=d.clarify_by, fallback=d.fallback,
        request_record=d.request_record, merged_into=d.merged_into.code if d.merged_into else "",
        commitment=d.commitment.number if d.commitment else None, milestone=d.milestone.number if d.milestone else "",
        organisation=d.organisation.slug if d.organisation else "", correction_reason=d.correction_reason, clause=d.clause,
        summary=d.summary, summary_language=d.summary_language, group=tuple(d.group_codes.split()),
        parts=tuple(map(_part, d.parts)) if d.ideas else (),
    )  # fmt: skip


def _part(row: DecisionPart) -> PartDraft:
    return PartDraft(
        idea=row.idea, outcome=row.outcome, reason_code=row.reason_code, referred_on=row.referred_on, clause=row.clause,
        commitment=row.commitment.number if row.commitment else None, milestone=row.milestone.number if row.milestone else "",
        **{name: getattr(row, name) for name in PART_WRITTEN},
    )  # fmt: skip


def with_parts(decisions: Sequence[Decision]) -> Sequence[Decision]:
    """The same decisions with the parts of those that were split: one statement when there is one such, none otherwise."""
    split = {d.id: d for d in decisions if d.ideas}
    if split:
        found: dict[int, list[DecisionPart]] = {id_: [] for id_ in split}
        for part in db.session.scalars(
            select(DecisionPart)
            .where(DecisionPart.decision_id.in_(split))
            .options(joinedload(DecisionPart.commitment), joinedload(DecisionPart.milestone))
            .order_by(DecisionPart.decision_id, DecisionPart.n)
            .execution_options(populate_existing=True)
        ):
            found[part.decision_id].append(part)
        for id_, parts in found.items():
            set_committed_value(split[id_], "parts", parts)
    return decisions


def contribution_for_staff(code: str) -> Contribution | None:
    """Any contribution by its code, with all that the workbench shows loaded."""
    return db.session.scalar(_contributions().where(Contribution.code == code))


def answerable(code: str) -> Contribution | None:
    """A contribution whose answer the public may read: published or hidden, of a process that is not a draft."""
    return db.session.scalar(
        _contributions().where(
            Contribution.code == code, Contribution.visibility != Visibility.HELD, Process.state != ProcessState.DRAFT
        )
    )  # fmt: skip


def _contributions():
    return (
        select(Contribution)
        .join(Process, Process.id == Contribution.process_id)
        .options(
            joinedload(Contribution.process).joinedload(Process.space), joinedload(Contribution.theme), joinedload(Contribution.territory),
            joinedload(Contribution.activity).joinedload(Activity.opportunity),
        )
    )  # fmt: skip


def open_decision(contribution_id: int) -> Decision | None:
    """The version being written, in review or approved, its parts loaded."""
    return _one(select(Decision).where(Decision.contribution_id == contribution_id, Decision.state != DecisionState.PUBLISHED))


def current_decision(contribution_id: int) -> Decision | None:
    """The version the public reads, its parts loaded."""
    return _one(select(Decision).where(Decision.contribution_id == contribution_id, Decision.is_current))


def _one(statement: Select[Any]) -> Decision | None:
    found: Decision | None = db.session.scalar(statement.options(*PARTS))
    return with_parts([found])[0] if found else None


def latest_version(contribution_id: int) -> int:
    return db.session.scalar(
        select(Decision.version).where(Decision.contribution_id == contribution_id).order_by(Decision.version.desc()).limit(1)
    ) or 0  # fmt: skip


def decision_by_id(decision_id: int) -> Decision | None:
    return _one(select(Decision).where(Decision.id == decision_id))


def decisions_by_id(decision_ids: Sequence[int]) -> Sequence[Decision]:
    """By id, parts loaded."""
    return with_parts(db.session.scalars(select(Decision).where(Decision.id.in_(decision_ids)).options(*PARTS).order_by(Decision.id)).all())


def history(contribution_id: int) -> tuple[Version, ...]:
    """Every published version, oldest first."""
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.contribution_id == contribution_id, Decision.state == DecisionState.PUBLISHED)
        .options(*PARTS)
        .order_by(Decision.version)
    ).all()
    return versions_of(rows)


def versions_of(decisions: Sequence[Decision]) -> tuple[Version, ...]:
    """The decisions with their signatures (those under exactly the text that stands) and batches; two statements, and one more
    when any of them was split."""
    if not decisions:
        return ()
    with_parts(decisions)
    by_decision = signatures_of([d.id for d in decisions])
    numbers = {id_: n for id_, n in db.session.execute(
        select(PublicationBatch.id, PublicationBatch.n).where(PublicationBatch.id.in_([d.batch_id for d in decisions if d.batch_id]))
    )}  # fmt: skip
    return tuple(
        Version(
            d, draft_of(d), {s.seat: s for s in by_decision.get(d.id, ()) if s.sha256 == d.sha256}, numbers.get(d.batch_id or 0)
        )
        for d in decisions
    )  # fmt: skip


def signatures_of(decision_ids: Sequence[int]) -> dict[int, list[DecisionSignature]]:
    found: dict[int, list[DecisionSignature]] = {}
    for row in db.session.scalars(
        select(DecisionSignature).where(DecisionSignature.decision_id.in_(decision_ids)).order_by(DecisionSignature.id)
    ):
        found.setdefault(row.decision_id, []).append(row)
    return found


def writers_of(decision_ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for decision_id, person_id in db.session.execute(
        select(DecisionWriter.decision_id, DecisionWriter.person_id).where(DecisionWriter.decision_id.in_(decision_ids))
    ):
        found.setdefault(decision_id, set()).add(person_id)
    return found


def answer_page(contribution: Contribution) -> AnswerPage:
    return AnswerPage(contribution, history(contribution.id))


def notes(contribution_id: int) -> list[tuple[TeamNote, str]]:
    """The team's notes with their authors' names, oldest first."""
    return [
        (note, name)
        for note, name in db.session.execute(
            select(TeamNote, Person.name).join(Person, Person.id == TeamNote.author_id)
            .where(TeamNote.contribution_id == contribution_id).order_by(TeamNote.at, TeamNote.id)
        )
    ]  # fmt: skip


def person_name(person_id: int) -> str:
    """For staff pages only: who wrote last."""
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
