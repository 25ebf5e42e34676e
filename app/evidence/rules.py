"""Which files are accepted, and what they may weigh."""

from enum import StrEnum

LARGEST_FILE = 12 * 1024 * 1024
MOST_PER_SUBJECT = 20
MOST_PIXELS = 40_000_000


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
    TOO_MANY = "file-too-many"
