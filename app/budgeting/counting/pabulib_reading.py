"""Reading a Pabulib file (.pb): META, PROJECTS and VOTES, every vote type, every way real files are written (pb.md A2)."""

import csv
import io
from collections.abc import Iterator, Mapping
from fractions import Fraction

from app.budgeting.counting import amounts
from app.budgeting.counting.election import CITYWIDE, Ballot, Election, Project, VoteType
from app.budgeting.counting.problems import CountingProblem, refuse

SECTIONS = ("META", "PROJECTS", "VOTES")
OWN_META = ("budget", "vote_type")
_OWN_PROJECT = ("project_id", "cost", "name", "district")
_OWN_VOTE = ("voter_id", "vote", "points", "district")
_NEEDED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}

Row = tuple[int, list[str]]


def read(content: bytes) -> Election:
    """The election written in a .pb file. Raises RuleBroken with the row that cannot be read: nothing is guessed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(CountingProblem.NOT_UTF8)
    sections = _sections(_rows(text))
    meta = {row[0].strip(): row[1].strip() for _, row in sections["META"][1:] if len(row) > 1}
    if "VOTES" not in sections or "PROJECTS" not in sections:
        refuse(CountingProblem.SECTION_MISSING, section="VOTES" if "PROJECTS" in sections else "PROJECTS")
    vote_type = _vote_type(meta)
    projects = _projects(sections["PROJECTS"])
    ballots = tuple(_ballots(sections["VOTES"], vote_type, {p.id: p.id for p in projects}))
    if "budget" not in meta:
        refuse(CountingProblem.META_MISSING, key="budget")
    budget = _amount(meta["budget"], sections["META"][0][0], amounts.LARGEST_COST)
    return Election(budget, vote_type, projects, ballots, {k: v for k, v in meta.items() if k not in OWN_META})


def _rows(text: str) -> Iterator[Row]:
    """Rows with their line. Only CR and LF end a line: a name may hold U+2028, and a quoted one a line break."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error:
        refuse(CountingProblem.BAD_ROW, row=reader.line_num)


def _sections(rows: Iterator[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    current = ""
    for line, row in rows:
        title = row[0].strip().upper()
        if title in SECTIONS and not any(cell.strip() for cell in row[1:]):
            current = title
            found[current] = []
        elif not current:
            refuse(CountingProblem.NOT_PABULIB)
        else:
            found[current].append((line, row))
    if "META" not in found:
        refuse(CountingProblem.NOT_PABULIB)
    return found


def _vote_type(meta: Mapping[str, str]) -> VoteType:
    written = meta.get("vote_type", "")
    if not written:
        refuse(CountingProblem.META_MISSING, key="vote_type")
    try:
        return VoteType(written.lower())
    except ValueError:
        refuse(CountingProblem.UNKNOWN_VOTE_TYPE, type=written)


def _columns(rows: list[Row], section: str) -> dict[str, int]:
    names = [name.strip().lower() for name in rows[0][1]] if rows else []
    for needed in _NEEDED[section]:
        if needed not in names:
            refuse(CountingProblem.COLUMN_MISSING, section=section, column=needed)
    return {name: at for at, name in enumerate(names) if name}


def _cells(columns: Mapping[str, int], row: list[str]) -> dict[str, str]:
    return {name: row[at] if at < len(row) else "" for name, at in columns.items()}


def _amount(written: str, line: int, largest: int) -> Fraction:
    value = amounts.number(written)
    if value is None:
        refuse(CountingProblem.NOT_AN_AMOUNT, row=line, value=written[:40])
    if abs(value) > largest:
        refuse(CountingProblem.NUMBER_TOO_LARGE, row=line, value=written[:40])
    return value


def _projects(rows: list[Row]) -> tuple[Project, ...]:
    columns = _columns(rows, "PROJECTS")
    found: dict[str, Project] = {}
    for line, row in rows[1:]:
        cells = _cells(columns, row)
        project_id = cells["project_id"].strip()
        if not project_id or project_id in found:
            refuse(CountingProblem.PROJECT_TWICE if project_id else CountingProblem.BAD_ROW, row=line, project=project_id)
        cost = _amount(cells["cost"], line, amounts.LARGEST_COST)
        if cost < 0:
            refuse(CountingProblem.NOT_AN_AMOUNT, row=line, value=cells["cost"][:40])
        more = {name: value for name, value in cells.items() if name not in _OWN_PROJECT}
        found[project_id] = Project(project_id, cost, cells.get("name", ""), cells.get("district", CITYWIDE).strip(), more)
    return tuple(found.values())


def _ballots(rows: list[Row], vote_type: VoteType, ids: Mapping[str, str]) -> Iterator[Ballot]:
    """Texts that repeat (ids, sex, district) are kept once: a hundred thousand ballots fit in little memory."""
    columns = _columns(rows, "VOTES")
    if vote_type.has_points and "points" not in columns:
        refuse(CountingProblem.COLUMN_MISSING, section="VOTES", column="points")
    others = [(name, at) for name, at in columns.items() if name not in _OWN_VOTE]
    voter, vote, points, district = (columns.get(name, 10**6) for name in _OWN_VOTE)
    kept: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
    zones: dict[str, str] = {}
    for line, row in rows[1:]:
        marked = _marked(row[vote] if vote < len(row) else "", line, vote_type, ids)
        given = _points(row[points] if points < len(row) else "", line, len(marked)) if vote_type.has_points else ()
        zone = row[district].strip() if district < len(row) else None
        about = tuple((name, row[at] if at < len(row) else "") for name, at in others)
        more = kept.setdefault(about, dict(about)) if about else None
        yield Ballot(
            marked, given, row[voter].strip() if voter < len(row) else "", None if zone is None else zones.setdefault(zone, zone), more
        )


def _marked(written: str, line: int, vote_type: VoteType, ids: Mapping[str, str]) -> tuple[str, ...]:
    named = [name.strip() for name in written.split(",")] if written.strip() else []
    try:
        marked = tuple(ids[name] for name in named if name)
    except KeyError as unknown:
        refuse(CountingProblem.UNKNOWN_PROJECT, row=line, project=str(unknown.args[0])[:40])
    if len(set(marked)) == len(marked):
        return marked
    if vote_type.has_points:
        refuse(CountingProblem.VOTED_TWICE, row=line)
    return tuple(dict.fromkeys(marked))


def _points(written: str, line: int, wanted: int) -> tuple[Fraction | int, ...]:
    cells = written.split(",") if written.strip() else []
    if len(cells) != wanted:
        refuse(CountingProblem.POINTS_DO_NOT_MATCH, row=line)
    if all(cell.strip().isascii() and cell.strip().isdigit() and len(cell) < 9 for cell in cells):
        return tuple(int(cell) for cell in cells)
    return tuple(_amount(cell, line, amounts.LARGEST_POINTS) for cell in cells)
