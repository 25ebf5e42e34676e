"""Whether this site was put back from a backup: until somebody says it is the real one, it writes to nobody (reliability.md R15)."""

from pathlib import Path

from flask import current_app


def _mark() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "restored"


def mark() -> None:
    _mark().write_text("Restored from a backup. Letters wait. `flask backup mail-on` lets them go.\n")


def is_marked() -> bool:
    return _mark().exists()


def clear() -> None:
    _mark().unlink(missing_ok=True)
