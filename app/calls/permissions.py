"""Who runs a call, who scores in it, who records what makes an entity ready (domain.md 13; BR-23 to BR-25: forum and secretariat)."""

from enum import StrEnum
from typing import Any

from app.core.permissions import Actor, Grants
from app.spaces.permissions import (
    is_facilitator,
    is_forum_civil,
    is_forum_government,
    is_municipal,
    is_reviewer,
    is_secretariat,
    is_vigilance,
)


class CallPermission(StrEnum):
    APPLY = "call:apply"
    READ = "call:read"
    KEEP = "call:keep"
    SCORE = "call:score"
    SIGN_ASSESSMENT = "call:sign-assessment"


def has_an_account(actor: Actor, subject: Any) -> bool:
    """Anybody who signed in; without an account one applies on the public page."""
    return actor.is_signed_in


GRANTS: Grants = {
    CallPermission.APPLY: [(has_an_account,)],
    CallPermission.READ: [
        (is_secretariat,), (is_municipal,), (is_forum_government,), (is_forum_civil,), (is_facilitator,), (is_vigilance,), (is_reviewer,),
    ],
    CallPermission.KEEP: [(is_secretariat,), (is_municipal,)],
    CallPermission.SCORE: [(is_forum_government,), (is_forum_civil,), (is_facilitator,)],  # and only members of that call's jury
    CallPermission.SIGN_ASSESSMENT: [(is_forum_government,), (is_forum_civil,)],  # the secretariat writes it, a seat of the forum signs it
}  # fmt: skip
