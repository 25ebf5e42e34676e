"""Who runs a vote, who signs it, who attends people at a table or a booth (domain.md 13, row "PP registry, votes"; BR-27)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_facilitator, is_forum_civil, is_municipal, is_reviewer, is_secretariat, is_vigilance


class VotePermission(StrEnum):
    READ = "vote:read"
    RUN = "vote:run"
    SIGN_AS_MUNICIPALITY = "vote:sign-as-municipality"
    SIGN_AS_CIVIL = "vote:sign-as-civil"
    PRINT_CODES = "vote:print-codes"
    ATTEND = "vote:attend"


GRANTS: Grants = {
    VotePermission.READ: [(is_municipal,), (is_secretariat,), (is_forum_civil,), (is_vigilance,), (is_reviewer,), (is_facilitator,)],
    VotePermission.RUN: [(is_municipal,)],
    VotePermission.SIGN_AS_MUNICIPALITY: [(is_municipal,)],
    VotePermission.SIGN_AS_CIVIL: [(is_forum_civil,)],  # announces with the municipality, and adds people late
    VotePermission.PRINT_CODES: [(is_municipal,), (is_secretariat,), (is_forum_civil,)],  # and never who asked for them
    VotePermission.ATTEND: [(is_municipal,), (is_facilitator,)],
}
