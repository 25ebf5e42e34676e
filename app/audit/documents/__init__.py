"""The proof of the register as files that need nothing of this site: the bundle and the program that checks it."""

from app.audit.documents.backup import write_backup
from app.audit.documents.bundle import VERIFIER, write

__all__ = ["VERIFIER", "write", "write_backup"]
