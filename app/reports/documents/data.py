"""The feedback report as data: the annex as CSV, everything as JSON."""

from collections.abc import Iterator
from typing import Any

from app.reports.documents.content import Content
from app.reports.rules.feedback_report import Row

COLUMNS = ("codigo", "tema", "sector", "territorio", "grupo", "decision", "motivo_codigo", "compromiso", "hito", "entidad_que_responde", "fecha_respuesta", "url")  # fmt: skip  # noqa: E501


def rows(content: Content) -> Iterator[list[str]]:
    """A line for each code, in order, under COLUMNS. `decision` is empty while there is no answer."""
    for entry in content.report.entries:
        decided = "" if entry.outcome == "waiting" else entry.outcome
        yield [
            entry.code, entry.theme, entry.sector, entry.territory, entry.group, decided, entry.reason_code, entry.commitment,
            entry.milestone, entry.organisation, entry.answered_on, entry.url,
        ]  # fmt: skip


def as_json(content: Content) -> dict[str, Any]:
    """Every number and every pair of the report, with the check that the totals reconcile (domain.md 6.4, Q19)."""
    report = content.report
    return {
        "informe": content.title, "proceso": content.process, "espacio": content.space, "fecha": content.made_on, "url": content.url,
        "prueba": content.proof, "como_se_hizo": list(content.how), "total": _numbers(report.total), "cuadra": report.reconciles,
        "por_sector": {row.name: _numbers(row) for row in report.sectors},
        "por_territorio": {row.name: _numbers(row) for row in report.territories},
        "por_motivo": dict(report.reasons), "esperan_respuesta": list(report.waiting),
        "temas": [
            {
                "tema": theme.slug, "nombre": theme.name, **_numbers(theme.numbers),
                "respuestas": [
                    {"codigo": p.code, "titulo": p.title, "que_se_dijo": p.heard, "decision": p.outcome, "que_se_decidio": p.decided,
                     "por_que": p.why, "donde": p.where, "quien": p.who, "url": p.url}
                    for p in theme.pairs
                ],
            }
            for theme in content.themes
        ],
    }  # fmt: skip


def _numbers(row: Row) -> dict[str, Any]:
    return {"recibidos": row.received, "respondidos": row.answered, "por_decision": dict(row.by_outcome)}
