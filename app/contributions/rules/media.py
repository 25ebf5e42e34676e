"""Photos and audio beside what somebody says, and the text of an audio (domain.md 14)."""

from dataclasses import dataclass
from enum import StrEnum

from app.contributions.rules.drafts import LONGEST, SHORTEST_TEXT
from app.contributions.rules.terms import Visibility
from app.core.errors import Problem

MOST_PHOTOS, MOST_AUDIOS = 3, 1
LARGEST_PHOTO, LARGEST_AUDIO = 8 * 1024 * 1024, 10 * 1024 * 1024
LONGEST_AUDIO_MINUTES = 3
RECORDER_STOPS_LATE = 10
"""Seconds forgiven beyond the longest."""
PHOTO_TYPES = ("jpg", "jpeg", "png", "webp")
AUDIO_TYPES = ("mp3", "ogg", "oga", "opus", "m4a", "wav", "webm")
VOICE_TITLE = "Aporte de voz"
VOICE_TEXT = "Aporte de voz. Su texto se publica cuando una persona lo escriba y su autor lo confirme."


class MediaProblem(StrEnum):
    LATE = "media-late"
    NOTHING = "media-nothing"
    NOT_A_PHOTO = "media-not-a-photo"
    NOT_AN_AUDIO = "media-not-an-audio"
    TOO_HEAVY = "media-too-heavy"
    TOO_LONG = "media-too-long"
    TOO_MANY_PHOTOS = "media-too-many-photos"
    TOO_MANY_AUDIOS = "media-too-many-audios"
    NO_AUDIO = "media-no-audio"
    TEXT_SHORT = "media-text-short"
    TEXT_LONG = "media-text-long"
    NOT_TYPED = "media-not-typed"
    CONFIRMED = "media-confirmed"
    OBJECTION_SHORT = "media-objection-short"


class Medium(StrEnum):
    PHOTO = "photo"
    AUDIO = "audio"


@dataclass(frozen=True)
class Incoming:
    """A file as somebody sends it: which of the two it is meant to be, its extension, its bytes, and how long it lasts if it tells."""

    medium: Medium
    extension: str
    size: int
    seconds: float | None = None


def problems_with_file(file: Incoming, *, visibility: Visibility, photos: int, audios: int) -> tuple[Problem, ...]:
    """Why a file is not taken; what is inside it is checked afterwards. Files come while nobody has published it: a person looks first."""
    field = file.medium.value
    if visibility is not Visibility.HELD:
        return (Problem(MediaProblem.LATE),)
    is_photo = file.medium is Medium.PHOTO
    if file.extension not in (PHOTO_TYPES if is_photo else AUDIO_TYPES):
        return (Problem(MediaProblem.NOT_A_PHOTO if is_photo else MediaProblem.NOT_AN_AUDIO, field),)
    largest = LARGEST_PHOTO if is_photo else LARGEST_AUDIO
    if file.size > largest:
        return (Problem(MediaProblem.TOO_HEAVY, field, {"largest": largest // (1024 * 1024)}),)
    if not is_photo and file.seconds is not None and file.seconds > LONGEST_AUDIO_MINUTES * 60 + RECORDER_STOPS_LATE:
        return (Problem(MediaProblem.TOO_LONG, field, {"minutes": LONGEST_AUDIO_MINUTES, "seconds": round(file.seconds)}),)
    if is_photo and photos >= MOST_PHOTOS:
        return (Problem(MediaProblem.TOO_MANY_PHOTOS, field, {"most": MOST_PHOTOS}),)
    return (Problem(MediaProblem.TOO_MANY_AUDIOS, field),) if not is_photo and audios >= MOST_AUDIOS else ()


def problems_with_typing(text: str, *, has_audio: bool, is_confirmed: bool, visibility: Visibility) -> tuple[Problem, ...]:
    """Why the text of an audio cannot be typed: none to hear, confirmed already, or too little or too much written."""
    if not has_audio:
        return (Problem(MediaProblem.NO_AUDIO),)
    if is_confirmed or visibility is not Visibility.HELD:
        return (Problem(MediaProblem.CONFIRMED),)
    if len(text) < SHORTEST_TEXT:
        return (Problem(MediaProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}),)
    return (Problem(MediaProblem.TEXT_LONG, "text", {"longest": LONGEST["text"]}),) if len(text) > LONGEST["text"] else ()


def problems_with_confirming(text: str, *, is_confirmed: bool, visibility: Visibility) -> tuple[Problem, ...]:
    """Why its author cannot confirm it: nobody typed it, or it is settled."""
    if is_confirmed or visibility is not Visibility.HELD:
        return (Problem(MediaProblem.CONFIRMED),)
    return () if text else (Problem(MediaProblem.NOT_TYPED),)


def joined(own: str, heard: str, *, is_whole: bool) -> str:
    """The public text once the author has confirmed what the audio says: that alone, or below what they wrote."""
    return heard if is_whole else f"{own}\n\nDel audio: {heard}"[: LONGEST["text"]]
