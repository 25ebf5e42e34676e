"""Answered contributions, and replies to them, in the state a test needs. Nothing is committed."""

from datetime import date, datetime

from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel
from app.feedback import queries as feedback
from app.feedback.models import Decision
from app.feedback.rules.drafts import DecisionDraft
from app.letters import services
from app.letters.models import Reply
from app.letters.rules.replies import ReplyDraft, ReplyKind
from tests.cast import SARA
from tests.feedback.answers import NOT_ADOPTED, approve, correction, publish, say
from tests.world import NOON, World

REASONS = "El desagüe es de la provincia desde 2019, no del distrito."


def answered(world: World, key: str = "uno", draft: DecisionDraft = NOT_ADOPTED, *, email: str = "rosa@example.pe") -> Contribution:
    """A contribution of Rosa with a published answer."""
    contribution = say(world, key, email=email)
    publish(world, approve(world, contribution, draft))
    return found(contribution.code)


def found(code: str) -> Contribution:
    contribution = feedback.contribution_for_staff(code)
    assert contribution is not None
    return contribution


def current(contribution: Contribution) -> Decision:
    decision = feedback.current_decision(contribution.id)
    assert decision is not None
    return decision


def corrected(world: World, contribution: Contribution, text: str, *, now: datetime = NOON) -> Decision:
    """A second version of the answer, published."""
    changed = correction(DecisionDraft(**{**NOT_ADOPTED.__dict__, "text": text}))
    publish(world, approve(world, contribution, changed), now=now)
    return current(found(contribution.code))


def replied(contribution: Contribution, kind: ReplyKind = ReplyKind.DISAGREE, text: str = REASONS, *, now: datetime = NOON) -> Reply:
    return services.take(contribution, ReplyDraft(kind, text if kind is not ReplyKind.ACCEPT else ""), services.Sender(), now=now)


def written_down(world: World, contribution: Contribution, text: str = REASONS, *, on: date, now: datetime = NOON) -> Reply:
    """A disagreement that came on paper and Sara wrote down."""
    sender = services.Sender(Channel.PAPER, on, recorded_by_id=world.id_of(SARA))
    return services.take(contribution, ReplyDraft(ReplyKind.DISAGREE, text), sender, now=now)
