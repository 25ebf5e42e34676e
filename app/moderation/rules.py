"""What a moderator does, and the published reasons for hiding."""

from enum import StrEnum


class ModerationKind(StrEnum):
    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"


class HidingReason(StrEnum):
    PERSONAL_DATA = "personal-data"
    INSULT = "insult"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"
