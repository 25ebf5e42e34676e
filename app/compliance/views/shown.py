"""Findings as pages draw them: every word ready, so that templates decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from app.compliance import messages
from app.compliance.queries import Judgement
from app.compliance.rules.findings import Finding, Result
from app.compliance.rules.profiles import Application, RequirementSet
from app.core import dates

if TYPE_CHECKING:
    from app.compliance.queries import AttestationRow

MOST_PROOFS = 8


def sets(judgement: Judgement) -> list[dict[str, Any]]:
    """The sets that apply, each with its requirements and its sums."""
    return [_set(judgement, of) for of in RequirementSet if judgement.profile.get(of, Application.NONE) is not Application.NONE]


def absent(judgement: Judgement) -> list[str]:
    """Names of the sets that do not apply here."""
    return [str(messages.SETS[of]) for of in RequirementSet if judgement.profile.get(of, Application.NONE) is Application.NONE]


def _set(judgement: Judgement, of: RequirementSet) -> dict[str, Any]:
    application = judgement.profile[of]
    return {
        "title": str(messages.SETS[of]), "anchor": str(of), "application": str(messages.APPLICATIONS[application]),
        "note": str(messages.ABOUT_APPLICATIONS.get(application, "")),
        "requirements": [requirement(finding, judgement) for finding in judgement.applied(of)],
    }  # fmt: skip


def summary(judgement: Judgement) -> list[dict[str, Any]]:
    """How many requirements of each rule light: only the rule is summed up."""
    counted = judgement.counted
    rows = [(light, [f for f in counted if f.rule is light]) for light in Result]
    return [
        {
            "light": str(light),
            "label": messages.light(found[0], light) if light is Result.NOT_APPLICABLE else str(messages.RESULTS[light]),
            "count": len(found),
        }
        for light, found in rows
        if found
    ]


def requirement(finding: Finding, judgement: Judgement) -> dict[str, Any]:
    meaning = messages.MEANINGS[finding.id]
    rows = [row for row in judgement.records.attestations if row.attestation.statement in finding.needs]
    statements = [statement(need, [row for row in rows if row.attestation.statement is need], judgement) for need in finding.needs]
    return {
        "id": str(finding.id), "anchor": str(finding.id).lower().replace(".", "-"), "title": meaning.title, "asks": meaning.asks,
        "goal_asks": meaning.goal, "source": meaning.source,
        "rule": {"light": str(finding.rule), "label": messages.light(finding, finding.rule)},
        "goal": {"light": str(finding.goal), "label": messages.light(finding, finding.goal)},
        "advice": [*messages.advice(finding), *_unsigned(finding, judgement)],
        "next_limit": _("Próximo límite: %(day)s", day=dates.long_date(finding.next_limit)) if finding.next_limit else "",
        "proofs": [_proof(proof) for proof in finding.proofs[:MOST_PROOFS] if proof.url],
        "more_proofs": max(0, len(finding.proofs) - MOST_PROOFS),
        "statements": statements, "attested": sum(s["is_attested"] for s in statements),
        "is_disputed": any(row.attestation.is_standing and row.contradictions for row in rows),
    }  # fmt: skip


def _unsigned(finding: Finding, judgement: Judgement) -> list[str]:
    """What still has to be attested, where that is all that is missing."""
    if finding.rule is not Result.NEEDS_ATTESTATION:
        return []
    disputed = {row.attestation.statement for row in judgement.records.attestations if row.attestation.is_standing and row.contradictions}
    lacking = [need for need in finding.needs if need not in judgement.attested and need not in disputed]
    return [_("Falta que alguien atestigüe: %(statement)s", statement=messages.STATEMENTS[need]) for need in lacking]


def _proof(proof: Any) -> dict[str, str]:
    title = messages.proof_title(proof) or proof.url
    return {"title": title, "href": proof.url, "on": dates.short_date(proof.on) if proof.on else "", "sha256": proof.sha256}


def statement(need: Any, rows: list[AttestationRow], judgement: Judgement) -> dict[str, Any]:
    """One thing software cannot know: who attested it, who contradicts it; or that nobody did."""
    standing = [row for row in rows if row.attestation.is_standing]
    return {
        "key": str(need), "text": messages.STATEMENTS[need], "rows": [attestation(row, judgement) for row in standing],
        "earlier": len(rows) - len(standing), "is_attested": need in judgement.attested,
        "is_disputed": any(row.contradictions for row in standing),
    }  # fmt: skip


def attestation(row: AttestationRow, judgement: Judgement) -> dict[str, Any]:
    a = row.attestation
    return {
        "number": a.number, "row": row, "side": messages.SIDES[a.side], "post": a.post, "text": a.text,
        "method": messages.METHODS[a.method], "on": dates.long_date(a.signed_at), "about": a.about,
        "is_in_force": row.is_in_force(judgement.today),
        "expiry": _("Vale hasta el %(day)s", day=dates.short_date(row.expires_on)) if row.is_in_force(judgement.today) else _("Ya no vale"),
        "files": [{"text": f.title, "href": url_for("evidence.download", key=f.key), "detail": f.detail, "note": ""} for f in row.files],
        "co_signatures": [_act(act) for act in row.co_signatures], "contradictions": [_act(act) for act in row.contradictions],
    }  # fmt: skip


def _act(act: Any) -> dict[str, Any]:
    return {"side": messages.SIDES[act.side], "post": act.post, "text": act.text, "on": dates.long_date(act.at)}
