"""The scoring matrix and its marks."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app.core.fields import Form, line, text
from app.core.text import slug
from app.projects.messages import MARKERS, PROBLEMS
from app.projects.rules.matrix import Marker, MatrixCriterion, MatrixDraft

ROWS = range(1, 9)
_LEVEL = re.compile(r"^\s*(\d{1,4})[\s.:;=-]+(.+?)\s*$", re.MULTILINE)


class _MatrixForm(Form):
    """Up to eight criteria; rows left empty are dropped. Levels are lines like "5 Aporta en parte"."""

    messages = PROBLEMS
    tie_rule = text(_l("Cómo se resuelven los empates"), 1_000, required=False)
    minimum = DecimalField(_l("Puntaje mínimo para ser priorizado"), places=2, validators=[Optional(), NumberRange(0, 1000)])
    stops = BooleanField(_l("Parar en el primer proyecto que no alcance, sin saltarlo"))
    version = HiddenField()

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        return [(self[f"name-{n}"], self[f"weight-{n}"], self[f"marker-{n}"], self[f"levels-{n}"]) for n in ROWS]

    def draft(self) -> MatrixDraft:
        found: list[MatrixCriterion] = []
        for name, weight, marker, levels in self.rows():
            if not (name.data or levels.data):
                continue
            read = tuple((int(mark), said) for mark, said in _LEVEL.findall(levels.data or ""))
            key = f"c{len(found) + 1}-{slug(name.data or '', 20)}".replace("-", "_")
            marked_by = Marker.AGENTS if marker.data == Marker.AGENTS.value else Marker.TEAM
            found.append(MatrixCriterion(key, name.data or "", weight.data or 0, marked_by, read))
        least = None if self.minimum.data is None else round(self.minimum.data * 100)
        return MatrixDraft(tuple(found), self.tie_rule.data or "", least, bool(self.stops.data))

    def show_draft(self, draft: MatrixDraft, version: int) -> Any:
        for fields, c in zip(self.rows(), draft.criteria, strict=False):
            levels = "\n".join(f"{mark} {said}" for mark, said in c.levels)
            for field, value in zip(fields, (c.name, c.weight, c.marker.value, levels), strict=True):
                field.data = value
        self.tie_rule.data, self.stops.data, self.version.data = draft.tie_rule, draft.stops, str(version)
        self.minimum.data = None if draft.minimum is None else draft.minimum / 100
        return self


def _matrix_fields() -> dict[str, Any]:
    made: dict[str, Any] = {}
    markers = [SelectChoice(m.value, label) for m, label in MARKERS.items()]
    for n in ROWS:
        made[f"name-{n}"] = line(_l("Criterio %(n)s", n=n), 120, required=False)
        made[f"weight-{n}"] = IntegerField(_l("Peso del criterio %(n)s", n=n), validators=[Optional()])
        made[f"marker-{n}"] = SelectField(_l("Quién califica el criterio %(n)s", n=n), choices=markers, validate_choice=False)
        made[f"levels-{n}"] = text(_l("Niveles del criterio %(n)s", n=n), 1_000, required=False)
    return made


MatrixForm = type("MatrixForm", (_MatrixForm,), _matrix_fields())


class SeedForm(Form):
    messages = PROBLEMS
    seed = line(_l("Semilla del sorteo de empates"), 200, required=False)


class MarksForm(Form):
    """A level for each criterion; fields are added by `marks_form`."""

    messages = PROBLEMS
    keys: tuple[str, ...] = ()

    def cells(self) -> list[Any]:
        return [self[f"mark_{key}"] for key in self.keys]

    def marks(self) -> dict[str, int]:
        found = {key: self[f"mark_{key}"].data or "" for key in self.keys}
        return {key: int(data) for key, data in found.items() if data.isascii() and data.isdigit() and len(data) < 5}


def marks_form(criteria: Sequence[MatrixCriterion], given: dict[str, int] | None = None, **kwargs: Any) -> MarksForm:
    """The form of one project, with what was already given."""
    made: dict[str, Any] = {"keys": tuple(c.key for c in criteria)}
    for c in criteria:
        choices = [SelectChoice(str(mark), f"{mark}: {said}") for mark, said in c.levels]
        made[f"mark_{c.key}"] = RadioField(c.name, choices=choices, validators=[Optional()], validate_choice=False)
    form: MarksForm = type("MarksForm", (MarksForm,), made)(**kwargs)
    for key, mark in (given or {}).items():
        if key in form.keys and form[f"mark_{key}"].data is None:
            form[f"mark_{key}"].data = str(mark)
    return form
