"""What every act leaves behind: a row of the project's own story, and when it is public an entry of the register."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.audit import services as audit
from app.core.db import db
from app.projects import queries
from app.projects.models import Project, ProjectChange
from app.projects.rules.writing import SHOWN, ChangeKind

TEAM = "equipo técnico municipal"
AUTHOR, AGENT = "proponente", "agente participante"


def note(
    project: Project, kind: ChangeKind, /, *, person_id: int | None, now: datetime, reason: str = "", role: str = TEAM, **facts: Any
) -> None:  # fmt: skip
    """One thing that happened; what the public reads of the project gets a new version. The caller commits."""
    db.session.add(ProjectChange(project_id=project.id, kind=kind, role=role, person_id=person_id, at=now, reason=reason, facts=facts))
    if kind in SHOWN:
        db.session.execute(
            update(Project).where(Project.id == project.id).values(public_revision=Project.public_revision + 1),
            execution_options={"synchronize_session": False},
        )
    db.session.flush()


def register(verb: str, project: Project, facts: dict[str, Any], now: datetime, role: str = TEAM) -> None:
    """An act everybody may know, in the public register."""
    db.session.flush()
    audit.record(f"projects.{verb}", queries.PROJECT_SUBJECT, project.code, facts, at=now, role=role)
