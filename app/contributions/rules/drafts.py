"""A contribution before it is stored: what it holds, and what is missing or wrong in it."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind
from app.contributions.rules.whereabouts import point_of
from app.core.errors import Problem
from app.organisations.rules import Sector

SHORTEST_TEXT = 10
LONGEST = {
    "text": 8_000, "title": 160, "speaker": 120, "organisation": 160, "pseudonym": 60, "email": 254, "phone": 40, "reference": 160,
    "coordinates": 60,
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s<>\"',;:()]{1,64}@[A-Za-z0-9À-ɏ-]{1,63}(\.[A-Za-z0-9À-ɏ-]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[\d\s().-]{6,40}")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class ContributionProblem(StrEnum):
    TEXT_MISSING = "text-missing"
    TEXT_SHORT = "text-short"
    TOO_LONG = "too-long"
    KIND_MISSING = "kind-missing"
    CONSENT_MISSING = "consent-missing"
    NAME_MISSING = "name-missing"
    OWN_PSEUDONYM_MISSING = "own-pseudonym-missing"
    ORGANISATION_MISSING = "organisation-missing"
    ORGANISATION_NOT_YOURS = "organisation-not-yours"
    EMAIL_MALFORMED = "email-malformed"
    PHONE_MALFORMED = "phone-malformed"
    THEME_UNKNOWN = "theme-unknown"
    INPUTS_CLOSED = "inputs-closed"
    PLACE_UNKNOWN = "place-unknown"
    PLACE_AMBIGUOUS = "place-ambiguous"
    POINT_UNKNOWN = "point-unknown"
    KEY_MALFORMED = "key-malformed"
    KEY_REUSED = "key-reused"
    REFERENCE_TAKEN = "reference-taken"
    NOT_CORRECTABLE = "not-correctable"
    IMPORT_RACED = "import-raced"


@dataclass(frozen=True)
class ContributionDraft:
    """What somebody said and how they agreed to be named; texts already tidy (`services.tidy`).

    `proponent_kind` and `consent` are None while they have not been chosen. `sector` None means: citizen for a person,
    civil society for an organisation. `theme_slug` and `ubigeo` may be empty. `acting_for` is the address of the verified
    organisation in whose name a signed-in person speaks; `by_guardian` says that the author is under 14 and an adult is with them.
    """

    text: str
    title: str = ""
    proponent_kind: ProponentKind | None = ProponentKind.PERSON
    speaker: str = ""
    organisation: str = ""
    sector: Sector | None = None
    email: str = ""
    phone: str = ""
    ubigeo: str = ""
    language: Language = Language.SPANISH
    theme_slug: str = ""
    channel: Channel = Channel.WEB
    consent: NameConsent | None = NameConsent.INITIALS
    pseudonym: str = ""
    reference: str = ""
    coordinates: str = ""
    acting_for: str = ""
    by_guardian: bool = False

    @property
    def known_sector(self) -> Sector:
        if self.sector is not None:
            return self.sector
        return Sector.CIVIL_SOCIETY if self.proponent_kind is ProponentKind.ORGANISATION else Sector.CITIZEN

    @property
    def content(self) -> dict[str, object]:
        """What it holds, for fingerprints: a field that came later and is empty does not change those kept before."""
        later = ("acting_for", "by_guardian")
        return {name: value for name, value in asdict(self).items() if value or name not in later}


def problems_with(draft: ContributionDraft, *, themes: Collection[str], inputs_open: bool = True) -> tuple[Problem, ...]:
    """Everything that keeps a draft from being received.

    `themes` are the slugs of the process; `inputs_open` is asked of the schedule by the doors that close (the online form).
    """
    problems = [] if inputs_open else [Problem(ContributionProblem.INPUTS_CLOSED)]
    problems += _of_text(draft)
    problems += _of_author(draft)
    problems += _of_contact(draft)
    if draft.coordinates and point_of(draft.coordinates, draft.consent) is None:
        problems.append(Problem(ContributionProblem.POINT_UNKNOWN, "coordinates"))
    if draft.theme_slug and draft.theme_slug not in themes:
        problems.append(Problem(ContributionProblem.THEME_UNKNOWN, "theme_slug", {"theme": draft.theme_slug}))
    for field, longest in LONGEST.items():
        if len(getattr(draft, field)) > longest:
            problems.append(Problem(ContributionProblem.TOO_LONG, field, {"longest": longest}))
    return tuple(problems)


def _of_text(draft: ContributionDraft) -> list[Problem]:
    length = len(draft.text.strip())
    if not length:
        return [Problem(ContributionProblem.TEXT_MISSING, "text")]
    if length < SHORTEST_TEXT:
        return [Problem(ContributionProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT})]
    return []


def _of_author(draft: ContributionDraft) -> list[Problem]:
    problems = []
    if draft.proponent_kind is None:
        problems.append(Problem(ContributionProblem.KIND_MISSING, "proponent_kind"))
    if draft.consent is None:
        problems.append(Problem(ContributionProblem.CONSENT_MISSING, "consent"))
    if draft.proponent_kind is ProponentKind.ORGANISATION:
        if not draft.organisation:
            problems.append(Problem(ContributionProblem.ORGANISATION_MISSING, "organisation"))
    elif draft.consent in (NameConsent.NAME, NameConsent.INITIALS) and not draft.speaker:
        problems.append(Problem(ContributionProblem.NAME_MISSING, "speaker"))
    elif draft.consent is NameConsent.PSEUDONYM and not draft.pseudonym:
        problems.append(Problem(ContributionProblem.OWN_PSEUDONYM_MISSING, "pseudonym"))
    return problems


def _of_contact(draft: ContributionDraft) -> list[Problem]:
    problems = []
    if draft.email and not _EMAIL.fullmatch(draft.email):
        problems.append(Problem(ContributionProblem.EMAIL_MALFORMED, "email"))
    if draft.phone and not (_PHONE.fullmatch(draft.phone) and sum(c.isdigit() for c in draft.phone) >= 6):
        problems.append(Problem(ContributionProblem.PHONE_MALFORMED, "phone"))
    return problems


def of_child(draft: ContributionDraft) -> ContributionDraft:
    """What is kept of somebody under 14 with an adult beside them: their words, a pseudonym or nothing for a name, no place (P07, BR-40).

    The address stays: it is of the adult.
    """
    consent = NameConsent.PSEUDONYM if draft.pseudonym else NameConsent.ANONYMOUS
    return replace(
        draft, by_guardian=True, consent=consent, proponent_kind=ProponentKind.PERSON, speaker="", organisation="", sector=None, phone="",
        ubigeo="", reference="", coordinates="",
    )  # fmt: skip


def of_teenager(draft: ContributionDraft, pseudonym: str) -> ContributionDraft:
    """What is kept of somebody of 14 to 17: their words, a pseudonym for a name, no place and no telephone (P07).

    Nor an organisation: whoever may speak for one is of age. `pseudonym` is the account's, when the draft brings none.
    """
    return replace(
        draft, consent=NameConsent.PSEUDONYM, pseudonym=draft.pseudonym or pseudonym, proponent_kind=ProponentKind.PERSON, speaker="",
        organisation="", sector=None, acting_for="", phone="", ubigeo="", reference="", coordinates="",
    )  # fmt: skip


def is_key(text: str) -> bool:
    """Whether `text` has the shape of a submission key: 16 to 64 letters, digits, - or _."""
    return _KEY.fullmatch(text) is not None
