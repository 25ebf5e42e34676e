"""Saving answers prepared in a spreadsheet: all of them or none."""

from datetime import datetime

from app.contributions.rules.faults import FileProblem
from app.core.errors import SomebodyWasFirst
from app.feedback.importing import Report, judge
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.services.drafts import draft
from app.processes.models import Process


def import_answers(process: Process, content: bytes, map_text: str = "", *, person_id: int, now: datetime, dry_run: bool = False) -> Report:
    """Read, judge, and unless `dry_run` save as drafts; the caller commits. The same file again changes nothing."""
    judged = judge(process, content, map_text, person_id=person_id)
    if judged.problems:
        return Report(rows=judged.rows, problems=judged.problems)
    if not dry_run:
        for contribution, wanted, revision in judged.todo:
            try:
                draft(contribution, wanted, revision=revision, person_id=person_id, now=now)
            except SomebodyWasFirst:
                return Report(rows=judged.rows, problems=(FileProblem(0, "codigo", FeedbackProblem.TEXT_CHANGED),))
    codes = tuple(contribution.code for contribution, _, _ in judged.todo) if not dry_run else ()
    return Report(judged.rows, len(judged.todo), judged.unchanged, (), codes)
