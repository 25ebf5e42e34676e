"""The participatory budget of a space, from its ordinance on; the floors above tell their part between its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from app.budgeting import queries, services
from app.budgeting.models import Agent, BudgetRound
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import course
from app.budgeting.rules.calendar import Entry, RoundActivity
from app.budgeting.rules.course import OpeningDraft
from app.budgeting.rules.documents import DocumentDraft, DocumentKind
from app.budgeting.rules.money import CeilingDraft, Part
from app.budgeting.rules.registering import AgentDraft, RefusalReason, Sex, Way
from app.budgeting.rules.states import AgentKind, RoundState
from app.demo import importing
from app.demo.importing import known
from app.demo.services import processes
from app.organisations.rules import Sector

if TYPE_CHECKING:
    from app.demo.services.load import Stage

TEAM, OTHER = "tomas", "yeni"
TOLD_BEFORE: dict[RoundState, tuple[str, ...]] = {
    RoundState.TECHNICAL_EVALUATION: ("projects",),
    RoundState.PRIORITISATION: ("projects",),
    RoundState.COORDINATION: ("matrix", "voting", "scrutiny"),
    RoundState.ACT_SIGNED: ("agreements",),
}
"""Which floors tell their part before each step: `app.demo.services.<floor>.tell(stage, round_)`."""
TOLD_AT_THE_END = ("execution", "vigilance")


def tell(stage: Stage) -> BudgetRound | None:
    """Tell the participatory budget of the space, when its content has one; returns its round."""
    if not (importing.CONTENT / stage.space.slug / "budget.toml").exists():
        return None
    written = importing.read(f"{stage.space.slug}/budget.toml")
    day_zero = importing.Calendar(stage.calendar.today - timedelta(days=written.get("days_ago", 0)))
    budget = replace(stage, calendar=day_zero, content=importing.Content([], written, {}, [], [], {}))
    process = processes.tell(budget)
    round_ = _open(budget, process, written)
    for item in _by_day(written):
        item(budget, round_)
    for floor in TOLD_AT_THE_END:
        _tell_floor(floor, budget, round_)
    for hearing in queries.linkable_hearings(stage.space.id, round_.id):
        services.link_hearing(round_, hearing, person_id=stage.person(TEAM), now=stage.now)
    return round_


def _tell_floor(floor: str, stage: Stage, round_: BudgetRound) -> None:
    """The part of a floor that has one to tell."""
    if find_spec(f"app.demo.services.{floor}"):
        import_module(f"app.demo.services.{floor}").tell(stage, round_)


Act = Callable[["Stage", BudgetRound], None]


def _by_day(written: dict[str, Any]) -> list[Act]:
    """Everything that happens in the round, in the order it did."""
    happened: list[tuple[int, int, Act]] = [(-141, 9, _team), (-110, 9, _agents), (-51, 9, _changes)]
    for place, (key, act) in enumerate((("ceiling", _cap), ("document", _publish), ("calendar", _schedule), ("step", _step))):
        for item in written[key]:
            happened.append((item["day"], place, partial(act, item=item)))
            happened += [(later["day"], place, partial(_publish_again, item=item, later=later)) for later in item.get("version", [])]
    return [act for _day, _place, act in sorted(happened, key=lambda row: row[:2])]


def _open(stage: Stage, process: Any, written: dict[str, Any]) -> BudgetRound:
    item = written["round"]
    norm = item["norm"]
    draft = DocumentDraft(DocumentKind.ORDINANCE, norm["title"], norm["norm_number"], stage.calendar.day(norm["dated_day"]), norm["text"])
    year = item["fiscal_year"] if "fiscal_year" in item else stage.calendar.day(item["fiscal_year_of_day"]).year
    return services.open_round(
        process, OpeningDraft(year, item["ceiling_soles"] * 100, appeal_days=item["appeal_days"]), norm=draft, upload=None,
        person_id=stage.person(TEAM), now=stage.calendar.at(item["opened_day"], "09:00"),
    )  # fmt: skip


def _cap(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> None:
    parts = tuple(Part(part["ubigeo"], part.get("theme", ""), part["soles"] * 100) for part in item["parts"])
    services.set_ceilings(
        round_, CeilingDraft(round_.ceiling_cents, parts, item["why"]), version=queries.ceiling_versions(round_.id)[0].n,
        person_id=stage.person(TEAM), now=stage.calendar.at(item["day"], "11:00"),
    )  # fmt: skip


def _document(stage: Stage, item: dict[str, Any], kind: str, title: str) -> DocumentDraft:
    return DocumentDraft(
        DocumentKind(kind), title, item["norm_number"], stage.calendar.day(item["dated_day"]), item["text"], item.get("reason", "")
    )


def _publish(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> None:
    services.publish_document(
        round_, _document(stage, item, item["kind"], item["title"]), upload=None, person_id=stage.person(TEAM),
        now=stage.calendar.at(item["day"], "12:00"),
    )  # fmt: skip


def _publish_again(stage: Stage, round_: BudgetRound, item: dict[str, Any], later: dict[str, Any]) -> None:
    document = known(next((seen.document for seen in queries.documents(round_.id) if seen.document.kind == item["kind"]), None))
    document.round = round_
    services.publish_version(
        document, _document(stage, later, item["kind"], item["title"]), upload=None, person_id=stage.person(TEAM),
        now=stage.calendar.at(later["day"], "12:00"),
    )  # fmt: skip


def _schedule(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> None:
    before = queries.calendar(round_.id)
    version = queries.calendar_version(round_.id)
    entries = [_entry(stage, row) for row in item["entries"]] if "entries" in item else _moved(stage, before.entries, item["moves"])
    services.publish_calendar(
        round_, calendars.RoundCalendar(tuple(entries)), item["reason"], version=version.n if version else 0,
        person_id=stage.person(TEAM), now=stage.calendar.at(item["day"], "10:30"),
    )  # fmt: skip


def _entry(stage: Stage, row: dict[str, Any]) -> Entry:
    day: Callable[[int], date] = stage.calendar.day
    return Entry(
        RoundActivity(row["activity"]), day(row["start"]), day(row["end"]), row["title"], row.get("place", ""), row.get("hours", "")
    )


def _moved(stage: Stage, entries: tuple[Entry, ...], moves: list[dict[str, Any]]) -> list[Entry]:
    moved = {move["activity"]: move for move in moves}
    day: Callable[[int], date] = stage.calendar.day
    return [
        replace(entry, starts_on=day(moved[entry.activity]["start"]), ends_on=day(moved[entry.activity]["end"]))
        if entry.activity in moved else entry
        for entry in entries
    ]  # fmt: skip


def _step(stage: Stage, round_: BudgetRound, item: dict[str, Any]) -> None:
    """Take the step, after the floors that come before it; a step whose guards are not met yet is left for whoever runs the demo."""
    to, when = RoundState(item["to"]), stage.calendar.at(item["day"], "15:00")
    for floor in TOLD_BEFORE.get(to, ()):
        _tell_floor(floor, stage, round_)
    if course.next_state(round_.state) is to and not course.missing_for(to, services.facts_of(round_, when)):
        services.advance(round_, to, item["reason"], person_id=stage.person(TEAM), now=when)


def _people(stage: Stage) -> dict[str, list[dict[str, Any]]]:
    return importing.read(f"{stage.space.slug}/budget_agents.toml")


def _team(stage: Stage, round_: BudgetRound) -> None:
    for item in _people(stage)["team"]:
        draft = AgentDraft(
            item["name"], AgentKind.TECHNICAL_TEAM, Sector(item["sector"]), item["organisation"], item["office"], sex=Sex(item["sex"])
        )
        services.register_agent(
            round_, draft, own=False, way=Way.WINDOW, upload=None, person_id=stage.person(TEAM), now=stage.calendar.at(-141, "10:00")
        )


def _agents(stage: Stage, round_: BudgetRound) -> None:
    """Each on the day they came; decided two days later, appeals answered by somebody else."""
    for item in _people(stage)["agent"]:
        person = item.get("person")
        draft = AgentDraft(
            item["name"], AgentKind(item["kind"]), Sector(item["sector"]), item["organisation"], item["office"], item["ubigeo"],
            sex=Sex(item["sex"]), alternate=item.get("alternate", ""),
        )  # fmt: skip
        agent = services.register_agent(
            round_, draft, own=bool(person), way=Way.WEB if person else Way.WINDOW, upload=None, person_id=stage.person(person or TEAM),
            now=stage.calendar.at(item["day"], "11:00"),
        )  # fmt: skip
        refusal = item.get("refusal")
        services.decide(
            agent, accredits=refusal is None, reason_code=RefusalReason(refusal) if refusal else None, text=item.get("reason", ""),
            person_id=stage.person(TEAM), now=stage.calendar.at(item["day"] + 2, "16:00"),
        )  # fmt: skip
        if "appeal" in item:
            made = services.appeal(agent, item["appeal"], person_id=stage.person(TEAM), now=stage.calendar.at(item["day"] + 4, "10:00"))
            services.answer_appeal(
                made, item["answer"], is_upheld=item["upheld"], person_id=stage.person(OTHER),
                now=stage.calendar.at(item["day"] + 8, "10:00"),
            )  # fmt: skip


def _changes(stage: Stage, round_: BudgetRound) -> None:
    """Who left and who gave way to their alternate, once the workshops had begun."""
    for item in _people(stage)["agent"]:
        agent = _named(round_, item["name"])
        if "leaves" in item:
            services.withdraw(agent, item["leaves"], person_id=stage.person(TEAM), now=stage.calendar.at(item["leaves_day"], "10:00"))
        if "replaced" in item:
            services.replace(
                agent, item["alternate"], "", item["replaced"], person_id=stage.person(TEAM),
                now=stage.calendar.at(item["replaced_day"], "10:00"),
            )  # fmt: skip


def _named(round_: BudgetRound, name: str) -> Agent:
    agent = known(next((agent for agent in queries.all_agents(round_.id) if agent.name == name), None))
    agent.round = round_
    return agent
