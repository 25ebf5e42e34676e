"""What the public pages that join packages read: few statements, the same number for a small and a large process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.activities.models import Activity, ActivityMinutes
from app.contributions import queries as contributions
from app.contributions.models import CodeSequence, Contribution
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import Page
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.feedback.models import Decision, OutcomeTally
from app.feedback.queries import AnswerPage
from app.feedback.rules.outcomes import Outcome
from app.forum import queries as forum
from app.moderation.models import ModerationAction
from app.moderation.rules import ModerationKind
from app.plans.models import ActionPlan
from app.processes import queries as processes
from app.processes.models import Opportunity, Phase, Process, ProcessReading, ScheduleVersion, Theme
from app.processes.rules.readings import ReadingLanguage
from app.processes.rules.states import ProcessState
from app.spaces.models import Space
from app.territories.models import Territory


@dataclass(frozen=True)
class Numbers:
    """Of one process: contributions received, answered for good, withdrawn by their author; workshops recorded."""

    received: int = 0
    answered: int = 0
    withdrawn: int = 0
    workshops: int = 0

    @property
    def owed(self) -> int:
        """How many an answer is owed to: received less withdrawn (domain.md MR-4.1b)."""
        return self.received - self.withdrawn


def numbers(process_ids: Sequence[int]) -> dict[int, Numbers]:
    """The numbers of each process; three statements however many there are."""
    received = dict(_pairs(select(CodeSequence.process_id, func.sum(CodeSequence.last)), CodeSequence.process_id, process_ids))
    workshops = dict(_pairs(select(Activity.process_id, func.count()), Activity.process_id, process_ids))
    answered: dict[int, dict[Outcome, int]] = {}
    for process_id, outcome, count in db.session.execute(
        select(OutcomeTally.process_id, OutcomeTally.outcome, OutcomeTally.answers).where(OutcomeTally.process_id.in_(process_ids))
    ):
        answered.setdefault(process_id, {})[outcome] = count
    found = {}
    for process_id in process_ids:
        outcomes = answered.get(process_id, {})
        withdrawn = outcomes.get(Outcome.WITHDRAWN, 0)
        final = sum(count for outcome, count in outcomes.items() if outcome.is_final) - withdrawn
        found[process_id] = Numbers(int(received.get(process_id, 0)), final, withdrawn, int(workshops.get(process_id, 0)))
    return found


def _pairs(query: Any, column: InstrumentedAttribute[int], process_ids: Sequence[int]) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in db.session.execute(query.where(column.in_(process_ids)).group_by(column))]


def open_phases(now: datetime) -> Sequence[tuple[Phase, Process]]:
    """Phases in course of every public process, those that close first leading."""
    rows = db.session.execute(
        select(Phase, Process)
        .join(Process, Process.id == Phase.process_id)
        .where(Process.state != "draft", Phase.opens_at <= now, Phase.closes_at >= now)
        .order_by(Phase.closes_at, Phase.id)
    )
    return [(phase, process) for phase, process in rows]


def latest_answers(most: int = 4) -> Sequence[Any]:
    """The newest published answers: code, title, outcome, why, process title, process slug, when."""
    return db.session.execute(
        select(
            Contribution.code,
            Contribution.title,
            Decision.outcome,
            Decision.text,
            Process.title.label("process"),
            Process.slug,
            Decision.published_at,
        )
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .join(Process, Process.id == Decision.process_id)
        .where(Decision.is_current, Contribution.visibility == Visibility.PUBLIC, Process.is_retroactive.is_(False))
        .order_by(Decision.published_at.desc(), Decision.id.desc())
        .limit(most)
    ).all()


@dataclass(frozen=True)
class ProcessPage:
    process: Process
    space: Space
    phases: Sequence[Phase]
    opportunities: Sequence[Opportunity]
    themes: Sequence[Theme]
    numbers: Numbers
    versions: Sequence[ScheduleVersion]
    plan: ActionPlan | None
    has_forum: bool
    readings: dict[ReadingLanguage, ProcessReading]


def process_page(process: Process) -> ProcessPage:
    """Everything the page of one process shows; ten statements."""
    return ProcessPage(
        process=process,
        space=process.space,
        phases=processes.phases(process.id),
        opportunities=processes.opportunities(process.id),
        themes=processes.themes(process.id),
        numbers=numbers([process.id])[process.id],
        versions=processes.published_versions(process.id),
        plan=db.session.scalar(select(ActionPlan).where(ActionPlan.process_id == process.id)),
        has_forum=forum.forum_of(process.space_id) is not None,
        readings=processes.readings(process.id),
    )


def with_outcome(outcome: str) -> tuple[ColumnElement[bool], ...]:
    """The condition that a contribution's current answer has this outcome; nothing for "" and for unknown words."""
    if outcome not in set(Outcome):
        return ()
    answered = exists().where(Decision.contribution_id == Contribution.id, Decision.is_current, Decision.outcome == outcome)
    return (answered,)


def territories_with_contributions(process_id: int) -> list[tuple[str, str]]:
    """Territories that public contributions of the process come from, by name."""
    rows = db.session.execute(
        select(Territory.ubigeo, Territory.full_name)
        .where(
            Territory.ubigeo.in_(
                select(Contribution.ubigeo).where(Contribution.process_id == process_id, Contribution.visibility == Visibility.PUBLIC)
            )
        )
        .order_by(Territory.full_name, Territory.ubigeo)
    )
    return [(ubigeo, name) for ubigeo, name in rows]


@dataclass(frozen=True)
class FromPlace:
    """What came from a territory and is public: how many contributions, and how many of them have an answer."""

    received: int = 0
    answered: int = 0


def said_by_territory(process_id: int) -> dict[str, FromPlace]:
    """By the UBIGEO that each public contribution speaks of, "" for those that name no place; one statement."""
    rows = db.session.execute(
        select(Contribution.ubigeo, func.count(), func.count(Contribution.answered_at))
        .where(Contribution.process_id == process_id, Contribution.visibility == Visibility.PUBLIC)
        .group_by(Contribution.ubigeo)
    )
    return {ubigeo or "": FromPlace(received, answered) for ubigeo, received, answered in rows}


def visible_contribution(code: str) -> Contribution | None:
    """A public contribution, or a hidden one for its tombstone; one still held is unknown outside."""
    found = contributions.contribution_by_code(code)
    if found is None or found.visibility is Visibility.HELD or found.process.state == "draft":
        return None
    return found


def held_contribution(code: str) -> Contribution | None:
    """One that waits for a moderator: whoever has its code learns that it was received, and nothing of what it says."""
    found = contributions.contribution_by_code(code)
    is_waiting = found is not None and found.visibility is Visibility.HELD and found.process.state != "draft"
    return found if is_waiting else None


_HIDES = (ModerationKind.HIDE, ModerationKind.RETIRE)


def hiding_reason(contribution_id: int) -> str:
    """The published reason of the latest act that hid it, as a code; "" when there is none."""
    reason = db.session.scalar(
        select(ModerationAction.reason)
        .where(ModerationAction.contribution_id == contribution_id, ModerationAction.kind.in_(_HIDES))
        .order_by(ModerationAction.at.desc(), ModerationAction.id.desc())
        .limit(1)
    )
    return str(reason or "")


def publications_of(contribution_id: int) -> Sequence[datetime]:
    """When moderation made it public, oldest first."""
    return db.session.scalars(
        select(ModerationAction.at)
        .where(
            ModerationAction.contribution_id == contribution_id,
            ModerationAction.kind.in_((ModerationKind.PUBLISH, ModerationKind.RESTORE)),
        )
        .order_by(ModerationAction.at, ModerationAction.id)
    ).all()


def milestones_fed_by(page: AnswerPage) -> list[tuple[str, date]]:
    """The milestone its current answer points to: title and due day."""
    current = page.current
    if current is None or current.decision.milestone is None:
        return []
    milestone = current.decision.milestone
    return [(f"{milestone.number} {milestone.title}", milestone.due_on)]


def opportunity_of(contribution: Contribution) -> Opportunity | None:
    """Where it was said, when it was said at an activity."""
    if contribution.activity is None:
        return None
    return db.session.get(Opportunity, contribution.activity.opportunity_id)


def files_of(contribution_id: int) -> Sequence[Attachment]:
    return evidence.attachments("contribution", contribution_id, public_only=True)


def said_at(activity: Activity, number: int) -> Page:
    """What was said at an activity and is public, in order of codes; a page of 30."""
    filters = ContributionFilters(workshop=activity.number)
    return contributions.page_of(activity.process_id, filters, number, oldest_first=True)


def process_of_reference(ref: str) -> Process | None:
    """The public process that a slug, a process code or the code of a contribution speaks of."""
    if not ref:
        return None
    code = ref.split("-")[0].upper()
    return db.session.scalar(
        select(Process)
        .where(or_(Process.slug == ref, Process.code == code), Process.state != ProcessState.DRAFT)
        .order_by((Process.slug == ref).desc(), Process.id)
        .limit(1)
    )


def named_texts(process: Process) -> list[tuple[str, bytes]]:
    """(file name, exact bytes) of the published texts whose SHA-256 the register holds: schedules, their reasons, minutes."""
    found = []
    for version in processes.published_versions(process.id):
        found.append((f"cronograma-{process.slug}-v{version.n}.json", version.content.encode()))
        if version.reason:
            found.append((f"motivo-{process.slug}-v{version.n}.txt", version.reason.encode()))
    rows = db.session.execute(
        select(Opportunity.slug, ActivityMinutes.version, ActivityMinutes.text)
        .join(Activity, Activity.id == ActivityMinutes.activity_id)
        .join(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(Opportunity.process_id == process.id, ActivityMinutes.published_at.is_not(None))
        .order_by(Opportunity.slug, ActivityMinutes.version)
    )
    return found + [(f"acta-{slug}-v{version}.txt", text.encode()) for slug, version, text in rows]
