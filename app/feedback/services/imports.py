"""Saving answers prepared in a spreadsheet: all of them or none; a file whose columns are not ours is kept until they are chosen."""

from collections.abc import Mapping
from datetime import datetime

from app.contributions import services as contributions
from app.contributions.importing import COLUMN_FAULTS, FileMap, dump_map, parse_map, read_table
from app.contributions.models import ImportUpload
from app.contributions.rules.faults import FileProblem
from app.contributions.rules.incoming import Holds
from app.core.clock import lima_day
from app.core.errors import SomebodyWasFirst
from app.feedback.importing import Judged, Report, judge
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.bulk import Composed
from app.feedback.rules.sheets import COLUMNS
from app.feedback.rules.tidying import tidy
from app.feedback.services.bulk import draft_many
from app.feedback.services.drafts import draft
from app.processes.models import Process


def import_answers(process: Process, content: bytes, map_text: str = "", *, person_id: int, now: datetime, dry_run: bool = False) -> Report:
    """Read, judge, and unless `dry_run` save as drafts; the caller commits. The same file again changes nothing."""
    judged = judge(process, content, map_text, person_id=person_id, today=lima_day(now))
    if judged.problems:
        return Report(rows=judged.rows, problems=judged.problems, unknown_values=judged.unknown_values)
    if not dry_run:
        try:
            _save(process, judged, person_id, now)
        except SomebodyWasFirst:
            return Report(rows=judged.rows, problems=(FileProblem(0, "codigo", FeedbackProblem.TEXT_CHANGED),))
    codes = tuple(contribution.code for contribution, _, _ in judged.todo) if not dry_run else ()
    return Report(judged.rows, len(judged.todo), judged.unchanged, (), codes)


def _save(process: Process, judged: Judged, person_id: int, now: datetime) -> None:
    """First versions together in a few statements; what changes a draft or corrects what is public, one by one."""
    first = [Composed(c.id, c.code, tidy(wanted)) for c, wanted, _ in judged.todo if c.id in judged.fresh]
    if first:
        draft_many(process, first, person_id=person_id, now=now)
    for contribution, wanted, revision in judged.todo:
        if contribution.id not in judged.fresh:
            draft(contribution, wanted, revision=revision, person_id=person_id, now=now)


def needs_columns(report: Report) -> bool:
    """Whether choosing columns would help: the file does not use the names of the template."""
    return any(problem.code in COLUMN_FAULTS for problem in report.problems)


def needs_words(report: Report) -> bool:
    """Whether the file says things in words that mean nothing here until somebody says what they mean."""
    return bool(report.unknown_values)


def keep_file(
    content: bytes, file_name: str, process: Process, *, map_text: str = "", unknown: Mapping[str, tuple[str, ...]] | None = None,
    person_id: int, now: datetime,
) -> ImportUpload:  # fmt: skip
    """Keep a file of answers for the person who brought it, one day at most, while its columns and words are told. The caller
    commits."""
    contributions.discard_stale_uploads(now)
    upload = contributions.keep_upload(
        content, file_name, process, opportunity=None, person_id=person_id, settings=map_text, now=now, holds=Holds.ANSWERS
    )
    table = read_table(content, parse_map(map_text, COLUMNS)[0])
    upload.report = {"headers": table.headers, "samples": table.samples, "unknown_values": _plain(unknown or {})}
    return upload


def read_kept(upload: ImportUpload, file_map: FileMap, *, person_id: int, now: datetime, dry_run: bool) -> Report | None:
    """Import a kept file as `file_map` reads it, or only judge it; None when its day is over. The caller commits."""
    content = contributions.uploaded_bytes(upload)
    if content is None:
        return None
    upload.settings = dump_map(file_map)
    report = import_answers(upload.process, content, upload.settings, person_id=person_id, now=now, dry_run=dry_run)
    upload.report = {**upload.report, "unknown_values": _plain(report.unknown_values)}
    return report


def _plain(unknown: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {column: list(words) for column, words in unknown.items()}


def chosen_map(upload: ImportUpload) -> FileMap:
    """How the file is read so far."""
    return parse_map(upload.settings, COLUMNS)[0]
