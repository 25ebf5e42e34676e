"""S51: two hundred spam and fifty genuine contributions and comments. What reaches the public, what waits, what is lost.

The corpora are written by hand in patterns seen on open forms: links, promotions repeated with small changes, phones, robots that fill
every field or send at once. The genuine ones are different from each other and sent as people send them.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent, Visibility
from app.core.arrival import Arrival
from app.core.db import db
from app.deliberation import services as deliberation
from app.deliberation.models import Comment
from app.deliberation.rules.comments import CommentDraft, Side
from app.moderation import queries
from app.moderation.rules.reports import Pile
from app.processes import queries as processes
from tests.factories.deliberation import newcomer, shown
from tests.moderation.genuine import GENUINE
from tests.world import NOON, World

SPAM_ACCOUNTS, SPAM, PEOPLE = 20, 200, 50
PITCHES = (
    "Préstamos al instante sin aval, entre a {a}.xyz y {b}.top y {c}.shop hoy mismo",
    "Gana dinero desde casa con https://{a}.com https://{b}.com https://{c}.com cupos limitados {n}",
    "El mejor casino en línea te regala {n} giros gratis en {a}.bet, regístrate ya",
    "Compre seguidores reales, {n} por diez soles, oferta de la semana en {a}.store",
    "Pastillas para bajar de peso sin dieta, {n} vecinos ya lo probaron, pida la suya ahora mismo",
    "Soy el profesor Yatiri, amarres de amor en {n} horas, llámeme al 98{n:01d} 123 45{n:01d}",
    "Vendo terrenos baratos en la salida a Poroy, {n} lotes quedan, escriba a ventas{n}@lotes-cusco.com",
    "URGENTE URGENTE lea esto antes de que lo borren {n} {n} {n}",
)


def spam(n: int) -> tuple[str, Arrival]:
    """The n-th spam: text, and how it came. A third is sent by programs that fill traps or do not wait."""
    words = PITCHES[n % len(PITCHES)].format(a=f"oferta{n % 7}", b=f"premio{n % 5}", c=f"club{n % 3}", n=n % 10)
    came = Arrival(is_trapped=n % 5 == 0, seconds=0 if n % 3 == 0 else 45, address=f"spam-{n % 12}")
    return words, came


@pytest.fixture
def open_process(app: Flask, world: World) -> Iterator[Contribution]:
    with app.app_context():
        yield shown(world, "tema", "Que la plaza de Ccorca tenga sombra y agua para quienes esperan el carro.")
        db.session.rollback()


def _shuffled() -> Iterator[tuple[bool, int]]:
    """Four spam, one genuine, and again: spam and people arrive together."""
    genuine = iter(range(PEOPLE))
    for n in range(SPAM):
        yield False, n
        if n % 4 == 3:
            yield True, next(genuine)


def test_of_two_hundred_spam_comments_few_are_seen_and_of_fifty_genuine_none_is_lost(open_process: Contribution, world: World) -> None:
    """New accounts for the spam, older ones for the people; all within one hour."""
    robots = [newcomer(f"Cuenta {n}", f"spam{n}@example.pe", now=NOON) for n in range(SPAM_ACCOUNTS)]
    people = [newcomer(f"Vecina {n}", f"vecina{n}@example.pe", now=NOON - timedelta(days=30)) for n in range(PEOPLE)]
    for at, (is_genuine, n) in enumerate(_shuffled()):
        now = NOON + timedelta(seconds=14 * at)
        if is_genuine:
            draft, who, came = CommentDraft(Side.FOR, GENUINE[n]), people[n], Arrival(seconds=50 + n, address=f"casa-{n % 8}")
        else:
            text, came = spam(n)
            draft, who = CommentDraft(Side.INFORMATION, text), robots[n % SPAM_ACCOUNTS]
        deliberation.comment(draft, open_process, who, submission_key=f"s51-{is_genuine}-{n:_>14}", came=came, now=now)
    seen = _seen(Comment.visibility, Comment.author_id, {p.id for p in people})
    assert seen["genuine stored"] == PEOPLE, "a genuine comment was lost"
    assert seen["spam public"] <= SPAM * 5 // 100, f"{seen['spam public']} of {SPAM} spam reached the public"
    assert seen["genuine held"] <= 1, f"{seen['genuine held']} of {PEOPLE} genuine had to wait"
    print(dict(seen))


def test_of_two_hundred_spam_contributions_none_is_seen_and_the_fifty_genuine_come_first(open_process: Contribution, world: World) -> None:
    """Contributions wait for a moderator in any case: what counts is that people are not buried, and nothing is lost."""
    process = processes.process_by_slug(world.slug)
    assert process is not None
    genuine_ids = set()
    for at, (is_genuine, n) in enumerate(_shuffled()):
        now = NOON + timedelta(seconds=14 * at)
        text, came = (GENUINE[n], Arrival(seconds=70, address=f"casa-{n % 8}")) if is_genuine else spam(n)
        draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS)
        key = f"s51-{is_genuine}-{n:_>14}"
        receipt = contributions.submit(draft, process, submission_key=key, letter=lambda code, token: {}, now=now, came=came)
        if is_genuine:
            genuine_ids.add(receipt.contribution.id)
    visible = db.session.scalar(select(func.count(Contribution.id)).where(Contribution.visibility == Visibility.PUBLIC))
    assert visible == 1, "only the one of the fixture"
    later = NOON + timedelta(hours=2)
    order = _order(world.process_id, later)
    assert genuine_ids <= set(order), "a genuine contribution was lost"
    suspect = {row.subject.id for page in range(1, 10) for row in queries.queue_page(world.process_id, Pile.SUSPECT, page, later).rows}
    print({"spam suspect": len(suspect - genuine_ids), "genuine suspect": len(suspect & genuine_ids)})
    assert len(suspect & genuine_ids) <= 1 and len(suspect - genuine_ids) >= SPAM * 95 // 100
    first = order[: PEOPLE + SPAM - len(suspect)]
    assert len(genuine_ids & set(first)) >= PEOPLE - 1, "spam stands before people in the queue"


def test_without_the_marks_spam_would_be_seen(open_process: Contribution, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same spam with the defence removed reaches the public."""
    monkeypatch.setattr("app.contributions.rules.floods.marks", lambda facts: ())
    robot = newcomer("Cuenta", "spam@example.pe", now=NOON)
    for n in range(40):
        text, came = spam(n)
        draft = CommentDraft(Side.INFORMATION, text)
        deliberation.comment(draft, open_process, robot, submission_key=f"s51-control-{n:_>14}", came=came, now=NOON)
    assert _seen(Comment.visibility, Comment.author_id, set())["spam public"] == 40


def _order(process_id: int, now: datetime) -> list[int]:
    pages = (queries.queue_page(process_id, Pile.WAITING, n, now).rows for n in itertools.count(1))
    return [row.subject.id for rows in itertools.takewhile(bool, pages) for row in rows]


def _seen(visibility: object, author: object, people: set[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for state, who in db.session.execute(select(visibility, author)):  # type: ignore[call-overload]
        kind = "genuine" if who in people else "spam"
        found[f"{kind} stored"] += 1
        found[f"{kind} {'public' if state is Visibility.PUBLIC else 'held'}"] += 1
    return found
