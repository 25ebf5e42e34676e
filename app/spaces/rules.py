"""Kinds of space and the roles of domain.md 13."""

from enum import StrEnum


class SpaceKind(StrEnum):
    NATIONAL_FORUM = "national-forum"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"


class Role(StrEnum):
    """Codes of domain.md 13; PUB and CIT are not held but follow from visiting and signing in."""

    FACILITATOR = "FAC"
    FORUM_GOVERNMENT = "FG"
    FORUM_CIVIL = "FC"
    SECRETARIAT = "SEC"
    ENTITY = "ENT"
    MODERATOR = "MOD"
    MUNICIPAL = "MUN"
    VIGILANCE = "CVC"
    ADMINISTRATOR = "ADM"
    REVIEWER = "IRM"
