"""Comments, supports, answers and suspensions on a real database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.contributions.models import Arrival as ArrivalRow
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.floods import Mark
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.db import db
from app.core.errors import RuleBroken
from app.deliberation import cli, queries, services
from app.deliberation.models import Comment, Support
from app.deliberation.rules.comments import CommentDraft, CommentProblem, Side
from app.processes.models import Phase, Process
from app.processes.rules.states import ProcessState
from tests.cast import ANA, MATEO, ROSA
from tests.factories.deliberation import SLOWLY, newcomer, person, said, shown
from tests.world import NOON, World


@pytest.fixture
def target(app: Flask, world: World) -> Iterator[Contribution]:
    """A public contribution, beside another that nobody speaks of."""
    with app.app_context():
        shown(world, "ruido", "Que arreglen el puente de la quebrada antes de las lluvias.")
        yield shown(world)
        db.session.rollback()


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [p.code for p in broken.value.problems]


def test_a_comment_is_public_at_once_by_initials_and_on_record(target: Contribution, world: World) -> None:
    made = said(world, target, ROSA, "Conviene, porque de noche juegan los niños.")
    assert (made.visibility, made.code, made.public_name) == (Visibility.PUBLIC, "PRB-D-0001", "R. Q. H.")
    acts = db.session.execute(select(AuditEntry.action, AuditEntry.body).where(AuditEntry.subject_ref == made.code)).all()
    assert [action for action, _ in acts] == ["deliberation.publish"]
    assert "Rosa" not in acts[0][1] and "niños" not in acts[0][1]
    assert queries.tally(target.id).sides[Side.FOR] == 1


def test_the_same_form_sent_twice_is_one_comment_and_other_words_are_refused(target: Contribution, world: World) -> None:
    first = said(world, target, ROSA, "Conviene a toda la comunidad.", key="la-misma-clave-del-form")
    again = said(world, target, ROSA, "Conviene a toda la comunidad.", key="la-misma-clave-del-form")
    assert again.id == first.id and db.session.scalar(select(func.count(Comment.id))) == 1
    with pytest.raises(RuleBroken) as broken:
        said(world, target, ROSA, "Esto es otra cosa distinta.", key="la-misma-clave-del-form")
    assert codes(broken) == [CommentProblem.KEY_REUSED]
    with pytest.raises(RuleBroken):
        said(world, target, MATEO, "Conviene a toda la comunidad.", key="la-misma-clave-del-form")


def test_what_looks_like_a_flood_waits_and_is_never_lost(target: Contribution, world: World) -> None:
    ideas = (
        "Una losa deportiva en el parque",
        "Mercado techado",
        "Riego por goteo arriba",
        "Internet gratis",
        "Árboles nativos",
        "Otro colegio",
    )
    texts = [f"{idea}, eso falta." for idea in ideas]
    made = [said(world, target, ROSA, text, came=replace(SLOWLY, address=f"a{n}")) for n, text in enumerate(texts)]
    assert [c.visibility for c in made] == [Visibility.PUBLIC] * 5 + [Visibility.HELD]
    assert made[5].marks == Mark.PERSON_FLOOD and made[5].text == texts[5]
    later = said(world, target, ROSA, "Y una biblioteca para los estudiantes.", now=NOON + timedelta(hours=2))
    assert later.visibility is Visibility.PUBLIC


def test_a_trap_a_hurry_a_copy_and_personal_data_wait_for_a_person(target: Contribution, world: World) -> None:
    said(world, target, MATEO, "La cancha necesita luz porque de noche hay robos en la esquina.")
    waiting = {
        said(world, target, ROSA, "Un robot llenó el espacio escondido.", came=replace(SLOWLY, is_trapped=True)).marks,
        said(world, target, ROSA, "Esto se envió en un segundo apenas.", came=replace(SLOWLY, seconds=1)).marks,
        said(world, target, ROSA, "la cancha necesita luz, porque de noche hay robos en la esquina").marks,
        said(world, target, ROSA, "Escríbame a rosa.quispe@example.pe y le cuento.").marks,
    }
    assert waiting == {Mark.TRAP.value, Mark.FAST.value, Mark.SAME_TEXT.value, Mark.PERSONAL_DATA.value}


def test_nothing_is_taken_outside_its_phase_nor_on_what_is_hidden(target: Contribution, world: World) -> None:
    process = db.session.get_one(Process, world.process_id)
    feedback = db.session.scalar(select(Phase.opens_at).where(Phase.process_id == process.id, Phase.kind == "feedback"))
    with pytest.raises(RuleBroken) as broken:
        said(world, target, ROSA, "Llego tarde con esta idea.", now=feedback)
    assert codes(broken) == [CommentProblem.CLOSED]
    with pytest.raises(RuleBroken):
        services.support(target, world.id_of(ROSA), now=feedback)
    process.state = ProcessState.SUSPENDED
    with pytest.raises(RuleBroken):
        said(world, target, ROSA, "El proceso está suspendido hoy.")
    process.state = ProcessState.RUNNING
    contributions.hide(target, now=NOON)
    with pytest.raises(RuleBroken) as broken:
        said(world, target, ROSA, "Nadie lo ve, pero comento.")
    assert codes(broken) == [CommentProblem.NOT_PUBLIC]
    with pytest.raises(RuleBroken):
        services.support(target, world.id_of(ROSA), now=NOON)
    assert db.session.scalar(select(func.count(Comment.id))) == 0


def test_one_person_supports_once_and_may_take_it_back(target: Contribution, world: World) -> None:
    rosa = world.id_of(ROSA)
    assert services.support(target, rosa, now=NOON) is True
    assert services.support(target, rosa, now=NOON) is False
    services.support(target, world.id_of(MATEO), now=NOON)
    assert queries.support_counts([target.id]) == {target.id: 2} and queries.does_support(target.id, rosa)
    before = queries.tally(target.id).version
    assert services.withdraw_support(target, rosa, now=NOON + timedelta(minutes=1)) is True
    assert services.withdraw_support(target, rosa, now=NOON + timedelta(minutes=1)) is False
    assert queries.support_counts([target.id]) == {target.id: 1} and queries.tally(target.id).version != before
    assert services.support(target, rosa, now=NOON + timedelta(minutes=2)) is True
    assert db.session.scalar(select(func.count(Support.id))) == 2


def test_an_official_answers_with_name_post_and_entity_for_ever(target: Contribution, world: World) -> None:
    asked = said(world, target, ROSA, "¿Quién pagará la luz de la cancha?", side=Side.QUESTION)
    assert queries.questions_waiting([world.process_id])[world.process_id][0] == 1
    words = "La paga la Gerencia de Obras, desde julio."
    answer = services.answer(asked, words, "Gerenta", "Gerencia de Obras", person(world, ANA), now=NOON)
    person(world, ANA).name = "Otro nombre"
    assert (answer.name, answer.post, answer.organisation) == ("Ana Torres Medina", "Gerenta", "Gerencia de Obras")
    assert queries.questions_waiting([world.process_id]) == {}
    assert [a.text for a in queries.answers_to([asked.id])[asked.id]] == [words]
    services.hide_comment(asked)
    with pytest.raises(RuleBroken) as broken:
        services.answer(asked, "Otra respuesta más.", "Gerenta", "Gerencia de Obras", person(world, ANA), now=NOON)
    assert codes(broken) == [CommentProblem.NOT_PUBLIC]


def test_a_suspension_keeps_out_of_its_space_and_ends_by_itself(target: Contribution, world: World) -> None:
    rosa = world.id_of(ROSA)
    services.suspend(rosa, world.space_id, 3, now=NOON)
    with pytest.raises(RuleBroken) as broken:
        said(world, target, ROSA, "Quiero comentar igual.")
    assert codes(broken) == [CommentProblem.SUSPENDED]
    with pytest.raises(RuleBroken):
        services.support(target, rosa, now=NOON)
    assert queries.suspension_of(rosa, world.other_space_id, NOON) is None
    after = NOON + timedelta(days=3)
    assert queries.suspension_of(rosa, world.space_id, after - timedelta(seconds=1)) is not None
    assert queries.suspension_of(rosa, world.space_id, after) is None
    assert said(world, target, ROSA, "Ya terminó: comento otra vez.", now=after).visibility is Visibility.PUBLIC


def test_a_lifted_suspension_holds_no_longer(target: Contribution, world: World) -> None:
    made = services.suspend(world.id_of(ROSA), world.space_id, 3, now=NOON)
    assert services.lift(made, now=NOON) is True and services.lift(made, now=NOON) is False
    assert queries.suspension_of(world.id_of(ROSA), world.space_id, NOON) is None


def test_a_new_account_may_speak_but_its_links_wait(target: Contribution, world: World) -> None:
    new = newcomer("Elsa Nueva Flores", "elsa@example.pe", now=NOON)
    for text, visibility in (("Soy nueva y estoy a favor.", Visibility.PUBLIC), ("Miren esto: premios.xyz, es gratis.", Visibility.HELD)):
        draft = CommentDraft(Side.FOR, text)
        received = services.comment(draft, target, new, submission_key=f"nueva-{len(text):_<20}", came=SLOWLY, now=NOON)
        assert received.comment.visibility is visibility and received.is_held is (visibility is Visibility.HELD)


def test_the_mark_of_an_address_is_forgotten_after_a_week(target: Contribution, world: World) -> None:
    said(world, target, ROSA, "Un comentario cualquiera sobre la luz.")
    process = db.session.get_one(Process, world.process_id)
    draft = ContributionDraft(text="Que haya bancas en la plaza.", consent=NameConsent.ANONYMOUS)
    contributions.submit(draft, process, submission_key="con-llegada-0000001", letter=lambda c, t: {}, now=NOON, came=SLOWLY)
    cli.forget_addresses(NOON + timedelta(days=6))
    assert db.session.scalar(select(Comment.address)) == "casa" and db.session.scalar(select(ArrivalRow.address)) == "casa"
    cli.forget_addresses(NOON + timedelta(days=8))
    assert db.session.scalar(select(Comment.address)) == "" and db.session.scalar(select(ArrivalRow.address)) == ""


def test_a_contribution_keeps_why_it_deserves_a_look(target: Contribution, world: World) -> None:
    process = db.session.get_one(Process, world.process_id)
    draft = ContributionDraft(text="Gane ya: http://a.com http://b.com http://c.com", consent=NameConsent.ANONYMOUS)
    came = replace(SLOWLY, seconds=1)
    made = contributions.submit(
        draft, process, submission_key="con-enlaces-0000001", letter=lambda c, t: {}, now=NOON, came=came
    ).contribution
    assert contributions_read.marks_of([made.id])[made.id] == (Mark.FAST, Mark.LINKS) and made.visibility is Visibility.HELD
