"""Who writes the notices of a process in another language. Recording that one went out is `activities.OutreachPermission`."""

from enum import StrEnum

from app.core.permissions import Grants
from app.spaces.permissions import is_municipal, is_secretariat


class NoticePermission(StrEnum):
    WRITE_TEXT = "notice:write-text"


GRANTS: Grants = {NoticePermission.WRITE_TEXT: [(is_secretariat,), (is_municipal,)]}
