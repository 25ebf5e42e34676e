"""Who takes part in a scrutiny: the municipality keeps it, both sectors hold its keys, the vigilance committee too (domain.md 13)."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import (
    is_facilitator,
    is_forum_civil,
    is_forum_government,
    is_municipal,
    is_reviewer,
    is_secretariat,
    is_vigilance,
)


class ScrutinyPermission(StrEnum):
    READ = "scrutiny:read"
    KEEP_TABLES = "scrutiny:keep-tables"
    KEY = "scrutiny:key"
    CLOSE = "scrutiny:close"
    READ_SEED = "scrutiny:read-seed"
    COUNT = "scrutiny:count"
    SIGN_FOR_GOVERNMENT = "scrutiny:sign-for-government"
    SIGN_FOR_NON_GOVERNMENT = "scrutiny:sign-for-non-government"
    DESTROY_KEY = "scrutiny:destroy-key"


GRANTS: Grants = {
    ScrutinyPermission.READ: [
        (is_municipal,), (is_secretariat,), (is_facilitator,), (is_forum_government,), (is_forum_civil,), (is_vigilance,), (is_reviewer,),
    ],
    ScrutinyPermission.KEEP_TABLES: [(is_municipal,), (is_secretariat,)],
    ScrutinyPermission.KEY: [
        (is_municipal,), (is_secretariat,), (is_facilitator,), (is_forum_government,), (is_forum_civil,), (is_vigilance,),
    ],
    ScrutinyPermission.CLOSE: [(is_municipal,), (is_secretariat,), (is_forum_government,), (is_forum_civil,), (is_vigilance,)],
    ScrutinyPermission.READ_SEED: [(is_municipal,), (is_secretariat,), (is_forum_government,), (is_forum_civil,), (is_vigilance,)],
    ScrutinyPermission.COUNT: [(is_municipal,), (is_secretariat,)],
    ScrutinyPermission.SIGN_FOR_GOVERNMENT: [(is_municipal,), (is_forum_government,)],
    ScrutinyPermission.SIGN_FOR_NON_GOVERNMENT: [(is_forum_civil,), (is_vigilance,)],
    ScrutinyPermission.DESTROY_KEY: [(is_municipal,), (is_secretariat,), (is_forum_government,), (is_forum_civil,), (is_vigilance,)],
}  # fmt: skip
