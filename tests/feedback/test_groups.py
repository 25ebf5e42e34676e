"""One text for a group: written, sent, signed, returned and published as one; and what a change of members does to it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import queries, services
from app.feedback.models import Decision, DecisionSignature, TeamNote
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState, Seat
from app.groups import queries as groups
from app.groups.models import ContributionGroup
from app.notifications.models import Notification
from tests.cast import ANA, FELIX, GLORIA, SARA
from tests.feedback.answers import ADOPTED, NOT_ADOPTED, PARTLY, WHY, approve, correction, make_plan, process_of, publish, say, write
from tests.feedback.bulk import fill
from tests.feedback.test_queries import counted
from tests.world import NOON, World

TITLE = "Monitores elegidos por la comunidad"


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    for key in "abcd":
        say(world, key)
    return world


def group_of(world: World, *codes: str, is_reviewed: bool = True) -> ContributionGroup:
    group = services.make_group(process_of(world), codes, TITLE, person_id=world.id_of(SARA), now=NOON)
    if is_reviewed:
        services.review_group(group, revision=group.revision, person_id=world.id_of(GLORIA), now=NOON)
    return group


def answer(
    world: World, code: str, draft: DecisionDraft = NOT_ADOPTED, *, and_submit: bool = True, token: int | None = None
) -> services.Written:
    contribution = queries.contribution_for_staff(code)
    here = queries.group_standing_by_id(groups.group_of([contribution.id])[contribution.id].id)
    return services.write(
        contribution, draft, and_submit=and_submit, revision=here.token if token is None else token, person_id=world.id_of(ANA), now=NOON
    )


def rows_of(group: ContributionGroup) -> list[Decision]:
    here = queries.group_standing(group)
    return [here.open[m.contribution_id] for m in here.members if m.contribution_id in here.open]


def sign_once(world: World, decision: Decision) -> None:
    for seat, member in ((Seat.GOVERNMENT, GLORIA), (Seat.NON_GOVERNMENT, FELIX)):
        services.sign(decision, seat, decision.sha256, person_id=world.id_of(member), post=f"Cargo {seat}", now=NOON)


def codes_of(broken: pytest.ExceptionInfo[RuleBroken]) -> set[str]:
    return {str(p.code) for p in broken.value.problems}


def test_one_save_answers_every_member_and_names_them_all(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002", "PRB-C-0003")
    written = answer(here, "PRB-C-0002")
    assert written.is_submitted and written.decision.contribution.code == "PRB-C-0002"
    rows = rows_of(group)
    assert [row.group_place for row in rows] == [1, 2, 3] and {row.state for row in rows} == {DecisionState.REVIEW}
    for row in rows:
        draft = queries.draft_of(row)
        assert draft.group == ("PRB-C-0001", "PRB-C-0002", "PRB-C-0003") and draft.text == WHY
        assert row.sha256 == content_sha256(draft, row.contribution.code)
    assert len({row.sha256 for row in rows}) == 3
    assert queries.open_decision(queries.contribution_for_staff("PRB-C-0004").id) is None


def test_signing_the_one_shown_signs_all_and_publishing_it_publishes_all_with_a_letter_each(here: World) -> None:
    for key, name in (("x", "mateo@example.pe"), ("y", "ines@example.pe")):
        say(here, key, email=name)
    group = group_of(here, "PRB-C-0001", "PRB-C-0005", "PRB-C-0006")
    answer(here, "PRB-C-0001")
    (shown,) = queries.to_sign(here.process_id, Seat.GOVERNMENT).rows
    assert shown.draft.group == ("PRB-C-0001", "PRB-C-0005", "PRB-C-0006")
    sign_once(here, shown.decision)
    assert {row.state for row in rows_of(group)} == {DecisionState.APPROVED}
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 6
    (ready,) = queries.to_publish(here.process_id)
    services.publish_batch(
        process_of(here), [ready.decision], person_id=here.id_of(SARA), now=NOON, hashes={ready.decision.id: ready.decision.sha256}
    )
    db.session.commit()
    assert queries.coverage(here.process_id).answered == 3
    letters = db.session.scalars(select(Notification).where(Notification.kind == "feedback.answered")).all()
    assert {letter.content["code"] for letter in letters} == {"PRB-C-0001", "PRB-C-0005", "PRB-C-0006"}
    assert {row.answered_at for row in db.session.scalars(select(Contribution).where(Contribution.number.in_([1, 5, 6])))} == {NOON}


def test_a_group_nobody_else_reviewed_is_written_but_not_sent(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002", is_reviewed=False)
    written = answer(here, "PRB-C-0001")
    assert not written.is_submitted and {str(p.code) for p in written.problems} == {"group-not-reviewed"}
    assert {row.text for row in rows_of(group)} == {WHY}
    services.review_group(group, revision=group.revision, person_id=here.id_of(FELIX), now=NOON)
    assert answer(here, "PRB-C-0001").is_submitted


def test_a_member_is_never_answered_alone(here: World) -> None:
    group_of(here, "PRB-C-0001", "PRB-C-0002")
    with pytest.raises(RuleBroken) as broken:
        write(here, queries.contribution_for_staff("PRB-C-0001"))
    assert codes_of(broken) == {"answer-in-group"}


@pytest.mark.parametrize("change", ["another-draft", "another-member", "one-leaves"])
def test_whatever_changed_in_the_group_since_it_was_read_refuses_the_whole(here: World, change: str) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002", "PRB-C-0003")
    answer(here, "PRB-C-0001", and_submit=False)
    seen = queries.group_standing(group).token
    if change == "another-draft":
        answer(here, "PRB-C-0003", ADOPTED, and_submit=False)
    elif change == "another-member":
        services.add_to_group(group, ["PRB-C-0004"], person_id=here.id_of(SARA), now=NOON)
    else:
        services.remove_from_group(
            group, "PRB-C-0003", "Pide otra cosa distinta.", revision=group.revision, person_id=here.id_of(SARA), now=NOON
        )
    before = {row.id: row.sha256 for row in rows_of(group)}
    with pytest.raises(SomebodyWasFirst) as first:
        answer(here, "PRB-C-0001", replace(NOT_ADOPTED, criterion="Otro"), token=seen)
    assert first.value.current is not None
    assert {row.id: row.sha256 for row in rows_of(group)} == before


def test_a_change_of_members_returns_the_answer_to_draft_and_drops_every_signature(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002")
    sign_once(here, answer(here, "PRB-C-0001").decision)
    services.add_to_group(group, ["PRB-C-0003"], person_id=here.id_of(SARA), now=NOON)
    rows = rows_of(group)
    assert {row.state for row in rows} == {DecisionState.DRAFT} and len(rows) == 3
    assert all(queries.draft_of(row).group == ("PRB-C-0001", "PRB-C-0002", "PRB-C-0003") for row in rows)
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 0
    assert "G-01" in rows[0].return_note and group.reviewed_by_id is None
    assert here.id_of(SARA) not in queries.writers_of([row.id for row in rows])[rows[2].id]


def test_who_leaves_keeps_the_text_as_a_draft_of_its_own(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002", "PRB-C-0003")
    sign_once(here, answer(here, "PRB-C-0001").decision)
    services.remove_from_group(
        group, "PRB-C-0001", "Pide otra cosa distinta.", revision=group.revision, person_id=here.id_of(SARA), now=NOON
    )
    alone = queries.open_decision(queries.contribution_for_staff("PRB-C-0001").id)
    assert (alone.state, alone.group_number, queries.draft_of(alone).group) == (DecisionState.DRAFT, None, ())
    assert alone.sha256 == content_sha256(queries.draft_of(alone), "PRB-C-0001") and "Pide otra cosa" in alone.return_note
    assert all(queries.draft_of(row).group == ("PRB-C-0002", "PRB-C-0003") for row in rows_of(group))
    services.submit(alone, person_id=here.id_of(ANA), now=NOON)
    sign_once(here, alone)
    publish(here, queries.open_decision(alone.contribution_id))


def test_a_dissolved_group_leaves_each_its_own_draft(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002")
    answer(here, "PRB-C-0001")
    services.dissolve_group(group, "No piden lo mismo.", revision=group.revision, person_id=here.id_of(SARA), now=NOON)
    for code in ("PRB-C-0001", "PRB-C-0002"):
        alone = queries.open_decision(queries.contribution_for_staff(code).id)
        assert (alone.state, alone.group_number) == (DecisionState.DRAFT, None)
        services.submit(alone, person_id=here.id_of(ANA), now=NOON)


def test_what_was_approved_for_one_alone_is_a_draft_again_once_it_is_grouped_and_is_kept_as_a_note(here: World) -> None:
    decision = approve(here, queries.contribution_for_staff("PRB-C-0001"), ADOPTED)
    group = group_of(here, "PRB-C-0001", "PRB-C-0002")
    db.session.refresh(decision)
    assert decision.state is DecisionState.DRAFT
    with pytest.raises(RuleBroken):
        services.submit(queries.decision_by_id(decision.id), person_id=here.id_of(ANA), now=NOON)
    assert [code for code, _ in queries.group_standing(group).apart] == ["PRB-C-0001"]
    answer(here, "PRB-C-0002")
    note = db.session.scalars(select(TeamNote)).one()
    assert ADOPTED.text in note.text and note.author_id == here.id_of(ANA)
    assert queries.decision_by_id(decision.id).text == WHY


def test_a_writer_of_any_row_may_not_sign_the_group(here: World) -> None:
    contribution = queries.contribution_for_staff("PRB-C-0002")
    services.draft(contribution, ADOPTED, revision=0, person_id=here.id_of(GLORIA), now=NOON)
    group_of(here, "PRB-C-0001", "PRB-C-0002", is_reviewed=False)
    group = db.session.scalars(select(ContributionGroup)).one()
    services.review_group(group, revision=group.revision, person_id=here.id_of(FELIX), now=NOON)
    lead = answer(here, "PRB-C-0001").decision
    with pytest.raises(RuleBroken) as broken:
        services.sign(lead, Seat.GOVERNMENT, lead.sha256, person_id=here.id_of(GLORIA), post="Cargo", now=NOON)
    assert codes_of(broken) == {"answer-writer-signs"}


def test_a_group_is_returned_whole_with_the_note(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002")
    sign_once(here, answer(here, "PRB-C-0001").decision)
    services.send_back(rows_of(group)[1], "Falta citar la norma.", person_id=here.id_of(GLORIA), now=NOON)
    assert {(row.state, row.return_note) for row in rows_of(group)} == {(DecisionState.DRAFT, "Falta citar la norma.")}
    assert db.session.scalar(select(func.count()).select_from(DecisionSignature)) == 0


def test_one_unmoderated_member_holds_the_whole_group_and_is_named(here: World) -> None:
    say(here, "retenido", publish=False)
    group = group_of(here, "PRB-C-0001", "PRB-C-0005")
    written = answer(here, "PRB-C-0001")
    assert not written.is_submitted and [(str(p.code), p.values["code"]) for p in written.problems] == [("not-moderated", "PRB-C-0005")]
    rows = rows_of(group)
    sent = services.submit_many(process_of(here), [(rows[0].id, rows[0].revision)], person_id=here.id_of(ANA), now=NOON)
    assert sent.codes == () and {str(p[0].code) for p in sent.problems.values()} == {"not-moderated", "answer-group-stopped"}


def test_ticking_one_of_a_group_in_the_pile_sends_all_of_it(here: World) -> None:
    group_of(here, "PRB-C-0001", "PRB-C-0002")
    own = answer(here, "PRB-C-0001", and_submit=False).decision
    sent = services.submit_many(process_of(here), [(own.id, own.revision)], person_id=here.id_of(ANA), now=NOON)
    assert sorted(sent.codes) == ["PRB-C-0001", "PRB-C-0002"]


def test_a_published_group_is_corrected_together_and_its_members_stay(here: World) -> None:
    group = group_of(here, "PRB-C-0001", "PRB-C-0002")
    sign_once(here, answer(here, "PRB-C-0001").decision)
    publish(here, rows_of(group)[0])
    with pytest.raises(RuleBroken) as broken:
        services.add_to_group(group, ["PRB-C-0003"], person_id=here.id_of(SARA), now=NOON)
    assert codes_of(broken) == {"group-answered"}
    with pytest.raises(RuleBroken) as broken:
        answer(here, "PRB-C-0002", PARTLY)
    assert codes_of(broken) == {"answer-no-correction-reason"}
    written = answer(here, "PRB-C-0002", correction(PARTLY))
    assert written.is_submitted and {row.version for row in rows_of(group)} == {2}
    sign_once(here, written.decision)
    publish(here, rows_of(group)[0])
    for code in ("PRB-C-0001", "PRB-C-0002"):
        assert [v.draft.outcome for v in queries.history(queries.contribution_for_staff(code).id)] == [NOT_ADOPTED.outcome, PARTLY.outcome]


def test_a_group_holds_no_personal_data_in_its_title(here: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        services.make_group(
            process_of(here), ["PRB-C-0001", "PRB-C-0002"], "Lo que pide rosa@example.pe", person_id=here.id_of(SARA), now=NOON
        )
    assert codes_of(broken) == {"group-personal-data"}


def test_two_hundred_are_answered_with_the_statements_of_three(app: Flask, world: World) -> None:
    costs: dict[str, set[int]] = {}
    with app.app_context():
        fill(world, 230, unanswered=230)
        db.session.commit()
        for codes in ([f"PRB-C-{n:04d}" for n in range(1, 4)], [f"PRB-C-{n:04d}" for n in range(10, 210)]):
            group = group_of(world, *codes)
            db.session.commit()
            with counted(app) as sent:
                assert answer(world, codes[0], PARTLY).is_submitted
                db.session.commit()
            costs.setdefault("write", set()).add(len(sent))
            lead = rows_of(group)[0]
            with counted(app) as sent:
                services.sign(lead, Seat.GOVERNMENT, lead.sha256, person_id=world.id_of(GLORIA), post="Cargo", now=NOON)
                db.session.commit()
            costs.setdefault("sign", set()).add(len(sent))
            with counted(app) as sent:
                services.send_back(rows_of(group)[0], "Falta citar la norma.", person_id=world.id_of(GLORIA), now=NOON)
                db.session.commit()
            costs.setdefault("return", set()).add(len(sent))
    assert all(len(found) == 1 for found in costs.values()) and max(map(max, costs.values())) < 60, costs
