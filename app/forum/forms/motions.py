"""Motions and ballots."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.clock import end_of_lima_day
from app.core.fields import Form, day, line, text
from app.core.text import clean_line
from app.forum.messages import CHOICES, MAJORITIES, MOTION_PROBLEMS, MOTIONS
from app.forum.rules.voting import Ballot, Choice, Majority, MotionDraft, MotionKind


class MotionForm(Form):
    """A question to put to the vote; `with_meetings` fills the list of meetings."""

    messages = MOTION_PROBLEMS
    title = line(_l("Pregunta que se vota"), 200)
    kind = SelectField(_l("Cómo se vota"), choices=[SelectChoice(kind.value, label) for kind, label in MOTIONS.items()])
    majority = SelectField(_l("Mayoría"), choices=[SelectChoice(m.value, label) for m, label in MAJORITIES.items()])
    options = text(_l("Opciones, una por línea"), 4_000, required=False)
    text = text(_l("Explicación"), 8_000, required=False)
    closes_on = day(_l("Último día para votar"))
    meeting = SelectField(_l("Sesión en la que se vota"), validators=[Optional()])
    process_slug = line(_l("Proceso del que trata"), 120, required=False)

    def with_meetings(self, meetings: Sequence[tuple[str, str]]) -> "MotionForm":
        self.meeting.choices = [SelectChoice("", _l("Fuera de sesión")), *(SelectChoice(slug, title) for slug, title in meetings)]
        return self

    def draft(self) -> MotionDraft:
        closes_on: Any = self.closes_on.data
        options = tuple(tidy for row in (self.options.data or "").split("\n") if (tidy := clean_line(row)[:200]))
        return MotionDraft(
            MotionKind(self.kind.data), self.title.data or "", self.text.data or "", Majority(self.majority.data),
            end_of_lima_day(closes_on), options if self.kind.data == MotionKind.RANKING else (), self.process_slug.data or "",
        )  # fmt: skip


class VoteForm(Form):
    """For, against or abstain, with the reason that is published."""

    messages = MOTION_PROBLEMS
    choice = RadioField(_l("Su voto"), choices=[SelectChoice(c.value, label) for c, label in CHOICES.items()], validators=[Optional()])
    reason = text(_l("Razón del voto"), 2_000, required=False)

    def ballot(self) -> Ballot:
        return Ballot(Choice(self.choice.data) if self.choice.data else None, (), self.reason.data or "")


class RankingForm(Form):
    """Options in order, by the place given to each. Options are added by `ranking_form`."""

    messages = MOTION_PROBLEMS
    abstains = BooleanField(_l("Me abstengo"))
    reason = text(_l("Razón del voto"), 2_000, required=False)
    positions: tuple[int, ...] = ()

    @property
    def ranking(self) -> list[Any]:
        return [self[f"place-{position}"] for position in self.positions]

    def ballot(self) -> Ballot:
        """Two options with one place give a ranking that names one of them twice: the rule refuses it."""
        places = {position: int(self[f"place-{position}"].data or 0) for position in self.positions}
        given = sorted((place, position) for position, place in places.items() if place)
        taken = [place for place, _position in given]
        ranking = tuple(position for _place, position in given)
        if len(set(taken)) < len(taken):
            ranking = (ranking[0], ranking[0])
        if self.abstains.data and not ranking:
            return Ballot(Choice.ABSTAIN, (), self.reason.data or "")
        return Ballot(None, ranking, self.reason.data or "")


def ranking_form(options: Sequence[tuple[int, str]], **settings: Any) -> RankingForm:
    """The ballot for these options: (position, text) each."""
    places = [SelectChoice("0", _l("Sin ordenar")), *(SelectChoice(str(n), _l("Lugar %(n)s", n=n)) for n in range(1, len(options) + 1))]
    fields = {f"place-{position}": SelectField(label, choices=list(places), default="0") for position, label in options}
    made: RankingForm = type("PlacesForm", (RankingForm,), {**fields, "positions": tuple(p for p, _label in options)})(**settings)
    return made


class WithdrawForm(Form):
    messages = MOTION_PROBLEMS
    reason = line(_l("Por qué se retira"), 500)
