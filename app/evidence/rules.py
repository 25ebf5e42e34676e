"""Which files are accepted, what they may weigh, and how their names are cleaned (reliability.md S40 to S44)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 12 * MEBIBYTE
MOST_PER_SUBJECT = 20
MOST_PER_HOUR = 60  # S44 says 20; a workshop alone may bring 20 files, and three may be documented in one evening
MOST_UNSIGNED_PER_HOUR = 600
"""Of everybody without an account together: robots fill disks."""
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 2560  # pixels kept of a photo: a sheet of paper stays readable, a phone can still load it
LARGEST_UNPACKED = 50 * MEBIBYTE
HIGHEST_RATIO = 100
MOST_ENTRIES = 2_000
LONGEST_NAME = 100
SHORTEST_REASON = 10


class AttachmentKind(StrEnum):
    MINUTES = "minutes"
    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    DATA = "data"
    DOCUMENT = "document"


class FileProblem(StrEnum):
    EMPTY = "file-empty"
    TOO_LARGE = "file-too-large"
    TYPE_NOT_ALLOWED = "file-type-not-allowed"
    CONTENT_DIFFERS = "file-content-differs"
    DAMAGED = "file-damaged"
    TOO_MANY_PIXELS = "file-too-many-pixels"
    ARCHIVE_TOO_LARGE = "file-archive-too-large"
    ARCHIVE_UNSAFE = "file-archive-unsafe"
    HAS_PROGRAM = "file-has-program"
    LOCKED = "file-locked"
    TEXT_UNREADABLE = "file-text-unreadable"
    TOO_MANY = "file-too-many"
    TOO_MANY_TODAY = "file-too-many-today"
    REASON_MISSING = "file-reason-missing"


class FileFamily(StrEnum):
    """How a type is checked."""

    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class FileType:
    """An accepted type: the media type it is served with and the kind of evidence it is by default."""

    family: FileFamily
    media_type: str
    kind: AttachmentKind


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
ACCEPTED: dict[str, FileType] = {
    "pdf": FileType(FileFamily.PDF, "application/pdf", AttachmentKind.DOCUMENT),
    "jpg": FileType(FileFamily.IMAGE, "image/jpeg", AttachmentKind.PHOTO),
    "png": FileType(FileFamily.IMAGE, "image/png", AttachmentKind.PHOTO),
    "webp": FileType(FileFamily.IMAGE, "image/webp", AttachmentKind.PHOTO),
    "docx": FileType(FileFamily.OFFICE, _OOXML + "wordprocessingml.document", AttachmentKind.DOCUMENT),
    "xlsx": FileType(FileFamily.OFFICE, _OOXML + "spreadsheetml.sheet", AttachmentKind.DATA),
    "odt": FileType(FileFamily.OFFICE, _ODF + "text", AttachmentKind.DOCUMENT),
    "ods": FileType(FileFamily.OFFICE, _ODF + "spreadsheet", AttachmentKind.DATA),
    "csv": FileType(FileFamily.TEXT, "text/csv", AttachmentKind.DATA),
    "mp3": FileType(FileFamily.AUDIO, "audio/mpeg", AttachmentKind.AUDIO),
    "ogg": FileType(FileFamily.AUDIO, "audio/ogg", AttachmentKind.AUDIO),
    "opus": FileType(FileFamily.AUDIO, "audio/ogg", AttachmentKind.AUDIO),
    "m4a": FileType(FileFamily.AUDIO, "audio/mp4", AttachmentKind.AUDIO),
    "wav": FileType(FileFamily.AUDIO, "audio/wav", AttachmentKind.AUDIO),
    "webm": FileType(FileFamily.VIDEO, "video/webm", AttachmentKind.VIDEO),
    "mp4": FileType(FileFamily.VIDEO, "video/mp4", AttachmentKind.VIDEO),
}
SAME_EXTENSION = {"jpeg": "jpg", "jpe": "jpg", "oga": "ogg"}
FORMATS = ", ".join(sorted(ACCEPTED))
ENCODINGS = ("utf-8", "cp1252", "utf-16")
SHOWN_INLINE = ("image/", "audio/")


@dataclass(frozen=True)
class FileUpload:
    """A file as it came: what it calls itself, its bytes, and the encoding its sender declares for a CSV."""

    file_name: str
    content: bytes
    encoding: str = "utf-8"


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: clean name, the media type it will be served with, the bytes to store."""

    file_name: str
    media_type: str
    content: bytes
    kind: AttachmentKind


_DIRECTION_AND_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_IN_A_NAME = re.compile(r"[^\w .,()+-]+")


def clean_file_name(file_name: str) -> str:
    """A safe name: no folders, control or direction characters, one extension, at most 100 characters.

    "..\\\\actas/acta.final.PDF" becomes "acta-final.pdf"; a name that vanishes becomes "documento".
    """
    visible = "".join(c for c in unicodedata.normalize("NFC", file_name) if unicodedata.category(c) not in _DIRECTION_AND_INVISIBLE)
    last = re.split(r"[/\\]", visible)[-1]
    last = _NOT_IN_A_NAME.sub("-", last).strip(" .-")
    stem, dot, extension = last.rpartition(".")
    if not dot:
        stem, extension = last, ""
    extension = extension.lower().strip()
    extension = SAME_EXTENSION.get(extension, extension)
    stem = re.sub(r"[\s_]+", " ", stem.replace(".", "-")).strip(" -") or "documento"
    stem = stem[: LONGEST_NAME - len(extension) - 1].strip(" -")
    return f"{stem}.{extension}" if extension else stem


def extension_of(clean_name: str) -> str:
    """The extension of a cleaned name, without its dot."""
    return clean_name.rpartition(".")[2] if "." in clean_name else ""


def first_problems(upload: FileUpload) -> list[Problem]:
    """What can be said before looking inside: nothing in it, too heavy, or a type that is not accepted."""
    extension = extension_of(clean_file_name(upload.file_name))
    if extension not in ACCEPTED:
        return [Problem(FileProblem.TYPE_NOT_ALLOWED, "file", {"formats": FORMATS})]
    if not upload.content:
        return [Problem(FileProblem.EMPTY, "file")]
    if len(upload.content) > LARGEST_FILE:
        return [Problem(FileProblem.TOO_LARGE, "file", {"largest": LARGEST_FILE // MEBIBYTE})]
    return []


def quota_problems(kept: int, last_hour: int, *, is_signed: bool = True) -> list[Problem]:
    """Whether one more file fits: `kept` files of the subject, `last_hour` uploads of the person (S44), or of all without account."""
    if kept >= MOST_PER_SUBJECT:
        return [Problem(FileProblem.TOO_MANY, "file", {"most": MOST_PER_SUBJECT})]
    most = MOST_PER_HOUR if is_signed else MOST_UNSIGNED_PER_HOUR
    if last_hour >= most:
        return [Problem(FileProblem.TOO_MANY_TODAY, "file", {"most": most})]
    return []


def removal_problems(reason: str) -> list[Problem]:
    """A public file leaves the public page only with a reason people can read."""
    return [] if len(reason.strip()) >= SHORTEST_REASON else [Problem(FileProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON})]


def weight(size: int) -> str:
    """ "96 KB", "3,4 MB"."""
    if size < MEBIBYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEBIBYTE:.1f} MB".replace(".", ",")


def is_shown_inline(media_type: str) -> bool:
    """Pictures (re-encoded here) and audio open in the page; everything else is downloaded."""
    return media_type.startswith(SHOWN_INLINE)
