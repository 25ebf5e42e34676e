"""Running a vote on the desk."""

import re
from datetime import datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core.clock import LIMA, lima_instant
from app.core.fields import REQUIRED, Form, day, hour, line, text
from app.voting.messages import CHANNELS, COMPLETIONS, EXTENTS, KINDS, ORDERS, PROBLEMS, RULES, UTILITIES
from app.voting.rules import BallotKind, Channel, Extent
from app.voting.rules.announcing import VoteDraft
from app.voting.rules.roll import FEWEST_SHOWN

MOST = 1_000_000_000
_NUMBER = re.compile(r"\d{1,6}")


def _whole(label: Any, *, least: int = 0, required: bool = False, **kwargs: Any) -> IntegerField:
    presence = InputRequired(REQUIRED) if required else Optional()
    return IntegerField(label, validators=[presence, NumberRange(least, MOST)], **kwargs)


def _several(label: Any, choices: list[SelectChoice]) -> SelectMultipleField:
    return SelectMultipleField(
        label, choices=choices, option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False), validate_choice=True
    )  # fmt: skip


class VoteForm(Form):
    """Everything a vote says; `offer` puts the admissible projects in it."""

    messages = PROBLEMS
    title = line(_l("Título"), 120)
    kind = RadioField(_l("Cómo se marca"), choices=[SelectChoice(k.value, name) for k, name in KINDS.items()], default="approval")
    fewest = _whole(_l("Mínimo de proyectos"), least=1, required=True, default=1)
    most = _whole(_l("Máximo de proyectos"), least=1, required=True)
    points = _whole(_l("Puntos"))
    limit = _whole(_l("Monto hasta el que se marca, en soles"))
    extent = RadioField(_l("Qué proyectos ve cada persona"), choices=[SelectChoice(e.value, n) for e, n in EXTENTS.items()], default="city")
    projects = _several(_l("Proyectos"), [])
    channels = _several(_l("Maneras de votar"), [SelectChoice(c.value, name) for c, name in CHANNELS.items()])
    opens_on, opens_hour = day(_l("Abre el")), hour(_l("A las"))
    closes_on, closes_hour = day(_l("Cierra el")), hour(_l("A las"))
    rule = SelectField(_l("Cómo se elige a los ganadores"), choices=[SelectChoice(r, name) for r, name in RULES.items()])
    completion = SelectField(_l("Qué pasa con lo que sobra"), choices=[SelectChoice(c, name) for c, name in COMPLETIONS.items()])
    order = SelectField(_l("Cómo se ordenan los más votados"), choices=[SelectChoice(o, name) for o, name in ORDERS.items()])
    utility = SelectField(
        _l("Cuánto vale un proyecto para quien lo votó"), choices=[SelectChoice(u, name) for u, name in UTILITIES.items()]
    )
    threshold = _whole(_l("Mínimo de apoyo para ganar"))
    minimum_votes = _whole(_l("Mínimo de votantes para ganar"))
    conflicts = TextAreaField(_l("Proyectos que se excluyen"))
    seed_source = text(_l("De dónde saldrá la semilla para sortear empates"), 600)
    fewest_shown = _whole(_l("Grupo más pequeño que se muestra"), default=FEWEST_SHOWN)
    reminders = BooleanField(_l("Recordar por correo, una vez, a quien lo pidió al entrar y no terminó"))
    publishes_ballots = BooleanField(_l("Se publicarán los votos uno por uno, mezclados y sin datos de nadie"))
    revision = IntegerField(default=0, widget=widgets.HiddenInput(), validators=[Optional()])

    def offer(self, projects: list[tuple[int, str]]) -> None:
        self.projects.choices = [SelectChoice(str(project_id), name) for project_id, name in projects]

    def draft(self) -> VoteDraft:
        opens: Any = self.opens_on.data
        closes: Any = self.closes_on.data
        return VoteDraft(
            title=self.title.data or "", kind=BallotKind(self.kind.data), fewest=self.fewest.data or 1, most=self.most.data or 0,
            opens_at=lima_instant(opens, self.opens_hour.data or time(0)), closes_at=lima_instant(closes, self.closes_hour.data or time(0)),
            points=self.points.data or 0, limit_cents=self.limit.data * 100 if self.limit.data else None, extent=Extent(self.extent.data),
            channels=tuple(Channel(name) for name in self.channels.data or []),
            project_ids=tuple(int(text) for text in self.projects.data or []), rule=self.rule.data, completion=self.completion.data,
            order=self.order.data or "score", utility=self.utility.data or "",
            threshold=self.threshold.data or None, minimum_votes=self.minimum_votes.data or 0, conflicts=self._groups(),
            seed_source=self.seed_source.data or "", fewest_shown=self.fewest_shown.data or 0,
            allows_reminders=bool(self.reminders.data), publishes_ballots=bool(self.publishes_ballots.data),
        )  # fmt: skip

    def show_vote(self, vote: Any, project_ids: list[int]) -> None:
        """What a draft says, to go on with it."""
        sheet = vote.rules.get("sheet", {})
        self.title.data, self.kind.data, self.fewest.data, self.most.data = vote.title, vote.kind.value, vote.fewest, vote.most
        self.points.data = vote.points or None
        self.limit.data = vote.limit_cents // 100 if vote.limit_cents else None
        self.extent.data, self.channels.data = vote.rules.get("extent", "city"), list(vote.channels)
        self.projects.data = [str(project_id) for project_id in project_ids]
        self._show_instant(vote.opens_at, self.opens_on, self.opens_hour)
        self._show_instant(vote.closes_at, self.closes_on, self.closes_hour)
        self.rule.data, self.completion.data = sheet.get("rule", "greedy"), sheet.get("completion", "none")
        self.order.data, self.utility.data = sheet.get("order", "score"), sheet.get("utility") or ""
        self.threshold.data = int(sheet["threshold"]) if sheet.get("threshold") else None
        self.minimum_votes.data = sheet.get("minimum_votes") or None
        self.conflicts.data = "\n".join(", ".join(group) for group in sheet.get("conflicts", []))
        self.seed_source.data, self.fewest_shown.data = vote.seed_source, vote.rules.get("fewest_shown", FEWEST_SHOWN)
        self.reminders.data, self.publishes_ballots.data = vote.rules.get("reminders"), vote.rules.get("ballots_published")
        self.revision.data = vote.revision

    def validate_closes_on(self, field: Any) -> None:
        if self.opens_on.data and field.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("Cierra antes de abrir. Revise las fechas."))

    def _groups(self) -> tuple[tuple[int, ...], ...]:
        lines = (self.conflicts.data or "").splitlines()
        return tuple(tuple(int(number) for number in _NUMBER.findall(row)) for row in lines if row.strip())

    @staticmethod
    def _show_instant(instant: datetime, on: Any, at: Any) -> None:
        local = instant.astimezone(LIMA)
        on.data, at.data = local.date(), local.time()


class ReasonForm(Form):
    messages = PROBLEMS
    reason = line(_l("Por qué se retira el anuncio"), 500)


class ExclusionForm(Form):
    """A project to be left out of the count."""

    messages = PROBLEMS
    number = _whole(_l("Número del proyecto en la papeleta"), least=1, required=True)
    reason = line(_l("Por qué ya no se puede hacer"), 500)


class RollForm(Form):
    """A list of voters. `reason` only while the vote is open."""

    messages = PROBLEMS
    file = FileField(_l("Archivo CSV o XLSX"))
    encoding = SelectField(
        _l("Letras del archivo"),
        choices=[
            SelectChoice("", _l("UTF-8 (lo usual)")),
            SelectChoice("cp1252", _l("Windows (CP1252)")),
            SelectChoice("latin-1", "Latin-1"),
        ],
    )
    reason = line(_l("Por qué se agregan ahora"), 500, required=False)


class CodesForm(Form):
    messages = PROBLEMS
    count = _whole(_l("¿Cuántos códigos?"), least=1, default=100)
    ubigeo = SelectField(_l("¿De qué territorio?"), choices=[], validate_choice=True)


class VoidForm(Form):
    messages = PROBLEMS
    serial = _whole(_l("Número de serie de la hoja"), least=1)
    reason = line(_l("Por qué se anula"), 300, required=False)


class BoothForm(Form):
    messages = PROBLEMS
    place = line(_l("Dónde está"), 120, required=False)
    pin = line(_l("Clave de la mesa"), 40, required=False)


class AttendForm(Form):
    """A person at a table: handed a printed code, or voting on paper."""

    messages = PROBLEMS
    document = line(_l("DNI"), 20)
    channel = RadioField(
        _l("Qué hace"), choices=[
            SelectChoice("token", _l("Recibe un código impreso")), SelectChoice("paper", _l("Vota en papel")),
            SelectChoice("look", _l("Pregunta si está marcada como votante")),
        ],
    )  # fmt: skip
