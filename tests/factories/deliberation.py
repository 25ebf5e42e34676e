"""Public contributions, comments on them and the people behind, in the state a test needs. Nothing is committed."""

from datetime import datetime

from app.accounts.models import Person
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.arrival import Arrival
from app.core.db import db
from app.deliberation import services
from app.deliberation.models import Comment
from app.deliberation.rules.comments import CommentDraft, Side
from app.processes import queries as processes
from tests.cast import CastMember
from tests.world import NOON, World

SLOWLY = Arrival(seconds=60, address="casa")
LIGHT = "Que haya luz en la cancha de la comunidad, de seis a nueve de la noche."


def shown(world: World, key: str = "uno", text: str = LIGHT, *, email: str = "") -> Contribution:
    """A contribution anybody may read; its process and space loaded."""
    process = processes.process_by_slug(world.slug)
    assert process is not None
    draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS, email=email)
    made = contributions.receive(draft, process, submission_key=f"deliberar-{key:_<20}", received_at=NOON, now=NOON).contribution
    contributions.make_public(made, now=NOON)
    return made


def person(world: World, member: CastMember) -> Person:
    return db.session.get_one(Person, world.id_of(member))


def said(
    world: World, target: Contribution, member: CastMember, text: str, *, side: Side = Side.FOR, key: str = "", came: Arrival = SLOWLY,
    now: datetime = NOON,
) -> Comment:  # fmt: skip
    """What somebody comments on it, as the form brings it."""
    key = key or f"comentar-{abs(hash((text, member.email))):x}".ljust(20, "_")
    return services.comment(CommentDraft(side, text), target, person(world, member), submission_key=key, came=came, now=now).comment


def newcomer(name: str, email: str, *, now: datetime) -> Person:
    """Somebody who made an account just now."""
    made = Person(email=email, name=name, password_hash="x", created_at=now)
    db.session.add(made)
    db.session.flush()
    return made
