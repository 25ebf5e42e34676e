"""Who registers organisations, who speaks for which, and who verifies them: the secretariat and the municipal team of a space."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import is_municipal, is_secretariat


class DirectoryPermission(StrEnum):
    REGISTER = "organisation:register"
    REPRESENT = "organisation:represent"
    VERIFY = "organisation:verify"


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.is_signed_in


def acts_for_it(actor: Actor, subject: Any) -> bool:
    """`subject` is what `queries.own_organisation` loaded: with who acts for the organisation today."""
    return actor.is_signed_in and actor.person_id in subject.people


GRANTS: Grants = {
    DirectoryPermission.REGISTER: [(is_signed_in,)],
    DirectoryPermission.REPRESENT: [(acts_for_it,)],
    DirectoryPermission.VERIFY: [(is_secretariat,), (is_municipal,)],
}
