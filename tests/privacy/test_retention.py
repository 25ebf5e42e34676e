"""What is deleted by the clock, to the day, and nothing public with it (P08); what somebody was still writing when they left."""

from datetime import timedelta

import pytest

from app.accounts.models import AccountLink, AccountSession
from app.accounts.rules.codes import LinkPurpose
from app.accounts.rules.limits import KEPT as ATTEMPTS_KEPT
from app.accounts.rules.sessions import CITIZEN_LONGEST
from app.contributions.models import Contribution, SavedDraft
from app.contributions.rules.saving import DRAFT_LASTS
from app.core.db import db
from app.notifications import services as notifications
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from app.organisations.models import OrganisationInvitation
from app.organisations.rules import InvitationAnswer
from app.privacy import services
from app.privacy.cli import JOBS, forget_what_is_old
from app.privacy.messages import KEPT
from app.privacy.rules import RETENTION, Kept
from tests.browser import Browser
from tests.cast import MATEO, ROSA
from tests.world import NOON

A_SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def old(app, world):
    """One of each that ends at NOON."""
    with app.app_context():
        rosa = world.id_of(ROSA)
        times = {"started_at": NOON - DAY, "acted_at": NOON - DAY, "proved_at": NOON - DAY}
        db.session.add(AccountSession(handle="a", key_hash="a", person_id=rosa, ended_at=NOON, **times))
        db.session.add(AccountSession(handle="b", key_hash="b", person_id=rosa, **times))
        db.session.add(AccountLink(purpose=LinkPurpose.RESET, person_id=rosa, token_hash="x", created_at=NOON - DAY, expires_at=NOON))
        db.session.add(
            OrganisationInvitation(
                handle="i", organisation_id=world.organisations["red-vecinal"], email=MATEO.email, invited_by_id=rosa, created_at=NOON,
                expires_at=NOON, answer=InvitationAnswer.DECLINED, answered_at=NOON,
            )
        )  # fmt: skip
        for state in NotificationState:
            letter = notifications.queue(
                "feedback.answered",
                address=MATEO.email,
                subject_kind="x",
                subject_id=1,
                content={"a": "b"},
                dedupe_key=f"k-{state}",
                at=NOON,
            )
            assert letter is not None
            letter.state = state
        db.session.commit()


def counts(app):
    with app.app_context():
        addresses = db.session.query(Notification).filter(Notification.address != "").count()
        return tuple(db.session.query(kind).count() for kind in (AccountSession, AccountLink, OrganisationInvitation)) + (addresses,)


def forget(app, at):
    with app.app_context():
        services.forget_old(at)
        db.session.commit()


def test_each_goes_on_its_day_and_not_a_second_before(app, world, old):
    assert counts(app) == (2, 1, 1, 3)
    month, quarter = RETENTION[Kept.SESSIONS], RETENTION[Kept.INVITATIONS]
    forget(app, NOON + month)
    assert counts(app) == (2, 1, 1, 3)
    forget(app, NOON + month + A_SECOND)
    assert counts(app) == (1, 0, 1, 1)  # an open session and a letter that waits stay
    forget(app, NOON + quarter)
    assert counts(app)[2] == 1
    forget(app, NOON + quarter + A_SECOND)
    assert counts(app)[2] == 0
    forget(app, NOON - DAY + month + CITIZEN_LONGEST + A_SECOND)
    assert counts(app)[0] == 0
    with app.app_context():
        assert db.session.query(Notification).count() == 3  # that it was sent stays


def test_the_worker_does_it_and_doing_it_twice_changes_nothing(app, world, old):
    assert forget_what_is_old in JOBS
    with app.app_context():
        first = services.forget_old(NOON + 91 * DAY)
        assert set(first) == {Kept.SESSIONS, Kept.LINKS, Kept.INVITATIONS, Kept.LETTERS}
        assert services.forget_old(NOON + 91 * DAY) == {}


def test_every_period_is_on_the_public_page_and_is_the_one_that_is_kept(app, world):
    page = Browser(app).get("privacy.retention")
    assert set(KEPT) == set(RETENTION) == set(Kept)
    for words, since in KEPT.values():
        assert str(words) in page and str(since) in page
    assert RETENTION[Kept.ATTEMPTS] == RETENTION[Kept.CODES] == ATTEMPTS_KEPT
    assert RETENTION[Kept.DRAFTS] == DRAFT_LASTS
    assert page.soup.select("tbody tr") and "permanente" in page
    assert Browser(app).get("portal.privacy").soup.find("a", href="/privacidad/plazos")


def test_erasing_reaches_what_somebody_was_still_writing(app, world):
    """From the account, and without it under the same address; somebody else's draft stays."""
    words = {"text": "Todavía lo estoy pensando, pero el agua no llega.", "consent": "anonimo"}
    rosa = Browser(app).sign_in(ROSA)
    rosa.post("contributions.save_draft", {**words, "submission_key": "de-su-cuenta-0123456789"}, slug=world.slug)
    for key, email in (("con-su-correo-01234567", "Rosa@Example.pe"), ("de-otra-persona-0123456", MATEO.email)):
        Browser(app).post("contributions.save_draft", {**words, "email": email, "submission_key": key}, slug=world.slug)
    rosa.post("privacy.erase", {"confirmed": "y"}, status=200)
    with app.app_context():
        (left,) = db.session.query(SavedDraft).all()
        assert left.content["email"] == MATEO.email
        assert db.session.query(Contribution).count() == 0
