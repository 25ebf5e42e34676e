"""The one door: whatever way a contribution comes, it gets its code, its receipt and its place in the search here."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.activities.models import Activity
from app.contributions import queries
from app.contributions.models import Authorship, CodeSequence, Contribution, Whereabouts
from app.contributions.rules import naming, terms
from app.contributions.rules.drafts import ContributionDraft, ContributionProblem, problems_with
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import NameConsent, Visibility
from app.contributions.rules.whereabouts import point_of
from app.contributions.services.arriving import note_arrival
from app.contributions.services.indexing import index
from app.contributions.services.speaking import as_age_asks, in_the_name_of
from app.contributions.services.visibility import announce
from app.core.arrival import Arrival
from app.core.clock import lima_day
from app.core.db import db, is_sqlite
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, fold
from app.notifications import services as notifications
from app.processes import queries as processes
from app.processes.models import Process

ONE_LINE = ("title", "speaker", "pseudonym", "organisation", "phone", "ubigeo", "theme_slug", "reference", "coordinates")
Letter = Callable[[str, str], dict[str, str]]


@dataclass(frozen=True)
class Receipt:
    """What was received and the token of its private link. `is_same` is False when the key came before with other words."""

    contribution: Contribution
    token: str
    is_new: bool = True
    is_same: bool = True


def receive(
    draft: ContributionDraft, process: Process, *, submission_key: str, received_at: datetime, now: datetime,
    captured_by_id: int | None = None, activity: Activity | None = None, external_reference: str = "", publish: bool = False,
    inputs_open: bool = True, role: str = "", person_id: int | None = None, organisation_id: int | None = None,
) -> Receipt:  # fmt: skip
    """Store a contribution with its author and code; the same `submission_key` gives what was received the first time.

    `publish` makes it public at once unless it seems to hold personal data, which a moderator then looks at. The caller
    commits. Raises RuleBroken before anything is written.
    """
    draft = tidy(draft)
    known = _known(submission_key, draft)
    if known:
        return known
    themes = {theme.slug: theme for theme in processes.themes(process.id)}
    problems = list(problems_with(draft, themes=themes, inputs_open=inputs_open))
    if external_reference and queries.known_references(process.id, [external_reference]):
        problems.append(Problem(ContributionProblem.REFERENCE_TAKEN, None, {"reference": external_reference}))
    refuse_if_any(problems)
    try:
        with db.session.begin_nested():  # given back whole, number included, when another post of the same key was first
            values = contribution_values(draft, process.id, now=now, received_at=received_at, publish=publish)
            theme = themes.get(draft.theme_slug)
            contribution = Contribution(
                **values, **_coded(draft, process, activity), process=process, activity=activity, theme=theme,
                submission_key=submission_key, external_reference=external_reference, captured_by_id=captured_by_id,
                organisation_id=organisation_id,
            )  # fmt: skip
            db.session.add(contribution)
            db.session.flush()
            author = authorship_values(draft, submission_key, now=now)
            db.session.execute(insert(Authorship), [{**author, "contribution_id": contribution.id, "person_id": person_id}])
            _place(contribution, draft)
            index([(contribution.id, indexed_texts(contribution.title, contribution.text, contribution.organisation_name))])
    except IntegrityError:
        known = _known(submission_key, draft)
        if known is None:
            raise
        return known
    if contribution.visibility is Visibility.PUBLIC:
        announce(contribution, at=now, role=role)
    return Receipt(contribution, receipt_token(submission_key))


def submit(
    draft: ContributionDraft, process: Process, *, submission_key: str, letter: Letter, now: datetime, is_open: bool | None = None,
    came: Arrival | None = None, person_id: int | None = None,
) -> Receipt:  # fmt: skip
    """A citizen's own post: only while an online opportunity is open; held for a moderator; a letter when an e-mail was given.

    `is_open` is said by a door with a window of its own (the consultation of a plan). `came` is how the form came, to be judged and
    kept; `person_id` the account it is sent from, if any. `letter` gives the letter's content from the
    code and the token. Raises RuleBroken, also when the key came with other words.
    """
    draft, organisation_id = in_the_name_of(as_age_asks(draft, person_id), person_id, lima_day(now))
    is_open = queries.input_standing(process, now).is_open if is_open is None else is_open
    known = _known(submission_key, tidy(draft))
    receipt = known or receive(
        draft, process, submission_key=submission_key, received_at=now, now=now, inputs_open=is_open, person_id=person_id,
        organisation_id=organisation_id,
    )  # fmt: skip
    refuse_other_words(receipt)
    author = tidy(draft)
    if receipt.is_new and came is not None:
        note_arrival(receipt.contribution, came, now=now)
    if receipt.is_new and author.email:
        code = receipt.contribution.code
        notifications.queue(
            "contributions.received", address=author.email, subject_kind="contribution", subject_id=receipt.contribution.id,
            content=letter(code, receipt.token), dedupe_key=f"contributions.received:{code}", at=now,
        )  # fmt: skip
    return receipt


def problems_of(
    draft: ContributionDraft, process: Process, now: datetime, *, is_open: bool | None = None, person_id: int | None = None
) -> tuple[Problem, ...]:
    """Everything that would keep `submit` from receiving the draft; nothing is written."""
    try:
        draft, _organisation = in_the_name_of(as_age_asks(draft, person_id), person_id, lima_day(now))
    except RuleBroken as broken:
        return broken.problems
    themes = {theme.slug for theme in processes.themes(process.id)}
    is_open = queries.input_standing(process, now).is_open if is_open is None else is_open
    return problems_with(tidy(draft), themes=themes, inputs_open=is_open)


def refuse_other_words(receipt: Receipt) -> None:
    """A repeated click is the same words; other words under the same key would be lost without a sentence."""
    if not receipt.is_same:
        raise RuleBroken([Problem(ContributionProblem.KEY_REUSED, None, {"code": receipt.contribution.code})])


def tidy(draft: ContributionDraft) -> ContributionDraft:
    """The draft with every text cleaned (core.text) and the e-mail in lower case."""
    lines: dict[str, Any] = {name: clean_line(getattr(draft, name)) for name in ONE_LINE}
    return replace(draft, text=clean(draft.text), email=clean_line(draft.email).lower(), **lines)


def allocate(process_id: int, series: str, how_many: int = 1) -> int:
    """The first of `how_many` numbers in a row, never given before or again (BR-28); others wait until the caller ends.

    One statement, so that two first contributions of a series cannot collide.
    """
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    raised = (
        upsert(CodeSequence)
        .values(process_id=process_id, series=series, last=how_many)
        .on_conflict_do_update(index_elements=["process_id", "series"], set_={"last": CodeSequence.last + how_many})
        .returning(CodeSequence.last)
    )
    last: int = db.session.execute(raised).scalar_one()
    return last - how_many + 1


def contribution_values(
    draft: ContributionDraft, process_id: int, *, now: datetime, received_at: datetime, publish: bool
) -> dict[str, object]:
    """The columns of a contribution that follow from its draft."""
    title, organisation = naming.title_of(draft), naming.public_organisation(draft.proponent_kind, draft.consent, draft.organisation)
    is_public = publish and not personal_data(title, draft.text, draft.organisation, draft.reference)
    return {
        "channel": draft.channel, "proponent_kind": draft.proponent_kind, "sector": draft.known_sector, "language": draft.language,
        "public_name": naming.public_name(
            draft.proponent_kind, draft.consent, draft.speaker, draft.organisation, draft.pseudonym
        ),
        "organisation_name": organisation, "folded_organisation": fold(organisation),
        "ubigeo": draft.ubigeo or None, "title": title, "text": draft.text,
        "visibility": Visibility.PUBLIC if is_public else Visibility.HELD, "received_at": received_at, "created_at": now,
    }  # fmt: skip


def authorship_values(draft: ContributionDraft, submission_key: str, *, now: datetime, is_imported: bool = False) -> dict[str, object]:
    """The columns of the restricted side: who spoke, the consent and its notice, the hash of the private link."""
    return {
        "name": draft.speaker, "pseudonym": draft.pseudonym, "email": draft.email,
        "consent": draft.consent or NameConsent.ANONYMOUS, "consented_at": now,
        "consent_text": naming.consent_text(draft.channel, is_imported=is_imported, by_guardian=draft.by_guardian), "phone": draft.phone,
        "receipt_hash": receipt_hash(receipt_token(submission_key)), "sent_sha256": _fingerprint(draft),
    }  # fmt: skip


def indexed_texts(title: str, text: str, organisation: str) -> Sequence[str]:
    """What of a contribution can be searched: only what is public."""
    return (title, text, organisation)


def receipt_token(submission_key: str) -> str:
    """The token of the private link: the same for every repetition of a post, unknown without the server's key."""
    secret = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(secret, b"minka.receipt:" + submission_key.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def receipt_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _place(contribution: Contribution, draft: ContributionDraft) -> None:
    """Where exactly it speaks of, when that was said."""
    point = point_of(draft.coordinates, draft.consent)
    if draft.reference or point:
        db.session.add(Whereabouts(
            contribution_id=contribution.id, reference=draft.reference,
            latitude_e5=round(point.latitude * 100_000) if point else None,
            longitude_e5=round(point.longitude * 100_000) if point else None,
        ))  # fmt: skip
        db.session.flush()


def _coded(draft: ContributionDraft, process: Process, activity: Activity | None) -> dict[str, object]:
    assert draft.proponent_kind is not None  # noqa: S101 - problems_with refused it; this tells the type checker
    series = terms.series(draft.channel, draft.proponent_kind, activity.number if activity else None)
    number = allocate(process.id, series)
    return {"series": series, "number": number, "code": terms.code(process.code, series, number)}


def _known(submission_key: str, draft: ContributionDraft) -> Receipt | None:
    found = queries.contribution_by_key(submission_key)
    if found is None:
        return None
    contribution, sent = found
    return Receipt(contribution, receipt_token(submission_key), is_new=False, is_same=sent == _fingerprint(draft))


def _fingerprint(draft: ContributionDraft) -> str:
    return hashlib.sha256(json.dumps(draft.content, sort_keys=True, default=str).encode()).hexdigest()
