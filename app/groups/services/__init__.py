"""Putting contributions together, taking them apart, reviewing it."""

from app.groups.services.members import add, dissolve, make, remove, retitle, review, say_different

__all__ = ["add", "dissolve", "make", "remove", "retitle", "review", "say_different"]
