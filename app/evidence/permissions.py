"""Who may download a restricted file. Public ones are everybody's; who may upload is decided by the subject's package."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants

KEEPS_RECORDS = ("FAC", "FG", "FC", "SEC", "MUN")  # domain.md 13, activity records and lists with names; IRM reads the redacted twin

OF_ITS_OWN = {"vigilance-finding": ("CVC",), "vigilance-approval": ("CVC",)}
"""Subjects whose restricted files only those roles read: who is watched does not see the proof before it is public (domain.md 9)."""


class EvidencePermission(StrEnum):
    READ_RESTRICTED = "evidence:read-restricted"


def works_in_its_scope(actor: Actor, subject: Any) -> bool:
    """Holds, where the file belongs, a role that reads records with names."""
    readers = OF_ITS_OWN.get(subject.subject_kind, KEEPS_RECORDS)
    return any(held.covers(subject.scope) and held.role in readers for held in actor.roles)


GRANTS: Grants = {EvidencePermission.READ_RESTRICTED: [(works_in_its_scope,)]}
