"""Four workers of the real server, and people who post at the same instant: one ballot, by one channel (reliability.md B02, B05).

VOTERS=200 is the full run, with 50 posts of each at once (PARALLEL); by default it is small. The server whose guard was taken away is
the negative control, on PostgreSQL: SQLite lets one write at a time and would hide the fault.
"""

import http.client
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from app.core.db import db
from app.factory import create_app
from app.voting import services
from config import Config
from tests.cast import INES
from tests.cluster import scratch_cluster
from tests.factories.voting import an_open_vote, on_roll
from tests.reliability.site import RunningSite
from tests.reliability.test_voting_kill import BASE, Voter, _forgive, _hidden
from tests.security.rich_accounts import _session
from tests.world import World, build_world

VOTERS = int(os.environ.get("VOTERS", "4"))
PARALLEL = int(os.environ.get("PARALLEL", "50" if VOTERS >= 200 else "8"))
PIN, STAFF = "918273", "session-of-the-table"
DESK = f"/mesa{BASE}/atencion"
OTHER_WAYS = 4


class CrowdedSite(RunningSite):
    """A site with an open vote, people on its roll who can be written to, a booth, and somebody at the table."""

    workers = 4

    def __init__(self, folder: Path, voters: int, database: str = "", *, guarded: bool = True) -> None:
        self.database, self.documents = database, [f"{10_000_000 + n}" for n in range(voters)]
        self.booth = self.staff = ""
        if not guarded:
            self.serves = "tests.reliability.unguarded:app"
        super().__init__(folder)
        self.url = database or f"sqlite:///{folder / 'minka.db'}"

    def _prepare(self) -> World:
        if self.database:
            self.environ["DATABASE_URL"] = self.database
        app = create_app(Config(self.environ))
        with app.app_context():
            upgrade()
            world = build_world()
            vote = an_open_vote(world)
            for document in self.documents:
                on_roll(vote, document, email=f"votante-{document}@example.pe")
            _booth, self.booth = services.open_booth(vote, "Local comunal", PIN, person_id=world.id_of(INES), now=vote.opens_at)
            at_table = _session(world.id_of(INES), STAFF, "a-browser-of-ines")
            at_table.second_factor_at = at_table.started_at
            db.session.add(at_table)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.staff = f"minka={signer.dumps({'_user_id': STAFF, '_fresh': True})}"
        return world

    def code_sent(self) -> str:
        """The code of the newest letter, read where letters wait."""
        content = self.ask("SELECT content FROM notification ORDER BY id DESC LIMIT 1")[0][0]
        return str((content if isinstance(content, dict) else json.loads(content))["code"])

    def ask(self, question: str) -> list[Any]:
        """Read from outside the site."""
        engine = create_engine(self.url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(question)))
        finally:
            engine.dispose()


class Somebody(Voter):
    """A browser on the way to a ballot, as far as the last button; then that button, as often as wanted."""

    ready: dict[str, str]

    def come_by_mail(self, document: str) -> "Somebody":
        site: Any = self.site
        hidden = self._get(f"{BASE}/votar")
        page = self._post(f"{BASE}/votar", hidden | {"document": document, "carried": ""}, 200)
        self._post(f"{BASE}/votar/codigo", _hidden(page) | {"code": site.code_sent()}, 303)
        return self._mark()

    def come_to_the_booth(self, document: str) -> "Somebody":
        site: Any = self.site
        hidden = self._get(f"{BASE}/cabina/{site.booth}")
        self._post(f"{BASE}/cabina/{site.booth}", hidden | {"document": document, "pin": PIN}, 303)
        return self._mark()

    def _mark(self) -> "Somebody":
        hidden = self._get(f"{BASE}/votar")
        page = self._post(f"{BASE}/revisar", {"csrf_token": hidden["csrf_token"], "opcion": "1", "accion": "revisar"}, 200)
        self.ready = _hidden(page)
        return self

    def press(self) -> str:
        """The last button. The cookie stays as it was: as often as it is pressed, it is the same pass."""
        cookie = self.cookie
        status, body = Voter(self.site, cookie=cookie)._ask("POST", f"{BASE}/constancia", self.ready)  # type: ignore[arg-type]
        if status == 303:
            return "voted"
        return "refused" if status == 422 and "Ya figura como votante" in body else f"FAULT {status}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CrowdedSite]:
    with ExitStack() as stack:
        url = ""
        if request.param == "postgresql":
            url = stack.enter_context(scratch_cluster()) or pytest.skip("No hay PostgreSQL")
        site = CrowdedSite(tmp_path, VOTERS, url)
        site.start()
        stack.callback(site.kill)
        yield site


def come(site: CrowdedSite, document: str, *, by_booth: bool = False) -> Somebody:
    """Everybody comes from one address here: the tries of the others are forgotten, or the limits would hold them."""
    for left in reversed(range(5)):
        try:
            _forgive(site.url)
            somebody = Somebody(site)  # type: ignore[arg-type]
            return somebody.come_to_the_booth(document) if by_booth else somebody.come_by_mail(document)
        except (OSError, http.client.HTTPException):
            if not left:
                raise
            time.sleep(0.2)
    raise AssertionError("nobody comes in")


def at_once(deeds: list[Callable[[], str]], many: int) -> Counter[str]:
    def run(deed: Callable[[], str]) -> str:
        try:
            return deed()
        except (OSError, http.client.HTTPException) as trouble:
            return f"FAULT {type(trouble).__name__}"

    with ThreadPoolExecutor(many) as pool:
        return Counter(pool.map(run, deeds))


def books(site: CrowdedSite) -> tuple[int, int, dict[str, int]]:
    """Ballots, receipts, and marks by channel."""
    (ballots,), (receipts,) = site.ask("SELECT count(*) FROM ballot")[0], site.ask("SELECT count(*) FROM receipt")[0]
    marks = site.ask("SELECT channel, count(*) FROM roll WHERE status = 'voted' GROUP BY channel")
    return ballots, receipts, {channel: people for channel, people in marks}


@pytest.mark.slow
def test_b02_each_voter_posts_many_times_at_once_and_one_ballot_is_stored(crowded: CrowdedSite) -> None:
    began = time.monotonic()
    people = [come(crowded, document) for document in crowded.documents]
    outcomes = at_once([somebody.press for somebody in people for _ in range(PARALLEL)], PARALLEL)
    print(f"B02 {crowded.url.split(':')[0]}: {VOTERS} voters x {PARALLEL}, 4 workers: {dict(outcomes)}, books {books(crowded)}, "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    assert outcomes == {"voted": VOTERS, "refused": VOTERS * (PARALLEL - 1)}
    assert books(crowded) == (VOTERS, VOTERS, {"web": VOTERS})


@pytest.mark.slow
def test_b05_by_four_channels_at_once_each_person_votes_by_one(crowded: CrowdedSite) -> None:
    """Web, booth, paper and a printed code of each person, at the same instant and in every order."""
    table = Somebody(crowded, cookie=crowded.staff)  # type: ignore[arg-type]
    hidden = table._get(DESK)
    crowded.staff = table.cookie  # with the key of the form, which the page gave
    orders = list(permutations(range(OTHER_WAYS)))
    deeds: list[Callable[[], str]] = []
    for number, document in enumerate(crowded.documents):
        web, booth = come(crowded, document), come(crowded, document, by_booth=True)
        ways = [web.press, booth.press, *(_marking(crowded, hidden, document, channel) for channel in ("paper", "token"))]
        deeds += [ways[place] for place in orders[number % len(orders)]]
    outcomes = at_once(deeds, OTHER_WAYS * 2)
    ballots, receipts, marks = books(crowded)
    print(f"B05 {crowded.url.split(':')[0]}: {VOTERS} people x 4 channels, 4 workers: {dict(outcomes)}, marks {marks}, ballots {ballots}")
    assert outcomes == {"voted": VOTERS, "refused": VOTERS * (OTHER_WAYS - 1)}
    assert sum(marks.values()) == VOTERS
    assert ballots == receipts == marks.get("web", 0) + marks.get("booth", 0)


def _marking(site: CrowdedSite, hidden: dict[str, str], document: str, channel: str) -> Callable[[], str]:
    def mark() -> str:
        told = {"csrf_token": hidden["csrf_token"], "document": document, "channel": channel}
        table = Voter(site, cookie=site.staff)  # type: ignore[arg-type]
        status, body = table._ask("POST", DESK, told)
        if status == 200 and "Marcada:" in body:
            return "voted"
        return "refused" if status == 422 and "Ya figura como votante" in body else f"FAULT {status}"

    return mark


@pytest.mark.slow
@pytest.mark.postgres
def test_b02_the_control_without_the_guard_stores_more_ballots_than_voters(tmp_path: Path) -> None:
    with scratch_cluster() as cluster:
        if cluster is None:
            pytest.skip("No hay PostgreSQL")
        site = CrowdedSite(tmp_path, 2, cluster, guarded=False)
        try:
            site.start()
            people = [come(site, document) for document in site.documents]
            outcomes = at_once([somebody.press for somebody in people for _ in range(8)], 8)
            stored = books(site)[0]
        finally:
            site.kill()
    print(f"B02 control: 2 voters, {stored} ballots, {dict(outcomes)}")
    assert stored > 2, "the control must show the fault, or the test above proves nothing"
