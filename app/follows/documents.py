"""News in words with the page they lead to, and the calendar of a territory or of a process (RFC 5545)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from icalendar import Calendar, Event, vText

from app.core.clock import LIMA
from app.core.dates import long_date
from app.follows.models import News
from app.follows.queries import Told
from app.follows.rules import Subject, SubjectKind
from app.processes.models import Opportunity

REFRESH = timedelta(hours=6)
LONG = timedelta(days=2)
Act = News | Told


def headline(news: Act) -> str:
    """One sentence: what happened. It names the contribution or the activity, never the process (a line of its own does)."""
    if news.contribution is not None:
        return _about_contribution(news, f"{news.contribution.code}, «{news.contribution.title}»")
    if news.opportunity is not None:
        return _about_activity(news, f"«{news.opportunity.title}»")
    return _about_process(news)


def _about_contribution(news: Act, what: str) -> str:
    sentences: dict[str, Callable[[], str]] = {
        "contributions.publish": lambda: _("Nuevo aporte: %(what)s", what=what),
        "contributions.correct": lambda: _("Se corrigió la transcripción del aporte %(what)s", what=what),
        "feedback.publish": lambda: _("Hay respuesta al aporte %(what)s", what=what),
        "feedback.note": lambda: _("La respuesta al aporte %(what)s tiene una nota nueva", what=what),
        "feedback.dissent": lambda: _("El foro dejó un desacuerdo junto a la respuesta al aporte %(what)s", what=what),
        "letters.publish-reply": lambda: _("Se publicó la réplica de quien presentó el aporte %(what)s", what=what),
        "letters.settle-reply": lambda: _("Se contestó la réplica sobre el aporte %(what)s", what=what),
        "letters.link-change": lambda: _("La respuesta al aporte %(what)s cambió por una réplica", what=what),
    }
    return sentences.get(news.action, lambda: _("Hay novedades sobre el aporte %(what)s", what=what))()


def _about_activity(news: Act, what: str) -> str:
    sentences: dict[str, Callable[[], str]] = {
        "activities.cancel": lambda: _("Se canceló %(what)s", what=what),
        "activities.publish": lambda: _("Ya se puede leer qué pasó en %(what)s: acta, asistencia y documentos", what=what),
        "activities.correct_minutes": lambda: _("Se corrigió el acta de %(what)s", what=what),
        "activities.add_file": lambda: _("Hay un documento nuevo de %(what)s", what=what),
    }
    return sentences.get(news.action, lambda: _("Hay novedades sobre %(what)s", what=what))()


def _about_process(news: Act) -> str:
    count = news.amount
    sentences: dict[str, Callable[[], str]] = {
        "processes.publish-schedule": lambda: _("Se publicó el cronograma, versión %(n)s", n=news.detail or "1"),
        "processes.record-start": lambda: _("Empezó el proceso"),
        "processes.advance": lambda: _("El proceso cambió de estado"),
        "processes.publish-criteria": lambda: _("Se publicaron los criterios de evaluación"),
        "contributions.import": lambda: ngettext("Se recibió %(num)d aporte", "Se recibieron %(num)d aportes", count),
        "feedback.publish": lambda: ngettext("Se publicó %(num)d respuesta", "Se publicaron %(num)d respuestas", count),
        "feedback.record-votes": lambda: _("Se registró lo que votó un taller"),
        "evaluation.publish": lambda: _("Se publicó el orden de los aportes evaluados"),
        "plans.publish-version": lambda: _("Se publicó una versión del plan"),
        "plans.approve": lambda: _("Se aprobó el plan"),
        "plans.submit": lambda: _("El plan se entregó a OGP"),
        "plans.amend": lambda: _("Cambió un compromiso del plan aprobado"),
        "plans.report-progress": lambda: _("Hay avance de un compromiso del plan"),
        "agreements.publish-act": lambda: _("Se publicó el acta de acuerdos y compromisos"),
        "agreements.report-progress": lambda: _("Hay noticias de un proyecto acordado"),
        "agreements.import-execution": lambda: _("Se publicó la ejecución del mes"),
        "vigilance.elect": lambda: _("Se eligió el comité de vigilancia"),
        "vigilance.publish-finding": lambda: _("El comité de vigilancia publicó un hallazgo"),
        "vigilance.reply": lambda: _("La entidad respondió al comité de vigilancia"),
        "vigilance.publish-report": lambda: _("El comité de vigilancia publicó un informe"),
    }
    return sentences.get(news.action, lambda: _("Hay novedades del proceso"))()


def leads_to(news: Act) -> tuple[str, dict[str, Any]]:
    """Endpoint and arguments of the page where it can be read."""
    slug = news.process.slug
    if news.contribution is not None:
        endpoint = {
            "feedback.publish": "feedback.show", "feedback.note": "feedback.show", "feedback.dissent": "feedback.show",
            "letters.publish-reply": "letters.replies", "letters.settle-reply": "letters.replies", "letters.link-change": "letters.replies",
        }.get(news.action, "portal.contribution")  # fmt: skip
        return endpoint, {"code": news.contribution.code}
    if news.opportunity is not None:
        return "portal.activity", {"slug": slug, "activity": news.opportunity.slug}
    endpoint = {
        "processes.publish-schedule": "processes.schedule", "contributions.import": "portal.contributions",
        "feedback.publish": "feedback.index", "evaluation.publish": "evaluation.show", "processes.publish-criteria": "evaluation.show",
        "plans.publish-version": "feedback.plan", "plans.approve": "feedback.plan", "plans.submit": "feedback.plan",
        "plans.amend": "plans.tracker", "plans.report-progress": "plans.tracker",
        "agreements.publish-act": "agreements.show", "agreements.report-progress": "agreements.execution",
        "agreements.import-execution": "agreements.execution", "vigilance.elect": "vigilance.show",
        "vigilance.publish-finding": "vigilance.show", "vigilance.reply": "vigilance.show", "vigilance.publish-report": "vigilance.show",
    }.get(news.action, "portal.process")  # fmt: skip
    return endpoint, {"slug": slug}


def item(news: Act) -> dict[str, Any]:
    """As letters keep it: the address is made when the letter is written."""
    endpoint, args = leads_to(news)
    return {"text": headline(news), "process": news.process.title, "when": long_date(news.at), "endpoint": endpoint, "args": args}


def narrowed(shown: dict[str, Any], codes: list[str], parts: list[str], kept: dict[str, str]) -> dict[str, Any]:
    """An item as one reader gets it: what of it they follow, and the page with only that."""
    return {**shown, "args": {**shown["args"], **kept}, "own": [*codes, *parts]}


def filter_of(subject: Subject) -> dict[str, str]:
    """How the list of contributions is narrowed to a theme or a territory."""
    return {"tema": subject.ref.partition("/")[2]} if subject.kind is SubjectKind.THEME else {"territorio": subject.ref}


def calendar(
    opportunities: Iterable[Opportunity], *, name: str, host: str, cancelled: Collection[int], stamps: Mapping[int, datetime],
    address: Callable[[Opportunity], str],
) -> bytes:  # fmt: skip
    """Every opportunity ever announced, each under the UID it has in the calendar of its process.

    `cancelled` are the ids of those whose record says they were not held; `stamps` the last publication of each process. SEQUENCE
    grows with every public change of the process, so a subscribed calendar takes a new date, or strikes out what is cancelled, by itself.
    """
    file = Calendar()
    for key, value in (
        ("prodid", "-//Minka//Avisos//ES"), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name),
        ("x-wr-timezone", "America/Lima"),
    ):  # fmt: skip
        file.add(key, value)
    file.add("name", name)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT6H")
    for opportunity in opportunities:
        event = _event(opportunity, host, opportunity.is_withdrawn or opportunity.id in cancelled, address(opportunity))
        event.add("dtstamp", stamps.get(opportunity.process_id, opportunity.process.created_at))
        file.add_component(event)
    file.add_missing_timezones()
    return file.to_ical()


def _event(opportunity: Opportunity, host: str, is_cancelled: bool, address: str) -> Event:
    process = opportunity.process
    event = Event()
    event.add("uid", f"{process.slug}.{opportunity.slug}@{host}")
    event.add("sequence", process.public_revision)
    event.add("summary", opportunity.title)
    event.add("dtstart", opportunity.starts_at.astimezone(LIMA))
    event.add("dtend", opportunity.ends_at.astimezone(LIMA))
    event.add("transp", "TRANSPARENT" if opportunity.ends_at - opportunity.starts_at > LONG else "OPAQUE")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if opportunity.place or opportunity.url:
        event["location"] = vText(opportunity.place or opportunity.url)
    about = [process.title, opportunity.who_can_join, opportunity.how_to_register, opportunity.contact]
    event.add("description", "\n".join(line for line in about if line))
    event.add("url", address)
    return event
