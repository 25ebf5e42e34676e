"""Running a round: what is written, what is registered, who is told, and what is refused."""

from datetime import timedelta

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.budgeting import importing, queries, services
from app.budgeting.models import AgentRuling, BudgetRound
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules import hearings as hearing_rules
from app.budgeting.rules.calendar import CalendarProblem, RoundCalendar
from app.budgeting.rules.course import CourseProblem, OpeningDraft
from app.budgeting.rules.documents import DocumentKind, DocumentProblem
from app.budgeting.rules.hearings import HearingProblem, HearingStanding
from app.budgeting.rules.money import CeilingDraft, MoneyProblem, Part
from app.budgeting.rules.registering import AgentProblem, RefusalReason, Ruling, Way
from app.budgeting.rules.states import AgentKind, AgentState, RoundState
from app.budgeting.views import shown
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.evidence.rules import FileUpload
from app.forum.rules.meetings import MeetingKind
from app.notifications.models import Notification
from app.organisations.rules import Sector
from tests.cast import MILA, ROSA, TEO
from tests.factories.files import pdf
from tests.factories.forum import a_forum, a_meeting
from tests.factories.rounds import (
    REASON,
    SOLES,
    TODAY,
    a_budget_process,
    a_calendar,
    a_running_round,
    a_team,
    an_open_round,
    delegate,
    norm,
    registered,
)
from tests.world import NOON, World

NO_PAPER = "No trajo el acta en que su organización la nombra."
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def team(world: World) -> World:
    a_team(world)
    return world


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> set[object]:
    return {problem.code for problem in refused.value.problems}


def letters(kind: str) -> list[Notification]:
    return list(db.session.query(Notification).filter_by(kind=f"budgeting.{kind}").order_by(Notification.id))


def acts() -> list[str]:
    return [entry.action for entry in db.session.query(AuditEntry).filter_by(subject_kind="budget-round").order_by(AuditEntry.seq)]


def test_a_round_opens_with_its_norm_and_both_are_public(team):
    round_ = an_open_round(team)
    assert round_.state is RoundState.NORM_APPROVED
    assert queries.document_kinds(round_.id) == {DocumentKind.ORDINANCE}
    assert [version.content["ceiling_cents"] for version in queries.ceiling_versions(round_.id)] == [1_200_000 * SOLES]
    assert acts() == ["budgeting.open", "budgeting.publish-document"]


def test_without_its_ordinance_nothing_is_opened(team):
    process = a_budget_process(team)
    with pytest.raises(RuleBroken) as refused:
        services.open_round(
            process, OpeningDraft(2028, 100), norm(kind=DocumentKind.CALL, text=""), upload=None, person_id=team.id_of(MILA), now=NOON
        )
    assert codes(refused) == {DocumentProblem.CONTENT_MISSING, DocumentProblem.NOT_A_NORM}
    assert db.session.query(BudgetRound).count() == 0


def test_a_process_of_another_kind_has_no_round_and_no_process_has_two(team):
    an_open_round(team)
    with pytest.raises(RuleBroken) as refused:
        an_open_round(team)
    assert codes(refused) == {CourseProblem.HAS_ROUND}


def test_a_ceiling_larger_than_four_bytes_is_kept_to_the_centimo(team):
    round_ = an_open_round(team, ceiling=98_765_432)
    db.session.expire_all()
    assert queries.round_by_id(round_.id).ceiling_cents == 9_876_543_200


def test_ceilings_are_versions_that_say_why(team):
    round_ = an_open_round(team)
    parts = (Part("080101", "", 700_000 * SOLES), Part("080102", "", 500_000 * SOLES), Part("", "agua", 300_000 * SOLES))
    services.set_ceilings(round_, CeilingDraft(round_.ceiling_cents, parts, REASON), version=1, person_id=team.id_of(MILA), now=NOON)
    assert queries.parts_of(round_.id) == tuple(sorted(parts, key=lambda part: part.key))
    moves = shown.changes(queries.ceiling_versions(round_.id), round_.process_id)
    assert moves[0]["reason"] == REASON and "Ccorca: de S/\u00a00 a S/\u00a0500,000" in moves[0]["moves"]
    with pytest.raises(SomebodyWasFirst):
        services.set_ceilings(round_, CeilingDraft(100, (), REASON), version=1, person_id=team.id_of(MILA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.set_ceilings(round_, CeilingDraft(round_.ceiling_cents, parts, REASON), version=2, person_id=team.id_of(MILA), now=NOON)
    assert codes(refused) == {MoneyProblem.NOTHING_CHANGES}


def test_every_version_of_a_document_stays_readable_with_its_hash(team):
    round_ = an_open_round(team)
    file = FileUpload("ordenanza.pdf", pdf())
    document = services.publish_document(
        round_, norm(kind=DocumentKind.REGULATION, text=""), upload=file, person_id=team.id_of(MILA), now=NOON
    )
    services.publish_version(
        document, norm(kind=DocumentKind.REGULATION, text="Otro texto del reglamento, más claro que el anterior.", reason=REASON),
        upload=None, person_id=team.id_of(MILA), now=NOON,
    )  # fmt: skip
    latest, first = queries.versions_of(document.id)
    assert (latest.n, first.n) == (2, 1) and latest.reason == REASON
    assert queries.files_of_versions([first.id])[first.id][0].sha256 == first.sha256 != latest.sha256
    with pytest.raises(RuleBroken) as refused:
        services.publish_version(
            document, norm(kind=DocumentKind.REGULATION, text=latest.text, reason=REASON), upload=None, person_id=team.id_of(MILA),
            now=NOON,
        )  # fmt: skip
    assert codes(refused) == {DocumentProblem.SAME_AS_BEFORE}


def test_a_change_of_the_calendar_with_little_notice_says_so_and_is_told_to_every_agent(team):
    round_ = a_running_round(team)
    registered(team, round_)
    before = queries.calendar(round_.id)
    moved = RoundCalendar((calendars.Entry(*[getattr(before.entries[0], name) for name in ("activity", "starts_on")],
                                           TODAY + timedelta(days=5), before.entries[0].title), *before.entries[1:]))  # fmt: skip
    made = services.publish_calendar(round_, moved, REASON, version=1, person_id=team.id_of(MILA), now=NOON)
    assert made.is_short_notice and made.notice_days == 0
    assert [letter.address for letter in letters("calendar-changed")] == ["delia@example.pe"]
    with pytest.raises(RuleBroken) as refused:
        services.publish_calendar(round_, moved, REASON, version=2, person_id=team.id_of(MILA), now=NOON)
    assert codes(refused) == {CalendarProblem.NOTHING_NEW}
    with pytest.raises(SomebodyWasFirst):
        services.publish_calendar(round_, before, REASON, version=1, person_id=team.id_of(MILA), now=NOON)


def test_an_agent_registers_with_an_account_and_is_accredited_by_the_team(team):
    round_ = a_running_round(team)
    agent = services.register_agent(
        round_, delegate("Rosa Quispe Huamán"), own=True, way=Way.WEB, upload=FileUpload("acta.pdf", pdf()), person_id=team.id_of(ROSA),
        now=NOON,
    )  # fmt: skip
    assert (agent.number, agent.state, agent.person_id) == (1, AgentState.REGISTERED, team.id_of(ROSA))
    assert queries.accredited_person_ids(round_.id) == frozenset()
    services.decide(agent, accredits=True, reason_code=None, text="", person_id=team.id_of(MILA), now=NOON)
    assert queries.accredited_person_ids(round_.id) == queries.voting_person_ids(round_.id) == {team.id_of(ROSA)}
    assert [len(letters(kind)) for kind in ("registered", "accredited")] == [1, 1]
    facts = [entry.body for entry in db.session.query(AuditEntry).filter_by(subject_kind="budget-round")]
    assert not [body for body in facts if "Rosa" in body or "rosa@" in body]


def test_nobody_registers_twice_nor_outside_the_days(team):
    round_ = a_running_round(team)
    registered(team, round_)
    with pytest.raises(RuleBroken) as refused:
        registered(team, round_, "DELIA huanca soto")
    assert codes(refused) == {AgentProblem.REPEATED}
    with pytest.raises(RuleBroken) as refused:
        registered(team, round_, "Otra Persona", now=NOON + timedelta(days=11))
    assert codes(refused) == {AgentProblem.WINDOW_CLOSED}


def test_a_refusal_is_told_with_its_reason_and_another_person_decides_the_appeal(team):
    round_ = a_running_round(team)
    agent = registered(team, round_)
    services.decide(agent, accredits=False, reason_code=RefusalReason.NO_DOCUMENT, text=NO_PAPER, person_id=team.id_of(MILA), now=NOON)
    [told] = letters("refused")
    assert told.content["reason"] == NO_PAPER and told.content["refusal"] == "no-document"
    appeal = services.appeal(agent, "Aquí traigo el acta que faltaba.", person_id=team.id_of(MILA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.answer_appeal(appeal, "Se revisó y procede acreditarla.", is_upheld=True, person_id=team.id_of(MILA), now=NOON)
    assert codes(refused) == {AgentProblem.SAME_PERSON}
    services.answer_appeal(appeal, "Se revisó el acta y es válida.", is_upheld=True, person_id=team.id_of(TEO), now=NOON)
    assert agent.state is AgentState.ACCREDITED
    rulings = [row.ruling for row in queries.rulings_of(agent.id)]
    assert rulings == [Ruling.REFUSED, Ruling.APPEAL_UPHELD] and len(letters("appeal-answered")) == 1


def test_an_appeal_after_its_days_is_late(team):
    round_ = a_running_round(team)
    agent = registered(team, round_)
    services.decide(agent, accredits=False, reason_code=RefusalReason.LATE, text=NO_PAPER, person_id=team.id_of(MILA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.appeal(agent, "Quiero que lo vean de nuevo.", person_id=team.id_of(MILA), now=NOON + timedelta(days=6))
    assert codes(refused) == {AgentProblem.APPEAL_LATE}


def test_the_alternate_takes_the_place_with_a_number_of_their_own(team):
    round_ = a_running_round(team)
    agent = registered(team, round_, alternate="Mario Soto")
    services.decide(agent, accredits=True, reason_code=None, text="", person_id=team.id_of(MILA), now=NOON)
    taken = services.replace(agent, "Mario Soto", "mario@example.pe", REASON, person_id=team.id_of(MILA), now=NOON)
    assert (agent.state, taken.state, taken.number, taken.replaces_id) == (AgentState.WITHDRAWN, AgentState.ACCREDITED, 2, agent.id)
    assert queries.agents_gone(round_.id) == [(1, 2)]
    assert [a.name for a in queries.public_agents(round_.id)] == ["Mario Soto"]


def test_the_technical_team_is_accredited_at_once_with_voice_and_without_vote(team):
    round_ = an_open_round(team)
    member = services.register_agent(
        round_, delegate("Elsa Mujica", kind=AgentKind.TECHNICAL_TEAM, office="Ingeniera", ubigeo="", sector=Sector.CIVIL_SOCIETY),
        own=False, way=Way.WINDOW, upload=None, person_id=team.id_of(MILA), now=NOON,
    )  # fmt: skip
    assert member.state is AgentState.ACCREDITED and not member.has_vote
    assert queries.agents_counted(round_.id).total == 0 and queries.agent_counts(round_.id)["technical_team"] == 1


def test_each_step_is_public_with_its_reason_and_waits_for_what_it_needs(team):
    round_ = a_running_round(team)
    with pytest.raises(RuleBroken) as refused:
        services.advance(round_, RoundState.PREPARATION, REASON, person_id=team.id_of(MILA), now=NOON)
    assert codes(refused) == {CourseProblem.REGULATION_MISSING}
    services.publish_document(round_, norm(kind=DocumentKind.REGULATION), upload=None, person_id=team.id_of(MILA), now=NOON)
    services.advance(round_, RoundState.PREPARATION, REASON, person_id=team.id_of(MILA), now=NOON)
    assert [step.state for step in queries.steps(round_.id)] == [RoundState.NORM_APPROVED, RoundState.PREPARATION]
    with pytest.raises(RuleBroken) as refused:
        services.advance(round_, RoundState.AGENTS_REGISTERED, REASON, person_id=team.id_of(MILA), now=NOON)
    assert CourseProblem.REGISTRATION_OPEN in codes(refused)
    assert acts()[-1] == "budgeting.advance"


def test_the_guards_hear_what_the_floors_above_tell(app: Flask, team, monkeypatch):
    round_ = an_open_round(team)
    monkeypatch.setitem(app.extensions, "minka.round_facts", lambda round_id: {"unanswered_dropped": 3, "has_signed_act": True, "x": 1})
    facts = services.facts_of(round_, NOON)
    assert (facts.unanswered_dropped, facts.has_signed_act, facts.has_committee) == (3, True, False)


def test_a_list_of_agents_is_all_or_nobody(team):
    round_ = a_running_round(team)
    places = {"080101": "Cusco", "080102": "Ccorca"}
    good = importing.as_csv([("Ana Roca", "Junta A", "sociedad-civil", "base", "Ccorca", "", "", "ana@example.pe", "", "mujer"),
                             ("Luis Paz", "Junta B", "consejo-de-coordinacion", "base", "080101", "", "", "", "", "")])  # fmt: skip
    read = importing.read(good.encode(), places, queries.delegates_known(round_.id))
    assert read.is_good and importing.read(importing.as_csv(importing.as_rows(d for _n, d in read.drafts)).encode(), places, frozenset())
    assert services.register_file(round_, read, person_id=team.id_of(MILA), now=NOON) == 2
    again = importing.read(good.encode(), places, queries.delegates_known(round_.id))
    assert {problem.code for _row, problem in again.problems} == {AgentProblem.REPEATED}
    bad = importing.as_csv([("", "Junta C", "vecino", "base", "Lima", "", "", "sin arroba", "", "")])
    wrong = importing.read(bad.encode(), places, frozenset())
    assert {problem.code for _row, problem in wrong.problems} == {
        AgentProblem.NAME_MISSING, AgentProblem.FILE_KIND, AgentProblem.FILE_TERRITORY, AgentProblem.EMAIL_WRONG
    }  # fmt: skip
    with pytest.raises(RuleBroken):
        services.register_file(round_, wrong, person_id=team.id_of(MILA), now=NOON)
    assert len(queries.all_agents(round_.id)) == 2


def test_a_list_without_the_columns_or_with_too_many_rows_is_refused_whole():
    missing = importing.read(b"nombre;tipo\nAna;sociedad-civil\n", {}, frozenset())
    assert {problem.code for _row, problem in missing.problems} == {AgentProblem.FILE_COLUMN}
    many = importing.as_csv([(f"Ana {n}", "Junta", "sociedad-civil", "base", "080101", "", "", "", "", "") for n in range(501)])
    read = importing.read(many.encode(), {"080101": "Cusco"}, frozenset())
    assert {problem.code for _row, problem in read.problems} == {AgentProblem.FILE_TOO_LONG} and not read.drafts


def test_a_hearing_accounts_for_the_round_once(team):
    round_ = an_open_round(team)
    forum = a_forum(team)
    hearing = a_meeting(team, forum, kind=MeetingKind.HEARING, title="Audiencia de mayo")
    session = a_meeting(team, forum, title="Sesión ordinaria")
    services.link_hearing(round_, hearing, person_id=team.id_of(MILA), now=NOON)
    assert [seen.title for seen in queries.hearings_seen(round_.id)] == ["Audiencia de mayo"]
    for meeting, problem in ((hearing, HearingProblem.ALREADY), (session, HearingProblem.NOT_A_HEARING)):
        with pytest.raises(RuleBroken) as refused:
            services.link_hearing(round_, meeting, person_id=team.id_of(MILA), now=NOON)
        assert codes(refused) == {problem}
    assert {row.standing for row in shown.hearings(round_, NOON)} <= set(HearingStanding)


def test_a_hearing_is_unlinked_with_a_reason_that_stays(team):
    round_ = an_open_round(team)
    hearing = a_meeting(team, a_forum(team), kind=MeetingKind.HEARING, title="Audiencia de mayo")
    mila = team.id_of(MILA)
    services.link_hearing(round_, hearing, person_id=mila, now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.unlink_hearing(round_, hearing, "Error", person_id=mila, now=NOON)
    assert codes(refused) == {HearingProblem.REASON_MISSING}
    why = "Esta audiencia es del presupuesto de 2026 y se enlazó aquí por error."
    services.unlink_hearing(round_, hearing, why, person_id=mila, now=NOON)
    assert queries.hearings_seen(round_.id) == [] and [row.reason for row in queries.unlinked_hearings(round_.id)] == [why]
    last = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert last.action == "budgeting.unlink-hearing" and f'"{hearing.slug}"' in last.body
    with pytest.raises(RuleBroken) as refused:
        services.unlink_hearing(round_, hearing, why, person_id=mila, now=NOON)
    assert codes(refused) == {HearingProblem.NOT_LINKED}
    services.link_hearing(round_, hearing, person_id=mila, now=NOON)  # and linked again, if it was right after all
    assert len(queries.hearings_seen(round_.id)) == 1


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"is_accounted": True, "others": 0}, [HearingProblem.ACCOUNTED]),
        ({"is_accounted": True, "others": 1}, []),
        ({"is_accounted": False, "others": 0}, []),
    ],
)
def test_a_round_that_accounted_for_itself_keeps_one_hearing(facts, expected):
    found = hearing_rules.unlinking_problems(is_linked=True, reason="Se enlazó por error: es de otro año.", **facts)
    assert [problem.code for problem in found] == expected


def test_the_desk_of_the_team_says_what_awaits_and_nobody_is_asked_for_an_appeal_they_may_not_decide(team):
    round_ = a_running_round(team)
    agent = registered(team, round_)
    waiting = queries.rounds_waiting([round_.process_id], NOON, but_of=team.id_of(MILA))
    assert {row.kind for row in waiting} == {queries.WaitingKind.AGENTS, queries.WaitingKind.DOCUMENT}
    missed = {row.since for row in waiting if row.kind is queries.WaitingKind.DOCUMENT}
    assert missed == {queries.steps(round_.id)[-1].at}, "awaited since the round reached its state, not since it was opened"
    services.decide(agent, accredits=False, reason_code=RefusalReason.LATE, text=NO_PAPER, person_id=team.id_of(MILA), now=NOON)
    services.appeal(agent, "Quiero que lo vean de nuevo.", person_id=team.id_of(MILA), now=NOON)
    mine = {row.kind for row in queries.rounds_waiting([round_.process_id], NOON, but_of=team.id_of(MILA))}
    other = {row.kind for row in queries.rounds_waiting([round_.process_id], NOON, but_of=team.id_of(TEO))}
    assert queries.WaitingKind.APPEALS in other - mine


def test_what_was_decided_is_never_overwritten(team):
    round_ = a_running_round(team)
    agent = registered(team, round_)
    services.decide(agent, accredits=True, reason_code=None, text="", person_id=team.id_of(MILA), now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.decide(agent, accredits=False, reason_code=RefusalReason.LATE, text=NO_PAPER, person_id=team.id_of(TEO), now=NOON)
    assert codes(refused) == {AgentProblem.NOT_WAITING}
    services.withdraw(agent, REASON, person_id=team.id_of(TEO), now=NOON)
    assert [row.ruling for row in db.session.query(AgentRuling).order_by(AgentRuling.n)] == [Ruling.ACCREDITED, Ruling.WITHDRAWN]


def test_a_first_calendar_comes_with_its_notice(team):
    round_ = an_open_round(team)
    made = services.publish_calendar(round_, a_calendar(opens=20, closes=30), "", version=0, person_id=team.id_of(MILA), now=NOON)
    assert (made.n, made.notice_days, made.is_short_notice) == (1, 20, False)
