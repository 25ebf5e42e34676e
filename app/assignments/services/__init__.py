"""Saying who answers, passing it on, giving it back; keeping what somebody marked."""

from app.assignments.services.assigning import Assigned, assign_many, forward, give_back, remember_letters
from app.assignments.services.selecting import choose, discard, mark, take_out

__all__ = ["Assigned", "assign_many", "choose", "discard", "forward", "give_back", "mark", "remember_letters", "take_out"]
