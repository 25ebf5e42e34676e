"""What the rest of the house is told when something public of a process changed."""

from sqlalchemy import update

from app.core.db import db
from app.processes.models import Process


def touch_public(process_id: int) -> None:
    """Something public of the process changed: every page of it gets a new version. The caller commits."""
    db.session.execute(
        update(Process).where(Process.id == process_id).values(public_revision=Process.public_revision + 1),
        execution_options={"synchronize_session": False},
    )
