"""What the requirements are found to be, as JSON (interfaces.md), as a checklist and as the history of its changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import current_app

from app.compliance.models import IrmResult, RequirementCheck
from app.compliance.queries import AttestationRow, Judgement
from app.compliance.rules import profiles
from app.compliance.rules.findings import RULE_VERSION, Finding
from app.compliance.rules.irm import IrmVerdict
from app.compliance.rules.statements import Statement
from app.core.dates import rfc3339

BANNER = "Estimación de la plataforma. No es una evaluación del IRM."
CHECKLIST_COLUMNS = ("requisito", "regla", "meta", "aplica", "proximo_limite", "atestaciones_pedidas", "evidencias", "carpeta")
HISTORY_COLUMNS = ("dia", "requisito", "regla", "meta", "huella_hechos", "version_regla")


def as_json(judgement: Judgement, irm: IrmResult | None) -> dict[str, Any]:
    """`{"requirements": [{"id", "rule", "goal", "facts", …}]}`: every row of domain.md 4.2, those that do not apply too."""
    records = judgement.records
    return {
        "process": records.process.slug,
        "space": records.process.space.slug,
        "computed_at": rfc3339(records.now),
        "rule_version": RULE_VERSION,
        "notice": BANNER,
        "irm_result": str(irm.verdict if irm else IrmVerdict.UNAVAILABLE),
        "irm_report_url": irm.report_url if irm and irm.report_url else None,
        "profile": {str(of): str(application) for of, application in judgement.profile.items()},
        "requirements": [requirement_json(finding, judgement) for finding in judgement.findings.values()],
        "attestations": [attestation_json(row) for row in records.attestations],
        "outreach": [
            {"number": a.number, "on": a.on.isoformat(), "channel": a.channel, "sector": a.sector, "ubigeo": a.ubigeo,
             "language": a.language, "title": a.title, "files": a.files}
            for a in records.outreach
        ],
    }  # fmt: skip


def requirement_json(finding: Finding, judgement: Judgement) -> dict[str, Any]:
    site = current_app.config["SITE_URL"]
    return {
        "id": str(finding.id),
        "rule": str(finding.rule),
        "goal": str(finding.goal),
        "facts": dict(finding.facts),
        "set": str(profiles.set_of(finding.id)),
        "applies": str(profiles.application_of(finding.id, judgement.profile)),
        "is_not_yet": finding.is_not_yet,
        "needs_attestation": [str(s) for s in finding.needs if s not in judgement.attested],
        "advice": [str(problem.code) for problem in finding.advice],
        "next_limit": finding.next_limit.isoformat() if finding.next_limit else None,
        "evidence": [
            {"title": p.title, "url": site + p.url if p.url.startswith("/") else p.url, "on": p.on.isoformat() if p.on else None,
             "sha256": p.sha256}
            for p in finding.proofs
        ],
    }  # fmt: skip


def attestation_json(row: AttestationRow) -> dict[str, Any]:
    """An attestation with what stands beside it: posts and sectors, never names."""
    a = row.attestation
    site = current_app.config["SITE_URL"]
    return {
        "number": a.number, "statement": str(a.statement), "about": a.about, "text": a.text, "post": a.post, "side": str(a.side),
        "method": str(a.method), "signed_at": rfc3339(a.signed_at), "expires_on": row.expires_on.isoformat(), "stands": a.is_standing,
        "happened_on": a.happened_on.isoformat() if a.happened_on else None, "rule_version": a.rule_version,
        "files": [{"url": f"{site}/documentos/{file.key}", "sha256": file.sha256, "title": file.title} for file in row.files],
        "acts": [
            {"kind": str(act.kind), "side": str(act.side), "post": act.post, "text": act.text, "at": rfc3339(act.at)} for act in row.acts
        ],
    }  # fmt: skip


def checklist(judgement: Judgement) -> Iterator[Sequence[Any]]:
    """A row for each requirement."""
    for finding in judgement.findings.values():
        yield (
            str(finding.id), str(finding.rule), str(finding.goal), str(profiles.application_of(finding.id, judgement.profile)),
            finding.next_limit.isoformat() if finding.next_limit else "", " ".join(_names(finding.needs)), len(finding.proofs),
            f"{finding.id}/",
        )  # fmt: skip


def _names(statements: Sequence[Statement]) -> list[str]:
    return [str(statement) for statement in statements]


def history(rows: Sequence[RequirementCheck]) -> Iterator[Sequence[Any]]:
    """A row for each day on which a light changed."""
    for row in rows:
        yield row.day.isoformat(), str(row.requirement), str(row.rule), str(row.goal), row.facts_sha256, row.rule_version


def said_on(rows: Sequence[RequirementCheck], facts: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the page said on a day, with the facts it rested on exactly as they were hashed."""
    return [
        {
            "id": str(row.requirement), "rule": str(row.rule), "goal": str(row.goal), "computed_at": rfc3339(row.computed_at),
            "rule_version": row.rule_version, "facts_sha256": row.facts_sha256, "facts_text": facts.get(row.facts_sha256),
        }
        for row in rows
    ]  # fmt: skip
