"""Creating a process and editing its texts and themes."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, slug, to_html
from app.processes.models import Criterion, Process, Theme
from app.processes.rules.drafts import (
    ProcessDraft,
    ProcessProblem,
    ThemeDraft,
    problems_with_process,
    problems_with_theme,
)
from app.processes.rules.states import ProcessState
from app.processes.services.public import touch_public
from app.spaces.models import Space


def create_process(draft: ProcessDraft, *, space: Space, person_id: int, now: datetime) -> Process:
    """A process nobody outside sees yet. Raises RuleBroken, also when its code or address is taken."""
    refuse_if_any(problems_with_process(draft) + _taken(draft, None))
    process = Process(space_id=space.id, created_by_id=person_id, created_at=now)
    process.space = space
    _write(process, draft)
    db.session.add(process)
    code, address = Problem(ProcessProblem.CODE_TAKEN, "code"), Problem(ProcessProblem.SLUG_TAKEN, "slug")
    flush({"uq_process_code": code, "uq_process_slug": address, "process.code": code, "process.slug": address})
    return process


def edit_process(process: Process, draft: ProcessDraft, *, person_id: int, now: datetime) -> Process:
    """Change what a process says of itself. Code and address are for ever once it is public. Raises RuleBroken."""
    problems = problems_with_process(draft) + _taken(draft, process.id)
    if process.state is not ProcessState.DRAFT and (draft.slug, draft.code) != (process.slug, process.code):
        problems.append(Problem(ProcessProblem.NAME_IS_PERMANENT, "slug"))
    refuse_if_any(problems)
    _write(process, draft)
    _tell(process, "processes.edit", {"influence": draft.influence.value}, now)
    return process


def _write(process: Process, draft: ProcessDraft) -> None:
    process.slug, process.code, process.kind = draft.slug, draft.code, draft.kind
    process.title, process.summary = clean_line(draft.title), clean(draft.summary)
    process.description, process.description_html = clean(draft.description), str(to_html(draft.description))
    process.influence, process.influence_note = draft.influence, clean(draft.influence_note)
    process.is_retroactive = draft.is_retroactive


def _taken(draft: ProcessDraft, own_id: int | None) -> list[Problem]:
    found = []
    for column, value, code, field in (
        (Process.code, draft.code, ProcessProblem.CODE_TAKEN, "code"), (Process.slug, draft.slug, ProcessProblem.SLUG_TAKEN, "slug"),
    ):  # fmt: skip
        other = db.session.scalar(select(Process.id).where(column == value))
        if other is not None and other != own_id:
            found.append(Problem(code, field))
    return found


def add_theme(process: Process, draft: ThemeDraft, *, person_id: int, now: datetime) -> Theme:
    """A theme after the ones that are there. Raises RuleBroken."""
    wanted = draft.slug or slug(draft.name)
    taken = db.session.scalar(select(Theme.id).where(Theme.process_id == process.id, Theme.slug == wanted))
    refuse_if_any(problems_with_theme(draft) + ([Problem(ProcessProblem.THEME_TAKEN, "name")] if taken else []))
    theme = Theme(process_id=process.id, slug=wanted, position=next_position(Theme, process.id))
    _write_theme(theme, draft)
    db.session.add(theme)
    flush({"theme": Problem(ProcessProblem.THEME_TAKEN, "name")})
    _tell(process, "processes.add-theme", {"theme": theme.slug}, now)
    return theme


def edit_theme(process: Process, theme: Theme, draft: ThemeDraft, *, person_id: int, now: datetime) -> Theme:
    """Change the words of a theme; its address stays. Raises RuleBroken."""
    refuse_if_any(problems_with_theme(draft))
    _write_theme(theme, draft)
    _tell(process, "processes.edit-theme", {"theme": theme.slug}, now)
    return theme


def remove_theme(process: Process, theme: Theme, *, person_id: int, now: datetime) -> None:
    """Take out a theme that nobody wrote about yet. Raises RuleBroken when something refers to it."""
    known_slug = theme.slug
    db.session.delete(theme)
    flush({"": Problem(ProcessProblem.THEME_IN_USE)})
    _tell(process, "processes.remove-theme", {"theme": known_slug}, now)


def _write_theme(theme: Theme, draft: ThemeDraft) -> None:
    theme.name, theme.question = clean_line(draft.name), clean(draft.question)
    theme.context, theme.context_html = clean(draft.context), str(to_html(draft.context))


def next_position(kind: type[Theme] | type[Criterion], process_id: int) -> int:
    last = db.session.scalar(select(func.max(kind.position)).where(kind.process_id == process_id))
    return 0 if last is None else last + 1


def _tell(process: Process, action: str, facts: dict[str, str], now: datetime) -> None:
    """What changes in a public process is public; what happens to a draft is nobody's business yet."""
    if process.state is ProcessState.DRAFT:
        return
    audit.record(action, "process", process.slug, facts, at=now, role="secretaría")
    touch_public(process.id)


def flush(meanings: dict[str, Problem]) -> None:
    """Flush; a constraint that says no becomes the problem whose key its message holds, after rolling back."""
    try:
        db.session.flush()
    except IntegrityError as refusal:
        db.session.rollback()
        words = str(refusal.orig)
        found = next((problem for key, problem in meanings.items() if key in words), None)
        if found is None:
            raise
        raise RuleBroken([found]) from refusal
