"""What an organisation is, how it is verified, and who acts for it (domain.md 10, `organization`)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from app.core.errors import Problem
from app.core.text import fold

LONGEST_NAME, LONGEST_SUMMARY, LONGEST_POST, LONGEST_TOPIC = 160, 600, 120, 40
MOST_TOPICS, MOST_TERRITORIES = 8, 30
SHORTEST_REASON = 15
INVITATION_LASTS = timedelta(days=30)
MOST_INVITATIONS = 10
"""Open at once for one organisation: it names who acts for it, it does not write to strangers."""
MOST_REGISTERED = 5
"""Waiting to be verified, of one person: a queue that people read must not be filled by one."""


class Sector(StrEnum):
    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil-society"
    ACADEMIA = "academia"
    PRIVATE = "private"
    MEDIA = "media"
    COOPERATION = "cooperation"
    GRASSROOTS = "grassroots"
    INDIGENOUS = "indigenous"
    CITIZEN = "citizen"


def is_government(sector: Sector) -> bool:
    return sector is Sector.GOVERNMENT


class Standing(StrEnum):
    """Where it stands now: LISTED was written down by a team and never verified; REFUSED also when a verification ended."""

    LISTED = "listed"
    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    MERGED = "merged"


class Verdict(StrEnum):
    VERIFIED = "verified"
    REFUSED = "refused"
    REVOKED = "revoked"


class OrganisationScope(StrEnum):
    LOCAL = "local"
    PROVINCIAL = "provincial"
    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"


class LegalStatus(StrEnum):
    REGISTERED = "registered"
    IN_PROCESS = "in-process"
    UNREGISTERED = "unregistered"
    PUBLIC_BODY = "public-body"


class InvitationAnswer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OrganisationProblem(StrEnum):
    NAME_MISSING = "organisation-name-missing"
    NAME_TAKEN = "organisation-name-taken"
    SECTOR_MISSING = "organisation-sector-missing"
    RUC_MALFORMED = "organisation-ruc-malformed"
    RUC_OF_PERSON = "organisation-ruc-of-person"
    RUC_TAKEN = "organisation-ruc-taken"
    CONTACT_MISSING = "organisation-contact-missing"
    CONTACT_MALFORMED = "organisation-contact-malformed"
    TOPICS_TOO_MANY = "organisation-topics-too-many"
    TERRITORIES_TOO_MANY = "organisation-territories-too-many"
    TERRITORY_UNKNOWN = "organisation-territory-unknown"
    SPACE_MISSING = "organisation-space-missing"
    RESEMBLES = "organisation-resembles"
    REGISTERED_MANY = "organisation-registered-many"
    REASON_SHORT = "organisation-reason-short"
    NOT_PENDING = "organisation-not-pending"
    NOT_VERIFIED = "organisation-not-verified"
    OWN = "organisation-own"
    SAME_NAME = "organisation-same-name"
    MERGE_ITSELF = "organisation-merge-itself"
    MERGED_ALREADY = "organisation-merged-already"
    EMAIL_MALFORMED = "organisation-email-malformed"
    ACTS_ALREADY = "organisation-acts-already"
    INVITED_ALREADY = "organisation-invited-already"
    INVITED_MANY = "organisation-invited-many"
    INVITATION_OVER = "organisation-invitation-over"
    ACTS_NOT = "organisation-acts-not"


_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
OF_ORGANISATIONS = "20"
"""How the RUC of a legal person begins (SUNAT). Those of people hold their DNI, so they are not asked for nor published."""


def ruc_digits(typed: str) -> str:
    """The digits of a RUC, however it was typed."""
    return re.sub(r"[\s.-]", "", typed)


def is_ruc(digits: str) -> bool:
    """Whether eleven digits end in their check digit (SUNAT, module 11)."""
    if not re.fullmatch(r"[0-9]{11}", digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 10 == int(digits[-1])


@dataclass(frozen=True)
class OrganisationDraft:
    """What an organisation says of itself; texts already cleaned. `publishes_contact` is its consent to show the contact."""

    name: str
    sector: Sector | None
    ruc: str = ""
    reach: OrganisationScope | None = None
    legal_status: LegalStatus | None = None
    summary: str = ""
    topics: tuple[str, ...] = ()
    ubigeos: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    publishes_contact: bool = False


_EMAIL = re.compile(r"[^@\s<>\"',;:()]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")


def problems_with(draft: OrganisationDraft, *, is_ruc_taken: bool = False) -> tuple[Problem, ...]:
    """Everything that keeps an organisation from being kept as it says it is."""
    problems = [] if draft.name else [Problem(OrganisationProblem.NAME_MISSING, "name")]
    if draft.sector is None or draft.sector is Sector.CITIZEN:
        problems.append(Problem(OrganisationProblem.SECTOR_MISSING, "sector"))
    problems += _ruc_problems(draft.ruc, is_taken=is_ruc_taken)
    if not draft.email and not draft.phone:
        problems.append(Problem(OrganisationProblem.CONTACT_MISSING, "email"))
    elif draft.email and not _EMAIL.fullmatch(draft.email):
        problems.append(Problem(OrganisationProblem.CONTACT_MALFORMED, "email"))
    if len(draft.topics) > MOST_TOPICS or any(len(topic) > LONGEST_TOPIC for topic in draft.topics):
        problems.append(Problem(OrganisationProblem.TOPICS_TOO_MANY, "topics", {"most": MOST_TOPICS, "longest": LONGEST_TOPIC}))
    if len(draft.ubigeos) > MOST_TERRITORIES:
        problems.append(Problem(OrganisationProblem.TERRITORIES_TOO_MANY, "territories", {"most": MOST_TERRITORIES}))
    return tuple(problems)


def _ruc_problems(ruc: str, *, is_taken: bool) -> list[Problem]:
    if not ruc:
        return []
    if not is_ruc(ruc):
        return [Problem(OrganisationProblem.RUC_MALFORMED, "ruc")]
    if not ruc.startswith(OF_ORGANISATIONS):
        return [Problem(OrganisationProblem.RUC_OF_PERSON, "ruc")]
    return [Problem(OrganisationProblem.RUC_TAKEN, "ruc")] if is_taken else []


_EMPTY_WORDS = frozenset(
    {
        "de", "del", "la", "las", "los", "el", "y", "en", "para", "por", "asociacion", "civil", "organizacion", "institucion", "ong",
        "sac", "sa", "srl",
    }
)  # fmt: skip
ALIKE = 0.84


def words_of(name: str) -> frozenset[str]:
    """The words that tell one organisation from another."""
    return frozenset(word for word in re.findall(r"[a-z0-9]+", fold(name)) if word not in _EMPTY_WORDS)


def are_near(one: str, other: str) -> bool:
    """Whether two names may be of one organisation: the same telling words, or almost the same letters."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return fold(one) == fold(other)
    if first == second or (min(len(first), len(second)) > 1 and (first <= second or second <= first)):
        return True
    return SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio() >= ALIKE


def near_names(name: str, known: Iterable[tuple[str, str]], most: int = 5) -> list[str]:
    """Of (slug, name), the slugs whose names are near; at most `most`, in the order given."""
    return [slug for slug, other in known if are_near(name, other)][:most]


def asking_problems(*, waiting: int, has_space: bool) -> tuple[Problem, ...]:
    """Why a person cannot put one more organisation in a queue."""
    if waiting >= MOST_REGISTERED:
        return (Problem(OrganisationProblem.REGISTERED_MANY, None, {"most": MOST_REGISTERED}),)
    return () if has_space else (Problem(OrganisationProblem.SPACE_MISSING, "space"),)


STANDINGS = {Verdict.VERIFIED: Standing.VERIFIED, Verdict.REFUSED: Standing.REFUSED, Verdict.REVOKED: Standing.REFUSED}
_FROM = {
    Verdict.VERIFIED: (Standing.PENDING, Standing.LISTED),
    Verdict.REFUSED: (Standing.PENDING,),
    Verdict.REVOKED: (Standing.VERIFIED,),
}


def verdict_problems(verdict: Verdict, standing: Standing, reason: str, *, is_own: bool) -> tuple[Problem, ...]:
    """Why the team of a space cannot decide so: nobody judges the organisation they act for, and a no is explained."""
    if is_own:
        return (Problem(OrganisationProblem.OWN),)
    if standing not in _FROM[verdict]:
        code = OrganisationProblem.NOT_VERIFIED if verdict is Verdict.REVOKED else OrganisationProblem.NOT_PENDING
        return (Problem(code),)
    if verdict is not Verdict.VERIFIED and len(reason) < SHORTEST_REASON:
        return (Problem(OrganisationProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def renaming_problems(name: str, before: str, reason: str) -> tuple[Problem, ...]:
    problems = [] if name else [Problem(OrganisationProblem.NAME_MISSING, "name")]
    if name and name == before:
        problems.append(Problem(OrganisationProblem.SAME_NAME, "name"))
    return (*problems, *_reason_problems(reason))


def merging_problems(*, is_same: bool, standings: Collection[Standing], reason: str) -> tuple[Problem, ...]:
    """Why one organisation cannot become part of another."""
    problems = [Problem(OrganisationProblem.MERGE_ITSELF, "into")] if is_same else []
    if Standing.MERGED in standings:
        problems.append(Problem(OrganisationProblem.MERGED_ALREADY, "into"))
    return (*problems, *_reason_problems(reason))


def _reason_problems(reason: str) -> list[Problem]:
    is_short = len(reason) < SHORTEST_REASON
    return [Problem(OrganisationProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON})] if is_short else []


def inviting_problems(email: str, *, acts: bool, is_invited: bool, waiting: int) -> tuple[Problem, ...]:
    """Why somebody cannot be invited to act for an organisation."""
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        return (Problem(OrganisationProblem.EMAIL_MALFORMED, "email"),)
    if acts:
        return (Problem(OrganisationProblem.ACTS_ALREADY, "email"),)
    if is_invited:
        return (Problem(OrganisationProblem.INVITED_ALREADY, "email"),)
    return (Problem(OrganisationProblem.INVITED_MANY, "email", {"most": MOST_INVITATIONS}),) if waiting >= MOST_INVITATIONS else ()
