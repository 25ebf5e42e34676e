"""Gathering what the rules judge, from what other packages publish: a fixed number of statements whatever the size of a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.activities import queries as activities
from app.activities.models import Activity
from app.activities.queries import OutreachRow
from app.activities.rules import EVENTS, ActivityState
from app.compliance.models import SiteProbe
from app.compliance.queries import inputs, standing, updates
from app.compliance.queries.answers import feedback_facts
from app.compliance.queries.attestations import AttestationRow, attestations
from app.compliance.queries.rounds import round_evidence
from app.compliance.rules.feedback import FeedbackFacts
from app.compliance.rules.findings import Proof
from app.compliance.rules.forum_rules import ForumRulesFacts, RulesFact
from app.compliance.rules.inputs import InputFacts
from app.compliance.rules.meetings import MeetingFact
from app.compliance.rules.notice import NoticeFacts
from app.compliance.rules.outreach import OutreachFact, OutreachFacts
from app.compliance.rules.profiles import Application, RequirementSet
from app.compliance.rules.records import RecordFact, RecordFacts
from app.compliance.rules.repository import UpdateFact
from app.compliance.rules.rounds import RoundEvidence
from app.core.clock import lima_day
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.rules import AttachmentKind
from app.feedback.rules.outcomes import Outcome
from app.forum import queries as forum
from app.forum.queries import MeetingFacts as ForumMeeting
from app.plans import queries as plans
from app.plans.queries import PlanFacts
from app.plans.rules.progress import Completion, ReadingOf
from app.processes import queries as processes
from app.processes.models import Opportunity, Process
from app.processes.rules.notice import Publication, notice_given
from app.processes.rules.schedule import Schedule
from app.spaces.models import Space
from app.spaces.rules import SpaceKind

MOST_CODES = 100
FINAL = tuple(outcome for outcome in Outcome if outcome.is_final and outcome is not Outcome.WITHDRAWN)
PROOF_KINDS = {AttachmentKind.VIDEO, AttachmentKind.AUDIO, AttachmentKind.PHOTO, AttachmentKind.DATA}


@dataclass(frozen=True)
class CommitmentFact:
    """A commitment as implementation shows it."""

    number: int
    has_evidence: bool = False
    completed_on: date | None = None


@dataclass(frozen=True)
class Records:
    """Everything the requirements of one process are judged by, as it stands."""

    process: Process
    publications: Sequence[Publication]
    schedule: Schedule
    since: date | None
    meetings: tuple[ForumMeeting, ...]
    rules: RulesFact | None
    updates: list[UpdateFact]
    probes: Sequence[SiteProbe]
    outreach: tuple[OutreachFact, ...]
    outreach_rows: list[OutreachRow]
    inputs: InputFacts
    records: tuple[RecordFact, ...]
    feedback: FeedbackFacts
    plan: PlanFacts | None
    commitments: Mapping[int, CommitmentFact]
    attestations: list[AttestationRow]
    profile: Mapping[RequirementSet, Application]
    now: datetime
    round: RoundEvidence | None = None

    @property
    def workshops(self) -> frozenset[str]:
        """Activities that were held and documented, by slug."""
        return frozenset(record.url.rpartition("/")[2] for record in self.records if record.published_on is not None)

    @property
    def notice(self) -> NoticeFacts:
        changed = self.publications[-1].published_at if len(self.publications) > 1 else None
        base = f"/procesos/{self.process.slug}/cronograma"
        return NoticeFacts(
            notice_given(
                self.publications, now=self.now, recorded_start=self.process.start_at, is_retroactive=self.process.is_retroactive
            ),
            tuple(Proof(f"schedule:{p.n}", f"{base}/versiones/{p.n}", lima_day(p.published_at)) for p in self.publications),
            lima_day(changed) if changed else None,
        )  # fmt: skip


def gather(process: Process, now: datetime) -> Records:
    """The process as it is now; its space must be loaded."""
    publications = processes.publications(process.id)
    schedule = publications[-1].schedule if publications else Schedule()
    plan = plans.plan_facts(process.id)
    ways = inputs.channels(schedule, publications, process.slug)
    closes = max((c.closes_on for c in ways), default=None)
    found = standing.probes(process.space_id)
    told = activities.outreach(process.id)
    return Records(
        process=process, now=now, publications=publications, schedule=schedule,
        since=lima_day(publications[0].published_at) if publications else None, meetings=tuple(forum.meetings_held(process.space_id)),
        rules=_rules(process, found), updates=updates.updates(process), probes=found, outreach=_outreach(process, told),
        outreach_rows=told, inputs=inputs.input_facts(ways, inputs.counted(process.id), publications), records=_records(process),
        feedback=feedback_facts(process, schedule, plan, closes), plan=plan, commitments=_commitments(process.id) if plan else {},
        attestations=attestations(process), profile=standing.profile(process.space), round=round_evidence(process),
    )  # fmt: skip


def _rules(process: Process, found: Sequence[SiteProbe]) -> RulesFact | None:
    rules = forum.current_rules(process.space_id)
    if rules is None or rules.n is None or rules.published_at is None:
        return None
    url = f"/foro/{process.space.slug}/reglas"
    answers = None if not found else not any(failure.startswith(url) for failure in found[-1].failures)
    return RulesFact(rules.n, lima_day(rules.published_at), rules.sha256, rules.norm, url, rules.title, answers)


def _outreach(process: Process, told: list[OutreachRow]) -> tuple[OutreachFact, ...]:
    rows = [row for row in told if row.stands]
    return tuple(
        OutreachFact(
            row.action.number, row.action.done_on, str(row.action.channel), str(row.action.sector), row.action.ubigeo or "",
            row.action.language, files=len(row.files), title=row.action.title,
            url=f"/procesos/{process.slug}/requisitos#difusion-{row.action.number}",
        )
        for row in rows
    )  # fmt: skip


def outreach_facts(records: Records) -> OutreachFacts:
    channels = records.inputs.channels
    languages = {plan.language for plan in records.schedule.opportunities}
    return OutreachFacts(
        records.outreach, min((c.opens_on for c in channels), default=None), max((c.closes_on for c in channels), default=None),
        records.process.space.kind is SpaceKind.NATIONAL_FORUM, any(code != "es" for code in languages),
    )  # fmt: skip


def _records(process: Process) -> tuple[RecordFact, ...]:
    """Activities that ended, whether somebody opened their record or not; three statements."""
    rows = db.session.execute(
        select(Opportunity.slug, Opportunity.title, Opportunity.ends_at, Opportunity.is_withdrawn, Activity)
        .outerjoin(Activity, Activity.opportunity_id == Opportunity.id)
        .where(Opportunity.process_id == process.id, Opportunity.kind.in_(EVENTS))
        .order_by(Opportunity.starts_at, Opportunity.id)
    ).all()
    ids = [row.Activity.id for row in rows if row.Activity is not None]
    proved = {f.subject_id for f in evidence.of_many(activities.SUBJECT, ids, public_only=True) if f.kind in PROOF_KINDS}
    hashes = activities.minutes_hashes(ids)
    found = []
    for slug, title, ends_at, is_withdrawn, activity in rows:
        if activity is None and is_withdrawn:
            continue
        if activity is not None and activity.state is ActivityState.CANCELLED:
            continue
        ended = activity.ended_at if activity is not None and activity.ended_at else ends_at
        published = activity.published_at if activity is not None else None
        found.append(
            RecordFact(
                title, lima_day(ended), lima_day(published) if published else None, activity is not None and activity.id in proved,
                f"/procesos/{process.slug}/actividades/{slug}", hashes.get(activity.id, "") if activity is not None else "",
            )
        )  # fmt: skip
    return tuple(found)


def record_facts(records: Records) -> RecordFacts:
    closes = max((c.closes_on for c in records.inputs.channels), default=None)
    return RecordFacts(
        records.records, records.inputs.received, closes, records.feedback.approved_on, f"/procesos/{records.process.slug}/aportes"
    )


def _commitments(process_id: int) -> dict[int, CommitmentFact]:
    """Every commitment of the plan with what its progress says: evidence published, and the day it was declared complete."""
    numbers = plans.commitment_ids(process_id)
    found = {number: CommitmentFact(number) for number in numbers}
    for row in plans.progress_of(process_id):
        known = found.get(row.commitment)
        if known is None:
            continue
        is_whole = row.clause == str(row.commitment) and row.reading_of is ReadingOf.GOVERNMENT
        completed = lima_day(row.published_at) if is_whole and row.completion is Completion.COMPLETE else None
        found[row.commitment] = CommitmentFact(
            known.number, known.has_evidence or bool(row.evidence_url), min(filter(None, (known.completed_on, completed)), default=None)
        )
    return found


def meeting_facts(records: Records) -> tuple[MeetingFact, ...]:
    """Meetings of the forum as the rules read them."""
    return tuple(
        MeetingFact(
            m.number, m.held_on, m.government, m.non_government, m.minutes_published_on, m.minutes_sha256, m.url, str(m.kind), m.title,
            m.is_implementation_review, m.civil_society, m.has_results, bool(m.comments.strip()),
        )
        for m in records.meetings
    )  # fmt: skip


def forum_rules_facts(records: Records) -> ForumRulesFacts:
    return ForumRulesFacts(records.rules, records.process.start_at is not None, records.since)


def forum_pages(space: Space) -> list[str]:
    """The pages of the forum of a space that should open to everybody; none where there is no forum."""
    if forum.forum_of(space.id) is None:
        return []
    pages = [f"/foro/{space.slug}"]
    return [*pages, f"/foro/{space.slug}/reglas"] if forum.current_rules(space.id) is not None else pages
