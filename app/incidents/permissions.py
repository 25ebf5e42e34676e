"""Incidents are kept by who administers the people of a space; nobody else reads them."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_administrator


class IncidentPermission(StrEnum):
    READ = "incident:read"
    KEEP = "incident:keep"


GRANTS: Grants = {IncidentPermission.READ: [(is_administrator,)], IncidentPermission.KEEP: [(is_administrator,)]}
