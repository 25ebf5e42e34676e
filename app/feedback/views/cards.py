"""Answers as cards: every word translated once a request, every link made without asking the router thirty times."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import get_locale, gettext

from app.contributions.rules.terms import Channel, Language, Visibility
from app.core.clock import lima_day
from app.core.dates import long_date, short_date
from app.feedback.messages import OUTCOMES
from app.feedback.queries.published import LONGEST_QUOTE
from app.feedback.rules.outcomes import Outcome

LANGUAGES = {Language.SPANISH: "", Language.QUECHUA: "qu", Language.AYMARA: "ay", Language.OTHER: ""}
_SHOWN_REFERENCE = 90


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """What components/answer_card.html draws."""

    reference: str
    anchor: str
    href: str
    title: str
    meta: str
    quote: str
    quote_lang: str
    outcome: str
    outcome_label: str
    decided: str
    why: str
    where: list[Place]
    who: str
    answered_on: str
    answered_text: str
    waiting: str = ""
    reply_href: str = ""
    reply_text: str = ""


def labels() -> "Labels":
    return words(str(get_locale())).labels


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the parts of a card."""

    said: str
    decided: str
    why: str
    where: str
    who: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every word a card may need, in one language."""

    labels: Labels
    outcomes: dict[Outcome, str]
    channels: dict[Channel, str]
    decided: dict[Outcome, str]
    workshop: str
    hidden: str
    undecided: str
    reply: str
    commitment: str
    milestone: str


@lru_cache(maxsize=8)
def words(locale: str) -> Words:
    """Translated once for each language; `locale` only names it."""
    return Words(
        labels=Labels(
            gettext("Qué se dijo"),
            gettext("Qué se decidió"),
            gettext("Por qué"),
            gettext("Dónde se refleja"),
            gettext("Quién responde y cuándo"),
        ),
        outcomes={outcome: str(label) for outcome, label in OUTCOMES.items()},
        channels={
            Channel.WORKSHOP: gettext("Taller"),
            Channel.WEB: gettext("Por internet"),
            Channel.PAPER: gettext("En papel"),
            Channel.PHONE: gettext("Por teléfono"),
            Channel.EMAIL: gettext("Por correo"),
            Channel.WINDOW: gettext("En ventanilla"),
        },
        decided={
            Outcome.ADOPTED_PARTIALLY: gettext("Se acoge: {adopted} No se acoge: {rejected}"),
            Outcome.ALREADY_COVERED: gettext("Ya estaba contemplado antes de este aporte."),
            Outcome.DEFERRED: gettext("Queda para {cycle}. Lo llevará: {owner}."),
            Outcome.REFERRED: gettext("Se envió a {entity} con {document}, el {day}."),
            Outcome.NOT_ADOPTED: gettext("No entra en este plan. Para acogerlo tendría que cambiar lo siguiente: {change}"),
            Outcome.OUT_OF_SCOPE: gettext("Está fuera de lo que este plan puede decidir. A dónde acudir: {where}"),
            Outcome.MERGED: gettext("Se responde junto con el aporte {code}."),
            Outcome.NEEDS_CLARIFICATION: gettext(
                "Pregunta: {question} Puede contestar hasta el {day}; sin respuesta se decidirá: {fallback}."
            ),
            Outcome.WITHDRAWN: gettext("Su autor lo retiró. Constancia: {record}."),
        },
        workshop=gettext("Taller %(number)s", number="~"),
        hidden=gettext("Aporte oculto por moderación"),
        undecided=gettext("Sin decisión todavía"),
        reply=gettext("Replicar hasta el %(day)s", day="~"),
        commitment=gettext("Compromiso %(number)s", number="~"),
        milestone=gettext("hito %(number)s", number="~"),
    )


class CardMaker:
    """Makes the cards of one request."""

    def __init__(self, process_slug: str, today: date) -> None:
        self.before, self.after = url_for("feedback.show", code="~").split("~")
        self.plan = url_for("feedback.plan", slug=process_slug)
        self.today = today
        self.words = words(str(get_locale()))
        self.outcomes = self.words.outcomes

    def address(self, code: str) -> str:
        return f"{self.before}{code}{self.after}"

    def card(self, row: Any) -> Card:
        """A row of `queries.answers` as a card."""
        is_public = row.visibility is Visibility.PUBLIC
        published = lima_day(row.published_at) if row.published_at else None
        can_reply = row.reply_until is not None and row.reply_until >= self.today
        address = self.address(row.code)
        return Card(
            row.code,
            row.code,
            address,
            row.title if is_public else self.words.hidden,
            self.meta(row) if is_public else "",
            quoted(row.quote) if is_public else "",
            LANGUAGES[row.language] if is_public else "",
            row.outcome.value if row.outcome else "draft",
            self.outcomes[row.outcome] if row.outcome else self.words.undecided,
            self.decision(row),
            row.text,
            self.places(row),
            row.organisation or "",
            published.isoformat() if published else "",
            long_date(published),
            "",
            f"{address}#replica" if can_reply else "",
            self.words.reply.replace("~", short_date(row.reply_until)) if can_reply else "",
        )

    def meta(self, row: Any) -> str:
        where = self.words.workshop.replace("~", str(row.workshop)) if row.workshop else self.words.channels[row.channel]
        who = row.public_name
        if row.organisation_name and row.organisation_name != who:
            who = f"{who}, {row.organisation_name}"
        return " · ".join(part for part in (where, row.place, who) if part)

    def decision(self, row: Any) -> str:
        """What was decided, in a sentence or two."""
        outcome = row.outcome
        if outcome is None or outcome is Outcome.ADOPTED:
            return str(row.what_changed)
        return self.words.decided[outcome].format(
            adopted=sentence_of(row.adopted_part),
            rejected=sentence_of(row.rejected_part),
            cycle=row.target_cycle,
            owner=row.carry_over_owner,
            entity=row.referred_to,
            document=row.referred_document,
            day=long_date(row.referred_on or row.clarify_by),
            change=row.change_needed,
            where=row.where_to_go,
            code=row.merged_into,
            question=row.question,
            record=row.request_record,
            fallback=self.outcomes[row.fallback] if row.fallback else "",
        )

    def places(self, row: Any) -> list[Place]:
        """Where the decision shows: the plan, the norm or document, the contribution that carries the answer."""
        found = []
        if row.commitment:
            text = f"{self.words.commitment.replace('~', str(row.commitment))}: {row.commitment_title}"
            if row.milestone:
                text += f" ({self.words.milestone.replace('~', row.milestone)})"
            found.append(Place(text, f"{self.plan}#compromiso-{row.commitment}"))
        if row.merged_into:
            found.append(Place(row.merged_into, self.address(row.merged_into)))
        if row.reference:
            is_link = row.reference.startswith(("https://", "http://")) and " " not in row.reference
            shown = row.reference if len(row.reference) <= _SHOWN_REFERENCE or not is_link else row.reference[:_SHOWN_REFERENCE] + "…"
            found.append(Place(shown, row.reference if is_link else ""))
        return found


def sentence_of(text: str) -> str:
    """The text with a full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def quoted(text: str) -> str:
    """The words between quotation marks, cut at a word when long."""
    line = " ".join(text.split())
    if len(line) > LONGEST_QUOTE:
        line = line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"“{line}”"
