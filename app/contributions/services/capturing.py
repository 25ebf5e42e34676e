"""What a facilitator types for the people who speak in a workshop."""

from dataclasses import replace
from datetime import datetime

from app.activities import services as activities
from app.activities.models import Activity
from app.audit import services as audit
from app.contributions.models import Authorship, Contribution
from app.contributions.rules import naming
from app.contributions.rules.correcting import problems_with_correcting
from app.contributions.rules.drafts import ContributionDraft, problems_with
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import Channel, NameConsent, ProponentKind, Visibility
from app.contributions.services.indexing import index_again
from app.contributions.services.receiving import Receipt, indexed_texts, receive, refuse_other_words, tidy
from app.contributions.services.visibility import announce, text_sha256
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.processes import queries as processes
from app.processes import services as process_services
from app.processes.models import Opportunity

ROLE = "facilitación"


def capture(draft: ContributionDraft, opportunity: Opportunity, *, submission_key: str, person_id: int, now: datetime) -> Receipt:
    """One contribution said in a workshop, its author the person who spoke; opens the workshop's record if nobody has.

    Public at once unless it seems to hold personal data. What is typed on a later day was said on the day of the
    workshop. The caller commits. Raises RuleBroken.
    """
    spoken = as_spoken(draft)
    themes = {theme.slug for theme in processes.themes(opportunity.process_id)}
    refuse_if_any(problems_with(tidy(spoken), themes=themes))
    activity = activities.open_record(opportunity, facilitator_id=person_id, person_id=person_id, now=now)
    receipt = receive(
        spoken, opportunity.process, submission_key=submission_key, received_at=said_at(activity, opportunity, now), now=now,
        captured_by_id=person_id, activity=activity, publish=True, role=ROLE,
    )  # fmt: skip
    refuse_other_words(receipt)
    return receipt


def problems_with_capture(draft: ContributionDraft, process_id: int) -> tuple[Problem, ...]:
    """What keeps a row from being captured; for sheets of many rows, where each is judged before any is written."""
    return problems_with(tidy(as_spoken(draft)), themes={theme.slug for theme in processes.themes(process_id)})


def as_spoken(draft: ContributionDraft) -> ContributionDraft:
    """A row of a workshop: who names an organisation speaks for it."""
    kind = ProponentKind.ORGANISATION if draft.organisation.strip() else ProponentKind.PERSON
    return replace(draft, proponent_kind=kind, channel=Channel.WORKSHOP)


def said_at(activity: Activity, opportunity: Opportunity, now: datetime) -> datetime:
    """Now, while the workshop's day lasts; afterwards the moment it ended."""
    ended = activity.ended_at or opportunity.ends_at
    return ended if lima_day(ended) < lima_day(now) else now


def day_said(opportunity: Opportunity | None, now: datetime) -> datetime:
    """When rows that bring no date were said: as the workshop ended, if there was one and it has; else now."""
    return now if opportunity is None else min(now, opportunity.ends_at)


def correct(
    contribution: Contribution, author: Authorship, draft: ContributionDraft, *, now: datetime, seen_text: str | None = None
) -> None:
    """Replace the words of a captured row; its code stays, and the public register learns of it if it was public.

    `seen_text` is what the writer had before them: SomebodyWasFirst, with the text that stands, when it is another by now and not
    already this one. The caller commits. Raises RuleBroken, also when the record of the workshop is published.
    """
    draft = tidy(as_spoken(draft))
    themes = {theme.slug: theme for theme in processes.themes(contribution.process_id)}
    db.session.refresh(contribution, attribute_names=["visibility", "text", "answered_at"], with_for_update=True)
    if seen_text is not None and contribution.text not in (seen_text, draft.text):
        raise SomebodyWasFirst(contribution.text)
    assert contribution.activity is not None  # noqa: S101 - only rows of a workshop get here
    state = contribution.activity.state
    problems = problems_with_correcting(contribution.visibility, state, is_answered=contribution.answered_at is not None)
    refuse_if_any([*problems, *problems_with(draft, themes=themes)])
    before, was_public = text_sha256(contribution.text), contribution.visibility is Visibility.PUBLIC
    theme = themes.get(draft.theme_slug)
    contribution.theme, contribution.theme_id = theme, theme.id if theme else None
    contribution.text, contribution.title = draft.text, naming.title_of(draft)
    contribution.proponent_kind, contribution.sector = draft.proponent_kind or ProponentKind.PERSON, draft.known_sector
    contribution.public_name = naming.public_name(draft.proponent_kind, draft.consent, draft.speaker, draft.organisation)
    contribution.organisation_name = naming.public_organisation(draft.proponent_kind, draft.consent, draft.organisation)
    contribution.ubigeo, contribution.language = draft.ubigeo or None, draft.language
    author.name, author.consent = draft.speaker, draft.consent or NameConsent.ANONYMOUS
    is_clean = not personal_data(contribution.title, contribution.text, contribution.organisation_name)
    contribution.visibility = Visibility.PUBLIC if is_clean else Visibility.HELD
    db.session.flush()
    index_again(contribution.id, indexed_texts(contribution.title, contribution.text, contribution.organisation_name))
    _tell(contribution, before, was_public=was_public, now=now)


def _tell(contribution: Contribution, before: str, *, was_public: bool, now: datetime) -> None:
    if was_public:
        process_services.touch_public(contribution.process_id)
        is_public = contribution.visibility is Visibility.PUBLIC
        facts = {"before_sha256": before, "text_sha256": text_sha256(contribution.text), "still_public": is_public}
        audit.record("contributions.correct", "contribution", contribution.code, facts, at=now, role=ROLE)
    elif contribution.visibility is Visibility.PUBLIC:
        announce(contribution, at=now, role=ROLE)


def captured_draft(contribution: Contribution, author: Authorship) -> ContributionDraft:
    """A captured row as a draft again, to be corrected."""
    has_own_title = contribution.title != _title_by_itself(contribution)
    return ContributionDraft(
        text=contribution.text, title=contribution.title if has_own_title else "", proponent_kind=contribution.proponent_kind,
        speaker=author.name, organisation=contribution.organisation_name, sector=contribution.sector, ubigeo=contribution.ubigeo or "",
        language=contribution.language, theme_slug=contribution.theme.slug if contribution.theme else "", channel=contribution.channel,
        consent=author.consent,
    )  # fmt: skip


def _title_by_itself(contribution: Contribution) -> str:
    return naming.title_of(ContributionDraft(text=contribution.text))
