"""A committee is elected, finds, is answered, and closes or takes the matter further."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.evidence import queries as evidence
from app.evidence.rules import FileUpload
from app.notifications.models import Notification
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from app.vigilance import queries, services
from app.vigilance.models import VigilanceCommittee
from app.vigilance.rules.committees import CommitteeProblem, MemberRole
from app.vigilance.rules.findings import Body, ComplaintDraft, FindingProblem, FindingState, ReplyDraft
from tests.cast import FELIX, GLORIA, INES, LUIS, MATEO, ROSA, CastMember
from tests.factories import files
from tests.factories.agreements import (
    a_committee,
    a_finding_draft,
    a_prioritised_round,
    a_public_finding,
    a_published_act,
    agent,
    an_election,
)
from tests.world import NOON, World, build_world

TODAY = lima_day(NOON)
REPLY = ReplyDraft("Se reinicia la obra el 5 de abril con dos cuadrillas; el cerco se repone esta semana.", TODAY + timedelta(days=20))


@pytest.fixture
def world(context: None) -> World:
    return build_world()


@pytest.fixture
def round_(world: World) -> BudgetRound:
    return a_prioritised_round(world)


@pytest.fixture
def committee(world: World, round_: BudgetRound) -> VigilanceCommittee:
    return a_committee(world, round_)


def _codes(broken) -> set[str]:
    return {str(problem.code) for problem in broken.value.problems}


def test_the_most_voted_sit_and_hold_the_role_until_the_term_ends(world: World, committee: VigilanceCommittee) -> None:
    members = queries.members(committee.id)
    assert [(m.agent.number, m.role) for m in members] == [
        (1, MemberRole.COORDINATOR), (2, MemberRole.SECRETARY), (4, MemberRole.MEMBER), (3, MemberRole.MEMBER),
    ]  # fmt: skip
    held = db.session.scalars(select(RoleAssignment).where(RoleAssignment.role == Role.VIGILANCE)).all()
    assert {(h.process_id, h.ends_on) for h in held} == {(world.process_id, committee.ends_on)}
    assert committee.ends_on.year == 2029 and len(held) == 4
    assert queries.round_facts(committee.round_id) == {"has_committee": True}


def test_a_second_election_waits_for_the_end_of_the_term(world: World, committee: VigilanceCommittee) -> None:
    with pytest.raises(RuleBroken) as refused:
        a_committee(world, committee.round)
    assert _codes(refused) == {CommitteeProblem.IN_FORCE}
    later = NOON + timedelta(days=800)
    again = services.record_election(committee.round, an_election(held_on=lima_day(later)), person_id=world.id_of(LUIS), now=later)
    assert again.number == 2


def test_who_leaves_loses_the_role_and_who_comes_has_it(world: World, committee: VigilanceCommittee) -> None:
    member = queries.member_of(committee.id, world.id_of(ROSA))
    services.replace_member(
        member, agent(committee.round, world, GLORIA), "Se mudó de la provincia en febrero.", person_id=world.id_of(LUIS), now=NOON
    )
    assert queries.member_of(committee.id, world.id_of(ROSA)) is None
    assert queries.member_of(committee.id, world.id_of(GLORIA)).role is MemberRole.COORDINATOR
    held = {h.person_id: h.ends_on for h in db.session.scalars(select(RoleAssignment).where(RoleAssignment.role == Role.VIGILANCE))}
    assert held[world.id_of(ROSA)] < TODAY and held[world.id_of(GLORIA)] == committee.ends_on


def test_a_finding_is_public_only_with_the_majority_and_then_the_entity_is_told(world: World, committee: VigilanceCommittee) -> None:
    photo = FileUpload("obra.jpg", files.picture())
    finding = services.propose(committee, a_finding_draft(), files=[photo], person_id=world.id_of(ROSA), now=NOON)
    assert queries.public_finding(world.slug, finding.code) is None
    assert evidence.attachments(queries.FINDING_SUBJECT, finding.id, public_only=True) == []
    services.approve(finding, finding.sha256, person_id=world.id_of(MATEO), now=NOON)
    with pytest.raises(RuleBroken) as twice:
        services.approve(finding, finding.sha256, person_id=world.id_of(MATEO), now=NOON)
    assert _codes(twice) == {FindingProblem.APPROVED}
    with pytest.raises(RuleBroken) as outside:
        services.approve(finding, finding.sha256, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(outside) == {FindingProblem.NOT_A_MEMBER}
    finding = services.approve(finding, finding.sha256, person_id=world.id_of(FELIX), now=NOON)
    assert finding.state is FindingState.PUBLISHED and finding.reply_by == TODAY + timedelta(days=15)
    assert len(evidence.attachments(queries.FINDING_SUBJECT, finding.id, public_only=True)) == 1
    told = db.session.scalars(select(Notification).where(Notification.kind == "vigilance.found")).all()
    assert LUIS.email in {letter.address for letter in told} and ROSA.email not in {letter.address for letter in told}


def test_who_has_no_account_approves_on_paper_with_the_sheet_another_member_brings(world: World, committee: VigilanceCommittee) -> None:
    finding = services.propose(committee, a_finding_draft(), person_id=world.id_of(ROSA), now=NOON)
    seats = {member.agent.person_id: member.id for member in queries.members(committee.id)}
    mateo, felix, rosa = (seats[world.id_of(one)] for one in (MATEO, FELIX, ROSA))
    sheet = FileUpload("hoja.jpg", files.picture())

    def refused(signed: list[int], upload: FileUpload | None, who: CastMember = ROSA, sha256: str = "") -> set[str]:
        with pytest.raises(RuleBroken) as broken:
            services.approve_on_sheet(finding, sha256 or finding.sha256, signed, upload, person_id=world.id_of(who), now=NOON)
        return _codes(broken)

    assert refused([mateo], None) == {FindingProblem.NO_SHEET}
    assert refused([rosa], sheet) == refused([], sheet) == refused([99_999], sheet) == {FindingProblem.NOBODY_SIGNED}
    assert refused([mateo], sheet, sha256="0" * 64) == {FindingProblem.TEXT_CHANGED}
    assert refused([mateo], sheet, LUIS) == {FindingProblem.NOT_A_MEMBER}
    assert finding.state is FindingState.PROPOSED
    finding = services.approve_on_sheet(finding, finding.sha256, [mateo, felix], sheet, person_id=world.id_of(ROSA), now=NOON)
    assert finding.state is FindingState.PUBLISHED
    on_paper = [row for row in queries.approvals(finding) if row.sheet_sha256]
    assert {row.member_id for row in on_paper} == {mateo, felix} and {row.recorded_by_id for row in on_paper} == {world.id_of(ROSA)}
    assert evidence.attachments(queries.APPROVAL_SUBJECT, finding.id, public_only=True) == []
    said = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "vigilance.approve-on-sheet")).one()
    assert on_paper[0].sheet_sha256 in said.body


def test_another_text_loses_the_approvals_of_the_first(world: World, committee: VigilanceCommittee) -> None:
    finding = services.propose(committee, a_finding_draft(), person_id=world.id_of(ROSA), now=NOON)
    services.approve(finding, finding.sha256, person_id=world.id_of(MATEO), now=NOON)
    read = finding.sha256
    finding = services.edit(
        finding, a_finding_draft(title="La obra está parada desde febrero"), revision=1, person_id=world.id_of(INES), now=NOON
    )
    assert [row.member.agent.person_id for row in queries.approvals(finding)] == [world.id_of(INES)]
    with pytest.raises(RuleBroken) as stale:
        services.approve(finding, read, person_id=world.id_of(FELIX), now=NOON)
    assert _codes(stale) == {FindingProblem.TEXT_CHANGED}


def test_the_entity_replies_and_the_committee_is_satisfied(world: World, committee: VigilanceCommittee) -> None:
    finding = a_public_finding(world, committee)
    services.reply(finding, REPLY, entity="Gerencia de Obras", person_id=world.id_of(LUIS), now=NOON)
    letters = db.session.scalars(select(Notification).where(Notification.kind == "vigilance.replied")).all()
    assert {letter.address for letter in letters} == {m.email for m in (ROSA, MATEO, INES, FELIX)}
    note = "Volvimos el 6 de abril: hay dos cuadrillas y el cerco está repuesto."
    done = services.satisfy(finding, note, person_id=world.id_of(ROSA), now=NOON)
    assert done.state is FindingState.SATISFIED
    actions = [e.action for e in db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)) if e.action.startswith("vigilance.")]
    assert actions == ["vigilance.elect", "vigilance.publish-finding", "vigilance.reply", "vigilance.satisfy"]


def test_what_is_not_answered_in_time_is_overdue_and_may_be_taken_further(world: World, committee: VigilanceCommittee) -> None:
    finding = a_public_finding(world, committee)
    later = NOON + timedelta(days=16)
    assert queries.overdue_count(committee.round_id, TODAY) == 0
    assert queries.overdue_count(committee.round_id, lima_day(later)) == 1
    assert queries.overdue_since([world.process_id], lima_day(later))[world.process_id][0] == 1
    draft = ComplaintDraft(Body.COMPTROLLER, "EXP-2027-001", lima_day(later), "Se pidió un control concurrente de la obra.")
    with pytest.raises(RuleBroken) as early:
        services.escalate(finding, draft, person_id=world.id_of(ROSA), now=NOON)
    assert FindingProblem.NOT_DUE in _codes(early)
    row = services.escalate(finding, draft, person_id=world.id_of(ROSA), now=later)
    assert row.file_number == "EXP-2027-001" and queries.locked(finding.id).state is FindingState.ESCALATED


def test_a_finding_may_be_about_a_line_of_the_act_and_the_report_gathers_it(
    world: World, round_: BudgetRound, committee: VigilanceCommittee
) -> None:
    a_published_act(world, round_)
    code = f"PR{round_.id}-001"
    finding = a_public_finding(world, committee, code=code)
    assert finding.project is not None and finding.project.code == code
    opinion = "Vimos las dos obras del acta. Ninguna ha empezado y una ya perdió su cerco; esperamos respuesta."
    report = services.publish_report(committee, TODAY - timedelta(days=3), TODAY, opinion, person_id=world.id_of(ROSA), now=NOON)
    assert [f["code"] for f in report.content["findings"]] == [finding.code]
    assert len(report.content["lines"]) == 2 and report.content["agreed_cents"] == 30_000_000
