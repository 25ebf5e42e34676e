"""Every requirement of a process judged on the records as they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.compliance.queries import facts, standing
from app.compliance.queries.facts import Records
from app.compliance.rules import (
    attestations,
    council,
    feedback,
    findings,
    forum_rules,
    hearings,
    implementation,
    inputs,
    local_end,
    local_inception,
    local_web,
    meetings,
    notice,
    outreach,
    profiles,
    records,
    repository,
    rounds,
    website,
)
from app.compliance.rules.findings import Finding, Proof, Requirement, Result
from app.compliance.rules.profiles import Application, RequirementSet
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.forum.rules.meetings import MeetingKind
from app.processes.models import Process
from app.processes.rules.states import ProcessState

IMPORTED = (Requirement.OUTREACH, Requirement.INPUTS, Requirement.RECORDS, Requirement.FEEDBACK)


@dataclass(frozen=True)
class Judgement:
    """What the page says today: findings by requirement in the order of domain.md 4.2, and the records under them."""

    findings: Mapping[Requirement, Finding]
    records: Records
    today: date
    attested: frozenset[Statement] = frozenset()

    @property
    def profile(self) -> Mapping[RequirementSet, Application]:
        return self.records.profile

    def applied(self, chosen: RequirementSet) -> list[Finding]:
        return [self.findings[requirement] for requirement in profiles.SETS[chosen]]

    @property
    def counted(self) -> list[Finding]:
        """Those that apply here, required or by choice."""
        return [f for f in self.findings.values() if profiles.application_of(f.id, self.profile) is not Application.NONE]


def judge(process: Process, now: datetime) -> Judgement:
    """Every requirement of the process, its space loaded."""
    return judge_records(facts.gather(process, now))


def judge_records(gathered: Records) -> Judgement:
    today = lima_day(gathered.now)
    as_of = _as_of(gathered, today)
    standing_rows = [row.standing for row in gathered.attestations if row.attestation.is_standing]
    in_force = attestations.in_force(attestations.whole(standing_rows, gathered.workshops, today), today)
    found = {}
    for requirement in Requirement:
        judged = rounds.with_round(JUDGES[requirement](gathered, as_of), gathered.round)
        finding = attestations.settle(judged, in_force)
        if gathered.process.is_retroactive and requirement in IMPORTED:
            finding = replace(findings.retroactive(requirement), facts=finding.facts, proofs=finding.proofs)
        if profiles.application_of(requirement, gathered.profile) is Application.NONE:
            finding = replace(finding, rule=Result.NOT_APPLICABLE, goal=Result.NOT_APPLICABLE, advice=(), limits=(), next_limit=None)
        found[requirement] = finding
    attested = frozenset(s for s, given in in_force.items() if any(not one.is_contradicted for one in given))
    return Judgement(found, gathered, today, attested)


def _as_of(gathered: Records, today: date) -> date:
    """A process that is over is judged on its last day: what it did not do afterwards is nobody's fault."""
    ends = gathered.plan.ends_on if gathered.plan else None
    is_over = gathered.process.state in (ProcessState.CLOSED, ProcessState.CANCELLED)
    return min(today, ends) if is_over and ends else today


def _meetings(r: Records, today: date) -> Finding:
    sessions = tuple(m for m in facts.meeting_facts(r) if m.kind != MeetingKind.HEARING)
    return meetings.judge(meetings.MeetingFacts(sessions, r.since or lima_day(r.process.created_at)), today)


def _website(r: Records, today: date) -> Finding:
    held = {
        "plan": r.plan is not None, "contact": bool(r.process.space.contact.strip()), "schedule": bool(r.publications),
        "repository": bool(r.updates),
    }  # fmt: skip
    contents = frozenset(name for name, is_there in held.items() if is_there)
    url = f"/procesos/{r.process.slug}"
    return website.judge(website.WebsiteFacts(standing.probe_facts(r.probes), contents, url, r.process.title), today)


def _repository(r: Records, today: date) -> Finding:
    is_implementing = r.process.state in (ProcessState.IMPLEMENTING, ProcessState.CLOSED)
    without = tuple(sorted(c.number for c in r.commitments.values() if not c.has_evidence))
    last = r.probes[-1] if r.probes else None
    return repository.judge(
        repository.RepositoryFacts(
            tuple(r.updates), r.since, is_implementing, without, last.files if last else 0, tuple(last.broken) if last else ()
        ),
        today,
    )


def _implementation(r: Records, today: date) -> Finding:
    is_in_force = r.plan is not None and r.plan.approved_at is not None
    starts, ends = (r.plan.starts_on, r.plan.ends_on) if is_in_force and r.plan else (None, None)
    return implementation.judge(implementation.ImplementationFacts(facts.meeting_facts(r), starts, ends), today)


def _local_web(r: Records, today: date) -> Finding:
    days = tuple(u.on for u in r.updates)
    proofs = tuple(Proof(u.title, u.url, u.on, u.sha256) for u in r.updates[-repository.MOST_PROOFS :])
    return local_web.judge(local_web.LocalWebFacts(days, r.since, proofs), today)


def _documented(r: Records, statement: Statement, about: str = "") -> tuple[date | None, Proof | None]:
    """The day an attested document is dated, by the earliest attestation that counts, and where it is read."""
    rows = [
        row
        for row in r.attestations
        if row.attestation.statement is statement and row.attestation.about == about and row.is_in_force(lima_day(r.now)) and row.files
        and not row.contradictions and row.attestation.happened_on
    ]  # fmt: skip
    if not rows:
        return None, None
    first = min(rows, key=lambda row: row.attestation.happened_on or date.max)
    file = first.files[0]
    return first.attestation.happened_on, Proof(file.title, f"/documentos/{file.key}", first.attestation.happened_on, file.sha256)


def _local_inception(r: Records, today: date) -> Finding:
    submitted = lima_day(r.plan.submitted_at) if r.plan and r.plan.submitted_at else None
    assessed, proof = _documented(r, Statement.INCEPTION_DONE)
    return local_inception.judge(local_inception.InceptionFacts(submitted, assessed, proof), today)


def _local_end(r: Records, today: date) -> Finding:
    done = []
    for commitment in r.commitments.values():
        if commitment.completed_on is not None:
            reported, proof = _documented(r, Statement.END_REPORT_DONE, str(commitment.number))
            done.append(local_end.EndFact(commitment.number, commitment.completed_on, reported, proof))
    return local_end.judge(local_end.EndFacts(tuple(done)), today)


def _hearing_facts(r: Records, kind: MeetingKind) -> tuple[hearings.HearingFact, ...]:
    return tuple(
        hearings.HearingFact(
            m.held_on, m.convened_at is not None, m.report_published_on is not None or m.has_results,
            m.minutes_published_on is not None, m.title, m.url, m.minutes_sha256,
        )
        for m in r.meetings
        if m.kind is kind
    )  # fmt: skip


def _hearings(r: Records, today: date) -> Finding:
    return hearings.judge(hearings.HearingFacts(_hearing_facts(r, MeetingKind.HEARING), r.since), today)


def _council(r: Records, today: date) -> Finding:
    return council.judge(council.CouncilFacts(_hearing_facts(r, MeetingKind.ORDINARY), r.since), today)


JUDGES: Mapping[Requirement, Callable[[Records, date], Finding]] = {
    Requirement.MEETINGS: _meetings,
    Requirement.FORUM_RULES: lambda r, today: forum_rules.judge(facts.forum_rules_facts(r), today),
    Requirement.WEBSITE: _website,
    Requirement.REPOSITORY: _repository,
    Requirement.NOTICE: lambda r, today: notice.judge(r.notice, today),
    Requirement.OUTREACH: lambda r, today: outreach.judge(facts.outreach_facts(r), today),
    Requirement.INPUTS: lambda r, today: inputs.judge(r.inputs, today),
    Requirement.RECORDS: lambda r, today: records.judge(facts.record_facts(r), today),
    Requirement.FEEDBACK: lambda r, today: feedback.judge(r.feedback, today),
    Requirement.IMPLEMENTATION: _implementation,
    Requirement.LOCAL_WEB: _local_web,
    Requirement.LOCAL_INCEPTION: _local_inception,
    Requirement.LOCAL_END: _local_end,
    Requirement.HEARINGS: _hearings,
    Requirement.COUNCIL: _council,
}
