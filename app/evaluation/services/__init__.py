"""Evaluating: naming a committee, declaring conflicts, giving marks, publishing the ranking. Nothing here commits."""

from app.evaluation.services.committees import add_items, add_member, appoint, remove_item, remove_member
from app.evaluation.services.scoring import declare, publish_ranking, score

__all__ = ["add_items", "add_member", "appoint", "declare", "publish_ranking", "remove_item", "remove_member", "score"]
