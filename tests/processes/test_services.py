"""The story of a schedule and of a process, in rows."""

import json
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.audit import queries as register
from app.core.clock import lima_instant
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.notifications import services as notifications
from app.notifications.models import Notification
from app.processes import queries, services
from app.processes.models import Opportunity, Phase, Process, ScheduleApproval, ScheduleVersion
from app.processes.rules import drafting
from app.processes.rules.drafts import CriterionDraft, ProcessDraft, ProcessProblem, ThemeDraft
from app.processes.rules.notice import NoticeFlag, Result
from app.processes.rules.publication import ScheduleProblem
from app.processes.rules.schedule import Schedule, from_json, sha256
from app.processes.rules.states import ApprovalSeat, Influence, ProcessKind, ProcessState, VersionState
from app.processes.rules.transitions import ProcessFacts, StateProblem
from app.spaces.models import Space
from tests.cast import FELIX, GLORIA, SARA
from tests.world import NOON, START, World, sample_schedule

BEFORE = lima_instant(START - timedelta(days=30), time(9))
WHY = "El local comunal cerró por lluvias; se avisó por teléfono."
DRAFT = ProcessDraft("Plan nuevo", "plan-nuevo", "NUE", ProcessKind.OGP_LOCAL, "Un plan nuevo.", Influence.COOPERATE)


class Story:
    """Sara drafts and publishes, Félix approves for civil society."""

    def __init__(self, world: World) -> None:
        self.world, self.sara, self.felix = world, world.id_of(SARA), world.id_of(FELIX)

    def new_process(self, **changes: object) -> Process:
        space = db.session.get(Space, self.world.space_id)
        assert space
        return services.create_process(replace(DRAFT, **changes), space=space, person_id=self.sara, now=BEFORE)  # type: ignore[arg-type]

    def drafted(self, process: Process, schedule: Schedule, now: datetime, reason: str = WHY) -> ScheduleVersion:
        version = services.open_draft(process, person_id=self.sara, now=now)
        return services.save_draft(version, schedule, reason=reason, revision=version.revision, person_id=self.sara, now=now)

    def approved(self, process: Process, schedule: Schedule, now: datetime, reason: str = WHY) -> ScheduleVersion:
        version = services.submit(self.drafted(process, schedule, now, reason), person_id=self.sara, now=now)
        services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=self.sara, now=now)
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=self.felix, now=now)
        return version

    def published(self, process: Process, schedule: Schedule, now: datetime, reason: str = WHY) -> ScheduleVersion:
        return services.publish(self.approved(process, schedule, now, reason), person_id=self.sara, now=now)


@pytest.fixture
def story(world: World, context: None) -> Story:
    return Story(world)


def codes(refusal: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def moved_workshop(place: str = "Colegio de Ccorca") -> Schedule:
    old = sample_schedule()
    plan = old.opportunity("taller-ccorca")
    assert plan
    return drafting.with_opportunity(old, replace(plan, place=place))


def test_publishing_makes_a_version_rows_and_a_scheduled_process(story: Story) -> None:
    process = story.new_process()
    revision = process.public_revision
    version = story.published(process, sample_schedule(), BEFORE)
    db.session.commit()
    assert (version.n, version.state, version.published_at, version.notice_days) == (1, VersionState.PUBLISHED, BEFORE, 30)
    assert version.sha256 == sha256(version.content) and not version.is_short_notice
    assert from_json(version.content) == drafting.ordered(sample_schedule())
    assert process.state is ProcessState.SCHEDULED and process.start_at is None
    assert [phase.kind for phase in queries.phases(process.id)] == [span.kind for span in sample_schedule().phases]
    assert {o.slug for o in queries.opportunities(process.id)} == {"taller-ccorca", "aportes-en-linea"}
    db.session.refresh(process, ["public_revision"])
    assert process.public_revision > revision
    entry = register.newest()
    assert entry and (entry.action, entry.subject_ref) == ("processes.publish-schedule", "plan-nuevo")
    facts = json.loads(entry.body)["facts"]
    assert facts["sha256"] == version.sha256 and facts["notice_days"] == 30
    assert [a["seat"] for a in facts["approvals"]] == ["secretariat", "non-government"]
    assert "Sara" not in entry.body and "Félix" not in entry.body


def test_nothing_is_published_without_both_approvals(story: Story) -> None:
    process = story.new_process()
    version = services.submit(story.drafted(process, sample_schedule(), BEFORE), person_id=story.sara, now=BEFORE)
    services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=BEFORE)
    with pytest.raises(RuleBroken) as refusal:
        services.publish(version, person_id=story.sara, now=BEFORE)
    assert codes(refusal) == [ScheduleProblem.APPROVAL_MISSING]
    assert process.state is ProcessState.DRAFT and not queries.phases(process.id)


def test_the_civil_seat_is_never_the_drafter_nor_the_same_person_as_the_other_seat(story: Story) -> None:
    process = story.new_process()
    version = services.open_draft(process, person_id=story.felix, now=BEFORE)
    services.save_draft(version, sample_schedule(), reason="", revision=1, person_id=story.felix, now=BEFORE)
    services.save_draft(version, sample_schedule(), reason="", revision=2, person_id=story.sara, now=BEFORE)  # a colleague touches it
    services.submit(version, person_id=story.sara, now=BEFORE)
    with pytest.raises(RuleBroken) as drafter:
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=story.felix, now=BEFORE)
    assert codes(drafter) == [ScheduleProblem.DRAFTER_APPROVES]
    gloria = story.world.id_of(GLORIA)
    services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=gloria, now=BEFORE)
    with pytest.raises(RuleBroken) as same:
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=gloria, now=BEFORE)
    assert codes(same) == [ScheduleProblem.SAME_PERSON_APPROVES]
    with pytest.raises(RuleBroken) as twice:
        services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=BEFORE)
    assert codes(twice) == [ScheduleProblem.ALREADY_APPROVED]


def test_any_edit_drops_the_approvals(story: Story) -> None:
    process = story.new_process()
    version = story.approved(process, sample_schedule(), BEFORE)
    services.save_draft(version, moved_workshop(), reason="", revision=version.revision, person_id=story.sara, now=BEFORE)
    assert version.state is VersionState.DRAFT and queries.approvals([version.id]) == {}
    with pytest.raises(RuleBroken) as refusal:
        services.publish(version, person_id=story.sara, now=BEFORE)
    assert ScheduleProblem.NOT_IN_REVIEW in codes(refusal)


def test_an_approval_is_of_the_exact_text_that_was_read(story: Story) -> None:
    process = story.new_process()
    version = services.submit(story.drafted(process, sample_schedule(), BEFORE), person_id=story.sara, now=BEFORE)
    with pytest.raises(SomebodyWasFirst):
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, "0" * 64, person_id=story.felix, now=BEFORE)
    version.content = version.content.replace("Ccorca", "Poroy")
    version.sha256 = sha256(version.content)
    db.session.add(
        ScheduleApproval(
            version_id=version.id, seat=ApprovalSeat.NON_GOVERNMENT, person_id=story.felix, sha256="1" * 64, approved_at=BEFORE
        )
    )
    services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=BEFORE)
    with pytest.raises(RuleBroken) as refusal:
        services.publish(version, person_id=story.sara, now=BEFORE)
    assert codes(refusal) == [ScheduleProblem.APPROVAL_MISSING]


def test_two_people_editing_at_once_end_with_one_and_the_other_is_told(story: Story) -> None:
    process = story.new_process()
    version = services.open_draft(process, person_id=story.sara, now=BEFORE)
    read = version.revision
    services.save_draft(version, sample_schedule(), reason="", revision=read, person_id=story.sara, now=BEFORE)
    with pytest.raises(SomebodyWasFirst) as first:
        services.save_draft(version, moved_workshop(), reason="", revision=read, person_id=story.felix, now=BEFORE)
    assert from_json(first.value.current.content) == drafting.ordered(sample_schedule())


def test_opening_a_draft_twice_gives_the_same_one(story: Story) -> None:
    process = story.new_process()
    assert services.open_draft(process, person_id=story.sara, now=BEFORE) is services.open_draft(process, person_id=story.felix, now=BEFORE)


def test_a_start_too_soon_is_refused_before_anything_is_written(story: Story) -> None:
    process = story.new_process()
    late = lima_instant(START - timedelta(days=13), time(9))
    version = story.drafted(process, sample_schedule(), late)
    with pytest.raises(RuleBroken) as refusal:
        services.submit(version, person_id=story.sara, now=late)
    assert codes(refusal) == [ScheduleProblem.START_TOO_SOON]
    assert version.state is VersionState.DRAFT


def test_a_retroactive_process_is_published_with_past_dates_and_never_counts(story: Story) -> None:
    process = story.new_process(is_retroactive=True)
    version = story.published(process, sample_schedule(), NOON + timedelta(days=200))
    assert version.notice_days is None
    found = queries.notice(process, NOON)
    assert found.rule is Result.NOT_APPLICABLE and NoticeFlag.RETROACTIVE in found.flags


def test_a_change_with_short_notice_is_marked_and_written_to_everybody_once(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    workshop = queries.opportunity("plan-nuevo", "taller-ccorca")
    assert workshop
    notifications.subscribe("process", process.id, "rosa@example.pe", at=BEFORE)
    notifications.subscribe("opportunity", workshop.id, "mateo@example.pe", at=BEFORE)
    notifications.subscribe("opportunity", workshop.id, "rosa@example.pe", at=BEFORE)
    soon = lima_instant(START + timedelta(days=2), time(9))
    version = story.published(process, moved_workshop(), soon)
    db.session.commit()
    assert (version.n, version.is_short_notice, version.notice_days) == (2, True, 30)
    letters = db.session.query(Notification).order_by(Notification.id).all()
    assert [letter.address for letter in letters] == ["rosa@example.pe", "mateo@example.pe"]
    (move,) = letters[0].content["moves"]
    assert (move["change"], move["days"], move["after"]) == ("place", 7, "Colegio de Ccorca")
    first = queries.published_version(process.id, 1)
    assert first and first.state is VersionState.REPLACED and from_json(first.content) == drafting.ordered(sample_schedule())


def test_a_change_without_a_reason_is_refused(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    with pytest.raises(RuleBroken) as refusal:
        story.approved(process, moved_workshop(), BEFORE, reason="")
    assert codes(refusal) == [ScheduleProblem.REASON_MISSING]


def test_a_withdrawn_opportunity_stays_marked_and_may_come_back(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    story.published(process, drafting.without_opportunity(sample_schedule(), "taller-ccorca"), BEFORE)
    assert [o.slug for o in queries.withdrawn_opportunities(process.id)] == ["taller-ccorca"]
    kept = db.session.query(Opportunity).filter_by(process_id=process.id, slug="taller-ccorca").one().id
    story.published(process, sample_schedule(), BEFORE)
    assert queries.withdrawn_opportunities(process.id) == []
    assert db.session.query(Opportunity).filter_by(process_id=process.id, slug="taller-ccorca").one().id == kept


def test_a_published_version_never_changes(story: Story) -> None:
    process = story.new_process()
    version = story.published(process, sample_schedule(), BEFORE)
    for change in (
        lambda: services.save_draft(version, moved_workshop(), reason="", revision=version.revision, person_id=story.sara, now=NOON),
        lambda: services.publish(version, person_id=story.sara, now=NOON),
        lambda: services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=NOON),
    ):
        with pytest.raises(RuleBroken) as refusal:
            change()
        assert codes(refusal) == [ScheduleProblem.NOT_OPEN]


def test_the_desk_learns_what_awaits_whom(story: Story) -> None:
    process = story.new_process()
    version = story.drafted(process, sample_schedule(), BEFORE)
    (waiting,) = queries.open_versions([story.world.space_id])
    assert waiting.awaited == () and not waiting.is_ready
    services.submit(version, person_id=story.sara, now=BEFORE)
    services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=BEFORE)
    (waiting,) = queries.open_versions([story.world.space_id], [process.id])
    assert waiting.awaited == (ApprovalSeat.NON_GOVERNMENT,) and waiting.version.process.space.name
    services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=story.felix, now=BEFORE)
    assert queries.open_versions([story.world.space_id])[0].is_ready
    assert queries.open_versions([story.world.other_space_id]) == []


# ---------------------------------------------------------------------------------------- start and states


def test_what_really_happened_can_always_be_recorded_once(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    early = lima_instant(START - timedelta(days=20), time(9))
    services.record_start(process, early, person_id=story.sara, now=early)
    assert process.start_at == early and process.state is ProcessState.RUNNING
    assert queries.notice(process, NOON).rule is Result.NOT_MET
    with pytest.raises(RuleBroken) as refusal:
        services.record_start(process, early, person_id=story.sara, now=early)
    assert codes(refusal) == [StateProblem.ALREADY_STARTED]


def test_a_start_that_has_not_happened_is_not_recorded(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    with pytest.raises(RuleBroken) as refusal:
        services.record_start(process, BEFORE + timedelta(days=1), person_id=story.sara, now=BEFORE)
    assert codes(refusal) == [StateProblem.START_IN_FUTURE]


def test_a_process_goes_step_by_step_and_comes_back_from_suspension(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    services.record_start(process, BEFORE, person_id=story.sara, now=NOON)
    with pytest.raises(RuleBroken):
        services.advance(process, ProcessState.APPROVED, person_id=story.sara, now=NOON)
    services.advance(process, ProcessState.SUSPENDED, person_id=story.sara, now=NOON, reason="Emergencia por lluvias en la provincia.")
    assert process.suspended_from is ProcessState.RUNNING and process.state_reason
    services.advance(process, ProcessState.RUNNING, person_id=story.sara, now=NOON)
    for state in (ProcessState.INPUTS_CLOSED, ProcessState.DELIBERATION, ProcessState.FEEDBACK):
        services.advance(process, state, person_id=story.sara, now=NOON)
    with pytest.raises(RuleBroken) as refusal:
        services.advance(process, ProcessState.ANSWERED, person_id=story.sara, now=NOON, facts=ProcessFacts(waiting=2))
    assert codes(refusal) == [StateProblem.ANSWERS_WAITING]
    services.advance(process, ProcessState.ANSWERED, person_id=story.sara, now=NOON, facts=ProcessFacts(waiting=0))
    services.advance(process, ProcessState.PLAN_DRAFTED, person_id=story.sara, now=NOON)
    services.advance(process, ProcessState.APPROVED, person_id=story.sara, now=NOON, facts=ProcessFacts(waiting=0))
    assert process.approved_at == NOON


# ---------------------------------------------------------------------------------------- contents


def test_code_and_address_are_unique_and_permanent(story: Story) -> None:
    process = story.new_process()
    with pytest.raises(RuleBroken) as taken:
        story.new_process()
    assert codes(taken) == [ProcessProblem.CODE_TAKEN, ProcessProblem.SLUG_TAKEN]
    services.edit_process(process, replace(DRAFT, slug="otra-direccion"), person_id=story.sara, now=BEFORE)
    story.published(process, sample_schedule(), BEFORE)
    with pytest.raises(RuleBroken) as fixed:
        services.edit_process(process, DRAFT, person_id=story.sara, now=BEFORE)
    assert codes(fixed) == [ProcessProblem.NAME_IS_PERMANENT]


def test_criteria_are_published_together_when_they_add_up(story: Story) -> None:
    process = story.new_process()
    services.add_criterion(process, CriterionDraft("Apertura", 60), person_id=story.sara, now=BEFORE)
    with pytest.raises(RuleBroken) as refusal:
        services.publish_criteria(process, person_id=story.sara, now=BEFORE)
    assert codes(refusal) == [ProcessProblem.CRITERIA_WEIGHTS]
    second = services.add_criterion(process, CriterionDraft("Demanda", 40), person_id=story.sara, now=BEFORE)
    services.publish_criteria(process, person_id=story.sara, now=BEFORE)
    assert all(criterion.published_at == BEFORE for criterion in queries.criteria(process.id))
    with pytest.raises(RuleBroken) as fixed:
        services.edit_criterion(process, second, CriterionDraft("Demanda", 30), person_id=story.sara, now=BEFORE)
    assert codes(fixed) == [ProcessProblem.CRITERIA_PUBLISHED]


def test_a_theme_is_named_once_and_its_text_is_made_safe(story: Story) -> None:
    process = story.new_process()
    theme = services.add_theme(process, ThemeDraft("Agua y ríos", context="<script>x</script> **hola**"), person_id=story.sara, now=BEFORE)
    assert theme.slug == "agua-y-rios" and "<script" not in theme.context_html and "<strong>hola</strong>" in theme.context_html
    with pytest.raises(RuleBroken) as refusal:
        services.add_theme(process, ThemeDraft("Agua y ríos"), person_id=story.sara, now=BEFORE)
    assert codes(refusal) == [ProcessProblem.THEME_TAKEN]
    services.remove_theme(process, theme, person_id=story.sara, now=BEFORE)
    assert queries.themes(process.id) == []


def test_phases_follow_the_latest_version(story: Story) -> None:
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    without = drafting.without_phase(sample_schedule(), sample_schedule().phases[4].kind)
    story.published(process, without, BEFORE)
    assert db.session.query(Phase).filter_by(process_id=process.id).count() == 5


def test_a_draft_that_was_never_published_is_thrown_away_with_its_approvals(story: Story) -> None:
    process = story.new_process()
    version = services.submit(story.drafted(process, sample_schedule(), BEFORE), person_id=story.sara, now=BEFORE)
    services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=story.sara, now=BEFORE)
    with pytest.raises(SomebodyWasFirst):
        services.discard_draft(version, revision=version.revision + 1, person_id=story.sara, now=BEFORE)
    services.discard_draft(version, revision=version.revision, person_id=story.sara, now=BEFORE)
    assert queries.open_version_of(process.id) is None and queries.latest_version(process.id) is None
    assert services.open_draft(process, person_id=story.sara, now=BEFORE).revision == 1


def test_what_is_public_is_not_thrown_away(story: Story) -> None:
    process = story.new_process()
    version = story.published(process, sample_schedule(), BEFORE)
    with pytest.raises(RuleBroken):
        services.discard_draft(version, revision=version.revision, person_id=story.sara, now=BEFORE)
    draft = services.open_draft(process, person_id=story.sara, now=BEFORE)
    services.discard_draft(draft, revision=draft.revision, person_id=story.sara, now=BEFORE)
    assert queries.latest_version(process.id).n == 1
