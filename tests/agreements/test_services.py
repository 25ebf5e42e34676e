"""From the draft to the last sol: rows, register, and what is refused."""

import pytest
from sqlalchemy import func, select

from app.agreements import documents, messages, queries, services
from app.agreements.models import ActSignature, ActText, LineUpdate
from app.agreements.rules.acts import ActProblem, ActState, SignedBy, SignerKind
from app.agreements.rules.execution import LineState
from app.agreements.rules.sheets import SheetRow
from app.audit.models import AuditEntry
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.evidence import queries as evidence
from app.evidence.rules import FileUpload
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects import queries as projects
from app.projects.rules import ProjectState
from tests.agreements.reading import words_of
from tests.cast import FELIX, GLORIA, LUIS, MATEO, ROSA
from tests.factories import files
from tests.factories.agreements import (
    TOLD,
    a_committee,
    a_prioritised_round,
    a_published_act,
    agent,
    an_open_act,
    fill,
    progress,
    sign_as,
    sign_for_municipality,
)
from tests.world import NOON, World, build_world

TODAY = lima_day(NOON)


@pytest.fixture
def world(context: None) -> World:
    return build_world()


@pytest.fixture
def round_(world: World) -> BudgetRound:
    return a_prioritised_round(world)


def _codes(broken) -> set[str]:
    return {str(problem.code) for problem in broken.value.problems}


def test_the_draft_has_a_line_for_each_prioritised_project_and_only_one_draft(world: World, round_: BudgetRound) -> None:
    act = services.draft(round_, person_id=world.id_of(LUIS), now=NOON)
    assert [line.amount_cents for line in queries.lines_of(act.id)] == [10_000_000, 20_000_000]
    with pytest.raises(RuleBroken) as again:
        services.draft(round_, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(again) == {ActProblem.ALREADY_OPEN}


def test_without_an_elected_committee_the_act_is_not_put_to_signature(world: World, round_: BudgetRound) -> None:
    act = fill(world, services.draft(round_, person_id=world.id_of(LUIS), now=NOON))
    with pytest.raises(RuleBroken) as refused:
        services.open_for_signatures(act, {**TOLD, "has_committee": False}, revision=act.revision, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(refused) == {ActProblem.NO_COMMITTEE}
    assert act.state is ActState.DRAFT


def test_what_is_left_out_needs_its_published_answer_before_anybody_signs(world: World, round_: BudgetRound) -> None:
    act = fill(world, services.draft(round_, person_id=world.id_of(LUIS), now=NOON))
    line = queries.lines_of(act.id)[0]
    services.leave_out(line, Outcome.NOT_ADOPTED, Reason.R04, "No alcanza.", revision=act.revision, person_id=world.id_of(LUIS), now=NOON)
    assert [row.number for row in queries.lines_of(act.id)] == [1]
    told = {**TOLD, **projects.round_facts(round_.id)}
    assert told["unanswered_dropped"] == 1
    act = queries.locked(act.id)
    with pytest.raises(RuleBroken) as refused:
        services.open_for_signatures(act, told, revision=act.revision, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(refused) == {ActProblem.UNANSWERED}


def test_each_signature_is_of_exactly_one_text_and_falls_with_it(world: World, round_: BudgetRound) -> None:
    act = an_open_act(world, round_)
    sign_as(world, act, ROSA)
    with pytest.raises(RuleBroken) as twice:
        sign_as(world, act, ROSA)
    assert _codes(twice) == {ActProblem.SIGNED}
    with pytest.raises(RuleBroken) as other:
        services.sign(act, "f" * 64, agent=agent(round_, world, MATEO), post="", name="", person_id=world.id_of(MATEO), now=NOON)
    assert _codes(other) == {ActProblem.NOT_OPEN}
    services.reopen(act, revision=act.revision, now=NOON)
    act = queries.locked(act.id)
    from tests.factories.agreements import save

    save(queries.lines_of(act.id)[0], agents_commit="Ceder el terreno y limpiar la quebrada cada mes.")
    act = queries.locked(act.id)
    services.open_for_signatures(act, TOLD, revision=act.revision, person_id=world.id_of(LUIS), now=NOON)
    act = queries.locked(act.id)
    assert queries.signatures(act) == []
    assert db.session.scalar(select(func.count()).select_from(ActSignature)) == 1  # the other text keeps its own
    assert db.session.scalar(select(func.count()).select_from(ActText)) == 2
    sign_as(world, act, ROSA)


def test_the_sheet_of_the_assembly_signs_for_who_was_there_and_is_not_public(world: World, round_: BudgetRound) -> None:
    act = an_open_act(world, round_)
    sign_as(world, act, ROSA)
    both = [agent(round_, world, ROSA), agent(round_, world, FELIX)]
    sheet = FileUpload("hoja.jpg", files.picture())
    rows = services.sign_sheet(act, act.sha256, both, sheet, person_id=world.id_of(LUIS), now=NOON)
    assert [(row.kind, row.way) for row in rows] == [(SignerKind.COORDINATION_COUNCIL, SignedBy.SHEET)]
    (kept,) = evidence.attachments("agreement-act", act.id, public_only=False)
    assert not kept.is_public and rows[0].sheet_sha256 == kept.sha256
    with pytest.raises(RuleBroken) as nobody:
        services.sign_sheet(act, act.sha256, both, sheet, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(nobody) == {ActProblem.NOBODY_CHOSEN}


def test_the_act_is_published_with_its_quorum_and_its_projects_are_agreed(world: World, round_: BudgetRound) -> None:
    act = an_open_act(world, round_)
    sign_for_municipality(world, act)
    sign_as(world, act, ROSA)
    with pytest.raises(RuleBroken) as few:
        services.publish(act, TOLD, person_id=world.id_of(LUIS), now=NOON)
    assert _codes(few) == {ActProblem.FEW_COUNCIL, ActProblem.FEW_AGENTS}
    sign_as(world, act, FELIX)
    sign_as(world, act, MATEO)
    services.publish(act, TOLD, person_id=world.id_of(LUIS), now=NOON)
    assert {p.state for p in projects.projects_of(round_.id)} == {ProjectState.AGREED}
    assert queries.round_facts(round_.id) == {"has_signed_act": True}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "agreements.publish-act")).one()
    assert act.sha256 in entry.body and ROSA.name not in entry.body


def test_a_dissent_stands_beside_the_act_with_the_post_and_no_name(world: World, round_: BudgetRound) -> None:
    act = an_open_act(world, round_)
    text = "La línea 2 cuesta el doble que la obra igual del año pasado y nadie lo explicó."
    services.dissent(act, act.sha256, text, post="Agente participante 5", person_id=world.id_of(GLORIA), now=NOON)
    with pytest.raises(RuleBroken) as twice:
        services.dissent(act, act.sha256, text, post="Agente participante 5", person_id=world.id_of(GLORIA), now=NOON)
    assert _codes(twice) == {ActProblem.DISSENTED}
    assert [d.post for d in queries.dissents(act)] == ["Agente participante 5"]


def test_a_correction_is_signed_again_and_what_it_corrects_stays(world: World, round_: BudgetRound) -> None:
    first = a_published_act(world, round_)
    made = services.correct(first, "El monto de la línea 1 tenía un error de digitación.", person_id=world.id_of(LUIS), now=NOON)
    assert made.version == 2 and queries.standing_act(round_.id).id == first.id
    made = queries.locked(made.id)
    services.open_for_signatures(made, TOLD, revision=made.revision, person_id=world.id_of(LUIS), now=NOON)
    made = queries.locked(made.id)
    sign_for_municipality(world, made)
    for member in (FELIX, ROSA, MATEO):
        sign_as(world, made, member)
    services.publish(made, TOLD, person_id=world.id_of(LUIS), now=NOON)
    assert [(a.version, a.state) for a in queries.public_acts(round_.id)] == [(2, ActState.PUBLISHED), (1, ActState.REPLACED)]


def test_every_line_of_the_act_is_in_its_pdf(app, world: World, round_: BudgetRound) -> None:
    act = a_published_act(world, round_)
    with app.test_request_context("/"):
        drawn = documents.as_pdf("agreements/act_sheet.html", names=messages, **documents.act_sheet(act))
    said = words_of(drawn)
    for line in queries.lines_of(act.id):
        assert f"{line.number}.{line.title}".replace(" ", "") in said and line.code in said
        assert f"MontoacordadoS/{line.amount_cents / 100:,.2f}" in said
    for name in (LUIS.name, FELIX.name, ROSA.name, MATEO.name):
        assert name.replace(" ", "") in said
    assert act.sha256 in said
    assert "TotalS/300,000.00" in said


def test_updates_are_rows_and_their_photos_lose_what_the_camera_added(world: World, round_: BudgetRound) -> None:
    act = a_published_act(world, round_)
    line = queries.lines_of(act.id)[0]
    photo = FileUpload("obra.jpg", files.picture(place=True))
    services.report(line, progress(), [photo], seen=0, person_id=world.id_of(LUIS), now=NOON)
    with pytest.raises(SomebodyWasFirst):
        services.report(line, progress(), [], seen=0, person_id=world.id_of(LUIS), now=NOON)
    services.report(line, progress(accrued_cents=5_000_000), [], seen=1, person_id=world.id_of(LUIS), now=NOON)
    updates = queries.updates_of(line.project_id)
    assert [(u.number, u.accrued_cents) for u in updates] == [(2, 5_000_000), (1, 4_000_000)]
    (kept,) = queries.photos_of([u.id for u in updates])[updates[1].id]
    assert kept.is_public and b"Exif" not in evidence.content(kept)
    books = queries.books_of(queries.in_force(act, TODAY))
    assert books.is_balanced and books.by_state[LineState.WORKS] == 10_000_000 and books.by_state[LineState.NOT_STARTED] == 20_000_000


def test_a_sheet_with_one_wrong_row_writes_nothing_and_a_right_one_writes_each(world: World, round_: BudgetRound) -> None:
    act = a_published_act(world, round_)
    line = queries.lines_of(act.id)[0]
    services.report(line, progress(), [], seen=0, person_id=world.id_of(LUIS), now=NOON)
    good = SheetRow(2, {"cui": "2512345", "pia": "100 000", "pim": "100 000", "devengado": "55 000.10", "fecha": "20/03/2027"})
    bad = SheetRow(3, {"cui": "1111111", "pia": "1", "pim": "1", "devengado": "1", "fecha": "20/03/2027"})
    with pytest.raises(RuleBroken) as refused:
        services.import_sheet(round_, [good, bad], person_id=world.id_of(LUIS), now=NOON)
    assert [p.values["line"] for p in refused.value.problems] == [3]
    assert db.session.scalar(select(func.count()).select_from(LineUpdate)) == 1
    (made,) = services.import_sheet(round_, [good], person_id=world.id_of(LUIS), now=NOON)
    assert made.accrued_cents == 5_500_010 and made.is_imported
    assert services.import_sheet(round_, [good], person_id=world.id_of(LUIS), now=NOON) == []


def test_the_story_of_a_project_ends_in_its_line(world: World, round_: BudgetRound) -> None:
    act = a_published_act(world, round_)
    line = queries.lines_of(act.id)[0]
    a_committee(world, round_)
    row = queries.line_of(line.project_id, TODAY)
    assert row is not None and row.line.number == 1 and row.state is LineState.NOT_STARTED
