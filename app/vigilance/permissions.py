"""Who records the election, who finds, who replies (domain.md 13, rows "vigilance report" and "PP registry, votes")."""

from enum import StrEnum

from app.agreements.permissions import answers_for_unit, is_any_entity
from app.core.permissions import Grants
from app.spaces.permissions import is_municipal, is_reviewer, is_secretariat, is_vigilance


class VigilancePermission(StrEnum):
    RECORD_ELECTION = "vigilance:record-election"
    READ = "vigilance:read"
    FIND = "vigilance:find"
    REPLY = "vigilance:reply"
    REPORT = "vigilance:report"


GRANTS: Grants = {
    VigilancePermission.RECORD_ELECTION: [(is_municipal,)],
    VigilancePermission.READ: [(is_vigilance,), (is_municipal,), (is_any_entity,), (is_secretariat,), (is_reviewer,)],
    VigilancePermission.FIND: [(is_vigilance,)],
    VigilancePermission.REPLY: [(is_municipal,), (answers_for_unit,)],
    VigilancePermission.REPORT: [(is_vigilance,)],
}
