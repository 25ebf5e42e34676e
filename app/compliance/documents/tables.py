"""The records behind each requirement as tables of the evidence pack."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.compliance.queries import Judgement, packs
from app.compliance.rules.findings import Requirement
from app.plans import queries as plans


@dataclass(frozen=True)
class Table:
    """A CSV of the folder of a requirement."""

    requirement: Requirement
    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def tables_of(judgement: Judgement, site: str) -> Iterator[Table]:
    """Each table in the order of the requirements; rows are read when they are written."""
    r = judgement.records
    yield Table(
        Requirement.WEBSITE, "visitas", "Visitas diarias sin cuenta", ("dia", "hora", "abre", "paginas", "fallas"),
        (
            (p.day.isoformat(), p.hour, "si" if p.is_ok else "no", p.pages, " ".join(p.failures))
            for p in packs.all_probes(r.process.space_id)
        ),
    )  # fmt: skip
    yield Table(
        Requirement.REPOSITORY, "actualizaciones", "Publicaciones", ("dia", "acto", "tipo", "url", "huella_registro"),
        ((u.on.isoformat(), u.title, str(u.kind), site + u.url, u.sha256) for u in r.updates),
    )  # fmt: skip
    yield Table(
        Requirement.OUTREACH, "difusion", "Acciones de difusión", ("numero", "dia", "titulo", "medio", "sector", "ubigeo", "lengua"),
        ((a.number, a.on.isoformat(), a.title, a.channel, a.sector, a.ubigeo, a.language) for a in r.outreach),
    )  # fmt: skip
    yield Table(
        Requirement.INPUTS, "canales", "Canales para aportar", ("canal", "abre", "cierra", "dias"),
        ((c.title, c.opens_on.isoformat(), c.closes_on.isoformat(), c.days) for c in r.inputs.channels),
    )  # fmt: skip
    sectors = sorted(r.inputs.by_sector.items())
    yield Table(Requirement.INPUTS, "aportes-por-sector", "Aportes por sector", ("sector", "aportes"), sectors)
    yield Table(
        Requirement.IMPLEMENTATION, "avances", "Avances de los compromisos",
        ("compromiso", "parte", "semestre", "lee", "avance", "texto"),
        ((p.commitment, p.clause, p.period, str(p.reading_of), str(p.completion), p.text) for p in plans.progress_of(r.process.id)),
    )  # fmt: skip
