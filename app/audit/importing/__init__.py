"""What comes from outside, read and judged before it is kept: time stamps, and backups."""

from app.audit.importing.backups import BackupRefused, Opened, opened
from app.audit.importing.stamps import StampRefused, ask

__all__ = ["BackupRefused", "Opened", "StampRefused", "ask", "opened"]
