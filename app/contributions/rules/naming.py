"""How the author of a contribution is named in public (BR-29), and the title of one that came without."""

from app.contributions.rules.drafts import LONGEST, ContributionDraft
from app.contributions.rules.terms import Channel, NameConsent, ProponentKind
from app.core.text import first_sentence, initials

ANONYMOUS = "Anónimo"
CONSENT_TEXT_VERSION = "2026-11"


def public_name(kind: ProponentKind | None, consent: NameConsent | None, speaker: str, organisation: str, pseudonym: str = "") -> str:
    """An organisation always by its name; a person in full, by initials, by a pseudonym, or not at all."""
    if kind is ProponentKind.ORGANISATION:
        return organisation
    if consent is NameConsent.NAME:
        return speaker
    if consent is NameConsent.INITIALS:
        return initials(speaker) or ANONYMOUS
    if consent is NameConsent.PSEUDONYM:
        return pseudonym or ANONYMOUS
    return ANONYMOUS


def public_organisation(kind: ProponentKind | None, consent: NameConsent | None, organisation: str) -> str:
    """The organisation shown: that of an anonymous person would give them away."""
    return "" if kind is not ProponentKind.ORGANISATION and consent is NameConsent.ANONYMOUS else organisation


def title_of(draft: ContributionDraft) -> str:
    """The title given, or the first sentence."""
    return draft.title or first_sentence(draft.text)[: LONGEST["title"]]


def consent_text(channel: Channel, *, is_imported: bool = False, by_guardian: bool = False) -> str:
    """Which notice the person heard or read: its version and the door, kept beside the consent (Ley 29733).

    For who is under 14 it was the adult with them who agreed (BR-40): that is all that is kept of an age.
    """
    return f"{CONSENT_TEXT_VERSION}/{'importado-' if is_imported else ''}{'con-tutor-' if by_guardian else ''}{channel.value}"
