"""Votes of the demo: a finished one with some six hundred invented ballots in the round, and a small open one to try the ballot.

Documents and codes are invented: they come from words, so that the demo can show which to type. A real printing draws them.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, Any

from app.budgeting import queries as budgeting
from app.budgeting import services as rounds
from app.budgeting.models import BudgetRound
from app.budgeting.rules import RoundState
from app.budgeting.rules.course import OpeningDraft
from app.budgeting.rules.documents import DocumentDraft, DocumentKind
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.demo.services import processes
from app.processes.queries import themes
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.territories import queries as territories
from app.voting import queries, services
from app.voting.models import Vote, VoteToken
from app.voting.rules import BallotKind, Channel, Extent
from app.voting.rules import codes as letters
from app.voting.rules.announcing import VoteDraft
from app.voting.rules.roll import Voter
from app.voting.rules.terms import Seat
from app.voting.services import Pass

if TYPE_CHECKING:
    from app.demo.services.load import Stage

BALLOTS, ROLL, SEED = 600, 900, 2027
ALIKE = 6
"""Ballots of each kind in a district, at least: blank ones too, all of them in the largest."""
OPEN_CODES = 24
TO_TRY = ("40506070", "41516171", "42526272")
SOURCE = "Los cinco números de la Tinka del domingo siguiente al cierre, en el orden en que salieron y separados por guiones."


def tell(stage: Stage, round_: BudgetRound) -> None:
    """The vote of the round, from the draft to the last ballot: whoever closes and counts comes after. The caller commits."""
    if queries.votes_of(round_.process_id, drafts=True):
        return
    paper = queries.admissible_projects(round_.id)
    if not paper:
        return
    at = stage.calendar.at
    draft = VoteDraft(
        title="Vote por los proyectos de 2027", kind=BallotKind.APPROVAL, fewest=1, most=min(8, len(paper)), opens_at=at(-48, "08:00"),
        closes_at=at(-44, "18:00"), channels=tuple(Channel), extent=Extent.TERRITORY,
        project_ids=tuple(p.id for p in paper), rule="equal-shares",
        completion="add1", seed_source=SOURCE, allows_reminders=True, publishes_ballots=True,
    )  # fmt: skip
    vote = _announce(stage, round_, draft, municipal="tomas", at=at(-56, "09:00"))
    _fill(stage, vote, paper, person_id=stage.person("tomas"))


def tell_open(stage: Stage) -> None:
    """A small vote that is open now, in a process of its own, for whoever wants to see a ballot. The caller commits."""
    if not (importing.CONTENT / stage.space.slug / "vote.toml").exists():
        return
    written = importing.read(f"{stage.space.slug}/vote.toml")
    told = replace(stage, content=importing.Content([], written, {}, [], [], {}))
    process = processes.tell(told)
    at, team = stage.calendar.at, stage.person("secretariat")
    norm = DocumentDraft(
        DocumentKind.ORDINANCE, written["norm"]["title"], written["norm"]["number"], stage.calendar.day(-40), written["norm"]["text"]
    )
    round_ = rounds.open_round(
        process, OpeningDraft(2027, written["ceiling_soles"] * 100), norm=norm, upload=None, person_id=team, now=at(-30, "09:00")
    )
    round_.state = RoundState.PRIORITISATION  # told from the middle: the whole course is told in Cusco
    paper = _projects(written, round_, team, at(-20, "10:00"))
    draft = VoteDraft(
        title=written["vote"]["title"], kind=BallotKind.KNAPSACK, fewest=1, most=len(paper),
        limit_cents=written["vote"]["limit_soles"] * 100,
        opens_at=at(-1, "08:00"), closes_at=at(20, "18:00"), channels=tuple(Channel), extent=Extent.CITY,
        project_ids=tuple(p.id for p in paper), rule="greedy", seed_source=SOURCE, allows_reminders=True,
    )  # fmt: skip
    vote = _announce(stage, round_, draft, municipal="secretariat", at=at(-12, "09:00"))
    place = stage.space.ubigeo
    people = [Voter(document, place, f"vecina{n}@demo.example.pe") for n, document in enumerate(TO_TRY, start=1)]
    people += [Voter(_document(n), place) for n in range(60)]
    services.add_to_roll(vote, people, person_id=team, now=at(-10, "09:00"))
    for serial in range(1, OPEN_CODES + 1):
        _token(vote, serial, place)
    chance = random.Random(SEED)  # noqa: S311 - invented ballots, the same in every demo
    for n in range(14):
        services.cast(
            vote, Pass(Channel.WEB, services.keys.voter_key(vote, _document(n))), _basket(paper, chance, vote), now=at(-1, "11:00")
        )
    services.publish_turnout(vote, now=at(-1, "12:00"))


def _projects(written: dict[str, Any], round_: BudgetRound, person_id: int, when: datetime) -> list[Project]:
    theme_ids = {theme.slug: theme.id for theme in themes(round_.process_id)}
    made = []
    for number, item in enumerate(written["project"], start=1):
        project = Project(
            round_id=round_.id, number=number, code=f"{round_.process.code}-PR-{number:03d}", state=ProjectState.ADMISSIBLE,
            title=str(item["title"]), problem=str(item["problem"]), description=str(item["description"]),
            description_html=f"<p>{item['description']}</p>", theme_id=theme_ids[str(item["theme"])], ubigeo=None, site=str(item["site"]),
            cost_cents=int(item["soles"]) * 100, beneficiaries=str(item["beneficiaries"]), is_public=True, created_by_id=person_id,
            created_at=when,
        )  # fmt: skip
        db.session.add(project)
        made.append(project)
    db.session.flush()
    return made


def _announce(stage: Stage, round_: BudgetRound, draft: VoteDraft, *, municipal: str, at: datetime) -> Vote:
    """Written, signed by two, announced."""
    team, civil = stage.person(municipal), stage.person("civil")
    round_ = known(budgeting.round_by_id(round_.id))
    vote = services.save_vote(round_, draft, person_id=team, now=at)
    services.sign(vote, Seat.MUNICIPAL, vote.rules_sha256, person_id=team, now=at + timedelta(hours=1))
    services.sign(vote, Seat.NON_GOVERNMENT, vote.rules_sha256, person_id=civil, now=at + timedelta(hours=6))
    services.announce(vote, person_id=team, now=at + timedelta(hours=8))
    return known(queries.vote_by_id(vote.id))


def _document(n: int) -> str:
    """An invented document: the same each time, and of nobody's."""
    return f"{int(hashlib.sha256(f'demo {n}'.encode()).hexdigest(), 16) % 90_000_000 + 10_000_000}"


def code_of(serial: int) -> str:
    """A printed code of the demo, as it is on its sheet."""
    return letters.grouped(letters.written(hashlib.sha256(f"demo code {serial}".encode()).digest()[:10], letters.TOKEN_LETTERS))


def _token(vote: Vote, serial: int, ubigeo: str | None) -> str:
    key = services.keys.token_hash(vote, code_of(serial).replace("-", ""))
    db.session.add(VoteToken(token_hash=key, vote_id=vote.id, run=1, serial=serial, ubigeo=ubigeo))
    return key


def _fill(stage: Stage, vote: Vote, paper: Sequence[Project], *, person_id: int) -> None:
    """The roll, and ballots by every channel that has them, some blank; turnout is shown as it would have been.

    Neighbours mark alike, as they do who talk: five or more cast each ballot, so that the ballots may be published and counted again.
    """
    chance = random.Random(SEED)  # noqa: S311 - invented ballots, the same in every demo
    places: list[str | None] = [t.ubigeo for t in territories.inside(stage.space.ubigeo or "")]
    weights = range(len(places) + 4, 4, -1)
    people = [Voter(_document(n), place) for n, place in enumerate(chance.choices(places, weights=weights, k=ROLL))]
    services.add_to_roll(vote, people, person_id=person_id, now=stage.calendar.at(-54, "09:00"))
    voted = chance.sample(people, BALLOTS)
    in_place = Counter(voter.ubigeo for voter in voted)
    largest = in_place.most_common(1)[0][0]
    waiting = {
        place: baskets([p.number for p in paper if p.ubigeo == place], in_place[place], chance, blank=ALIKE if place == largest else 0)
        for place in places
    }
    for n, voter in enumerate(voted):
        when = vote.opens_at + (vote.closes_at - vote.opens_at) * n / BALLOTS
        key = services.keys.voter_key(vote, voter.document)
        channel = chance.choices((Channel.WEB, Channel.BOOTH, Channel.TOKEN), weights=(70, 12, 18))[0]
        holder = Pass(channel, key)
        if channel is Channel.TOKEN:
            services.mark(vote, key, Channel.TOKEN, now=when)
            holder = Pass(channel, _token(vote, n + 1, voter.ubigeo))
            db.session.flush()
        choices = [[number, 1] for number in waiting[voter.ubigeo].pop()]
        services.cast(vote, holder, choices, is_blank=not choices, now=when)
        if n % 60 == 59:
            services.publish_turnout(vote, now=when)


def baskets(near: Sequence[int], voters: int, chance: random.Random, *, blank: int = 0) -> list[tuple[int, ...]]:
    """A ballot for each voter of a district: some projects are spoken of more than others, each has who wants it alone, none is rare."""
    kinds = [kind for size in range(1, len(near) + 1) for kind in combinations(near, size)]
    weights = [prod(0.35 + 0.4 / (1 + n % 3) if n in kind else 0.65 - 0.4 / (1 + n % 3) for n in near) for kind in kinds]
    ranked = sorted(zip(weights, kinds, strict=True), key=lambda pair: (len(pair[1]) > 1, -pair[0]))[
        : max(1, (voters - blank) // (ALIKE + 2))
    ]
    common = [kind for _, kind in ranked]
    rest = chance.choices(common, weights=[weight for weight, _ in ranked], k=max(0, voters - blank - ALIKE * len(common)))
    made = common * ALIKE + rest + [()] * blank
    chance.shuffle(made)
    return made


def _basket(paper: Sequence[Project], chance: random.Random, vote: Vote) -> list[list[int]]:
    left, chosen = vote.limit_cents or 0, []
    for project in chance.sample(paper, len(paper)):
        cost = project.cost_cents or 0
        if cost <= left and chance.random() < 0.7:
            chosen.append([project.number, 1])
            left -= cost
    return chosen or [[min(paper, key=lambda p: p.cost_cents or 0).number, 1]]
