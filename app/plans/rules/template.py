"""The template of a commitment (domain.md 8) as one table: sections in order, their fields, and which clause each field is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.plans.rules.commitments import CommitmentProblem


class Section(StrEnum):
    """A part of the drafting page, saved by itself; the value stands in addresses."""

    GENERAL = "general"
    PROBLEM = "problema"
    SOLUTION = "solucion"
    VALUES = "valores"
    ALIGNMENT = "alineacion"
    ACTORS = "actores"
    RESOURCES = "recursos"
    ORIGIN = "origen"


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    CHOICE = "choice"
    MONEY = "money"
    YES_NO = "yes-no"
    ORGANISATION = "organisation"
    THEME = "theme"


@dataclass(frozen=True)
class Field:
    """`name` is the column; `clause` the slug under which people point to it ("2/solution"), empty when it is not a clause."""

    name: str
    section: Section
    kind: Kind
    clause: str = ""
    is_needed: bool = False


_S, _K = Section, Kind
FIELDS: tuple[Field, ...] = (
    Field("title", _S.GENERAL, _K.LINE, is_needed=True),
    Field("description", _S.GENERAL, _K.TEXT, "description", is_needed=True),
    Field("organisation", _S.GENERAL, _K.ORGANISATION, is_needed=True),
    Field("theme", _S.GENERAL, _K.THEME),
    Field("starts_on", _S.GENERAL, _K.DAY),
    Field("ends_on", _S.GENERAL, _K.DAY),
    Field("problem", _S.PROBLEM, _K.TEXT, "problem", is_needed=True),
    Field("affected", _S.PROBLEM, _K.TEXT, "affected", is_needed=True),
    Field("since", _S.PROBLEM, _K.TEXT, "since"),
    Field("causes", _S.PROBLEM, _K.TEXT, "causes"),
    Field("baseline", _S.PROBLEM, _K.TEXT, "baseline", is_needed=True),
    Field("done_so_far", _S.SOLUTION, _K.TEXT, "done"),
    Field("solution", _S.SOLUTION, _K.TEXT, "solution", is_needed=True),
    Field("expected_result", _S.SOLUTION, _K.TEXT, "expected", is_needed=True),
    Field("contribution_to_problem", _S.SOLUTION, _K.TEXT, "contribution", is_needed=True),
    Field("transparency", _S.VALUES, _K.TEXT, "transparency"),
    Field("participation", _S.VALUES, _K.TEXT, "participation"),
    Field("accountability", _S.VALUES, _K.TEXT, "accountability"),
    Field("sdg", _S.ALIGNMENT, _K.LINE, "sdg"),
    Field("national_plan", _S.ALIGNMENT, _K.TEXT, "national-plan"),
    Field("other_plans", _S.ALIGNMENT, _K.TEXT, "other-plans"),
    Field("inclusion", _S.ALIGNMENT, _K.TEXT, "inclusion"),
    Field("challenge_area", _S.ALIGNMENT, _K.CHOICE),
    Field("supporting_entities", _S.ACTORS, _K.LINES, "supporting"),
    Field("actors_government", _S.ACTORS, _K.LINES, "actors-government"),
    Field("actors_civil_society", _S.ACTORS, _K.LINES, "actors-civil-society"),
    Field("actors_private", _S.ACTORS, _K.LINES, "actors-private"),
    Field("actors_academia", _S.ACTORS, _K.LINES, "actors-academia"),
    Field("contact_office", _S.ACTORS, _K.LINE),
    Field("contact_position", _S.ACTORS, _K.LINE),
    Field("contact_email", _S.ACTORS, _K.LINE),
    Field("contact_phone", _S.ACTORS, _K.LINE),
    Field("budget_centimos", _S.RESOURCES, _K.MONEY),
    Field("budget_source", _S.RESOURCES, _K.LINE, "budget"),
    Field("is_sustained", _S.RESOURCES, _K.YES_NO),
    Field("pre_assessment", _S.RESOURCES, _K.TEXT, "pre-assessment"),
    Field("diagnoses", _S.ORIGIN, _K.LINES, "diagnoses"),
    Field("workshop_priorities", _S.ORIGIN, _K.LINES, "workshop-priorities"),
)
BY_SECTION: Mapping[Section, tuple[Field, ...]] = {s: tuple(f for f in FIELDS if f.section is s) for s in Section}
BY_CLAUSE: Mapping[str, Field] = {f.clause: f for f in FIELDS if f.clause}
BY_NAME: Mapping[str, Field] = {f.name: f for f in FIELDS}
PERSONAL_MAIL = ("gmail.", "hotmail.", "outlook.", "yahoo.", "icloud.", "live.", "proton.")
SDGS = 17
MILESTONES, VALUES = "milestones", "values"


def missing(values: Mapping[str, Any], *, milestones: int) -> tuple[str, ...]:
    """What a commitment still lacks to be a whole one, by field name; "values" for none of the three, "milestones" for none."""
    gaps = [field.name for field in FIELDS if field.is_needed and not values.get(field.name)]
    if not any(values.get(field.name) for field in BY_SECTION[Section.VALUES]):
        gaps.append(VALUES)
    return (*gaps, *(() if milestones else (MILESTONES,)))


def problems_with_section(values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with saved fields, whatever is still missing: days in order, a contact that is an office's, goals that exist."""
    problems = []
    starts: date | None = values.get("starts_on")
    ends: date | None = values.get("ends_on")
    if starts and ends and ends < starts:
        problems.append(Problem(CommitmentProblem.DATES_REVERSED, "ends_on"))
    mail = str(values.get("contact_email") or "").lower()
    if mail and ("@" not in mail or mail.rsplit("@", 1)[1].startswith(PERSONAL_MAIL)):
        problems.append(Problem(CommitmentProblem.PERSONAL_CONTACT, "contact_email"))
    goals = [part.strip() for part in str(values.get("sdg") or "").split(",") if part.strip()]
    if any(not (goal.isascii() and goal.isdigit() and 1 <= int(goal) <= SDGS) for goal in goals):
        problems.append(Problem(CommitmentProblem.SDG_MALFORMED, "sdg"))
    budget = values.get("budget_centimos")
    if budget is not None and budget < 0:
        problems.append(Problem(CommitmentProblem.BUDGET_MALFORMED, "budget_centimos"))
    return tuple(problems)


_AMOUNT = re.compile(r"(\d{1,12})(?:[.](\d{1,2}))?")


def centimos(text: str) -> int | None:
    """ "1 250 000.50" soles as a whole number of céntimos; thousands may be parted by spaces or commas. None when it is no amount."""
    match = _AMOUNT.fullmatch(re.sub(r"[ ,\u00a0\u202f]|^S/\.?", "", text.strip()))
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else None
