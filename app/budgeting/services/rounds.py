"""Opening a round with its norm, its ceilings in versions, and the steps of its course."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import BudgetRound, Ceiling, CeilingVersion, RoundStep
from app.budgeting.rules import course, money
from app.budgeting.rules.course import CourseProblem, OpeningDraft, RoundFacts
from app.budgeting.rules.documents import DocumentDraft, DocumentKind, DocumentProblem, problems_with_document
from app.budgeting.rules.money import CeilingDraft, MoneyProblem, Part
from app.budgeting.rules.states import RoundState
from app.budgeting.services.documents import publish_document
from app.budgeting.services.register import register, sha256
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.evidence.rules import FileUpload
from app.processes import queries as processes
from app.processes.models import Process
from app.processes.rules.states import ProcessKind, ProcessState


def open_round(
    process: Process, draft: OpeningDraft, norm: DocumentDraft, *, upload: FileUpload | None, person_id: int, now: datetime
) -> BudgetRound:
    """A round and the norm that creates it, together: without a norm there is none (domain.md 11). The caller commits.

    Raises RuleBroken.
    """
    today = lima_day(now)
    problems = [
        *course.problems_with_opening(
            draft, is_budget=process.kind is ProcessKind.BUDGET, is_public=process.state is not ProcessState.DRAFT,
            has_round=queries.round_of_process(process.id) is not None, today=today,
        ),
        *money.problems_with_ceiling(CeilingDraft(draft.ceiling_cents), is_first=True),
        *problems_with_document(norm, today, has_file=upload is not None, is_first=True),
    ]  # fmt: skip
    if norm.kind is not DocumentKind.ORDINANCE:
        problems.append(Problem(DocumentProblem.NOT_A_NORM, "kind"))
    refuse_if_any(problems)
    round_ = BudgetRound(
        process_id=process.id, fiscal_year=draft.fiscal_year, ceiling_cents=draft.ceiling_cents, state=RoundState.NORM_APPROVED,
        appeal_days=draft.appeal_days, vigilance_minimum=draft.vigilance_minimum, vigilance_months=draft.vigilance_months, revision=0,
        created_by_id=person_id, created_at=now,
    )  # fmt: skip
    round_.process = process
    try:
        with db.session.begin_nested():
            db.session.add(round_)
    except IntegrityError as lost:
        raise RuleBroken([Problem(CourseProblem.HAS_ROUND)]) from lost
    db.session.add(
        RoundStep(round_id=round_.id, state=RoundState.NORM_APPROVED, reason=clean(norm.norm_number), person_id=person_id, at=now)
    )
    _keep_version(round_, 1, (), "", person_id, now)
    register("budgeting.open", round_, {"ceiling_cents": draft.ceiling_cents, "fiscal_year": draft.fiscal_year}, now)
    publish_document(round_, norm, upload=upload, person_id=person_id, now=now)
    return round_


def set_ceilings(round_: BudgetRound, draft: CeilingDraft, *, version: int, person_id: int, now: datetime) -> CeilingVersion:
    """The whole and its parts, as a version with its reason; nothing changes once the act is signed. The caller commits.

    Raises RuleBroken; SomebodyWasFirst when `version` is not the number of the one that stands.
    """
    current = queries.parts_of(round_.id)
    latest = queries.ceiling_versions(round_.id)[0]
    if latest.n != version:
        raise SomebodyWasFirst(latest)
    problems = list(money.problems_with_ceiling(draft, is_first=False))
    if course.has_reached(round_.state, RoundState.ACT_SIGNED):
        problems.append(Problem(MoneyProblem.FROZEN))
    told = current_app.extensions["minka.round_facts"](round_.id)
    if told.get("is_marking") or told.get("open_votes"):
        problems.append(Problem(MoneyProblem.DECIDING))
    if draft.ceiling_cents == round_.ceiling_cents and set(draft.parts) == set(current):
        problems.append(Problem(MoneyProblem.NOTHING_CHANGES))
    problems += _unknown(round_, draft.parts)
    refuse_if_any(problems)
    round_.ceiling_cents = draft.ceiling_cents
    _write(round_, draft.parts)
    made = _keep_version(round_, version + 1, draft.parts, clean(draft.reason), person_id, now)
    facts = {"ceiling_cents": draft.ceiling_cents, "parts": {part.key: part.amount_cents for part in draft.parts}, "n": made.n,
             "reason_sha256": sha256(made.reason)}  # fmt: skip
    register("budgeting.set-ceilings", round_, facts, now)
    return made


def _unknown(round_: BudgetRound, parts: Sequence[Part]) -> list[Problem]:
    """A part names a territory and a theme that exist."""
    ubigeos, themes = {part.ubigeo for part in parts if part.ubigeo}, {part.theme for part in parts if part.theme}
    known = processes.territory_names(ubigeos)
    of_process = {theme.slug for theme in processes.themes(round_.process_id)}
    return [Problem(MoneyProblem.PART_WITHOUT_PLACE, "parts")] if ubigeos - set(known) or themes - of_process else []


def _write(round_: BudgetRound, parts: Sequence[Part]) -> None:
    themes = {theme.slug: theme.id for theme in processes.themes(round_.process_id)}
    db.session.execute(delete(Ceiling).where(Ceiling.round_id == round_.id))
    db.session.add_all(
        Ceiling(
            round_id=round_.id, ubigeo=part.ubigeo or None, theme_id=themes.get(part.theme), part=part.key, amount_cents=part.amount_cents
        )
        for part in parts
    )


def _keep_version(round_: BudgetRound, n: int, parts: Sequence[Part], reason: str, person_id: int, now: datetime) -> CeilingVersion:
    content = {
        "ceiling_cents": round_.ceiling_cents,
        "parts": [{"ubigeo": part.ubigeo, "theme": part.theme, "amount_cents": part.amount_cents} for part in parts],
    }
    version = CeilingVersion(round_id=round_.id, n=n, content=content, reason=reason, published_by_id=person_id, published_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError as lost:
        db.session.rollback()
        raise SomebodyWasFirst from lost
    return version


def facts_of(round_: BudgetRound, now: datetime) -> RoundFacts:
    """Everything the guards ask: what this floor keeps, and what the packages above tell."""
    own, above = queries.own_facts(round_, now), course.from_above(current_app.extensions["minka.round_facts"](round_.id))
    return RoundFacts(
        today=lima_day(now), fiscal_year=round_.fiscal_year, **own, **above
    )  # fmt: skip


def advance(round_: BudgetRound, to: RoundState, reason: str, *, person_id: int, now: datetime) -> RoundStep:
    """Take the round to its next state, with the reason everybody will read. The caller commits. Raises RuleBroken."""
    refuse_if_any(course.advance_problems(round_.state, to, reason, facts_of(round_, now)))
    before = round_.state
    step = RoundStep(round_id=round_.id, state=to, reason=clean(reason), person_id=person_id, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(step)
    except IntegrityError as lost:  # somebody took the same step a moment ago
        raise RuleBroken([Problem(CourseProblem.NOT_NEXT)]) from lost
    round_.state = to
    register("budgeting.advance", round_, {"from": str(before), "to": str(to), "reason_sha256": sha256(step.reason)}, now)
    return step
