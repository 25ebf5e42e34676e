"""The public matrix as files: the columns of domain.md 6.3 in their order, then `respondido` (interfaces.md)."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from flask_babel import gettext

from app.contributions.rules.terms import Visibility
from app.core.dates import rfc3339
from app.feedback import queries
from app.feedback.rules.matrix import COLUMNS
from app.processes.models import Process


def matrix(process: Process) -> Iterator[list[Any]]:
    """A row per contribution, in the order of codes.

    One that a moderator hid keeps its code and its answer, not its words; one not yet moderated is only its code.
    """
    site = current_app.config["SITE_URL"]
    names, posts, files = queries.territory_names(), queries.approving_posts(process.id), queries.public_files(process.id)
    hidden = gettext("Aporte retirado de la vista")
    for row in queries.matrix_rows(process.id):
        ubigeo = row.ubigeo or ""
        cells: dict[str, Any] = dict.fromkeys(COLUMNS, "")
        cells |= {
            "codigo": row.code,
            "proceso": process.slug,
            "url": f"{site}/aportes/{row.code}",
            "respondido": "si" if row.answered_at else "no",
            "replicas": row.replies,
        }
        if row.visibility is not Visibility.HELD:
            cells |= {
                "fecha_recepcion": rfc3339(row.received_at),
                "canal": str(row.channel),
                "actividad": row.activity or "",
                "sector": str(row.sector),
                "tema": row.theme or "",
                "titulo": hidden,
            }
        if row.visibility is Visibility.PUBLIC:
            cells |= {
                "proponente_publico": row.public_name,
                "region": names.get(ubigeo[:2], ""),
                "idioma_original": str(row.language),
                "provincia": names.get(ubigeo[:4], "") if len(ubigeo) >= 4 else "",
                "distrito": names.get(ubigeo, "") if len(ubigeo) == 6 else "",
                "ubigeo": ubigeo,
                "titulo": row.title,
                "texto_integro": row.text,
                "adjuntos_url": " ".join(f"{site}/documentos/{key}" for key in files.get(row.id, ())),
            }
        if row.decision_id is not None:
            cells |= {
                "grupo": row.group or "",
                "decision": str(row.outcome),
                "motivo_codigo": str(row.reason_code or ""),
                "respuesta": row.answer,
                "parte_acogida": row.adopted_part,
                "parte_no_acogida": row.rejected_part,
                "compromiso": row.commitment or "",
                "hito": row.milestone or "",
                "criterio_aplicado": row.criterion,
                "entidad_que_responde": row.organisation or "",
                "aprobado_por_cargo": posts.get(row.decision_id, ""),
                "fecha_respuesta": rfc3339(row.published_at),
                "version": row.version,
                "replica_hasta": row.reply_until.isoformat() if row.reply_until else "",
                "url": f"{site}/aportes/{row.code}/respuesta",
            }
        yield list(cells.values())


def as_json(process: Process) -> dict[str, Any]:
    """The same rows as objects, with the coverage they amount to."""
    numbers = queries.coverage(process.id)
    return {
        "proceso": process.slug,
        "titulo": process.title,
        "cobertura": {
            "recibidos": numbers.received,
            "retirados": numbers.withdrawn,
            "respondidos": numbers.answered,
            "en_espera": numbers.waiting,
            "por_decision": {str(outcome): count for outcome, count in numbers.by_outcome.items()},
        },
        "aportes": [dict(zip(COLUMNS, row, strict=True)) for row in matrix(process)],
    }
