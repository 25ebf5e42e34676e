"""Who speaks: somebody of 14 to 17 never by name; in the name of an organisation only who acts for it today, while it is verified."""

from dataclasses import replace
from datetime import date

from app.accounts import queries as accounts
from app.accounts.rules.joining import AgeBand
from app.contributions.rules.drafts import ContributionDraft, ContributionProblem, of_teenager
from app.contributions.rules.terms import ProponentKind
from app.core.errors import Problem, RuleBroken
from app.organisations import queries as organisations


def as_age_asks(draft: ContributionDraft, person_id: int | None) -> ContributionDraft:
    """The draft with what an account of somebody of 14 to 17 may say of them, whatever was sent (P07)."""
    person = None if person_id is None else accounts.person_by_id(person_id)
    return of_teenager(draft, person.pseudonym) if person and person.age is AgeBand.TEENAGER else draft


def in_the_name_of(draft: ContributionDraft, person_id: int | None, today: date) -> tuple[ContributionDraft, int | None]:
    """The draft as the organisation's, by its own name and sector, and which one it is; as it came when it names none.

    Raises RuleBroken for an organisation the person does not act for, or that is not verified.
    """
    if not draft.acting_for:
        return draft, None
    found = next((o for o in organisations.spoken_for(person_id, today) if o.slug == draft.acting_for), None)
    if found is None:
        raise RuleBroken([Problem(ContributionProblem.ORGANISATION_NOT_YOURS, "acting_for")])
    return replace(draft, proponent_kind=ProponentKind.ORGANISATION, organisation=found.name, sector=found.sector), found.id
