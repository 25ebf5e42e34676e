"""Photos and audio of a contribution: taken while it waits, typed by a person, confirmed by its author."""

from datetime import datetime

from flask import current_app

from app.contributions import queries
from app.contributions.models import Authorship, Contribution, VoiceText
from app.contributions.rules import naming
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.media import (
    Incoming,
    MediaProblem,
    Medium,
    joined,
    problems_with_confirming,
    problems_with_file,
    problems_with_typing,
)
from app.contributions.rules.terms import Visibility
from app.contributions.services.indexing import index_again
from app.contributions.services.receiving import indexed_texts, receipt_token
from app.contributions.services.visibility import FILES_OF
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.evidence import services as evidence
from app.evidence.importing.lengths import seconds_of
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind, FileUpload, clean_file_name, extension_of
from app.notifications import services as notifications

SHORTEST_OBJECTION, LONGEST_OBJECTION = 5, 1_000


def add_file(contribution: Contribution, medium: Medium, upload: FileUpload, *, is_for_public: bool, now: datetime) -> Attachment:
    """Keep a photo or an audio beside what was said; nobody else sees it until a moderator publishes it. The caller commits.

    `is_for_public` is the author's consent, asked for an audio because a voice gives its owner away. Raises RuleBroken.
    """
    _lock(contribution)
    kept = queries.media_of(contribution.id)
    kinds = {Medium.PHOTO: AttachmentKind.PHOTO, Medium.AUDIO: AttachmentKind.AUDIO}
    extension = upload.file_name.rpartition(".")[2].lower()
    incoming = Incoming(medium, extension, len(upload.content), seconds_of(upload.content, extension))
    refuse_if_any(problems_with_file(
        incoming, visibility=contribution.visibility, photos=sum(file.kind is AttachmentKind.PHOTO for file in kept),
        audios=sum(file.kind is AttachmentKind.AUDIO for file in kept),
    ))  # fmt: skip
    plain = f"{medium.value}.{extension_of(clean_file_name(upload.file_name))}"  # what a phone calls it may name its owner
    try:
        file = evidence.attach(
            FileUpload(plain, upload.content), subject_kind=FILES_OF, subject_id=contribution.id, kind=kinds[medium],
            title=f"{contribution.code} {medium.value}", is_public=False, is_for_public=is_for_public, person_id=None, now=now,
            scope=contribution.scope,
        )  # fmt: skip
    except RuleBroken as broken:
        raise RuleBroken(Problem(p.code, medium.value, p.values) for p in broken.problems) from None
    if medium is Medium.AUDIO and queries.voice_text(contribution.id) is None:
        db.session.add(VoiceText(contribution_id=contribution.id, is_whole=False))
        db.session.flush()
    return file


def take_back(contribution: Contribution, file: Attachment, *, now: datetime) -> None:
    """Its author takes a file back while it waits; the bytes stay restricted. The caller commits. Raises RuleBroken."""
    _lock(contribution)
    if contribution.visibility is not Visibility.HELD:
        raise RuleBroken([Problem(MediaProblem.LATE)])
    evidence.remove_from_public(file, "Lo quitó su autor antes de publicarse.", person_id=None, now=now)
    voice = queries.voice_text(contribution.id)
    if file.kind is AttachmentKind.AUDIO and voice is not None and voice.confirmed_at is None:
        voice.text, voice.typed_by_id, voice.typed_at, voice.objection = "", None, None, ""
        db.session.flush()


def expect_voice(contribution: Contribution) -> None:
    """Its author will say it aloud: nothing is published until that is heard, typed and confirmed. Twice changes nothing."""
    if queries.voice_text(contribution.id) is None:
        db.session.add(VoiceText(contribution_id=contribution.id, is_whole=True))
        db.session.flush()


def type_voice(contribution: Contribution, text: str, *, person_id: int, now: datetime) -> VoiceText:
    """What the audio says, typed by a person of the team; its author is told when they left an address. The caller commits.

    Raises RuleBroken.
    """
    text = clean(text)
    _lock(contribution)
    voice = queries.voice_text(contribution.id)
    has_audio = any(file.kind is AttachmentKind.AUDIO for file in queries.media_of(contribution.id))
    is_confirmed = voice is not None and voice.confirmed_at is not None
    refuse_if_any(problems_with_typing(text, has_audio=has_audio, is_confirmed=is_confirmed, visibility=contribution.visibility))
    assert voice is not None  # noqa: S101 - an audio brings it
    voice.text, voice.typed_by_id, voice.typed_at, voice.objection = text, person_id, now, ""
    db.session.flush()
    author = queries.authorship(contribution.id)
    if author is not None and author.email:
        _tell(contribution, author, now)
    return voice


def confirm_voice(contribution: Contribution, *, now: datetime) -> None:
    """The author says that this is what they said: it becomes the public text once a moderator lets it through. The caller commits.

    Raises RuleBroken.
    """
    _lock(contribution)
    voice = _settling(contribution)
    voice.confirmed_at = now
    contribution.text = joined(contribution.text, voice.text, is_whole=voice.is_whole)
    if voice.is_whole:
        contribution.title = naming.title_of(ContributionDraft(text=voice.text))
    db.session.flush()
    index_again(contribution.id, indexed_texts(contribution.title, contribution.text, contribution.organisation_name))


def object_to_voice(contribution: Contribution, objection: str, *, now: datetime) -> None:
    """The author says what is wrong with it: whoever types reads it and types again. The caller commits. Raises RuleBroken."""
    objection = clean(objection)[:LONGEST_OBJECTION]
    _lock(contribution)
    voice = _settling(contribution)
    if len(objection) < SHORTEST_OBJECTION:
        raise RuleBroken([Problem(MediaProblem.OBJECTION_SHORT, "objection")])
    voice.objection = objection
    db.session.flush()


def _settling(contribution: Contribution) -> VoiceText:
    voice = queries.voice_text(contribution.id)
    is_confirmed = voice is not None and voice.confirmed_at is not None
    refuse_if_any(problems_with_confirming(voice.text if voice else "", is_confirmed=is_confirmed, visibility=contribution.visibility))
    assert voice is not None  # noqa: S101 - without a text it is refused
    return voice


def _lock(contribution: Contribution) -> None:
    db.session.refresh(contribution, attribute_names=["visibility", "title", "text"], with_for_update=True)


def _tell(contribution: Contribution, author: Authorship, now: datetime) -> None:
    link = f"{current_app.config['SITE_URL']}/recibos/{receipt_token(contribution.submission_key)}/archivos"
    notifications.queue(
        "contributions.typed", address=author.email, subject_kind="contribution", subject_id=contribution.id,
        content={"code": contribution.code, "link": link}, dedupe_key=f"contributions.typed:{contribution.code}:{now.isoformat()}", at=now,
    )  # fmt: skip
