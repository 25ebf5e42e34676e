"""Opening a round, its money, its documents, its calendar, its steps and its hearings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.budgeting import messages
from app.budgeting.forms.fields import BudgetForm, SolesField, soles, uploaded
from app.budgeting.rules.calendar import ACTIVITIES, Entry, RoundActivity, RoundCalendar, RoundPhase
from app.budgeting.rules.course import OpeningDraft
from app.budgeting.rules.documents import DocumentDraft, DocumentKind
from app.budgeting.rules.money import CeilingDraft, Part
from app.core.fields import REQUIRED, day, line, text
from app.evidence.rules import FileUpload

SPARE_ROWS = 3
"""Empty rows under each phase of the calendar: a workshop in each district needs several."""
MOST_ROWS = 24


def _whole(label: Any, lowest: int, highest: int, **kwargs: Any) -> IntegerField:
    out = _l("Escriba un número de %(min)s a %(max)s.")
    return IntegerField(label, validators=[InputRequired(REQUIRED), NumberRange(lowest, highest, out)], **kwargs)


class _DocumentFields(BudgetForm):
    title = line(_l("Título"), 200)
    norm_number = line(_l("Número, como se cita"), 160, required=False)
    dated_on = day(_l("Fecha del documento"))
    file = FileField(_l("Archivo"))
    text = text(_l("Texto"), 60_000, required=False)

    def upload(self) -> FileUpload | None:
        return uploaded(self.file)


class DocumentForm(_DocumentFields):
    """A document, or a new version of one: then its kind is known and a reason is asked."""

    kind = SelectField(_l("Qué es"), choices=[SelectChoice(kind.value, label) for kind, label in messages.DOCUMENTS.items()])
    reason = line(_l("Por qué hay una versión nueva"), 500, required=False)

    def of(self, kind: DocumentKind) -> "DocumentForm":
        self.kind.choices = [SelectChoice(kind.value, messages.DOCUMENTS[kind])]
        self.kind.data = kind.value
        return self

    def draft(self) -> DocumentDraft:
        return DocumentDraft(
            DocumentKind(self.kind.data), self.title.data or "", self.norm_number.data or "", self.dated_on.data or date.min,
            self.text.data or "", self.reason.data or "",
        )  # fmt: skip

    def show_version(self, kind: DocumentKind, version: Any) -> None:
        self.of(kind)
        for name in ("title", "norm_number", "dated_on", "text"):
            self[name].data = getattr(version, name)


class OpenForm(_DocumentFields):
    """A round and the ordinance that creates it."""

    fiscal_year = _whole(_l("Año fiscal"), 2004, 2100)
    ceiling = soles(_l("Monto total, en soles"))
    appeal_days = _whole(_l("Días para apelar una no acreditación"), 1, 60, default=5)
    vigilance_minimum = _whole(_l("Integrantes del comité de vigilancia, como mínimo"), 1, 50, default=4)
    vigilance_months = _whole(_l("Meses que dura el comité"), 1, 60, default=24)

    def draft(self) -> OpeningDraft:
        return OpeningDraft(
            self.fiscal_year.data or 0, self.ceiling.cents or 0, self.appeal_days.data or 0, self.vigilance_minimum.data or 0,
            self.vigilance_months.data or 0,
        )  # fmt: skip

    def norm(self) -> DocumentDraft:
        return DocumentDraft(
            DocumentKind.ORDINANCE, self.title.data or "", self.norm_number.data or "", self.dated_on.data or date.min, self.text.data or ""
        )


class CeilingForm(BudgetForm):
    """The whole, a box for each territory and each theme, and rows for a theme inside a territory. Boxes are added by `of`."""

    version = HiddenField()
    ceiling = soles(_l("Monto total, en soles"))
    reason = line(_l("Por qué cambian los montos"), 500)

    @classmethod
    def of(
        cls, territories: Sequence[tuple[str, str]], themes: Sequence[tuple[str, str]], kept: Sequence[Part], **settings: Any
    ) -> "CeilingForm":
        """With a box for each; `kept` are the parts that stand, so that those of a theme inside a territory have their rows."""
        boxes: dict[str, Any] = {f"territory-{ubigeo}": soles(name, required=False) for ubigeo, name in territories}
        boxes |= {f"theme-{slug}": soles(name, required=False) for slug, name in themes}
        for n in range(sum(bool(part.ubigeo and part.theme) for part in kept) + SPARE_ROWS if themes else 0):
            boxes |= _ceiling_row(n, territories, themes)
        form: CeilingForm = type("CeilingFormOfRound", (cls,), boxes)(**settings)
        return form

    @property
    def territories(self) -> list[SolesField]:
        return [field for name, field in self._fields.items() if name.startswith("territory-")]

    @property
    def themes(self) -> list[SolesField]:
        return [field for name, field in self._fields.items() if name.startswith("theme-")]

    @property
    def both(self) -> list[tuple[SelectField, SelectField, SolesField]]:
        """The rows of a theme inside a territory."""
        count = sum(name.startswith("both-") and name.endswith("-amount") for name in self._fields)
        return [(self[f"both-{n}-territory"], self[f"both-{n}-theme"], self[f"both-{n}-amount"]) for n in range(count)]

    def draft(self) -> CeilingDraft:
        parts = [Part(f.short_name.removeprefix("territory-"), "", f.cents) for f in self.territories if f.cents is not None]
        parts += [Part("", f.short_name.removeprefix("theme-"), f.cents) for f in self.themes if f.cents is not None]
        parts += [
            Part(place.data or "", theme.data or "", box.cents or 0) for place, theme, box in self.both if _is_used(place, theme, box)
        ]
        return CeilingDraft(self.ceiling.cents or 0, tuple(parts), self.reason.data or "")

    def show_parts(self, ceiling_cents: int, parts: Sequence[Part]) -> None:
        self.ceiling.show_cents(ceiling_cents)
        for part in parts:
            name = f"territory-{part.ubigeo}" if part.ubigeo and not part.theme else f"theme-{part.theme}" if not part.ubigeo else ""
            if name in self._fields:
                self[name].show_cents(part.amount_cents)
        for (place, theme, box), part in zip(self.both, [part for part in parts if part.ubigeo and part.theme], strict=False):
            place.data, theme.data = part.ubigeo, part.theme
            box.show_cents(part.amount_cents)

    def validate(self, extra_validators: Any = None) -> bool:
        good: bool = super().validate(extra_validators)
        for place, theme, box in self.both:
            if _is_used(place, theme, box) and not (place.data and theme.data and box.cents):
                box.errors = [*box.errors, _("Elija el territorio y el tema y ponga el monto, o deje vacía toda la fila.")]
                good = False
        return good


def _is_used(place: SelectField, theme: SelectField, box: SolesField) -> bool:
    return bool(place.data or theme.data or box.data)


def _ceiling_row(n: int, territories: Sequence[tuple[str, str]], themes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    def chosen(label: Any, options: Sequence[tuple[str, str]]) -> SelectField:
        choices = [SelectChoice("", _l("Elija…")), *(SelectChoice(*option) for option in options)]
        return SelectField(label, choices=choices, validate_choice=False)  # the rule refuses what is not in the list

    numbered = {"n": n + 1}
    return {
        f"both-{n}-territory": chosen(_l("Territorio %(n)s", **numbered), territories),
        f"both-{n}-theme": chosen(_l("Tema %(n)s", **numbered), themes),
        f"both-{n}-amount": soles(_l("Monto %(n)s, en soles", **numbered), required=False),
    }


class CalendarForm(BudgetForm):
    """Rows under each phase: what, from when to when, where. Rows are added by `of`."""

    version = HiddenField()
    reason = line(_l("Por qué cambia el calendario"), 500, required=False)

    @classmethod
    def of(cls, calendar: RoundCalendar, **settings: Any) -> "CalendarForm":
        """With a row for each entry of the calendar and some to spare; the first time, one for each statutory activity."""
        rows: dict[str, Any] = {}
        for phase in RoundPhase:
            entries = [entry for entry in calendar.entries if entry.phase is phase]
            usual = [] if calendar.entries else list(ACTIVITIES[phase])
            for n in range(min(MOST_ROWS, len(entries) + len(usual) + SPARE_ROWS)):
                chosen = entries[n].activity if n < len(entries) else usual[n] if n < len(usual) else ACTIVITIES[phase][-1]
                rows |= _row(phase, n, chosen)
        form: CalendarForm = type("CalendarFormOfRound", (cls,), rows)(**settings)
        return form

    def rows(self, phase: RoundPhase) -> list[list[Any]]:
        """The fields of each row of that phase: what, name, from, to, place, hours."""
        count = sum(name.startswith(f"{phase}-") and name.endswith("-what") for name in self._fields)
        return [[self[f"{phase}-{n}-{part}"] for part in ("what", "title", "from", "to", "place", "hours")] for n in range(count)]

    def calendar(self) -> RoundCalendar:
        """The rows that have a date; a row with one day lasts that day."""
        entries = []
        for phase in RoundPhase:
            for what, title, starts, ends, place, hours in self.rows(phase):
                first, last = starts.data or ends.data, ends.data or starts.data
                if first and last:
                    entries.append(Entry(RoundActivity(what.data), first, last, title.data or "", place.data or "", hours.data or ""))
        return RoundCalendar(tuple(entries))

    def show_calendar(self, calendar: RoundCalendar) -> None:
        for phase in RoundPhase:
            for fields, entry in zip(self.rows(phase), [e for e in calendar.entries if e.phase is phase], strict=False):
                values = (entry.activity.value, entry.title, entry.starts_on, entry.ends_on, entry.place, entry.hours)
                for field, value in zip(fields, values, strict=True):
                    field.data = value

    def validate(self, extra_validators: Any = None) -> bool:
        good: bool = super().validate(extra_validators)
        for phase in RoundPhase:
            for _what, title, starts, ends, place, _hours in self.rows(phase):
                if (title.data or place.data) and not (starts.data or ends.data):
                    starts.errors = [*starts.errors, _("Ponga la fecha, o borre la fila.")]
                    good = False
        return good


def _row(phase: RoundPhase, n: int, chosen: RoundActivity) -> dict[str, Any]:
    choices = [SelectChoice(activity.value, messages.ACTIVITIES[activity]) for activity in ACTIVITIES[phase]]
    numbered = {"n": n + 1}
    return {
        f"{phase}-{n}-what": SelectField(_l("Actividad %(n)s", **numbered), choices=choices, default=chosen.value),
        f"{phase}-{n}-title": line(_l("Nombre de la actividad %(n)s", **numbered), 160, required=False),
        f"{phase}-{n}-from": day(_l("Desde"), required=False),
        f"{phase}-{n}-to": day(_l("Hasta"), required=False),
        f"{phase}-{n}-place": line(_l("Lugar"), 160, required=False),
        f"{phase}-{n}-hours": line(_l("Horario"), 60, required=False),
    }  # fmt: skip


class AdvanceForm(BudgetForm):
    to = HiddenField()
    reason = line(_l("Por qué pasa a este estado"), 500)


class HearingForm(BudgetForm):
    hearing = SelectField(_l("Audiencia"), validate_choice=False)


class UnlinkForm(BudgetForm):
    """Which hearing does not account for the round after all, and why."""

    hearing = SelectField(_l("Audiencia que no rinde cuentas de este presupuesto"), validate_choice=False)
    reason = line(_l("Por qué se desenlaza"), 500)
