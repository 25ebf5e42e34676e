"""Commands of the register and of backups, and what the worker does for the register each round."""

from app.audit.cli.backups import backup
from app.audit.cli.register import audit, check_register, record_release, sign_register, stamp_register

COMMANDS = [audit, backup]
JOBS = [record_release, sign_register, stamp_register, check_register]

__all__ = ["COMMANDS", "JOBS", "audit", "backup", "check_register", "record_release", "sign_register", "stamp_register"]
