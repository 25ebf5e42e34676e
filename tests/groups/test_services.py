"""Groups: the rows that are written, and what is refused."""

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.contributions import services as contributions
from app.core.db import db
from app.core.errors import RuleBroken
from app.groups import queries, services
from app.groups.models import ContributionGroup, DifferentPair, GroupMember
from app.processes.models import Process
from tests.cast import ANA, LUIS, SARA
from tests.feedback.answers import process_of, say
from tests.world import NOON, World

TITLE = "Monitores elegidos por la comunidad"


@pytest.fixture
def here(world: World, context: None) -> World:
    for key in "abcde":
        say(world, key)
    return world


def make(here: World, *codes: str, title: str = TITLE) -> ContributionGroup:
    return services.make(process_of(here), codes, title, "Piden lo mismo.", person_id=here.id_of(SARA), now=NOON)


def problems(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(p.code) for p in broken.value.problems]


def test_a_group_is_numbered_recorded_and_made_public_at_once(here: World) -> None:
    before = db.session.get(Process, here.process_id).public_revision
    group, second = make(here, "PRB-C-0001", "PRB-C-0003"), make(here, "PRB-C-0004", "PRB-C-0002")
    assert (group.reference, second.reference) == ("G-01", "G-02")
    assert [m.code for m in queries.members(second.id)] == ["PRB-C-0002", "PRB-C-0004"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "groups.make").order_by(AuditEntry.seq)).first()
    assert "PRB-C-0003" in entry.body and "G-01" in entry.body and "secretaría" in entry.body
    db.session.expire_all()
    assert db.session.get(Process, here.process_id).public_revision > before
    ids = [m.contribution_id for m in queries.members(group.id)]
    assert {ref.reference for ref in queries.group_of(ids).values()} == {"G-01"}
    assert queries.group_of(ids)[ids[0]].codes == ("PRB-C-0001", "PRB-C-0003")


def test_a_contribution_is_in_one_group_and_only_those_of_the_process_enter(here: World) -> None:
    make(here, "PRB-C-0001", "PRB-C-0002")
    with pytest.raises(RuleBroken) as broken:
        make(here, "PRB-C-0002", "PRB-C-0003", "XXX-C-0001")
    assert problems(broken) == ["group-unknown-code", "group-in-another"]
    assert db.session.query(ContributionGroup).count() == 1 and db.session.query(GroupMember).count() == 2


def test_what_has_a_public_answer_is_left_as_it_is(here: World) -> None:
    id_ = queries.candidates(here.process_id, ["PRB-C-0001"])[0][0]
    contributions.mark_answered(id_, NOON)
    with pytest.raises(RuleBroken) as broken:
        make(here, "PRB-C-0001", "PRB-C-0002")
    assert problems(broken) == ["group-already-answered"]


def test_adding_and_taking_out_are_kept_with_who_and_why_and_the_review_falls(here: World) -> None:
    group = make(here, "PRB-C-0001", "PRB-C-0002")
    services.review(group, revision=group.revision, person_id=here.id_of(ANA), now=NOON, role="entidad")
    assert group.reviewed_by_id == here.id_of(ANA)
    services.add(group, ["PRB-C-0003"], person_id=here.id_of(LUIS), now=NOON)
    assert group.reviewed_by_id is None and [m.code for m in queries.members(group.id)][-1] == "PRB-C-0003"
    with pytest.raises(RuleBroken) as broken:
        services.remove(group, "PRB-C-0001", "no", revision=group.revision, person_id=here.id_of(SARA), now=NOON)
    assert problems(broken) == ["group-reason-short"]
    services.remove(group, "PRB-C-0001", "Pide otra cosa distinta.", revision=group.revision, person_id=here.id_of(SARA), now=NOON)
    gone = db.session.scalars(select(GroupMember).where(GroupMember.removed_at.is_not(None))).one()
    assert (gone.removed_by_id, gone.removal_reason) == (here.id_of(SARA), "Pide otra cosa distinta.")
    with pytest.raises(RuleBroken) as broken:
        services.remove(group, "PRB-C-0002", "Tampoco dice lo mismo.", revision=group.revision, person_id=here.id_of(SARA), now=NOON)
    assert problems(broken) == ["group-too-few"]
    make(here, "PRB-C-0001", "PRB-C-0004")


def test_who_put_any_of_them_in_does_not_review(here: World) -> None:
    group = make(here, "PRB-C-0001", "PRB-C-0002")
    services.add(group, ["PRB-C-0003"], person_id=here.id_of(LUIS), now=NOON)
    for member in (SARA, LUIS):
        with pytest.raises(RuleBroken) as broken:
            services.review(group, revision=group.revision, person_id=here.id_of(member), now=NOON)
        assert problems(broken) == ["group-reviewer-grouped"]
    with pytest.raises(RuleBroken) as broken:
        services.review(group, revision=group.revision - 1, person_id=here.id_of(ANA), now=NOON)
    assert problems(broken) == ["group-changed"]
    services.review(group, revision=group.revision, person_id=here.id_of(ANA), now=NOON, role="entidad")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "groups.review")).one()
    assert "PRB-C-0003" in entry.body and "ana" not in entry.body.lower().replace("semana", "")


def test_a_dissolved_group_keeps_its_number_and_its_members_are_free(here: World) -> None:
    group = make(here, "PRB-C-0001", "PRB-C-0002")
    services.dissolve(group, "No dicen lo mismo.", revision=group.revision, person_id=here.id_of(SARA), now=NOON)
    assert group.dissolved_at == NOON and queries.members(group.id) == []
    assert make(here, "PRB-C-0001", "PRB-C-0002").reference == "G-02"
    with pytest.raises(RuleBroken) as broken:
        services.add(group, ["PRB-C-0003"], person_id=here.id_of(SARA), now=NOON)
    assert problems(broken) == ["group-dissolved"]


def test_what_was_told_apart_is_remembered_once(here: World) -> None:
    process = process_of(here)
    given = {"person_id": here.id_of(SARA), "now": NOON}
    assert services.say_different(process, ["PRB-C-0003", "PRB-C-0001", "PRB-C-0002"], **given) == 3
    assert services.say_different(process, ["PRB-C-0001", "PRB-C-0002"], **given) == 0
    assert services.say_different(process, ["PRB-C-0004"], against=["PRB-C-0001", "PRB-C-0002"], **given) == 2
    assert db.session.query(DifferentPair).count() == 5
    with pytest.raises(RuleBroken):
        services.say_different(process, ["PRB-C-0001"], **given)
