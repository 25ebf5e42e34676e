"""Letters written, printed and handed over; replies taken, looked at, closed and linked; private links. On a real database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.audit.models import AuditEntry
from app.contributions import services as contributions
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback.models import Decision
from app.feedback.services.letters import write_letters
from app.letters import queries, services
from app.letters.cli import forget_link_requests
from app.letters.models import Delivery, LinkRequest, Reply, ReplyOutcome
from app.letters.rules.deliveries import DeliveryNote, DeliveryStep, LetterState
from app.letters.rules.links import MOST_REQUESTS
from app.letters.rules.replies import ReplyDraft, ReplyKind, ReplyState
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from app.processes.models import Process
from app.spaces.rules import Role
from tests.cast import FELIX, MARCO, SARA
from tests.factories.letters import REASONS, answered, corrected, current, found, replied, written_down
from tests.feedback.answers import NOT_ADOPTED, WHY, process_of
from tests.world import NOON, World

TODAY = NOON.date()
EXPLANATION = "Revisamos el convenio de 2019 y corregimos la respuesta esta semana."


@pytest.fixture(autouse=True)
def context(app: Flask, world: World) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


def letters(kind: str = "feedback.answered") -> list[Notification]:
    return list(db.session.scalars(select(Notification).where(Notification.kind == kind).order_by(Notification.id)))


def acts(action: str) -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)) or 0


def refused(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [str(problem.code) for problem in broken.value.problems]


# ------------------------------------------------------------------------------------------------- the letter with the answer


def test_each_author_with_an_address_gets_the_answer_and_a_private_link(world: World) -> None:
    contribution = answered(world)
    (letter,) = letters()
    assert letter.address == "rosa@example.pe"
    assert (letter.content["text"], letter.content["code"], letter.content["outcome"]) == (WHY, contribution.code, "not_adopted")
    token = letter.content["mine_link"].removeprefix("http://localhost/mis-aportes/")
    author = contributions.address_of(token, NOON)
    assert author is not None and author.email == "rosa@example.pe"
    assert "rosa" not in token


def test_who_left_no_address_gets_no_letter_in_the_outbox(world: World) -> None:
    answered(world, email="")
    assert letters() == []


def test_a_correction_says_what_changed(world: World) -> None:
    contribution = answered(world)
    new = WHY.replace("no entra", "entra en la revisión de abril y no queda")
    corrected(world, contribution, new)
    first, second = letters()
    assert first.content["changes"] == [] and second.content["version"] == 2
    assert second.content["correction_reason"]
    assert {"part": "text", "before": WHY, "after": new} in second.content["changes"]


def test_writing_them_twice_writes_one(world: World) -> None:
    contribution = answered(world)
    decision = current(contribution)
    process = db.session.get_one(Process, world.process_id)
    assert write_letters(process, [decision], {contribution.id: NOT_ADOPTED}, NOON) == 0
    assert len(letters()) == 1


def test_a_group_names_each_code_and_a_summary_comes_first(app: Flask, world: World) -> None:
    contribution = answered(world)
    decision = current(contribution)
    db.session.query(Notification).delete()
    together = replace(NOT_ADOPTED, group=(contribution.code, "PRB-T01-0009"), summary="Manan kay watachu.")
    process = process_of(world)
    write_letters(process, [decision], {contribution.id: together}, NOON)
    (letter,) = letters()
    assert letter.content["group"] == [contribution.code, "PRB-T01-0009"]
    assert letter.content["code"] == contribution.code
    from app.notifications.rules import MailServer
    from app.notifications.services.delivery import compose

    text = compose(letter, MailServer("localhost", 25), NOON).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.startswith("Manan kay watachu.")
    assert f"{contribution.code}, PRB-T01-0009" in text


def test_a_thousand_letters_cost_the_statements_of_one(world: World) -> None:
    one = _statements_for(world, 1, "a")
    many = _statements_for(world, 60, "b")
    assert one == many <= 3


def _statements_for(world: World, count: int, mark: str) -> int:
    contribution = answered(world, mark)
    decision = current(contribution)
    process = process_of(world)
    people = [
        Contribution(
            process_id=world.process_id, code=f"PRB-X-{mark}{n}", series="X", number=n + len(mark) + ord(mark[0]) * 1000,
            submission_key=f"llave-{mark}-{n:020}", channel="web", proponent_kind="persona", public_name="R.", sector="citizen",
            title="Monitores", text="Pido monitores.", received_at=NOON, created_at=NOON, process=process,
        )
        for n in range(count)
    ]  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    authors = [
        Authorship(contribution_id=p.id, consent="iniciales", consented_at=NOON, email=f"{p.id}@example.pe", receipt_hash=p.code)
        for p in people
    ]
    db.session.add_all(authors)
    db.session.flush()
    values = {c.key: getattr(decision, c.key) for c in Decision.__table__.columns if c.key != "id"}
    copies = [Decision(**{**values, "contribution_id": p.id, "contribution": p, "commitment": None, "organisation": None}) for p in people]
    db.session.add_all(copies)
    db.session.flush()
    seen = []
    listen = lambda *a: seen.append(a[2])  # noqa: E731 - one line for the list of statements
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert write_letters(process, copies, {p.id: NOT_ADOPTED for p in people}, NOON) == count
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


# ------------------------------------------------------------------------------------------------- paper


def test_a_letter_without_address_is_printed_and_handed_over_and_nothing_is_overwritten(world: World) -> None:
    contribution = answered(world, email="")
    decision, sara = current(contribution), world.id_of(SARA)
    assert queries.state_of(decision.id) is LetterState.TO_PRINT
    run = services.print_letters(process_of(world), [decision.id], person_id=sara, now=NOON)
    assert (run.n, run.letters, queries.letters_of_run(run.id)) == (1, 1, [decision.id])
    assert queries.state_of(decision.id) is LetterState.PRINTED
    services.record(decision, DeliveryNote(DeliveryStep.HANDED_OVER, TODAY, "A su hija, en Ccorca"), person_id=sara, now=NOON)
    assert queries.state_of(decision.id) is LetterState.HANDED_OVER
    assert [row.step for row in db.session.scalars(select(Delivery).order_by(Delivery.id))] == [
        DeliveryStep.PRINTED,
        DeliveryStep.HANDED_OVER,
    ]
    assert [(line.what, line.who) for line in queries.log(contribution.id)] == [("printed", SARA.name), ("handed-over", SARA.name)]


def test_an_email_that_comes_back_falls_on_the_list_to_print(world: World) -> None:
    bounced, dead, fine = (answered(world, key, email=f"{key}@example.pe") for key in ("rebota", "muere", "llega"))
    for letter in letters():
        letter.state = NotificationState.DEAD if letter.address.startswith("muere") else NotificationState.SENT
        letter.sent_at, letter.last_error = NOON, "550 no such user" if letter.address.startswith("muere") else ""
    note = DeliveryNote(DeliveryStep.BOUNCED, TODAY, "Buzón lleno, dice el aviso")
    services.record(current(bounced), note, person_id=world.id_of(SARA), now=NOON)
    assert queries.to_print(world.process_id, 10) == [current(bounced).id, current(dead).id]
    assert queries.counts(world.process_id)[LetterState.BOUNCED] == 2
    assert queries.state_of(current(fine).id) is LetterState.SENT
    assert [line.what for line in queries.log(dead.id)] == ["queued", "bounced"]


def test_a_pile_leaves_out_what_is_of_another_process_or_no_longer_stands(world: World) -> None:
    contribution = answered(world, email="")
    first = current(contribution).id
    second = corrected(world, contribution, WHY + " Gracias por insistir.").id
    with pytest.raises(RuleBroken) as broken:
        services.print_letters(process_of(world), [first, 999_999], person_id=world.id_of(SARA), now=NOON)
    assert refused(broken) == ["delivery-nothing-chosen"]
    assert services.print_letters(process_of(world), [first, second], person_id=world.id_of(SARA), now=NOON).letters == 1


def test_a_letter_cannot_be_handed_over_before_the_answer_was_public(world: World) -> None:
    decision = current(answered(world, email=""))
    note = DeliveryNote(DeliveryStep.HANDED_OVER, TODAY - timedelta(days=2), "A su hija")
    with pytest.raises(RuleBroken) as broken:
        services.record(decision, note, person_id=world.id_of(SARA), now=NOON)
    assert refused(broken) == ["delivery-day-before"]


# ------------------------------------------------------------------------------------------------- replies


def test_a_reply_is_stored_held_counted_registered_and_told(world: World) -> None:
    contribution = answered(world)
    revision = process_of(world).public_revision
    reply = replied(contribution)
    assert (reply.number, reply.kind, reply.state, reply.visibility) == (1, ReplyKind.DISAGREE, ReplyState.OPEN, Visibility.HELD)
    db.session.expire_all()
    assert (found(contribution.code).replies, found(contribution.code).open_replies) == (1, 1)
    assert process_of(world).public_revision > revision
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "letters.reply")).one()
    assert entry.subject_ref == contribution.code and "text_sha256" not in entry.body and REASONS not in entry.body
    assert [letter.address for letter in letters("letters.reply-received")] == [SARA.email]


def test_an_acceptance_is_noted_at_once_public_and_disturbs_nobody(world: World) -> None:
    contribution = answered(world)
    reply = replied(contribution, ReplyKind.ACCEPT)
    assert (reply.state, reply.visibility, reply.text) == (ReplyState.NOTED, Visibility.PUBLIC, "")
    assert letters("letters.reply-received") == []
    assert found(contribution.code).open_replies == 0
    with pytest.raises(RuleBroken) as broken:
        replied(contribution, ReplyKind.ACCEPT)
    assert refused(broken) == ["reply-accepted-already"]


def test_the_same_words_sent_twice_are_one_reply_and_others_wait_for_the_forum(world: World) -> None:
    contribution = answered(world)
    assert replied(contribution).id == replied(contribution).id
    with pytest.raises(RuleBroken) as broken:
        replied(contribution, text="Otra razón distinta, también larga.")
    assert refused(broken) == ["reply-open-already"]
    assert db.session.scalar(select(func.count()).select_from(Reply)) == 1


def test_after_the_window_nothing_is_stored_and_paper_given_in_time_still_counts(world: World) -> None:
    contribution = answered(world)
    last = current(contribution).reply_until
    assert last is not None and (last - TODAY).days >= 10
    late = NOON + (last - TODAY) + timedelta(days=2)
    with pytest.raises(RuleBroken) as broken:
        replied(contribution, now=late)
    assert refused(broken) == ["reply-window-closed"]
    reply = written_down(world, contribution, on=last, now=late)
    assert (reply.given_on, reply.recorded_by_id, reply.person_id) == (last, world.id_of(SARA), None)
    assert reply.visibility is Visibility.PUBLIC, "the person who wrote it down has read it"


def test_what_the_team_writes_down_is_held_when_it_seems_to_hold_personal_data(world: World) -> None:
    contribution = answered(world)
    reply = written_down(world, contribution, "Llámeme al 984 123 456 y le explico lo del desagüe.", on=TODAY)
    assert reply.visibility is Visibility.HELD


def test_the_forum_answers_and_the_author_is_told(world: World) -> None:
    contribution = answered(world)
    reply = replied(contribution)
    services.settle(reply, ReplyState.ANSWERED, EXPLANATION, role=Role.FORUM_CIVIL, person_id=world.id_of(FELIX), now=NOON)
    outcome = db.session.get_one(ReplyOutcome, reply.id)
    assert (reply.state, outcome.text, outcome.role) == (ReplyState.ANSWERED, EXPLANATION, Role.FORUM_CIVIL)
    (letter,) = letters("letters.reply-settled")
    assert (letter.address, letter.content["text"]) == ("rosa@example.pe", EXPLANATION)
    assert found(contribution.code).open_replies == 0 and acts("letters.settle-reply") == 1
    with pytest.raises(RuleBroken) as broken:
        services.settle(reply, ReplyState.NOTED, EXPLANATION, role=Role.SECRETARIAT, person_id=world.id_of(SARA), now=NOON)
    assert refused(broken) == ["reply-not-open"]
    assert replied(contribution, text="Sigo sin estar de acuerdo, por lo mismo.").number == 2


def test_the_answer_to_a_reply_may_name_nobody(world: World) -> None:
    reply = replied(answered(world))
    with pytest.raises(RuleBroken) as broken:
        services.settle(
            reply, ReplyState.ANSWERED, f"{EXPLANATION} Llame al 984 123 456.", role=Role.SECRETARIAT, person_id=world.id_of(SARA), now=NOON
        )  # fmt: skip
    assert refused(broken) == ["reply-personal-data"]


def test_words_are_let_through_or_hidden_each_with_its_row(world: World) -> None:
    reply = replied(answered(world))
    services.let_read(reply, person_id=world.id_of(MARCO), now=NOON, role="moderación")
    assert reply.visibility is Visibility.PUBLIC
    with pytest.raises(RuleBroken):
        services.let_read(reply, person_id=world.id_of(MARCO), now=NOON, role="moderación")
    services.hide(reply, "Insulta a una funcionaria por su nombre.", person_id=world.id_of(MARCO), now=NOON)
    assert reply.visibility is Visibility.HIDDEN and reply.state is ReplyState.OPEN
    assert [review.visibility for review, _ in queries.reviews(reply.id)] == [Visibility.PUBLIC, Visibility.HIDDEN]
    assert (acts("letters.publish-reply"), acts("letters.hide-reply")) == (1, 1)


def test_a_correction_that_came_of_a_reply_is_linked_once(world: World) -> None:
    contribution = answered(world)
    reply, sara = replied(contribution), world.id_of(SARA)
    with pytest.raises(RuleBroken) as broken:
        services.link_change(reply, current(contribution), person_id=sara, now=NOON, role="secretaría")
    assert refused(broken) == ["reply-no-correction"]
    decision = corrected(world, contribution, WHY + " Gracias por avisar del convenio.")
    reply = queries.reply_by_number(contribution.code, 1)
    assert reply is not None
    services.link_change(reply, decision, person_id=sara, now=NOON, role="secretaría")
    (row,) = queries.replies_of([contribution.id])[contribution.id]
    assert [(change.version, change.reason) for change in row.changes] == [(2, "Faltaba la norma exacta.")]
    with pytest.raises(RuleBroken):
        services.link_change(reply, decision, person_id=sara, now=NOON, role="secretaría")


def test_a_reply_to_nothing_published_is_refused(world: World) -> None:
    from tests.feedback.answers import say

    with pytest.raises(RuleBroken) as broken:
        services.take(say(world), ReplyDraft(ReplyKind.ACCEPT), services.Sender(), now=NOON)
    assert refused(broken) == ["reply-not-answered"]


# ------------------------------------------------------------------------------------------------- private links


def test_a_link_goes_to_the_address_and_to_nobody_else(world: World) -> None:
    answered(world)
    services.request_link(" ROSA@example.pe ", now=NOON)
    services.request_link("nadie@example.pe", now=NOON)
    (letter,) = letters("letters.mine")
    assert letter.address == "rosa@example.pe"
    token = letter.content["link"].rsplit("/", 1)[1]
    assert contributions.address_of(token, NOON + timedelta(hours=23)) is not None
    assert contributions.address_of(token, NOON + timedelta(hours=25)) is None
    assert db.session.scalar(select(func.count()).select_from(LinkRequest)) == 2


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t.replace("0001", "0002"), lambda t: t + "x"]
)
def test_a_link_that_was_changed_opens_nothing(world: World, change) -> None:
    contribution = answered(world)
    answered(world, "dos")
    token = contributions.address_token(contribution.code, "rosa@example.pe", until=NOON + timedelta(days=1))
    assert contributions.address_of(token, NOON) is not None
    assert contributions.address_of(change(token), NOON) is None


@pytest.mark.parametrize(
    "token", ["", ".", "..", "PRB-C-0001..x", "PRB-C-0001.zz.x", "PRB-C-0001.fffffffff.x", "a.1.b" * 40, "PRB-C-0001.-5.x"]
)
def test_nonsense_opens_nothing(world: World, token: str) -> None:
    answered(world)
    assert contributions.address_of(token, NOON) is None


def test_a_link_stops_working_when_the_address_is_corrected(world: World) -> None:
    contribution = answered(world)
    token = contributions.address_token(contribution.code, "rosa@example.pe", until=NOON + timedelta(days=1))
    db.session.get_one(Authorship, contribution.id).email = "otra@example.pe"
    db.session.flush()
    assert contributions.address_of(token, NOON) is None


def test_asking_too_often_is_refused_alike_for_known_and_unknown_addresses(world: World) -> None:
    answered(world)
    for address in ("rosa@example.pe", "nadie@example.pe"):
        for _ in range(MOST_REQUESTS):
            services.request_link(address, now=NOON)
        with pytest.raises(RuleBroken) as broken:
            services.request_link(address, now=NOON + timedelta(minutes=59))
        assert refused(broken) == ["link-too-many"]
        services.request_link(address, now=NOON + timedelta(minutes=61))


def test_requests_are_forgotten_after_a_day(world: World) -> None:
    services.request_link("rosa@example.pe", now=NOON)
    assert forget_link_requests(NOON + timedelta(hours=23)) == ""
    assert db.session.scalar(select(func.count()).select_from(LinkRequest)) == 1
    forget_link_requests(NOON + timedelta(hours=25))
    assert db.session.scalar(select(func.count()).select_from(LinkRequest)) == 0
