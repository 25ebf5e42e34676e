"""The two pages of the evidence pack that people read: its index, and the attestations."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template

from app.compliance.documents.packing import Entry
from app.compliance.models import IrmResult
from app.compliance.queries import Judgement
from app.compliance.rules.profiles import Application, RequirementSet


def index_page(judgement: Judgement, irm: IrmResult | None, entries: Sequence[Entry]) -> str:
    """A page that opens from a USB stick: no script, no network, every file one link away."""
    records = judgement.records
    by_folder: dict[str, list[Entry]] = {}
    for entry in entries:
        folder, slash, _ = entry.path.partition("/")
        by_folder.setdefault(folder if slash else "", []).append(entry)
    return render_template(
        "compliance/pack.html", process=records.process, space=records.process.space, made_at=records.now, irm=irm,
        sets=[(of, application, judgement.applied(of)) for of, application in _sets(judgement) if application is not Application.NONE],
        whole=by_folder.get("", []), register=by_folder.get("registro", []), files=by_folder, site=current_app.config["SITE_URL"],
    )  # fmt: skip


def attestations_sheet(judgement: Judgement, *, css: str) -> str:
    """Every attestation with what stands beside it, to print; `css` is the address of its style sheet."""
    records = judgement.records
    return render_template(
        "compliance/attestations.html", process=records.process, space=records.process.space, made_at=records.now, css=css,
        rows=sorted(records.attestations, key=lambda row: row.attestation.number), today=judgement.today,
    )  # fmt: skip


def _sets(judgement: Judgement) -> list[tuple[RequirementSet, Any]]:
    return [(of, judgement.profile.get(of, Application.NONE)) for of in RequirementSet]
