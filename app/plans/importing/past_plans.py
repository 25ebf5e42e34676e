"""Past plans as TOML: each fact and each commitment names its source; an IRM code names its report."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.plans.rules.library import IrmCompletion, IrmEarlyResults, IrmPotential, YesNo, codes_need_report

FILE = Path(__file__).parent / "past_plans.toml"
CODES: Mapping[str, type[StrEnum]] = {
    "irm_verifiable": YesNo, "irm_open_gov_lens": YesNo, "irm_potential": IrmPotential, "irm_completion": IrmCompletion,
    "irm_early_results": IrmEarlyResults,
}  # fmt: skip


class LibraryFault(Exception):
    """The file says something without saying where it was read."""


@dataclass(frozen=True)
class PastPlanRecord:
    """One plan as the file tells it. `facts` and `commitments` hold the columns of their rows; empty text is what no document says."""

    slug: str
    n: int
    name: str
    years: str
    starts_on: str
    ends_on: str
    commitment_count: int | None
    approval_norm: str
    summary: str
    facts: tuple[Mapping[str, Any], ...]
    commitments: tuple[Mapping[str, Any], ...]
    canonical: str


def read_library(file: Path | None = None) -> tuple[PastPlanRecord, ...]:
    """The plans of `file`, or of the one that ships with the code, in order. Raises LibraryFault and UnicodeDecodeError."""
    return parse_library((file or FILE).read_text(encoding="utf-8"))


def parse_library(content: str) -> tuple[PastPlanRecord, ...]:
    """The plans of a text. Raises LibraryFault for what is not TOML, lacks a field, has no source, or a code without its report."""
    try:
        data = tomllib.loads(content)
        sources = data.get("source", {})
        return tuple(_record(item, sources) for item in data.get("plan", ()))
    except tomllib.TOMLDecodeError as fault:
        raise LibraryFault(f"No es un archivo TOML: {fault}") from fault
    except KeyError as missing:
        raise LibraryFault(f"Falta el campo {missing} en un plan, un hecho o un compromiso") from missing


def _record(item: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]) -> PastPlanRecord:
    slug = item["slug"]
    facts = tuple({"label": f["label"], "text": f["text"], **_source(slug, f, sources)} for f in item.get("fact", ()))
    commitments = tuple(_commitment(slug, c, sources) for c in item.get("commitment", ()))
    plain = {name: item.get(name, "") for name in ("name", "years", "starts_on", "ends_on", "approval_norm", "summary")}
    count = item.get("commitment_count")
    canonical = json.dumps([slug, item["n"], plain, count, facts, commitments], ensure_ascii=False, sort_keys=True, default=str)
    return PastPlanRecord(
        slug=slug, n=item["n"], commitment_count=count, facts=facts, commitments=commitments, canonical=canonical, **plain
    )


def _source(slug: str, item: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    source = sources.get(item.get("source", ""))
    if source is None:
        raise LibraryFault(f"{slug}: «{item.get('label') or item.get('title')}» no nombra una fuente del archivo")
    return {"source_title": source["title"], "source_url": item.get("url", source["url"])}


def _commitment(slug: str, item: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    report = item.get("irm_report_url", "")
    try:
        codes = {name: kind(item[name]) if name in item else None for name, kind in CODES.items()}
    except ValueError as fault:
        raise LibraryFault(f"{slug}: {fault}") from fault
    if codes_need_report(*codes.values(), report_url=report):
        raise LibraryFault(f"{slug}: «{item['title']}» lleva un código del IRM sin la dirección de su informe")
    return {
        "number": item.get("number", ""), "title": item["title"], "summary": item.get("summary", ""), "irm_report_url": report, **codes,
        **_source(slug, item, sources),
    }  # fmt: skip
