"""What a participatory budget adds to the requirements of its process: agents as inputs, its papers as proofs, its projects as answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.compliance.rules.findings import Advice, Finding, Proof, Requirement, Result, worst
from app.core.errors import Problem


@dataclass(frozen=True)
class RoundEvidence:
    """A round as it stands. `unanswered` counts projects that ended without a published answer (domain.md 11), `answered` those with one.

    `voters` took part in its published votes.
    """

    agents: int = 0
    sectors: tuple[str, ...] = ()
    territories: int = 0
    unanswered: int = 0
    agents_page: Proof = Proof("")
    calendars: tuple[Proof, ...] = ()
    calls: tuple[Proof, ...] = ()
    minutes: tuple[Proof, ...] = ()
    hearings: tuple[str, ...] = ()
    voters: int = 0
    results: tuple[Proof, ...] = ()
    acts: tuple[Proof, ...] = ()
    answered: int = 0
    answers_page: Proof = Proof("")
    followed: tuple[Proof, ...] = ()


def _inputs(finding: Finding, evidence: RoundEvidence) -> Finding:
    told = {"round_agents": evidence.agents, "round_sectors": list(evidence.sectors), "round_territories": evidence.territories}
    if evidence.results:
        told["round_voters"] = evidence.voters
    return _with(finding, told, (*((evidence.agents_page,) if evidence.agents else ()), *evidence.results))


def _feedback(finding: Finding, evidence: RoundEvidence) -> Finding:
    told = {"round_answered_projects": evidence.answered, "round_unanswered_projects": evidence.unanswered}
    found = _with(finding, told, (evidence.answers_page,) if evidence.answered else ())
    if not evidence.unanswered or found.goal is Result.NOT_APPLICABLE:
        return found
    advice = Problem(Advice.PROJECTS_UNANSWERED, values={"projects": evidence.unanswered})
    return replace(found, goal=worst(found.goal, Result.AT_RISK), advice=(*found.advice, advice))


ADDS: Mapping[Requirement, Callable[[Finding, RoundEvidence], Finding]] = {
    Requirement.NOTICE: lambda found, e: _with(found, {"round_calendars": len(e.calendars)}, e.calendars),
    Requirement.OUTREACH: lambda found, e: _with(found, {"round_calls": len(e.calls)}, e.calls),
    Requirement.INPUTS: _inputs,
    Requirement.REPOSITORY: lambda found, e: _with(found, {"round_follow_up": len(e.followed)}, e.followed),
    Requirement.RECORDS: lambda found, e: _with(
        found,
        {"round_minutes": len(e.minutes), "round_acts": len(e.acts), "round_results": len(e.results)},
        (*e.minutes, *e.results, *e.acts),
    ),
    Requirement.FEEDBACK: _feedback,
    Requirement.HEARINGS: lambda found, e: _with(found, {"round_hearings": list(e.hearings)}, ()),
}


def with_round(finding: Finding, evidence: RoundEvidence | None) -> Finding:
    """The finding with what the round adds; the literal rule of OGP stays as it was judged."""
    return ADDS[finding.id](finding, evidence) if evidence and finding.id in ADDS else finding


def _with(finding: Finding, told: Mapping[str, Any], proofs: tuple[Proof, ...]) -> Finding:
    return replace(finding, facts={**finding.facts, **told}, proofs=(*finding.proofs, *proofs))
