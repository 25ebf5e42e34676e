"""Photos, audio and what the audio says."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution, VoiceText
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind
from app.processes.models import Process

FILES_OF = "contribution"


def media_of(contribution_id: int) -> list[Attachment]:
    """Its photos and its audio, the oldest first, but for those taken back; restricted until it is public."""
    return [file for file in evidence.attachments(FILES_OF, contribution_id, public_only=False) if file.removed_at is None]


def medium_of(contribution_id: int, key: str) -> Attachment | None:
    """One of them by its random name."""
    return next((file for file in media_of(contribution_id) if file.key == key), None)


def voice_text(contribution_id: int) -> VoiceText | None:
    """What its audio says, as far as it is known; None when it has no audio and is not waiting for one."""
    return db.session.get(VoiceText, contribution_id)


def awaiting_voice(contribution_ids: Collection[int]) -> set[int]:
    """Which of these are only an audio whose text nobody has confirmed: they cannot be published yet."""
    return set(
        db.session.scalars(
            select(VoiceText.contribution_id).where(
                VoiceText.contribution_id.in_(list(contribution_ids)), VoiceText.is_whole.is_(True), VoiceText.confirmed_at.is_(None)
            )
        )
    )


def with_media(contribution_ids: Collection[int]) -> set[int]:
    """Which of these have photos or an audio."""
    return {file.subject_id for file in evidence.of_many(FILES_OF, list(contribution_ids), public_only=False) if file.removed_at is None}


def voices_to_type(process_id: int) -> Sequence[tuple[Contribution, VoiceText]]:
    """Those with an audio whose text is not confirmed, the oldest first, while they wait to be published."""
    rows = db.session.execute(
        select(Contribution, VoiceText)
        .join(VoiceText, VoiceText.contribution_id == Contribution.id)
        .join(
            Attachment,
            (Attachment.subject_id == Contribution.id)
            & (Attachment.subject_kind == FILES_OF)
            & (Attachment.kind == AttachmentKind.AUDIO)
            & Attachment.removed_at.is_(None),
        )
        .where(Contribution.process_id == process_id, Contribution.visibility == Visibility.HELD, VoiceText.confirmed_at.is_(None))
        .order_by(Contribution.received_at, Contribution.id)
        .limit(200)
    )
    return [(contribution, voice) for contribution, voice in rows]


def contribution_with_media(code: str) -> Contribution | None:
    """Any contribution by its code, process and space loaded, for whoever looks at its files."""
    return db.session.scalar(
        select(Contribution).where(Contribution.code == code).options(joinedload(Contribution.process).joinedload(Process.space))
    )
