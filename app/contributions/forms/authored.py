"""What somebody says, with who they are and how they may be named: shape only, what it means is judged by rules."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.contributions import messages as words
from app.contributions.rules.assisting import CHANNELS as ASSISTED_CHANNELS
from app.contributions.rules.assisting import AssistanceDraft
from app.contributions.rules.drafts import LONGEST, ContributionDraft, ContributionProblem, is_key, of_child
from app.contributions.rules.media import VOICE_TEXT, VOICE_TITLE
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind
from app.core.errors import Problem, RuleBroken
from app.core.fields import ArrivingForm, Form, line, text
from app.core.text import clean_line
from app.organisations.rules import Sector

OF_ORGANISATIONS = {sector: name for sector, name in words.SECTORS.items() if sector is not Sector.CITIZEN}


class Needed:
    """Marks a field as one that must be filled; the rule says so in its own words."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to check here."""


def member_of(kind: type[StrEnum]) -> Callable[[Any], StrEnum | None]:
    return lambda value: next((member for member in kind if member.value == value), None)


def choices_of(names: Mapping[Any, Any], empty: Any = None) -> list[SelectChoice]:
    listed = [SelectChoice(member.value, name) for member, name in names.items()]
    return listed if empty is None else [SelectChoice("", empty), *listed]


def select_of(label: Any, kind: type[StrEnum], names: Mapping[Any, Any], empty: Any = None, **more: Any) -> SelectField:
    return SelectField(label, choices=choices_of(names, empty), coerce=member_of(kind), validate_choice=False, **more)


def new_key() -> str:
    return secrets.token_urlsafe(18)


class AuthoredForm(Form):
    """What the online form and the capture sheet share."""

    messages = words.PROBLEMS
    submission_key = HiddenField(default=new_key)
    theme_slug = SelectField(_("Tema"), choices=[], validate_choice=False, filters=[clean_line])
    ubigeo = SelectField(_("Distrito"), choices=[], validate_choice=False, filters=[clean_line])
    place = line(_("¿Es otro lugar? Escriba el distrito"), 120, required=False)
    place_choice = RadioField(_("¿Cuál de estos lugares es?"), choices=[], validate_choice=False, filters=[clean_line])
    language = select_of(_("Lengua en que lo escribe"), Language, words.LANGUAGES, default=Language.SPANISH)
    sector = select_of(_("Tipo de organización"), Sector, OF_ORGANISATIONS, _("No lo sé"))

    def prepare(self, themes: Sequence[Any], places: Sequence[Any], no_theme: Any, no_place: Any) -> None:
        """The lists of this process: its themes, the districts of its space."""
        self.theme_slug.choices = [SelectChoice("", no_theme), *(SelectChoice(t.slug, t.name) for t in themes)]
        self.ubigeo.choices = [SelectChoice("", no_place), *(SelectChoice(p.ubigeo, p.name) for p in places)]

    def keep_place(self, place: Any) -> None:
        """A district that was chosen on the map stays chosen, though the short list does not have it."""
        if place is not None and place.ubigeo not in {choice.value for choice in self.ubigeo.choices}:
            self.ubigeo.choices.append(SelectChoice(place.ubigeo, place.full_name))

    def offer(self, places: Sequence[Any]) -> None:
        """The places that a written name may mean, to choose from."""
        self.place_choice.choices = [SelectChoice(p.ubigeo, p.full_name) for p in places]

    def refuse_place(self, choices: Sequence[Any]) -> None:
        """Say that the written place is unknown, or offer what it may be."""
        code = ContributionProblem.PLACE_AMBIGUOUS if choices else ContributionProblem.PLACE_UNKNOWN
        field = "place_choice" if choices else "place"
        self.offer(choices)
        self.show(RuleBroken([Problem(code, field, {"name": self.place.data or ""})]))

    def unsaid(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems of fields that nothing was said about yet."""
        return [problem for problem in problems if not (problem.field in self._fields and self._fields[problem.field].errors)]

    def renew_key(self) -> None:
        """A fresh key on the page, so that another contribution can be sent from it."""
        self.submission_key.data = new_key()

    def validate_submission_key(self, field: Any) -> None:
        if not is_key(field.data or ""):
            field.data = new_key()
            raise ValidationError(str(self.messages[ContributionProblem.KEY_MALFORMED]))


class OnlineForm(AuthoredForm, ArrivingForm):
    """A citizen's own contribution."""

    text = text(_("¿Qué quiere decir?"), LONGEST["text"])
    title = line(_("Título"), LONGEST["title"], required=False)
    proponent_kind = RadioField(
        _("¿Quién habla?"), choices=choices_of(words.KINDS), coerce=member_of(ProponentKind), validate_choice=False, validators=[Needed()],
        default=ProponentKind.PERSON,
    )  # fmt: skip
    acting_for = SelectField(_("¿En nombre de quién habla?"), choices=[], validate_choice=False, filters=[clean_line])
    is_child = BooleanField(_("Quien habla tiene menos de 14 años, y está con su madre, su padre o quien lo cuida"))
    speaker = line(_("Su nombre y apellidos"), LONGEST["speaker"], required=False)
    organisation = line(_("Nombre de la organización"), LONGEST["organisation"], required=False)
    consent = RadioField(
        _("¿Cómo quiere que aparezca su nombre?"), choices=choices_of(words.CONSENTS), coerce=member_of(NameConsent), validate_choice=False,
        validators=[Needed()],
    )  # fmt: skip
    pseudonym = line(_("Seudónimo"), LONGEST["pseudonym"], required=False)
    email = EmailField(_("Correo"), filters=[clean_line])
    phone = TelField(_("Teléfono"), filters=[clean_line])
    reference = line(_("Referencia"), LONGEST["reference"], required=False)
    coordinates = line(_("Coordenadas"), LONGEST["coordinates"], required=False)
    by_voice = BooleanField(_("Prefiero decirlo con mi voz: después de enviar grabo un audio"))
    is_spoken = False

    def take_voice(self) -> None:
        """Who speaks instead of writing leaves the text empty: what stands in its place says so."""
        self.is_spoken = bool(self.by_voice.data) and not self.text.data
        if self.is_spoken:
            self.text.data, self.title.data = VOICE_TEXT, self.title.data or VOICE_TITLE

    def give_voice_back(self) -> None:
        """The form as it was typed, to be shown again."""
        if self.is_spoken:
            self.text.data, self.title.data = "", "" if self.title.data == VOICE_TITLE else self.title.data

    def resume(self, content: Mapping[str, str], submission_key: str) -> None:
        """Show what was kept of it, to go on writing."""
        self.process(MultiDict({**content, "submission_key": submission_key}))

    def speak_for(self, organisations: Sequence[Any], none: Any) -> None:
        """The verified organisations in whose name whoever is signed in may speak."""
        self.acting_for.choices = [SelectChoice("", none), *(SelectChoice(o.slug, o.name) for o in organisations)]

    def draft(self, ubigeo: str) -> ContributionDraft:
        draft = self._draft(ubigeo)
        if draft.acting_for:  # it is the organisation that is named, whatever was chosen for a person
            return replace(draft, proponent_kind=ProponentKind.ORGANISATION, consent=draft.consent or NameConsent.ANONYMOUS)
        return of_child(replace(draft, pseudonym=self.pseudonym.data or "")) if self.is_child.data else draft

    def _draft(self, ubigeo: str) -> ContributionDraft:
        speaks_for = self.proponent_kind.data is ProponentKind.ORGANISATION
        return ContributionDraft(
            text=self.text.data or "", title=self.title.data or "", proponent_kind=self.proponent_kind.data,
            speaker=self.speaker.data or "", organisation=(self.organisation.data or "") if speaks_for else "",
            sector=self.sector.data if speaks_for else None, email=self.email.data or "", phone=self.phone.data or "", ubigeo=ubigeo,
            language=self.language.data or Language.SPANISH, theme_slug=self.theme_slug.data or "", channel=Channel.WEB,
            consent=self.consent.data, pseudonym=self.pseudonym.data or "" if self.consent.data is NameConsent.PSEUDONYM else "",
            reference=self.reference.data or "", coordinates=self.coordinates.data or "", acting_for=self.acting_for.data or "",
        )  # fmt: skip

    def know(self, name: str, email: str, pseudonym: str) -> None:
        """Begin with what the account of whoever is signed in says."""
        self.speaker.data, self.email.data, self.pseudonym.data = name, email, pseudonym

    def protect(self) -> None:
        """Who is 14 to 17 appears by a pseudonym, without name or place, whatever the form says (P07)."""
        self.consent.data, self.speaker.data = NameConsent.PSEUDONYM, ""
        self.proponent_kind.data, self.organisation.data, self.acting_for.data, self.sector.data = ProponentKind.PERSON, "", "", None
        self.ubigeo.data = self.place.data = self.phone.data = self.reference.data = self.coordinates.data = ""


class AssistanceForm(Form):
    """Beginning to write for somebody who is present."""

    messages = words.PROBLEMS
    person_name = line(_("¿A quién atiende?"), LONGEST["speaker"], required=False)
    channel = RadioField(
        _("¿Cómo?"), choices=choices_of({channel: words.CHANNELS[channel] for channel in ASSISTED_CHANNELS}), coerce=member_of(Channel),
        validate_choice=False,
    )  # fmt: skip
    purpose = line(_("¿Para qué?"), 300, required=False)
    is_present = BooleanField(_("La persona está conmigo o al teléfono, y le leí cómo se usan sus datos"))

    def draft(self) -> AssistanceDraft:
        return AssistanceDraft(self.person_name.data or "", self.channel.data, self.purpose.data or "", bool(self.is_present.data))


class AssistedForm(OnlineForm):
    """What the person says, as the registrar writes it."""

    text = text(_("¿Qué dice la persona?"), LONGEST["text"])
    speaker = line(_("Nombre y apellidos de la persona"), LONGEST["speaker"], required=False)
    language = select_of(_("Habla en"), Language, words.LANGUAGES, default=Language.SPANISH)
    consent = RadioField(
        _("¿Cómo quiere aparecer?"), choices=choices_of(words.CONSENTS_CHOSEN), coerce=member_of(NameConsent), validate_choice=False,
        validators=[Needed()],
    )  # fmt: skip
