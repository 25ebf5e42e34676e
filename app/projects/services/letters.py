"""Whoever proposed what a project came from is told in writing, when they left an address."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from app.contributions import services as contributions
from app.core.clock import lima_day
from app.core.dates import long_date
from app.notifications import services as notifications
from app.notifications.rules import is_address
from app.notifications.services import NewLetter
from app.projects import queries
from app.projects.models import Project

LINK_LASTS = timedelta(days=120)


def queue(kind: str, project: Project, content: Mapping[str, Any], *, event: str, now: datetime) -> int:
    """One letter to each author with an address; `event` names the fact, so that nobody is told twice. How many were queued.

    The letter carries the private link of that author, where questions are answered and appeals made. The caller commits.
    """
    site, until = current_app.config["SITE_URL"], now + LINK_LASTS
    written, seen = [], set()
    for author in queries.authors_of(project.id):
        if not is_address(author.email) or author.email.lower() in seen:
            continue
        seen.add(author.email.lower())
        code = author.contribution.code
        token = contributions.address_token(code, author.email, until=until)
        own = {
            "code": project.code, "title": project.title, "contribution": code, "process": project.round.process.title,
            "page_link": f"{site}/proyectos/{project.code}", "own_link": f"{site}/mis-aportes/{token}/{code}/proyectos/{project.code}",
            "own_until": long_date(lima_day(until)),
        }  # fmt: skip
        written.append(
            NewLetter(author.email, "contribution", author.contribution_id, {**own, **content}, f"{kind}:{event}:{author.contribution_id}")
        )
    return notifications.queue_many(kind, written, at=now) if written else 0
