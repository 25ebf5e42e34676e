"""The act of agreements and commitments: what a line says, when the act is put to signature, and when it is agreed (domain.md 9.1, 11)."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.feedback.rules.personal_data import leaks

SHORTEST_COMMITMENT = 20
SHORTEST_REASON = 20
LARGEST_CENTS = 10**13
"""A hundred thousand million soles: above it somebody typed a zero too many."""


class ActState(StrEnum):
    DRAFT = "draft"
    SIGNING = "open-for-signatures"
    PUBLISHED = "published"
    REPLACED = "replaced"


OPEN = frozenset({ActState.DRAFT, ActState.SIGNING})
PUBLIC = frozenset({ActState.PUBLISHED, ActState.REPLACED})


class SignerKind(StrEnum):
    """For whom somebody signs: the municipality (its mayor or who acts for them), the CCL or CCR, or as participating agent."""

    MUNICIPALITY = "municipality"
    COORDINATION_COUNCIL = "coordination-council"
    AGENT = "agent"


class SignedBy(StrEnum):
    """With their own account, or by hand on the sheet of the assembly, kept as evidence."""

    ACCOUNT = "account"
    SHEET = "sheet"


class FundingSource(StrEnum):
    """The sources of financing of the public budget of Peru (classifier of the Ministry of Economy)."""

    ORDINARY = "ordinary"
    OWN_REVENUE = "own-revenue"
    CREDIT = "credit"
    DONATIONS = "donations-and-transfers"
    DETERMINED = "determined"


class ActProblem(StrEnum):
    NOT_A_DRAFT = "act-not-a-draft"
    ALREADY_OPEN = "act-already-open"
    NOTHING_PRIORITISED = "act-nothing-prioritised"
    NO_CORRECTION_REASON = "act-no-correction-reason"
    NO_DAY = "act-no-day"
    DAY_AHEAD = "act-day-ahead"
    NO_PLACE = "act-no-place"
    QUORUM = "act-quorum-out-of-range"
    NO_LINES = "act-no-lines"
    LINE_INCOMPLETE = "act-line-incomplete"
    LINE_AMOUNT = "act-line-amount"
    LINE_SHORT = "act-line-short"
    LINE_DUE_BEFORE = "act-line-due-before"
    LINE_PERSONAL = "act-line-personal"
    LEFT_OUT = "act-left-out"
    NOT_PRIORITISED = "act-not-prioritised"
    UNANSWERED = "act-unanswered"
    OVER_CEILING = "act-over-ceiling"
    OVER_TERRITORY = "act-over-territory"
    NO_COMMITTEE = "act-no-committee"
    NOT_OPEN = "act-not-open-for-signatures"
    SIGNED = "act-signed"
    NOT_ACCREDITED = "act-not-accredited"
    NO_POST = "act-no-post"
    NO_SHEET = "act-no-sheet"
    NOBODY_CHOSEN = "act-nobody-chosen"
    FEW_MUNICIPALITY = "act-few-municipality"
    FEW_COUNCIL = "act-few-council"
    FEW_AGENTS = "act-few-agents"
    DISSENTED = "act-dissented"
    DISSENT_SHORT = "act-dissent-short"
    DISSENT_PERSONAL = "act-dissent-personal"


@dataclass(frozen=True)
class ActDraft:
    """What heads the act. `council_needed` and `agents_needed` are the quorum of signatures; the municipality always signs.

    `reason` says why a published act is corrected; empty in the first.
    """

    held_on: date | None
    place: str
    preamble: str = ""
    council_needed: int = 1
    agents_needed: int = 1
    reason: str = ""


@dataclass(frozen=True)
class LineDraft:
    """One prioritised project as it is agreed. Amount in céntimos; `unit` names who is responsible, `territory` where it is."""

    number: int
    code: str
    title: str
    amount_cents: int | None
    source: FundingSource | None
    unit: str
    entity_commits: str
    agents_commit: str
    due_on: date | None
    ubigeo: str = ""
    territory: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number, "code": self.code, "title": self.title, "ubigeo": self.ubigeo, "territory": self.territory,
            "amount_cents": self.amount_cents, "source": self.source.value if self.source else None, "unit": self.unit,
            "entity_commits": self.entity_commits, "agents_commit": self.agents_commit,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }  # fmt: skip


@dataclass(frozen=True)
class ActFacts:
    """What the act is judged against. `prioritised` and `agreed` are the codes of the projects in those states; `ceilings` the part of
    each territory by UBIGEO; the last two come from the floors around it (`minka.round_facts`)."""

    today: date
    ceiling_cents: int
    ceilings: Mapping[str, int]
    prioritised: frozenset[str]
    agreed: frozenset[str]
    unanswered_dropped: int = 0
    has_committee: bool = False


def problems_with_line(draft: LineDraft, *, held_on: date | None) -> tuple[Problem, ...]:
    """A line says how much, from which source, who answers for it, what each side commits and until when; no personal data."""
    values = {"code": draft.code, "shortest": SHORTEST_COMMITMENT}
    problems = []
    if draft.amount_cents is None or not 0 < draft.amount_cents <= LARGEST_CENTS:
        problems.append(Problem(ActProblem.LINE_AMOUNT, "amount", values))
    for name, value in (("source", draft.source), ("unit", draft.unit.strip()), ("due_on", draft.due_on)):
        if not value:
            problems.append(Problem(ActProblem.LINE_INCOMPLETE, name, values))
    for name, text in (("entity_commits", draft.entity_commits), ("agents_commit", draft.agents_commit)):
        if len(text.strip()) < SHORTEST_COMMITMENT:
            problems.append(Problem(ActProblem.LINE_SHORT, name, values))
        elif leaks(text):
            problems.append(Problem(ActProblem.LINE_PERSONAL, name, values))
    if draft.due_on and held_on and draft.due_on <= held_on:
        problems.append(Problem(ActProblem.LINE_DUE_BEFORE, "due_on", values))
    return tuple(problems)


def problems_with_head(draft: ActDraft, *, is_correction: bool, today: date, council: int, agents: int) -> tuple[Problem, ...]:
    """Where and when it was agreed, how many signatures make it valid (of those that can sign), and why it is corrected."""
    problems = []
    if draft.held_on is None:
        problems.append(Problem(ActProblem.NO_DAY, "held_on"))
    elif draft.held_on > today:
        problems.append(Problem(ActProblem.DAY_AHEAD, "held_on"))
    if not draft.place.strip():
        problems.append(Problem(ActProblem.NO_PLACE, "place"))
    for name, needed, most in (("council_needed", draft.council_needed, council), ("agents_needed", draft.agents_needed, agents)):
        if not (0 if name == "council_needed" else 1) <= needed <= max(most, 1):
            problems.append(Problem(ActProblem.QUORUM, name, {"most": most}))
    if is_correction and len(draft.reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(ActProblem.NO_CORRECTION_REASON, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def problems_with_opening(state: ActState, draft: ActDraft, lines: Sequence[LineDraft], facts: ActFacts) -> tuple[Problem, ...]:
    """Why the act is not put to signature: a line is incomplete, a prioritised project is in no line, one that was dropped has no
    published answer, it costs more than there is, or there is no elected vigilance committee (domain.md 11)."""
    if state is not ActState.DRAFT:
        return (Problem(ActProblem.NOT_A_DRAFT),)
    problems = [Problem(ActProblem.NO_LINES)] if not lines else []
    for line in lines:
        problems += [Problem(p.code, None, p.values) for p in problems_with_line(line, held_on=draft.held_on)]
    problems += _of_projects({line.code for line in lines}, facts)
    problems += _of_money(lines, facts)
    if facts.unanswered_dropped:
        problems.append(Problem(ActProblem.UNANSWERED, None, {"n": facts.unanswered_dropped}))
    if not facts.has_committee:
        problems.append(Problem(ActProblem.NO_COMMITTEE))
    return tuple(problems)


def _of_projects(codes: set[str], facts: ActFacts) -> Iterable[Problem]:
    left_out = sorted(facts.prioritised - codes)
    if left_out:
        yield Problem(ActProblem.LEFT_OUT, None, {"codes": ", ".join(left_out)})
    odd = sorted(codes - facts.prioritised - facts.agreed)
    if odd:
        yield Problem(ActProblem.NOT_PRIORITISED, None, {"codes": ", ".join(odd)})


def _of_money(lines: Sequence[LineDraft], facts: ActFacts) -> Iterable[Problem]:
    total = sum(line.amount_cents or 0 for line in lines)
    if total > facts.ceiling_cents:
        yield Problem(ActProblem.OVER_CEILING, None, {"over": soles(total - facts.ceiling_cents)})
    for ubigeo, amount in by_territory(lines).items():
        ceiling = facts.ceilings.get(ubigeo)
        if ceiling is not None and amount > ceiling:
            name = next(line.territory for line in lines if line.ubigeo == ubigeo)
            yield Problem(ActProblem.OVER_TERRITORY, None, {"territory": name, "over": soles(amount - ceiling)})


def by_territory(lines: Iterable[LineDraft]) -> dict[str, int]:
    """Céntimos by UBIGEO ("" is the whole territory), in the order of the lines."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.ubigeo] = sums.get(line.ubigeo, 0) + (line.amount_cents or 0)
    return sums


def problems_with_signing(state: ActState, *, is_same_text: bool, has_signed: bool, post: str | None = None) -> tuple[Problem, ...]:
    """Who signs signs what they read: another text by now, or a signature already given, is refused. `post` None asks for none."""
    if state is not ActState.SIGNING or not is_same_text:
        return (Problem(ActProblem.NOT_OPEN),)
    if has_signed:
        return (Problem(ActProblem.SIGNED),)
    return (Problem(ActProblem.NO_POST, "post"),) if post is not None and not post.strip() else ()


def problems_with_publishing(
    state: ActState, signed: Mapping[SignerKind, int], draft: ActDraft, *, unanswered_dropped: int, has_committee: bool
) -> tuple[Problem, ...]:
    """Signed by the municipality and by the quorum of the council and of the agents, with a committee to watch over it (domain.md 11)."""
    if state is not ActState.SIGNING:
        return (Problem(ActProblem.NOT_OPEN),)
    problems = []
    asked = (
        (SignerKind.MUNICIPALITY, 1, ActProblem.FEW_MUNICIPALITY),
        (SignerKind.COORDINATION_COUNCIL, draft.council_needed, ActProblem.FEW_COUNCIL),
        (SignerKind.AGENT, draft.agents_needed, ActProblem.FEW_AGENTS),
    )  # fmt: skip
    for kind, needed, code in asked:
        have = signed.get(kind, 0)
        if have < needed:
            problems.append(Problem(code, None, {"needed": needed, "have": have}))
    if unanswered_dropped:
        problems.append(Problem(ActProblem.UNANSWERED, None, {"n": unanswered_dropped}))
    if not has_committee:
        problems.append(Problem(ActProblem.NO_COMMITTEE))
    return tuple(problems)


def problems_with_dissent(state: ActState, text: str, *, has_dissented: bool, is_same_text: bool) -> tuple[Problem, ...]:
    """A reasoned disagreement with exactly this text, once for each person; it stops nothing and is published beside the act."""
    if state not in (ActState.SIGNING, ActState.PUBLISHED) or not is_same_text:
        return (Problem(ActProblem.NOT_OPEN),)
    if has_dissented:
        return (Problem(ActProblem.DISSENTED),)
    if len(text.strip()) < 2 * SHORTEST_REASON:
        return (Problem(ActProblem.DISSENT_SHORT, "text", {"shortest": 2 * SHORTEST_REASON}),)
    return (Problem(ActProblem.DISSENT_PERSONAL, "text"),) if leaks(text) else ()


def quorum_offered(agents: int) -> int:
    """More than half of the accredited agents with vote: what the form proposes, for the ordinance to change."""
    return agents // 2 + 1 if agents else 1


def content(
    process: str, fiscal_year: int, version: int, draft: ActDraft, lines: Sequence[LineDraft], ceiling_cents: int
) -> dict[str, Any]:
    """Everything that is signed, as plain values: what the hash is of."""
    return {
        "process": process, "fiscal_year": fiscal_year, "version": version, "held_on": draft.held_on.isoformat() if draft.held_on else None,
        "place": draft.place, "preamble": draft.preamble, "reason": draft.reason, "ceiling_cents": ceiling_cents,
        "total_cents": sum(line.amount_cents or 0 for line in lines), "council_needed": draft.council_needed,
        "agents_needed": draft.agents_needed, "lines": [line.as_json() for line in lines],
    }  # fmt: skip


def sha256(signed: Mapping[str, Any]) -> str:
    """Of the canonical JSON: sorted keys, UTF-8, no spaces."""
    return hashlib.sha256(json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def soles(cents: int) -> str:
    """S/ 1,234.50, as Peru writes it."""
    return f"{'-' if cents < 0 else ''}S/ {abs(cents) // 100:,}.{abs(cents) % 100:02}"
