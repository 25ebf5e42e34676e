"""The published texts of a plan: each with its hash, the exact text, and the difference between any two; and publishing the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template

from app.core.guard import public
from app.core.web import not_modified, open_data, tagged
from app.plans import messages, queries
from app.plans.rules.clauses import clauses_of
from app.plans.rules.versions import difference, from_json
from app.plans.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.plans.models import ActionPlan, PlanVersion
    from app.processes.models import Process


@dataclass(frozen=True)
class Versions:
    """The published texts of one plan, and the one or two asked for."""

    process: Process
    plan: ActionPlan
    every: tuple[PlanVersion, ...]
    one: PlanVersion
    other: PlanVersion


def _versions(slug: str, n: int, b: int = 0) -> Versions | None:
    process = processes.public_process_by_slug(slug)
    plan = queries.plan_of(process.id) if process else None
    if process is None or plan is None:
        return None
    every = tuple(queries.versions(plan.id))
    known = {version.n: version for version in every}
    return Versions(process, plan, every, known[n], known[b or n]) if n in known and (b or n) in known else None


@bp.get("/procesos/<slug>/plan/versiones/<int:n>")
@public(load=_versions)
def version(found: Versions) -> Response:
    process, one = found.process, found.one
    same = not_modified("plan-version", process.id, one.n, process.public_revision)
    if same:
        return same
    text = from_json(one.content)
    parts: dict[int, list[Any]] = {}
    for clause in clauses_of(text):
        parts.setdefault(clause.commitment, []).append(clause)
    return tagged(
        make_response(
            render_template(
                "plans/version.html", process=process, space=process.space, plan=found.plan, version=one, text=text, parts=parts,
                latest=found.every[-1], versions=found.every, kinds=messages.VERSION_KINDS, label=messages.clause_label,
                shown=messages.shown, rich=messages.rich, previous=one.n - 1, nav_here="processes",
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/plan/versiones/<int:n>.json")
@public(load=_versions)
def version_json(found: Versions) -> Response:
    """The very text that was hashed and published: its SHA-256 is the one on the page."""
    return open_data(Response(found.one.content, mimetype="application/json"))


@bp.get("/procesos/<slug>/plan/diferencias/<int:a>/<int:b>")
@public(load=lambda slug, a, b: _versions(slug, a, b))
def differences(found: Versions) -> Response:
    process, before, after = found.process, found.one, found.other
    same = not_modified("plan-difference", process.id, before.n, after.n, process.public_revision)
    if same:
        return same
    rows = messages.difference_rows(difference(from_json(before.content), from_json(after.content)))
    return tagged(
        make_response(
            render_template(
                "plans/differences.html", process=process, space=process.space, plan=found.plan, rows=rows, before=before, after=after,
                numbers=[v.n for v in found.every], nav_here="processes",
            )
        )
    )  # fmt: skip
