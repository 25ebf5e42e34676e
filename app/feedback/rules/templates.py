"""Texts to start an answer from: fields in `{{…}}` filled from the contribution by a substitution of our own, never by a program."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.errors import Problem
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.personal_data import fold

FIELDS = (
    "codigo", "titulo", "territorio", "tema", "taller", "fecha", "canal", "entidad", "compromiso", "hito", "criterio", "motivo", "puntaje",
    "puesto", "proceso", "espacio", "contacto",
)  # fmt: skip
"""The fields a text may have."""
SHARED = {"entidad": "organisation", "compromiso": "commitment", "hito": "milestone", "criterio": "criterion", "motivo": "reason_code"}
"""Fields that say what was chosen for the answer -> where it is chosen."""
OFFERED = ("text", "what_changed", "adopted_part", "rejected_part", "change_needed", "where_to_go", "question")
"""The parts of an answer in which fields are filled."""
SHORTEST_TEXT, LONGEST_TEXT, LONGEST_NAME = 40, 8_000, 120
_FIELD = re.compile(r"\{\{([^{}\n]{0,60})\}\}")
_STRAY = re.compile(r"\{\{|\}\}")


class TemplateProblem(StrEnum):
    NAME_MISSING = "template-name-missing"
    NAME_TAKEN = "template-name-taken"
    TEXT_SHORT = "template-text-short"
    UNKNOWN_FIELDS = "template-unknown-fields"
    STRAY_BRACES = "template-stray-braces"
    NOT_CHOSEN = "template-not-chosen"
    NO_OUTCOME = "template-no-outcome"
    CHANGED = "template-changed"


@dataclass(frozen=True)
class TemplateDraft:
    """A template as somebody writes it. `is_for_space`: for every process of the space."""

    name: str = ""
    outcome: Outcome | None = None
    reason_code: Reason | None = None
    text: str = ""
    is_for_space: bool = False


@dataclass(frozen=True)
class Filled:
    """A draft with its fields filled; `missing` are those this contribution has nothing for."""

    draft: DecisionDraft
    missing: tuple[str, ...] = ()


def fields_of(text: str) -> tuple[str, ...]:
    """The fields a text has, as they are written, each once."""
    return tuple(dict.fromkeys(match.group(1).strip() for match in _FIELD.finditer(text)))


def problems_with_fields(text: str, field: str = "text") -> tuple[Problem, ...]:
    """Fields nobody knows, told with those that exist; braces that open and do not close."""
    problems = []
    unknown = [name for name in fields_of(text) if fold(name) not in FIELDS]
    if unknown:
        shown = written(unknown)
        problems.append(Problem(TemplateProblem.UNKNOWN_FIELDS, field, {"unknown": shown, "known": known_fields()}))
    if _STRAY.search(_FIELD.sub("", text)):
        problems.append(Problem(TemplateProblem.STRAY_BRACES, field))
    return tuple(problems)


def problems_with_template(draft: TemplateDraft) -> tuple[Problem, ...]:
    problems = list(problems_with_fields(draft.text))
    if not draft.name.strip():
        problems.append(Problem(TemplateProblem.NAME_MISSING, "name"))
    if draft.outcome is None:
        problems.append(Problem(TemplateProblem.NO_OUTCOME, "outcome"))
    if len(draft.text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(TemplateProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    return tuple(problems)


def problems_with_draft(draft: DecisionDraft) -> tuple[Problem, ...]:
    """The same for every part of an answer that will be filled for many contributions; and what its texts name of those things
    that are chosen once for all must have been chosen."""
    problems = [problem for name in OFFERED for problem in problems_with_fields(getattr(draft, name), name)]
    used = {fold(field) for name in OFFERED for field in fields_of(getattr(draft, name))}
    empty = [(field, name) for field, name in SHARED.items() if field in used and not getattr(draft, name)]
    return (*problems, *(Problem(TemplateProblem.NOT_CHOSEN, name, {"field": written([field])}) for field, name in empty))


def written(names: Iterable[str]) -> str:
    """Fields as they stand in a text, in one line."""
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def known_fields() -> str:
    """Every field as it is written."""
    return written(FIELDS)


def fill_text(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its fields filled, and the fields that have no value. What a value says is never read as a field again."""
    missing: dict[str, None] = {}

    def value(match: re.Match[str]) -> str:
        name = fold(match.group(1).strip())
        found = values.get(name, "")
        if not found:
            missing[name] = None
        return found

    return _FIELD.sub(value, text), tuple(missing)


def fill(draft: DecisionDraft, values: Mapping[str, str]) -> Filled:
    """The draft for one contribution."""
    texts: dict[str, str] = {}
    missing: dict[str, None] = {}
    for name in OFFERED:
        texts[name], empty = fill_text(getattr(draft, name), values)
        missing |= dict.fromkeys(empty)
    return Filled(replace(draft, **texts), tuple(missing))  # type: ignore[arg-type]


def fits(outcome: Outcome, reason_code: Reason | None, *, wanted: Outcome | None, wanted_reason: Reason | None) -> bool:
    """Whether a template serves what was chosen so far; one without a reason serves every reason."""
    return wanted in (None, outcome) and (reason_code is None or wanted_reason in (None, reason_code))


def slug_for(name: str, taken: Collection[str]) -> str:
    """A name for the address, unlike those that are taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-") or "plantilla"
    found, n = plain, 1
    while found in taken:
        n += 1
        found = f"{plain}-{n}"
    return found
