"""What authors do from their private receipt: change the text, withdraw it, retire it in favour of another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contributions import queries, services
from app.contributions.models import Contribution, ContributionVersion, Withdrawal
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.own_acts import (
    MOST_CHANGES,
    OwnProblem,
    OwnStanding,
    WithdrawalReason,
    is_own_text,
    problems_with_changing,
    problems_with_ending,
    problems_with_reason,
    problems_with_target,
)
from app.contributions.rules.terms import Channel, Language, NameConsent, Visibility
from app.core.db import db
from app.core.errors import RuleBroken
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import MARCO
from tests.contributions.test_races import Place, on_postgres, on_sqlite, place  # noqa: F401 - fixtures
from tests.pages.marked import texts_of_row
from tests.world import NOON, World

WORDS = "Que la posta de Ccorca atienda también los sábados por la mañana."
BETTER = "Que la posta de Ccorca atienda los sábados, y que haya ambulancia de noche."
HELD, PUBLIC, HIDDEN, WITHDRAWN = Visibility.HELD, Visibility.PUBLIC, Visibility.HIDDEN, Visibility.WITHDRAWN


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def say(app: Flask, world: World, key: str, *, publish: bool = False, text: str = WORDS, channel: Channel = Channel.WEB) -> tuple[str, str]:
    """(code, token of the receipt)."""
    with app.app_context():
        process = db.session.get(Process, world.process_id)
        draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS, channel=channel)
        receipt = services.receive(draft, process, submission_key=f"propio-{key:0>20}", received_at=NOON, now=NOON, publish=publish)
        db.session.commit()
        return receipt.contribution.code, receipt.token


def found(code: str) -> Contribution:
    one = queries.contribution_by_code(code)
    assert one is not None
    return one


def standing(visibility: Visibility = HELD, **changes: object) -> OwnStanding:
    return OwnStanding(**({"visibility": visibility, "is_answered": False, "is_retired": False, "is_own_text": True} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("it", "changing", "ending"),
    [
        (standing(), None, None),
        (standing(PUBLIC), OwnProblem.NOT_HELD, None),
        (standing(HIDDEN), OwnProblem.NOT_HELD, OwnProblem.HIDDEN),
        (standing(WITHDRAWN), OwnProblem.GONE, OwnProblem.GONE),
        (standing(PUBLIC, is_answered=True), OwnProblem.NOT_HELD, OwnProblem.ANSWERED),
        (standing(PUBLIC, is_retired=True), OwnProblem.GONE, OwnProblem.GONE),
        (standing(is_own_text=False), OwnProblem.NOT_YOURS, None),
        (standing(changes=MOST_CHANGES), OwnProblem.TOO_OFTEN, None),
    ],
)
def test_how_far_it_has_come_says_what_its_author_may_do(it: OwnStanding, changing: OwnProblem | None, ending: OwnProblem | None) -> None:
    assert [p.code for p in problems_with_changing(it)] == ([changing] if changing else [])
    assert [p.code for p in problems_with_ending(it)] == ([ending] if ending else [])


def test_only_what_its_author_typed_is_changed_by_them() -> None:
    assert is_own_text(Channel.WEB, None, None) and not is_own_text(Channel.PAPER, None, None)
    assert not is_own_text(Channel.WEB, 7, None) and not is_own_text(Channel.WORKSHOP, None, 3)


def test_a_reason_of_the_list_is_needed_and_the_note_is_short() -> None:
    assert [p.code for p in problems_with_reason(None, "a" * 501)] == [OwnProblem.REASON_MISSING, OwnProblem.NOTE_TOO_LONG]


@pytest.mark.parametrize(
    ("code", "facts", "problem"),
    [
        ("", (False, False), OwnProblem.TARGET_MISSING), ("A", (True, False), OwnProblem.TARGET_SAME),
        ("B", (False, False), OwnProblem.TARGET_UNKNOWN), ("B", (True, True), OwnProblem.TARGET_RETIRED), ("B", (True, False), None),
    ],
)  # fmt: skip
def test_what_may_stand_for_another(code: str, facts: tuple[bool, bool], problem: OwnProblem | None) -> None:
    assert [p.code for p in problems_with_target(code, "A", is_public=facts[0], is_retired=facts[1])] == ([problem] if problem else [])


class TestChanging:
    def test_the_moderator_sees_the_newest_words_and_what_changed(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a")
        assert WORDS in browser.get("contributions.change_form", token=token).soup.find("textarea", id="text").get_text()
        browser.post("contributions.change_words", {"text": BETTER, "title": "", "language": "qu"}, token=token)
        browser.sign_in(MARCO)
        assert "Su autor lo cambió" in browser.get("moderation.queue", slug=world.slug)
        page = browser.get("moderation.show", slug=world.slug, code=code)
        assert BETTER in page.soup.select_one(".panel--said").get_text()
        assert texts_of_row(page.soup.find("th", string="Texto").parent) == (WORDS, BETTER)
        with app.app_context():
            assert (found(code).text, found(code).language) == (BETTER, Language.QUECHUA)
            (old,) = db.session.scalars(select(ContributionVersion)).all()
            assert (old.n, old.text, old.language) == (1, WORDS, Language.SPANISH)
            rows = queries.page_of(world.process_id, ContributionFilters(q="ambulancia"), 1, visibilities=(HELD,)).rows
            assert [row.code for row in rows] == [code], "the search follows"

    def test_what_the_moderator_had_in_front_is_not_published_after_a_change(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a")
        browser.sign_in(MARCO)
        seen = browser.get("moderation.show", slug=world.slug, code=code).soup.select_one("input[name=seen]")["value"]
        browser.post("contributions.change_words", {"text": BETTER, "title": "", "language": "es"}, token=token)
        browser.post("moderation.publish", {"seen": seen}, slug=world.slug, code=code, status=409)

    def test_not_after_it_is_public_and_nothing_typed_is_lost(self, app: Flask, browser: Browser, world: World) -> None:
        _code, token = say(app, world, "a", publish=True)
        assert "ya pasó por moderación" in browser.get("contributions.change_form", token=token)
        browser.post("contributions.change_words", {"text": BETTER, "language": "es"}, token=token, status=422)
        assert "Cambiar el texto" not in browser.get("contributions.receipt", token=token)

    def test_the_same_words_or_too_few_change_nothing(self, app: Flask, browser: Browser, world: World) -> None:
        _code, token = say(app, world, "a")
        page = browser.post("contributions.change_words", {"text": WORDS, "language": "es"}, token=token, status=422)
        assert "quedó igual" in page
        page = browser.post("contributions.change_words", {"text": "Corto", "language": "es"}, token=token, status=422)
        assert page.soup.find("textarea", id="text").get_text().strip() == "Corto"


class TestWithdrawing:
    def test_the_text_goes_and_the_code_stays_with_its_reason(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a", publish=True)
        assert "Retirarlo" in browser.get("contributions.receipt", token=token)
        browser.post("contributions.withdraw", {"reason": "solved", "note": "Ya abrieron."}, token=token)
        page = browser.get("portal.contribution", code=code, status=410)
        assert "lo que pedía ya se resolvió" in page and WORDS not in page.html and "Ya abrieron" not in page.html
        assert code not in browser.get("portal.contributions", slug=world.slug)
        browser.get("portal.contribution_json", code=code, status=404)
        assert "Usted lo retiró" in browser.get("contributions.receipt", token=token)
        with app.app_context():
            (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "contributions.withdraw")).all()
            assert entry.subject_ref == code and "Ya abrieron" not in entry.body
            assert found(code).text == WORDS, "kept, restricted"

    def test_without_a_reason_it_stays_and_the_note_is_kept(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a", publish=True)
        page = browser.post("contributions.withdraw", {"note": "Ya abrieron."}, token=token, status=422)
        assert "Elija por qué" in page and page.soup.find("textarea", id="note").get_text().strip() == "Ya abrieron."
        browser.get("portal.contribution", code=code)

    def test_not_after_it_was_answered(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a", publish=True)
        with app.app_context():
            services.mark_answered(found(code).id, NOON)
            db.session.commit()
        assert "ya tiene respuesta" in browser.get("contributions.withdraw_form", token=token)
        browser.post("contributions.withdraw", {"reason": "solved"}, token=token, status=422)

    def test_one_that_waits_is_never_published_afterwards(self, app: Flask, browser: Browser, world: World) -> None:
        code, token = say(app, world, "a")
        browser.post("contributions.withdraw", {"reason": "mistake"}, token=token)
        browser.sign_in(MARCO)
        browser.post("moderation.publish", {}, slug=world.slug, code=code, status=409)
        assert code not in browser.get("moderation.queue", slug=world.slug)


class TestRetiring:
    def test_both_say_so_and_the_words_stay(self, app: Flask, browser: Browser, world: World) -> None:
        (mine, token), (other, _) = say(app, world, "a", publish=True), say(app, world, "b", publish=True, text=BETTER)
        assert other in browser.get("contributions.retire_form", token=token), "those that resemble it are offered"
        browser.post("contributions.retire", {"code": other.lower()}, token=token)
        page = browser.get("portal.contribution", code=mine)
        assert WORDS in page and "en favor de" in page and page.soup.find("a", href=f"/aportes/{other}")
        assert browser.get("portal.contribution", code=other).soup.find("a", href=f"/aportes/{mine}")
        assert other in browser.get("contributions.receipt", token=token)

    def test_a_code_that_is_not_there_is_said_and_kept(self, app: Flask, browser: Browser, world: World) -> None:
        (mine, token), (held, _) = say(app, world, "a", publish=True), say(app, world, "b")
        for code in (held, mine, "PRB-C-9999", "", "'\x00"):
            page = browser.post("contributions.retire", {"code": code}, token=token, status=422)
            assert page.soup.select_one(".error-summary")

    def test_a_circle_cannot_close(self, app: Flask, world: World) -> None:
        (mine, _), (other, _) = say(app, world, "a", publish=True), say(app, world, "b", publish=True)
        with app.app_context():
            services.retire(found(mine), other, now=NOON)
            with pytest.raises(RuleBroken) as refused:
                services.retire(found(other), mine, now=NOON)
            assert [p.code for p in refused.value.problems] == [OwnProblem.TARGET_RETIRED]


def at_once(app: Flask, *works: object) -> list[str]:
    def run(work: object) -> str:
        with app.app_context():
            try:
                work()  # type: ignore[operator]
                db.session.commit()
                return "done"
            except RuleBroken as refused:
                db.session.rollback()
                return str(refused.problems[0].code)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_two_that_retire_for_each_other_at_once_do_not_close_a_circle(place: Place) -> None:  # noqa: F811
    (a, _), (b, _) = say(place.app, place.world, "a", publish=True), say(place.app, place.world, "b", publish=True)
    said = at_once(place.app, lambda: services.retire(found(a), b, now=NOON), lambda: services.retire(found(b), a, now=NOON))
    assert said == ["done", str(OwnProblem.TARGET_RETIRED)]


def test_withdrawn_from_eight_windows_at_once_it_is_withdrawn_once(place: Place) -> None:  # noqa: F811
    code, _token = say(place.app, place.world, "a", publish=True)
    said = at_once(place.app, *[lambda: services.withdraw(found(code), WithdrawalReason.MISTAKE, "", now=NOON)] * 8)
    assert said == ["done"] + [str(OwnProblem.GONE)] * 7
    with place.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Withdrawal)) == 1
        assert db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "contributions.withdraw")) == 1
