"""Attestations: who may say what software cannot know, until when it counts, and what a contradiction does to a light (BR-35).

Nothing here is edited: an attestation is withdrawn or renewed by another row, co-signed or contradicted by acts beside it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.compliance.rules.calendar import add_months
from app.compliance.rules.findings import RULE_VERSION, Advice, Finding, Limit, Result
from app.compliance.rules.statements import ABOUT_A_COMMITMENT, DATED, OF_A_WORKSHOP, Statement
from app.core.errors import Problem
from app.forum.rules.seats import Side

MONTHS_IN_FORCE = 12
WARN_DAYS = (30, 0)
SHORTEST_TEXT, LONGEST_TEXT = 20, 4_000


class Method(StrEnum):
    """How the signer knows."""

    PRESENT = "present"
    DOCUMENTS = "documents"
    SYSTEMS = "systems"
    TESTIMONY = "testimony"


class ActKind(StrEnum):
    CO_SIGN = "co-sign"
    CONTRADICT = "contradict"
    WITHDRAW = "withdraw"


class AttestationProblem(StrEnum):
    TEXT_SHORT = "attestation-text-short"
    TEXT_LONG = "attestation-text-long"
    POST_MISSING = "attestation-post-missing"
    DAY_MISSING = "attestation-day-missing"
    DAY_IN_FUTURE = "attestation-day-in-future"
    ABOUT_MISSING = "attestation-about-missing"
    ABOUT_UNKNOWN = "attestation-about-unknown"
    FILE_MISSING = "attestation-file-missing"
    ALREADY_STANDS = "attestation-already-stands"
    NOT_STANDING = "attestation-not-standing"
    OWN_ATTESTATION = "attestation-own"
    SAME_SIDE = "attestation-same-side"
    ALREADY_ACTED = "attestation-already-acted"
    PERSONAL_DATA = "attestation-personal-data"
    NOT_YOUR_WORKSHOP = "attestation-not-your-workshop"


@dataclass(frozen=True)
class AttestationDraft:
    """What a signer writes. `about` is a commitment's number or a workshop's address where the statement asks for one."""

    statement: Statement
    text: str
    post: str
    method: Method
    about: str = ""
    happened_on: date | None = None
    has_file: bool = False


@dataclass(frozen=True)
class Standing:
    """An attestation that was not withdrawn, as lights read it."""

    statement: Statement
    side: Side
    signed_on: date
    rule_version: str = RULE_VERSION
    about: str = ""
    happened_on: date | None = None
    has_file: bool = False
    is_contradicted: bool = False
    is_co_signed: bool = False

    @property
    def expires_on(self) -> date:
        """The last day it counts."""
        return add_months(self.signed_on, MONTHS_IN_FORCE)

    def is_in_force(self, today: date) -> bool:
        return self.rule_version == RULE_VERSION and self.signed_on <= today <= self.expires_on


def problems_with(draft: AttestationDraft, *, today: date, abouts: Iterable[str], stands: bool) -> tuple[Problem, ...]:
    """Why it cannot be signed. `abouts`: what it may be about; `stands`: the same side already signed the same, and it counts."""
    problems = []
    if len(draft.text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(AttestationProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    if len(draft.text) > LONGEST_TEXT:
        problems.append(Problem(AttestationProblem.TEXT_LONG, "text", {"longest": LONGEST_TEXT}))
    if not draft.post.strip():
        problems.append(Problem(AttestationProblem.POST_MISSING, "post"))
    if draft.happened_on is not None and draft.happened_on > today:
        problems.append(Problem(AttestationProblem.DAY_IN_FUTURE, "happened_on"))
    if draft.statement in DATED and draft.happened_on is None:
        problems.append(Problem(AttestationProblem.DAY_MISSING, "happened_on"))
    if draft.statement in DATED and not draft.has_file:
        problems.append(Problem(AttestationProblem.FILE_MISSING, "file"))
    if draft.about and draft.about not in set(abouts):
        problems.append(Problem(AttestationProblem.ABOUT_UNKNOWN, "about"))
    elif draft.statement in ABOUT_A_COMMITMENT and not draft.about:
        problems.append(Problem(AttestationProblem.ABOUT_MISSING, "about"))
    if stands:
        problems.append(Problem(AttestationProblem.ALREADY_STANDS))
    return tuple(problems)


def problems_with_act(
    kind: ActKind, text: str, *, is_standing: bool, side: Side, signed_by: Side, is_signer: bool, has_acted: bool
) -> tuple[Problem, ...]:
    """Why an act beside an attestation is refused: only the other sector contradicts, nobody co-signs their own words."""
    if not is_standing:
        return (Problem(AttestationProblem.NOT_STANDING),)
    if has_acted:
        return (Problem(AttestationProblem.ALREADY_ACTED),)
    if kind is ActKind.CONTRADICT and side is signed_by:
        return (Problem(AttestationProblem.SAME_SIDE),)
    if kind is ActKind.CO_SIGN and is_signer:
        return (Problem(AttestationProblem.OWN_ATTESTATION),)
    if kind is not ActKind.CO_SIGN and len(text.strip()) < SHORTEST_TEXT:
        return (Problem(AttestationProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}),)
    if len(text) > LONGEST_TEXT:
        return (Problem(AttestationProblem.TEXT_LONG, "text", {"longest": LONGEST_TEXT}),)
    return ()


def in_force(standing: Iterable[Standing], today: date) -> dict[Statement, list[Standing]]:
    """What counts today, by statement."""
    found: dict[Statement, list[Standing]] = {}
    for attestation in standing:
        if attestation.is_in_force(today):
            found.setdefault(attestation.statement, []).append(attestation)
    return found


def whole(standing: Iterable[Standing], workshops: Collection[str], today: date) -> list[Standing]:
    """Without those said of one workshop only, unless together they speak of every one that was held."""
    rows = list(standing)
    of_one = [row for row in rows if row.statement in OF_A_WORKSHOP and row.about]
    spoken_of = {row.about for row in of_one if row.is_in_force(today) and not row.is_contradicted}
    return rows if set(workshops) <= spoken_of else [row for row in rows if row not in of_one]


def settle(finding: Finding, standing: Mapping[Statement, list[Standing]]) -> Finding:
    """The finding with its rule light as attestations leave it.

    Facts that meet the rule still wait for a person where software cannot know; facts alone decide the rest. A statement that the other
    sector contradicts does not count until somebody signs one that nobody contradicts.
    """
    if finding.rule not in (Result.MET, Result.NEEDS_ATTESTATION) or not finding.needs:
        return finding
    lacking = [s for s in finding.needs if not _counts(standing.get(s, ()))]
    disputed = [s for s in lacking if standing.get(s)]
    advice = (*finding.advice, *(Problem(Advice.CONTRADICTED, values={"statement": s}) for s in disputed))
    limits = tuple(_expiry(s, standing[s]) for s in finding.needs if standing.get(s))
    rule = Result.NEEDS_ATTESTATION if lacking else Result.MET
    return replace(finding, rule=rule, advice=advice, limits=(*finding.limits, *limits))


def _counts(attestations: Iterable[Standing]) -> bool:
    return any(not attestation.is_contradicted for attestation in attestations)


def _expiry(statement: Statement, attestations: list[Standing]) -> Limit:
    expires = max(attestation.expires_on for attestation in attestations)
    return Limit(expires, WARN_DAYS, Advice.ATTESTATION_EXPIRING, {"statement": statement, "limit": expires})
