"""Warnings, suspensions, reports, appeals, retiring and bulk acts on a real database."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.arrival import Arrival
from app.core.db import db
from app.core.errors import RuleBroken
from app.deliberation import queries as deliberation
from app.deliberation.models import Comment
from app.moderation import queries, services
from app.moderation.models import Appeal, ContentReport, ModerationAction
from app.moderation.rules import HidingReason, ModerationKind, ModerationProblem
from app.moderation.rules.appeals import AppealOutcome, AppealProblem
from app.moderation.rules.reports import Pile
from app.notifications.models import Notification
from app.processes import queries as processes
from tests.cast import ANA, FELIX, MARCO, MATEO, ROSA
from tests.factories.deliberation import newcomer, person, said, shown
from tests.world import NOON, World

TEXT = "Quien propuso esto no sabe ni dónde vive, que se calle."
WHY = "Se criticaba la idea, no a la persona."


@pytest.fixture
def rude(app: Flask, world: World) -> Iterator[Comment]:
    """A comment by Rosa that somebody may take as an insult, beside another by Mateo."""
    with app.app_context():
        target = shown(world, email="autora@example.pe")
        said(world, target, MATEO, "Estoy de acuerdo, hace falta luz.")
        yield deliberation.comment_by_code(said(world, target, ROSA, TEXT).code)
        db.session.rollback()


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [p.code for p in broken.value.problems]


def letters(kind: str) -> list[Notification]:
    return list(db.session.scalars(select(Notification).where(Notification.kind == kind).order_by(Notification.id)))


def by(world: World) -> dict[str, object]:
    return {"moderator_id": world.id_of(MARCO), "now": NOON}


def test_hiding_a_comment_tells_its_author_why_and_how_to_appeal(rude: Comment, world: World) -> None:
    act = services.hide(rude, HidingReason.INSULT, "Nota del equipo", **by(world))
    (letter,) = letters("moderation.told")
    assert letter.address == ROSA.email and letter.content["reason"] == "insult"
    assert letter.content["link"].endswith(services.appeal_token(act.id)) and "Nota del equipo" not in str(letter.content)
    assert act.appeal_hash == services.appeal_hash(services.appeal_token(act.id)) and services.appeal_token(act.id) not in act.appeal_hash
    assert rude.visibility is Visibility.HIDDEN and rude.code and deliberation.tally(rude.contribution_id).hidden == 1


def test_hiding_a_contribution_tells_who_left_an_address_and_keeps_its_right_to_an_answer(rude: Comment, world: World) -> None:
    target = queries.moderated(world.slug, rude.contribution.code)
    services.hide(target, HidingReason.OFF_TOPIC, "", **by(world))
    assert [letter.address for letter in letters("moderation.told")] == ["autora@example.pe"]
    waiting = db.session.scalar(select(func.count()).where(Contribution.id == target.id, Contribution.answered_at.is_(None)))
    assert waiting == 1 and target.code


def test_a_warning_changes_nothing_but_is_told_and_logged_without_a_name(rude: Comment, world: World) -> None:
    services.warn(rude, HidingReason.INSULT, "", **by(world))
    assert rude.visibility is Visibility.PUBLIC and letters("moderation.told")[0].content["act"] == "warn"
    (row,) = queries.log_page(world.process_id, 1).rows
    assert (row.kind, row.code) == (ModerationKind.WARN, "")
    bodies = " ".join(db.session.scalars(select(AuditEntry.body).where(AuditEntry.action == "moderation.warn")))
    assert rude.code not in bodies and "Rosa" not in bodies
    with pytest.raises(RuleBroken) as broken:
        services.warn(rude, None, "", **by(world))
    assert codes(broken) == [ModerationProblem.REASON_MISSING]


def test_a_suspension_has_days_a_reason_and_an_end(rude: Comment, world: World) -> None:
    for days in (None, 0, 91):
        with pytest.raises(RuleBroken) as broken:
            services.suspend(rude, HidingReason.INSULT, days, "", **by(world))
        assert codes(broken) == [ModerationProblem.DAYS_WRONG]
    services.suspend(rude, HidingReason.INSULT, 7, "", **by(world))
    assert letters("moderation.told")[-1].content["until"]
    with pytest.raises(RuleBroken) as broken:
        services.suspend(rude, HidingReason.INSULT, 7, "", **by(world))
    assert codes(broken) == [ModerationProblem.SUSPENDED_ALREADY]
    services.lift_suspension(rude, **by(world))
    with pytest.raises(RuleBroken) as broken:
        services.lift_suspension(rude, **by(world))
    assert codes(broken) == [ModerationProblem.NOT_SUSPENDED]


def test_nobody_moderates_their_own_account(rude: Comment, world: World) -> None:
    own = {"moderator_id": world.id_of(ROSA), "now": NOON}
    for act in (
        lambda: services.warn(rude, HidingReason.INSULT, "", **own),
        lambda: services.suspend(rude, HidingReason.INSULT, 3, "", **own),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert codes(broken) == [ModerationProblem.OWN_ACCOUNT]


def test_a_report_is_one_a_reporter_and_never_hides(rude: Comment, world: World) -> None:
    mateo = person(world, MATEO)
    assert services.report(rude, HidingReason.INSULT, "Mire", person=mateo, came=Arrival(), now=NOON) is True
    assert services.report(rude, HidingReason.INSULT, "Otra vez", person=mateo, came=Arrival(), now=NOON) is False
    for n in range(60):
        came = Arrival(address="la-misma" if n < 30 else f"otra-{n}")
        services.report(rude, HidingReason.UNLAWFUL, "", person=None, came=came, now=NOON)
    assert rude.visibility is Visibility.PUBLIC
    assert db.session.scalar(select(func.count(ContentReport.id))) == 1 + 1 + 30


def test_the_queue_puts_the_worst_first_and_spam_last(rude: Comment, world: World) -> None:
    target = rude.contribution
    mild = said(world, target, MATEO, "Hoy juega la selección, todos a verla.")
    old = newcomer("Vecina antigua", "antigua@example.pe", now=NOON - timedelta(days=90))
    services.report(mild, HidingReason.OFF_TOPIC, "", person=old, came=Arrival(), now=NOON)
    services.report(rude, HidingReason.INSULT, "", person=old, came=Arrival(), now=NOON)
    held = said(world, target, MATEO, "Escríbanme a mateo@example.pe para firmar.")
    spam = said(world, target, MATEO, "Gane en http://a.xyz http://b.xyz http://c.xyz ya mismo.")
    reported = [entry.subject.code for entry in queries.queue_page(world.process_id, Pile.REPORTED, 1, NOON).rows]
    assert reported == [rude.code, mild.code]
    waiting = [entry.subject.code for entry in queries.queue_page(world.process_id, Pile.WAITING, 1, NOON).rows]
    assert waiting == [held.code, spam.code]
    assert [e.subject.code for e in queries.queue_page(world.process_id, Pile.SUSPECT, 1, NOON).rows] == [spam.code]
    services.keep(rude, **by(world))
    assert queries.pile_counts(world.process_id, NOON)[Pile.REPORTED] == 1 and rude.visibility is Visibility.PUBLIC


def test_somebody_else_decides_an_appeal_and_what_was_wrong_is_undone(rude: Comment, world: World) -> None:
    act = services.hide(rude, HidingReason.INSULT, "", **by(world))
    services.appeal(act, "Critiqué la idea y no a una persona.", now=NOON)
    with pytest.raises(RuleBroken) as broken:
        services.appeal(act, "Otra vez lo mismo, por favor.", now=NOON)
    assert codes(broken) == [AppealProblem.APPEALED]
    appeal = queries.appeal_of_code(world.slug, rude.code)
    assert appeal is not None
    with pytest.raises(RuleBroken) as broken:
        services.decide_appeal(appeal, AppealOutcome.UPHELD, WHY, decider_id=world.id_of(MARCO), now=NOON)
    assert codes(broken) == [AppealProblem.SAME_MODERATOR]
    services.decide_appeal(appeal, AppealOutcome.OVERTURNED, WHY, decider_id=world.id_of(FELIX), now=NOON)
    assert rude.visibility is Visibility.PUBLIC and letters("moderation.appeal-decided")[0].content["outcome"] == "overturned"
    with pytest.raises(RuleBroken) as broken:
        services.decide_appeal(
            queries.appeal_of_code(world.slug, rude.code), AppealOutcome.UPHELD, WHY, decider_id=world.id_of(ANA), now=NOON
        )
    assert codes(broken) == [AppealProblem.DECIDED]
    rows = {row.kind: row for row in queries.log_page(world.process_id, 1).rows}
    assert rows[ModerationKind.HIDE].outcome is AppealOutcome.OVERTURNED and ModerationKind.RESTORE in rows
    assert queries.log_counts(world.process_id).appeals == {AppealOutcome.OVERTURNED: 1}


def test_the_database_itself_keeps_the_moderator_from_deciding(rude: Comment, world: World) -> None:
    act = services.hide(rude, HidingReason.INSULT, "", **by(world))
    marco = world.id_of(MARCO)
    db.session.add(Appeal(action_id=act.id, moderator_id=marco, text="No fue un insulto.", sent_at=NOON, outcome=AppealOutcome.UPHELD,
                          reason="x", decided_by_id=marco, decided_at=NOON))  # fmt: skip
    with pytest.raises(IntegrityError, match="somebody_else"):
        db.session.flush()


def test_an_overturned_suspension_is_lifted_and_an_upheld_act_stays(rude: Comment, world: World) -> None:
    act = services.suspend(rude, HidingReason.INSULT, 30, "", **by(world))
    services.appeal(act, "Treinta días es demasiado por una frase.", now=NOON)
    felix = world.id_of(FELIX)
    services.decide_appeal(queries.appeal_of_code(world.slug, rude.code), AppealOutcome.OVERTURNED, WHY, decider_id=felix, now=NOON)
    assert deliberation.suspension_of(world.id_of(ROSA), world.space_id, NOON) is None
    hidden = services.hide(rude, HidingReason.INSULT, "", **by(world))
    services.appeal(hidden, "Critiqué la idea y no a una persona.", now=NOON)
    services.decide_appeal(queries.appeal_of_code(world.slug, rude.code), AppealOutcome.UPHELD, WHY, decider_id=felix, now=NOON)
    assert rude.visibility is Visibility.HIDDEN


def test_a_contribution_is_retired_in_favour_of_another_and_both_codes_stay(rude: Comment, world: World) -> None:
    first = queries.moderated(world.slug, rude.contribution.code)
    second = queries.moderated(world.slug, shown(world, "otro", "Que pongan luz en la cancha, de noche no se ve.").code)
    for favoured, problem in ((None, ModerationProblem.FAVOURED_UNKNOWN), (second, ModerationProblem.FAVOURED_SAME)):
        with pytest.raises(RuleBroken) as broken:
            services.retire(second, favoured, **by(world))
        assert codes(broken) == [problem]
    services.retire(second, first, **by(world))
    stone = queries.tombstones([second.id])[second.id]
    assert (stone.reason, stone.favoured) == (HidingReason.DUPLICATE, first.code)
    assert second.code != first.code and second.visibility is Visibility.HIDDEN and second.answered_at is None
    services.restore(second, **by(world))
    assert queries.tombstones([second.id]) == {}


def test_bulk_acts_do_what_was_previewed_and_leave_out_what_changed(rude: Comment, world: World) -> None:
    process = processes.process_by_slug(world.slug)
    target = rude.contribution
    spam = [said(world, target, MATEO, f"Compre el lote {n} en http://a.xyz http://b.xyz http://c{n}.xyz") for n in range(3)]
    chosen = services.preview(process, ModerationKind.HIDE, HidingReason.ADVERTISING, [c.code for c in spam])
    assert [item.may for item in chosen] == [True] * 3 and {c.visibility for c in spam} == {Visibility.HELD}
    services.publish(spam[2], **by(world))
    items = [(item.subject.code, item.seen) for item in chosen]
    done, late = services.apply(process, ModerationKind.HIDE, HidingReason.ADVERTISING, items, "", **by(world))
    assert (done, late) == ([spam[0].code, spam[1].code], [spam[2].code])
    batches = db.session.scalars(select(ModerationAction.batch).where(ModerationAction.kind == ModerationKind.HIDE)).all()
    assert len(set(batches)) == 1 and batches[0]


@pytest.mark.parametrize(
    ("kind", "reason", "how_many", "problem"),
    [
        (None, None, 1, ModerationProblem.ACT_MISSING),
        (ModerationKind.RESTORE, None, 1, ModerationProblem.ACT_MISSING),
        (ModerationKind.PUBLISH, None, 0, ModerationProblem.NOTHING_CHOSEN),
        (ModerationKind.PUBLISH, None, 101, ModerationProblem.TOO_MANY_CHOSEN),
        (ModerationKind.HIDE, HidingReason.INSULT, 21, ModerationProblem.TOO_MANY_CHOSEN),
        (ModerationKind.HIDE, None, 2, ModerationProblem.REASON_MISSING),
    ],
)
def test_a_bulk_act_has_bounds(
    rude: Comment, world: World, kind: ModerationKind, reason: HidingReason, how_many: int, problem: ModerationProblem
) -> None:
    process = processes.process_by_slug(world.slug)
    with pytest.raises(RuleBroken) as broken:
        services.preview(process, kind, reason, [f"PRB-D-{n:04d}" for n in range(how_many)])
    assert codes(broken) == [problem]


def test_a_pair_is_passed_on_once_and_settled_by_whoever_groups(rude: Comment, world: World) -> None:
    process = processes.process_by_slug(world.slug)
    first, second = rude.contribution.code, shown(world, "otro", "Que pongan luz en la cancha, de noche no se ve.").code
    assert services.pass_on(process, second, first, **by(world)) is True
    assert services.pass_on(process, first, second, **by(world)) is False
    assert [(p.first, p.second) for p in queries.merge_suggestions(process.id)] == [(first, second)]
    assert services.settle_suggestion(process, first, second, now=NOON) is True
    assert queries.merge_suggestions(process.id) == []
    with pytest.raises(RuleBroken) as broken:
        services.pass_on(process, first, first, **by(world))
    assert codes(broken) == [ModerationProblem.PAIR_UNKNOWN]
