"""The form of an answer: shape only; what it must say is judged by rules.checks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext, lazy_gettext
from wtforms import Field as WTField
from wtforms import FieldList, FormField, IntegerField, RadioField, SelectField
from wtforms import Form as Fields
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.contributions.rules.terms import Language
from app.core.errors import RuleBroken
from app.core.fields import Form, day, line
from app.core.fields import text as paragraph
from app.feedback.messages import ALL, OUTCOMES, REASONS
from app.feedback.rules.drafts import PART_WRITTEN, DecisionDraft, PartDraft
from app.feedback.rules.outcomes import PART_OUTCOMES, Outcome, Reason
from app.feedback.rules.parts import MOST_PARTS

Choice = TypeVar("Choice", bound=StrEnum)
_FALLBACKS = [o for o in Outcome if o.is_final and o not in (Outcome.MERGED, Outcome.WITHDRAWN)]


def choice(label: object) -> SelectField:
    return SelectField(label, validators=[Optional()], validate_choice=False)


class _Decided:
    """The fields of what is decided about one request: an answer whole, or one of its ideas."""

    reason_code = choice(lazy_gettext("Motivo"))
    criterion = choice(lazy_gettext("Criterio aplicado"))
    text = paragraph(lazy_gettext("Por qué, dirigido a quien lo propuso"), 8_000, required=False)
    what_changed = paragraph(lazy_gettext("Qué cambia gracias a este aporte"), 2_000, required=False)
    adopted_part = paragraph(lazy_gettext("Qué parte se acoge"), 2_000, required=False)
    rejected_part = paragraph(lazy_gettext("Qué parte no se acoge"), 2_000, required=False)
    change_needed = paragraph(lazy_gettext("Qué tendría que cambiar para acogerlo"), 2_000, required=False)
    reference = line(lazy_gettext("Norma, documento o dirección de respaldo"), 500, required=False)
    commitment = choice(lazy_gettext("Compromiso del plan"))
    milestone = choice(lazy_gettext("Hito"))
    clause = choice(lazy_gettext("Parte del compromiso"))
    target_cycle = line(lazy_gettext("Para qué plan o año"), required=False)
    carry_over_owner = line(lazy_gettext("Quién se encarga de llevarlo"), required=False)
    referred_to = line(lazy_gettext("Entidad a la que se derivó"), required=False)
    referred_document = line(lazy_gettext("Documento o expediente"), required=False)
    referred_on = day(lazy_gettext("Día en que se envió"), required=False)
    where_to_go = paragraph(lazy_gettext("A dónde puede acudir"), 2_000, required=False)

    def decided(self) -> dict[str, Any]:
        """The values the rules know; what a select could not have sent is read as nothing."""
        number = self.commitment.data or ""
        return {
            **{name: getattr(self, name).data or "" for name in PART_WRITTEN},
            "outcome": member(Outcome, self.outcome.data),  # type: ignore[attr-defined]
            "reason_code": member(Reason, self.reason_code.data),
            "referred_on": self.referred_on.data,
            "milestone": self.milestone.data or "",
            "clause": self.clause.data or "",
            "commitment": int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None,
        }

    def offer_lists(self, lists: "Lists") -> None:
        """Fill the lists; a value that is in none of them (an old criterion) stays choosable."""
        self.reason_code.choices = listed([(str(r), f"{r} {REASONS[r]}") for r in Reason])
        self.criterion.choices = listed([(name, f"{name} ({weight} %)") for name, weight in lists.criteria], self.criterion.data)
        self.commitment.choices = listed([(str(number), f"{number}. {title}") for number, title in lists.commitments])
        self.milestone.choices = listed([(number, f"{number} {title}") for number, title in lists.milestones])
        self.clause.choices = listed(lists.clauses, self.clause.data)


@dataclass(frozen=True)
class Lists:
    """What the process offers to choose from: (value, label) of each."""

    criteria: list[tuple[str, int]]
    commitments: list[tuple[int, str]]
    milestones: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    clauses: list[tuple[str, str]] = field(default_factory=list)


class PartForm(_Decided, Fields):
    """One of several ideas under one code."""

    idea = paragraph(lazy_gettext("Qué pidió, en esta idea"), 1_000, required=False)
    outcome = RadioField(
        lazy_gettext("Qué se decide"), choices=[SelectChoice(str(o), OUTCOMES[o]) for o in PART_OUTCOMES],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip

    def part(self) -> PartDraft:
        return PartDraft(idea=self.idea.data or "", **self.decided())


class DecisionForm(_Decided, Form):
    """An answer being written. `offer` fills the lists of the process before it is shown."""

    messages = ALL
    revision = IntegerField(default=0)
    outcome = RadioField(
        lazy_gettext("Qué se decide"), choices=[SelectChoice(str(o), label) for o, label in OUTCOMES.items()],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    merged_into = line(lazy_gettext("Código del aporte con que se unifica"), 40, required=False)
    question = paragraph(lazy_gettext("Pregunta a quien lo propuso"), 2_000, required=False)
    clarify_by = day(lazy_gettext("Hasta qué día puede contestar"), required=False)
    fallback = choice(lazy_gettext("Qué se decidirá si no contesta"))
    request_record = line(lazy_gettext("Dónde consta el pedido de retiro"), 500, required=False)
    summary = paragraph(lazy_gettext("Resumen en la lengua del aporte"), 2_000, required=False)
    organisation = choice(lazy_gettext("Entidad que responde"))
    correction_reason = paragraph(lazy_gettext("Por qué se corrige lo publicado"), 2_000, required=False)
    parts = FieldList(FormField(PartForm), max_entries=MOST_PARTS)

    def offer(self, lists: Lists) -> "DecisionForm":
        """Fill the lists of the answer and of each of its ideas."""
        self.offer_lists(lists)
        for entry in self.parts:
            entry.form.offer_lists(lists)
        self.fallback.choices = listed([(str(o), str(OUTCOMES[o])) for o in _FALLBACKS])
        self.organisation.choices = listed(lists.organisations, self.organisation.data)
        return self

    def draft(self, language: Language | None = None) -> DecisionDraft:
        """The rule's value; `language` is the contribution's, in which the summary is when there is one."""
        names: dict[str, Any] = {name: getattr(self, name).data or "" for name in (
            "question", "request_record", "merged_into", "organisation", "correction_reason", "summary",
        )}  # fmt: skip
        return DecisionDraft(
            fallback=member(Outcome, self.fallback.data), clarify_by=self.clarify_by.data,
            parts=tuple(entry.form.part() for entry in self.parts), summary_language=language if names["summary"] else None,
            **self.decided(), **names,
        )  # fmt: skip

    @classmethod
    def of(cls, draft: DecisionDraft, revision: int) -> "DecisionForm":
        """The form showing a draft."""
        values = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
        values |= _as_text(draft) | {"fallback": str(draft.fallback or ""), "revision": revision}
        return cls(formdata=None, data={**values, "parts": [{**part.__dict__, **_as_text(part)} for part in draft.parts]})

    def leaves(self) -> Iterator[WTField]:
        """Every field a person fills, those of the ideas included."""
        for field_ in self:
            if field_ is self.parts:
                yield from (leaf for entry in self.parts for leaf in entry.form)
            else:
                yield field_

    @property
    def told(self) -> "Told":
        """What components/error_summary.html lists: every field with something to mend, those of the ideas named as theirs."""
        own = [field_ for field_ in self if field_ is not self.parts]
        wrong = [Wrong(leaf.id, leaf.type, Label(str(leaf.label.text)), leaf.errors) for leaf in own if leaf.errors]
        for n, entry in enumerate(self.parts, start=1):
            wrong += [
                Wrong(leaf.id, leaf.type, Label(gettext("Idea %(number)s, %(field)s", number=n, field=leaf.label.text)), leaf.errors)
                for leaf in entry.form
                if leaf.errors
            ]
        return Told(wrong, list(self.form_errors))

    def show(self, broken: RuleBroken) -> None:
        """Put the sentence of each problem on its field, of the answer or of one of its ideas."""
        by_name = {leaf.name: leaf for leaf in self.leaves()}
        for problem in broken.problems:
            leaf = by_name.get(problem.field or "")
            if leaf is None:
                self.form_errors.append(self.sentence(problem))
            else:
                leaf.errors = [*leaf.errors, self.sentence(problem)]


@dataclass(frozen=True)
class Label:
    text: str


@dataclass(frozen=True)
class Wrong:
    """A field with something to mend."""

    id: str
    type: str
    label: Label
    errors: list[str]


@dataclass(frozen=True)
class Told:
    """The errors of a form with ideas inside, in one list."""

    wrong: list[Wrong]
    form_errors: list[str]

    @property
    def errors(self) -> bool:
        return bool(self.wrong or self.form_errors)

    def __iter__(self) -> Iterator[Wrong]:
        return iter(self.wrong)


def _as_text(draft: DecisionDraft | PartDraft) -> dict[str, str]:
    return {
        "commitment": str(draft.commitment or ""),
        "outcome": str(draft.outcome or ""),
        "reason_code": str(draft.reason_code or ""),
    }


def listed(choices: list[tuple[str, str]], standing: str | None = "") -> list[SelectChoice]:
    offered = [("", lazy_gettext("Elija…")), *choices]
    if standing and standing not in {value for value, _ in choices}:
        offered.append((standing, standing))
    return [SelectChoice(value, label) for value, label in offered]


def member(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in {str(m) for m in kind} else None
