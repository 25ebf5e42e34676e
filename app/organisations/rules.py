"""Sectors (domain.md 10, `organization.sector`) and which of them count as government."""

from enum import StrEnum


class Sector(StrEnum):
    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil-society"
    ACADEMIA = "academia"
    PRIVATE = "private"
    MEDIA = "media"
    COOPERATION = "cooperation"
    GRASSROOTS = "grassroots"
    INDIGENOUS = "indigenous"
    CITIZEN = "citizen"


def is_government(sector: Sector) -> bool:
    return sector is Sector.GOVERNMENT


class OrganisationProblem(StrEnum):
    NAME_MISSING = "organisation-name-missing"
    NAME_TAKEN = "organisation-name-taken"
