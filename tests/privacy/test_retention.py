"""What is deleted by the clock, to the day, and nothing public with it (P08); what somebody was still writing when they left."""

from datetime import timedelta

import pytest

from app.accounts.models import AccountLink, AccountSession, Attempt, EmailCode
from app.accounts.rules.codes import LinkPurpose
from app.accounts.rules.limits import KEPT as ATTEMPTS_KEPT
from app.accounts.rules.limits import Attempt as Tried
from app.accounts.rules.sessions import CITIZEN_LONGEST
from app.activities.models import Registration
from app.contributions.models import Contribution, SavedDraft
from app.contributions.rules.saving import DRAFT_LASTS
from app.contributions.services.uploads import KEPT as IMPORTS_KEPT
from app.core.db import db
from app.deliberation.cli import ADDRESSES_KEPT
from app.follows.rules import CONFIRMATION_WAITS
from app.letters.cli import REQUESTS_KEPT
from app.letters.models import LinkRequest
from app.notifications import services as notifications
from app.notifications.cli import run_jobs
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from app.organisations.models import OrganisationInvitation
from app.organisations.rules import InvitationAnswer
from app.privacy import services
from app.privacy.cli import JOBS, forget_what_is_old
from app.privacy.messages import KEPT
from app.privacy.rules import RETENTION, Kept
from app.processes.models import Opportunity
from app.voting.models import VoteAttempt
from app.voting.rules.limits import KEPT as VOTE_ATTEMPTS_KEPT
from app.voting.rules.limits import Tried as VoteTried
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
        assert set(services.forget_old(NOON + 181 * DAY)) == {Kept.LETTERS_WAITING}
        assert services.forget_old(NOON + 181 * DAY) == {}


def test_a_letter_that_could_never_leave_is_emptied_to_the_second_and_never_sent_afterwards(app, world, old):
    waits = RETENTION[Kept.LETTERS_WAITING]
    forget(app, NOON + waits)
    assert counts(app)[3] == 1
    forget(app, NOON + waits + A_SECOND)
    assert counts(app)[3] == 0
    with app.app_context():
        assert db.session.query(Notification).filter_by(state=NotificationState.QUEUED).count() == 0


def test_how_to_reach_who_registered_goes_on_its_day_and_who_came_stays(app, world):
    with app.app_context():
        slug, opportunity_id = next(iter(world.opportunities.items()))
        ended = db.session.get_one(Opportunity, opportunity_id).ends_at
        db.session.add(
            Registration(
                opportunity_id=opportunity_id, code="INSC-1", name="Zenaida Ccopa", email="zenaida@example.pe", phone="984000111",
                needs="Uso silla de ruedas", sector="comunidad", submission_key="k", created_at=NOON,
            )
        )  # fmt: skip
        db.session.commit()

    def left():
        with app.app_context():
            kept = db.session.query(Registration).filter_by(code="INSC-1").one()
            return kept.name, kept.sector, kept.needs, kept.email, kept.phone

    known = ("Zenaida Ccopa", "comunidad")
    month, years = RETENTION[Kept.NEEDS], RETENTION[Kept.ATTENDEES]
    forget(app, ended + month)
    assert left() == (*known, "Uso silla de ruedas", "zenaida@example.pe", "984000111")
    forget(app, ended + month + A_SECOND)
    assert left() == (*known, "", "zenaida@example.pe", "984000111")
    forget(app, ended + years)
    assert left() == (*known, "", "zenaida@example.pe", "984000111")
    forget(app, ended + years + A_SECOND)
    assert left() == (*known, "", None, "")


TRIED = {
    "sign-in": (Attempt, {"kind": Tried.PASSWORD, "account_hash": "a", "at": NOON}, Kept.ATTEMPTS),
    "code": (EmailCode, {"handle": "h", "email": MATEO.email, "code_hash": "c", "created_at": NOON, "expires_at": NOON}, Kept.CODES),
    "vote": (VoteAttempt, {"kind": VoteTried.CODE, "subject_hash": "s", "origin_hash": "o", "at": NOON}, Kept.VOTE_ATTEMPTS),
    "link": (LinkRequest, {"address_sha256": "a", "at": NOON}, Kept.LINK_REQUESTS),
}


@pytest.mark.parametrize("tried", TRIED)
def test_what_was_tried_goes_to_the_second_by_the_jobs_of_the_worker(app, world, tried):
    kind, values, kept = TRIED[tried]
    with app.app_context():
        db.session.add(kind(**values))
        db.session.commit()
        run_jobs(NOON + RETENTION[kept])
        assert db.session.query(kind).count() == 1
        run_jobs(NOON + RETENTION[kept] + A_SECOND)
        assert db.session.query(kind).count() == 0


def test_every_period_is_on_the_public_page_and_is_the_one_that_is_kept(app, world):
    page = Browser(app).get("privacy.retention")
    assert set(KEPT) == set(RETENTION) == set(Kept)
    for words, since in KEPT.values():
        assert str(words) in page and str(since) in page
    assert RETENTION[Kept.ATTEMPTS] == RETENTION[Kept.CODES] == ATTEMPTS_KEPT
    assert RETENTION[Kept.DRAFTS] == DRAFT_LASTS
    assert RETENTION[Kept.ARRIVALS] == ADDRESSES_KEPT
    assert RETENTION[Kept.VOTE_ATTEMPTS] == VOTE_ATTEMPTS_KEPT and RETENTION[Kept.LINK_REQUESTS] == REQUESTS_KEPT
    assert RETENTION[Kept.IMPORTS] == IMPORTS_KEPT and RETENTION[Kept.FOLLOWING] == CONFIRMATION_WAITS
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
