"""The rich world's share of how contributions come in: a draft that somebody is still writing."""

from typing import Any

from app.contributions import services as contributions
from app.processes.models import Process
from tests.world import NOON

DRAFT_KEY = "rich-draft-of-a-citizen-01"


def build_intake(process: Process) -> dict[str, dict[str, Any]]:
    """Arguments that hold only under some addresses. The caller commits."""
    contributions.save_draft({"text": "Lo que alguien escribe todavía."}, process, submission_key=DRAFT_KEY, now=NOON)
    return {"/borradores/": {"token": contributions.draft_token(DRAFT_KEY)}}
