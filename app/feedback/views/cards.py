"""Answers as cards: every word translated once a language, every link made without asking the router thirty times."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from app.contributions.rules.terms import Channel, Language, Visibility
from app.core import languages
from app.core.clock import lima_day
from app.core.dates import long_date, short_date
from app.core.mold import Molds
from app.core.templates import poured
from app.feedback.messages import OUTCOMES
from app.feedback.queries.published import LONGEST_QUOTE
from app.feedback.rules.outcomes import Outcome
from app.groups.rules.groups import reference

LANGUAGES = {language: language.tag for language in Language}
_SHOWN_REFERENCE = 90
LONGEST_SHOWN = 240  # thirty cards, the style sheet and the font fit in 45 KB (tests/journeys/test_weight.py)


class Place(NamedTuple):
    text: str
    href: str


class Card(NamedTuple):
    """What components/answer_card.html draws: first what it compares or looks up, then the plain texts it prints."""

    outcome: str
    outcome_label: str
    quote_lang: str
    where: Sequence[Place]
    reference: str
    anchor: str
    href: str
    title: str
    meta: str
    quote: str
    decided: str
    why: str
    who: str
    answered_on: str
    answered_text: str
    waiting: str
    reply_href: str
    reply_text: str
    more: str = ""


def drawn(cards: Sequence[Card], level: int = 3) -> list[Markup]:
    """The cards as components/answer_card.html draws them, poured in its molds."""
    molds = _card_molds(level)
    return [molds.pour(*_piece(card)) for card in cards]


def drawn_together(cards: Sequence[Card], level: int = 3) -> Markup:
    """As `drawn`, a line each."""
    return _card_molds(level).pour_lines([_piece(card) for card in cards])


def _card_molds(level: int) -> Molds:
    return poured("components/answer_card.html", _DRAW[level])


def _piece(card: Card) -> tuple[Hashable, Sequence[str]]:
    kind = (card.outcome, card.outcome_label, card.quote_lang, len(card.where))
    return kind, (*card[_TEXTS:], *chain.from_iterable(card.where))  # type: ignore[arg-type]


_TEXTS = Card._fields.index("where") + 1


def _draw(level: int, module: Any, kind: tuple[str, str, str, int], marks: Sequence[str]) -> str:
    *compared, places = kind
    texts = len(marks) - 2 * places
    where = [Place(*marks[place : place + 2]) for place in range(texts, len(marks), 2)]
    return str(module.answer_card(Card._make([*compared, where, *marks[:texts]]), labels(), level))


_DRAW = {level: partial(_draw, level) for level in (2, 3)}


def labels() -> "Labels":
    return words(languages.current()).labels


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
    """Every word that cards and what leads to them may need, in one language."""

    labels: Labels
    outcomes: dict[Outcome, str]
    channels: dict[Channel, str]
    decided: dict[Outcome, str]
    workshop: str
    hidden: str
    undecided: str
    reply: str
    more: str
    commitment: str
    milestone: str
    group: str
    waiting: str
    every_outcome: str
    every_theme: str
    by_outcome: str
    by_theme: str


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
        hidden=gettext("Aporte retirado de la vista"),
        undecided=gettext("Sin decisión todavía"),
        reply=gettext("Replicar hasta el %(day)s", day="~"),
        more=gettext("Leer completa"),
        commitment=gettext("Compromiso %(number)s", number="~"),
        milestone=gettext("hito %(number)s", number="~"),
        group=gettext("respondido con el grupo %(group)s", group="~"),
        waiting=gettext("Sin respuesta todavía"),
        every_outcome=gettext("Todas"),
        every_theme=gettext("Todos los temas"),
        by_outcome=gettext("Según lo que se decidió"),
        by_theme=gettext("Por tema"),
    )


class CardMaker:
    """Makes the cards of one request."""

    def __init__(self, process_slug: str, today: date) -> None:
        self.before, self.after = url_for("feedback.show", code="~").split("~")
        self.plan = url_for("feedback.plan", slug=process_slug)
        self.today = today
        self.words = words(languages.current())
        self.outcomes = self.words.outcomes

    def address(self, code: str) -> str:
        return f"{self.before}{code}{self.after}"

    def card(self, row: Any) -> Card:
        """A row of `queries.answers` as a card."""
        return self._card(row, self.decision(row), row.text, "")

    def brief(self, row: Any) -> Card:
        """The card for a list: a long decision or reason is cut, with the way to read it whole."""
        decided, why = self.decision(row), row.text
        if len(decided) <= LONGEST_SHOWN and len(why) <= LONGEST_SHOWN:
            return self._card(row, decided, why, "")
        return self._card(row, cut(decided, LONGEST_SHOWN), cut(why, LONGEST_SHOWN), self.words.more)

    def _card(self, row: Any, decided: str, why: str, more: str) -> Card:
        is_public = row.visibility == Visibility.PUBLIC
        published = lima_day(row.published_at) if row.published_at else None
        can_reply = row.reply_until is not None and row.reply_until >= self.today
        address = self.address(row.code)
        return Card(
            row.outcome or "draft",
            self.outcomes[row.outcome] if row.outcome else self.words.undecided,
            LANGUAGES[row.language] if is_public else "",
            self.places(row),
            row.code,
            row.code,
            address,
            row.title if is_public else self.words.hidden,
            self.meta(row) if is_public else "",
            quoted(row.quote) if is_public else "",
            decided,
            why,
            row.organisation or "",
            published.isoformat() if published else "",
            long_date(published),
            "",
            f"{address}#replica" if can_reply else "",
            self.words.reply.replace("~", short_date(row.reply_until)) if can_reply else "",
            more,
        )

    def meta(self, row: Any) -> str:
        where = self.words.workshop.replace("~", str(row.workshop)) if row.workshop else self.words.channels[row.channel]
        who = row.public_name
        if row.organisation_name and row.organisation_name != who:
            who = f"{who}, {row.organisation_name}"
        together = self.words.group.replace("~", reference(row.group_number)) if row.group_number else ""
        return " · ".join(filter(None, (where, row.place, who, together)))

    def decision(self, row: Any) -> str:
        """What was decided, in a sentence or two; idea by idea when there are several."""
        outcome = row.outcome
        if row.ideas:
            said = enumerate(row.ideas, start=1)
            return " ".join(f"{n}) {self.outcomes[Outcome(of)] if of else ''}: {sentence_of(idea)}" for n, (of, idea) in said)
        if outcome is None or outcome == Outcome.ADOPTED:
            return str(row.what_changed)
        parts = _PARTS.get(outcome)
        sentence = self.words.decided[outcome]
        return sentence.format(**parts(self, row)) if parts else sentence

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


_PARTS: dict[Outcome, Callable[[CardMaker, Any], dict[str, str]]] = {
    Outcome.ADOPTED_PARTIALLY: lambda maker, row: {"adopted": sentence_of(row.adopted_part), "rejected": sentence_of(row.rejected_part)},
    Outcome.DEFERRED: lambda maker, row: {"cycle": row.target_cycle, "owner": row.carry_over_owner},
    Outcome.REFERRED: lambda maker, row: {
        "entity": row.referred_to, "document": row.referred_document, "day": long_date(row.referred_on)
    },
    Outcome.NOT_ADOPTED: lambda maker, row: {"change": row.change_needed},
    Outcome.OUT_OF_SCOPE: lambda maker, row: {"where": row.where_to_go},
    Outcome.MERGED: lambda maker, row: {"code": row.merged_into},
    Outcome.NEEDS_CLARIFICATION: lambda maker, row: {
        "question": row.question, "day": long_date(row.clarify_by), "fallback": maker.outcomes[row.fallback] if row.fallback else "",
    },
    Outcome.WITHDRAWN: lambda maker, row: {"record": row.request_record},
}  # fmt: skip
"""What each sentence of `Words.decided` names."""


def sentence_of(text: str) -> str:
    """The text with a full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def quoted(text: str) -> str:
    """The words between quotation marks, cut at a word when long."""
    is_tidy = "\n" not in text and "\t" not in text and "  " not in text  # most are one line already
    line = text.strip() if is_tidy else " ".join(text.split())
    return f"“{cut(line, LONGEST_QUOTE)}”"


def cut(text: str, longest: int) -> str:
    """The text, or its first words and an ellipsis."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
