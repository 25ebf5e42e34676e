"""Gathers the feedback report of a process, in words ready to read whatever the format."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.activities import queries as activities
from app.audit import queries as register
from app.contributions.messages import CHANNELS
from app.core.dates import long_date
from app.feedback import documents as matrix
from app.feedback import queries as feedback
from app.feedback.messages import OUTCOMES, REASONS
from app.feedback.rules.matrix import COLUMNS
from app.organisations.messages import SECTORS
from app.processes import queries as processes
from app.processes.models import Process
from app.reports.rules import feedback_report as rules

LONGEST_HEARD = 280


@dataclass(frozen=True)
class Pair:
    """What was heard, what was decided and why, about one code (or the codes of a group)."""

    code: str
    title: str
    heard: str
    outcome: str
    outcome_name: str
    decided: str
    why: str
    where: str
    who: str
    url: str


@dataclass(frozen=True)
class Theme:
    """A theme with its numbers as a sentence, and its pairs."""

    slug: str
    name: str
    question: str
    numbers: rules.Row
    sentence: str
    pairs: Sequence[Pair]


@dataclass(frozen=True)
class Content:
    """The report in words.

    `tables` are (title, heads, rows) of texts and numbers, the first head naming the rows. `proof` says how to check the report
    against the public register; empty while nothing is signed.
    """

    title: str
    process: str
    space: str
    made_on: str
    url: str
    summary: Sequence[str]
    how: Sequence[str]
    tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]
    themes: Sequence[Theme]
    annex: Sequence[Pair]
    proof: str
    report: rules.Report


def gather(process: Process, now: datetime) -> Content:
    """Reads the public matrix once; `process.space` is loaded. The same few statements whatever the size."""
    channels: Counter[str] = Counter()
    entries = []
    for row in matrix.matrix(process):
        cells = dict(zip(COLUMNS, map(str, row), strict=True))
        channels[cells["canal"]] += 1
        entries.append(rules.entry_of(cells))
    named = {theme.slug: theme for theme in processes.themes(process.id)}
    report = rules.compiled(entries, list(named), [outcome.value for outcome in OUTCOMES])
    pairs = {entry.code: pair_of(entry) for entry in entries}
    return Content(
        title=_("Informe de retroalimentación"),
        process=process.title,
        space=process.space.name,
        made_on=long_date(now),
        url=current_app.config["SITE_URL"] + url_for("reports.show", slug=process.slug),
        summary=_summary(report),
        how=_how(process, channels),
        tables=_tables(report),
        themes=[_theme(section, named.get(section.slug), pairs) for section in report.themes],
        annex=list(pairs.values()),
        proof=_proof(),
        report=report,
    )


def _proof() -> str:
    signed = register.newest_checkpoint()
    if signed is None:
        return ""
    return _(
        "Punto de control del registro público: %(size)s actos, huella %(hash)s, firmado el %(day)s. Quien guarde este documento puede "
        "comprobar en %(url)s que nada de lo anterior cambió después.",
        size=signed.size,
        hash=signed.short_hash,
        day=long_date(signed.made_at),
        url=current_app.config["SITE_URL"] + url_for("audit.index"),
    )


def _summary(report: rules.Report) -> list[str]:
    total = report.total
    owed = total.received - total.by_outcome.get(rules.WITHDRAWN, 0)
    said = [
        ngettext("Se recibió %(num)s aporte.", "Se recibieron %(num)s aportes.", total.received),
        _("Tienen respuesta escrita y pública %(answered)s de %(owed)s.", answered=total.answered, owed=owed),
        ngettext("%(num)s se acogió, entero o en parte.", "%(num)s se acogieron, enteros o en parte.", total.adopted),
    ]
    if report.waiting:
        said.append(
            ngettext("%(num)s todavía espera respuesta; su código está en el anexo.",
                     "%(num)s todavía esperan respuesta; sus códigos están en el anexo.", len(report.waiting))
        )  # fmt: skip
    return said


def _how(process: Process, channels: Counter[str]) -> list[str]:
    """How the process was carried out, from its own records."""
    said = []
    versions = processes.published_versions(process.id)
    first = min(versions, key=lambda version: version.n or 0, default=None)
    if first and first.published_at:
        said.append(_("El cronograma se publicó el %(day)s, %(days)s días antes del inicio; tiene %(count)s versiones públicas.",
                      day=long_date(first.published_at), days=first.notice_days, count=len(versions)))  # fmt: skip
    if process.is_retroactive:
        said.append(_("El registro se cargó después de los hechos: no cuenta como aviso oportuno."))
    records = activities.published_facts(process.id)
    if records:
        said.append(_("Se publicó el registro de %(count)s talleres y reuniones, con %(people)s asistencias.",
                      count=len(records), people=sum(facts.people for _activity, facts in records)))  # fmt: skip
    names = {str(channel): str(name) for channel, name in CHANNELS.items()}
    listed = ", ".join(f"{names[channel].lower()}: {count}" for channel, count in channels.most_common() if channel in names)
    if listed:
        said.append(_("Los aportes llegaron por estos canales: %(channels)s.", channels=listed))
    released = feedback.batches(process.id)
    if released:
        said.append(
            _(
                "Las respuestas se publicaron en %(count)s entregas, del %(first)s al %(last)s. Cada una lleva la firma de un integrante "
                "del gobierno y de uno de la sociedad civil, que no la redactaron.",
                count=len(released),
                first=long_date(released[-1].published_at),
                last=long_date(released[0].published_at),
            )
        )
    return said


def _tables(report: rules.Report) -> list[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]:
    outcomes = {str(outcome): str(name) for outcome, name in OUTCOMES.items()} | {rules.WAITING: _("Sin respuesta todavía")}
    sectors = {str(sector): str(name) for sector, name in SECTORS.items()}
    reasons = {str(reason): str(name) for reason, name in REASONS.items()}
    heads = [_("Recibidos"), _("Respondidos"), _("Acogidos")]
    unknown = _("Sin dato público")
    by_outcome = [(outcomes[code], report.total.by_outcome[code]) for code in outcomes if report.total.by_outcome.get(code)]
    return [
        (_("Por lo que se decidió"), [_("Decisión"), _("Aportes")], by_outcome),
        (_("Por sector de quien habló"), [_("Sector"), *heads], _lines(report.sectors, sectors, unknown)),
        (_("Por territorio"), [_("Territorio"), *heads], _lines(report.territories, {}, unknown)),
        (_("Por motivo"), [_("Motivo"), _("Aportes")], [(f"{code}. {reasons.get(code, '')}", count) for code, count in report.reasons]),
    ]


def _lines(rows: Sequence[rules.Row], names: dict[str, str], unknown: str) -> list[tuple[str, int, int, int]]:
    return [(names.get(row.name, row.name) or unknown, row.received, row.answered, row.adopted) for row in rows]


def _theme(section: rules.ThemeSection, theme: Any, pairs: dict[str, Pair]) -> Theme:
    numbers = section.numbers
    return Theme(
        slug=section.slug,
        name=theme.name if theme else _("Sin tema"),
        question=theme.question if theme else "",
        numbers=numbers,
        sentence=_("Se recibieron %(received)s aportes; %(answered)s tienen respuesta y %(adopted)s se acogieron, enteros o en parte.",
                   received=numbers.received, answered=numbers.answered, adopted=numbers.adopted),
        pairs=[pairs[entry.code] for entry in section.entries],
    )  # fmt: skip


def pair_of(entry: rules.Entry) -> Pair:
    """An entry in words."""
    names = {str(outcome): str(name) for outcome, name in OUTCOMES.items()}
    parts = []
    if entry.adopted_part:
        parts.append(_("Se acoge: %(part)s", part=entry.adopted_part))
    if entry.refused_part:
        parts.append(_("No se acoge: %(part)s", part=entry.refused_part))
    where = _("Compromiso %(number)s", number=entry.commitment) if entry.commitment else ""
    if where and entry.milestone:
        where += ", " + _("hito %(number)s", number=entry.milestone)
    heard = " ".join(entry.heard.split())
    return Pair(
        code=entry.code,
        title=entry.title or _("En revisión antes de publicarse"),
        heard=heard if len(heard) <= LONGEST_HEARD else heard[:LONGEST_HEARD].rsplit(" ", 1)[0] + "…",
        outcome=entry.outcome,
        outcome_name=names.get(entry.outcome, _("Sin respuesta todavía")),
        decided=" ".join(parts),
        why=entry.why,
        where=where,
        who=", ".join(part for part in (entry.organisation, entry.answered_on) if part),
        url=entry.url,
    )
