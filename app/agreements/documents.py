"""The act on paper and as a table: what the sheet prints, the columns of the files, and the bars of the execution as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from app.agreements import queries
from app.agreements.models import ActSignature, AgreementAct
from app.agreements.queries import LineRow
from app.agreements.rules.acts import SignerKind, by_territory
from app.budgeting import queries as rounds
from app.letters.documents import as_pdf, qr_drawing

__all__ = ["ACT_COLUMNS", "Bar", "EXECUTION_COLUMNS", "act_sheet", "as_pdf", "bars", "by_kind"]
WIDTH, HEIGHT, GAP = 320, 9, 4
ACT_COLUMNS = (
    "linea", "proyecto", "titulo", "ubigeo", "territorio", "monto_centimos", "fuente", "unidad_responsable", "compromiso_de_la_entidad",
    "compromiso_de_los_agentes", "plazo", "version_del_acta",
)  # fmt: skip
EXECUTION_COLUMNS = (
    "linea", "proyecto", "titulo", "ubigeo", "territorio", "acordado_centimos", "estado", "cui", "pia_centimos", "pim_centimos",
    "certificado_centimos", "devengado_centimos", "girado_centimos", "al_dia", "plazo", "con_retraso", "motivo", "por_que",
    "diferencia_con_lo_acordado", "url",
)  # fmt: skip


def act_sheet(act: AgreementAct) -> dict[str, Any]:
    """Everything the page and the PDF of an act print. `act.round.process.space` is loaded."""
    lines = queries.lines_of(act.id)
    signed = queries.signatures(act)
    ceilings = {c.ubigeo: c.amount_cents for c in rounds.ceilings(act.round.id) if c.ubigeo and c.theme_id is None}
    names = {line.ubigeo or "": line.territory.name if line.territory else "" for line in lines}
    total = sum(line.amount_cents for line in lines)
    link = current_app.config["SITE_URL"] + url_for("agreements.version", slug=act.round.process.slug, version=act.version)
    return {
        "act": act, "round": act.round, "process": act.round.process, "space": act.round.process.space, "lines": lines, "total": total,
        "left": act.round.ceiling_cents - total,
        "territories": [
            {"name": names[ubigeo], "cents": cents, "ceiling": ceilings.get(ubigeo)}
            for ubigeo, cents in by_territory([queries.draft_of(line) for line in lines]).items()
        ],
        "signed": by_kind(signed),
        "signatures": len(signed), "dissents": queries.dissents(act), "link": link, "qr": qr_drawing(link),
    }  # fmt: skip


def by_kind(signed: Sequence[ActSignature]) -> list[tuple[SignerKind, list[ActSignature]]]:
    """The signatures of each kind: the municipality, the council, the agents."""
    return [(kind, [row for row in signed if row.kind is kind]) for kind in SignerKind]


@dataclass(frozen=True)
class Bar:
    """One bar: where it is drawn and how long, in units of the drawing; `kind` names its dye."""

    kind: str
    y: int
    width: int


def bars(row: LineRow, widest: int) -> Sequence[Bar]:
    """Agreed, budgeted and accrued, one under the other, to the same scale as every other line (`widest` in céntimos)."""
    standing = row.standing
    budget = standing.pim_cents if standing.pim_cents is not None else standing.pia_cents or 0
    values = (("agreed", standing.agreed_cents), ("budgeted", budget), ("accrued", standing.accrued_cents or 0))
    scale = max(widest, 1)
    return [Bar(kind, place * (HEIGHT + GAP), min(WIDTH, cents * WIDTH // scale)) for place, (kind, cents) in enumerate(values)]
