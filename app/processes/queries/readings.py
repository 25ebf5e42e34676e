"""The easy-to-read versions of a process."""

from sqlalchemy import select

from app.core.db import db
from app.processes.models import ProcessReading
from app.processes.rules.readings import ReadingLanguage


def readings(process_id: int) -> dict[ReadingLanguage, ProcessReading]:
    """The one that is read in each language that has any, Spanish first. One statement."""
    rows = db.session.scalars(
        select(ProcessReading).where(ProcessReading.process_id == process_id).order_by(ProcessReading.n, ProcessReading.id)
    )
    newest = {row.language: row for row in rows}
    return {language: newest[language] for language in ReadingLanguage if language in newest}
