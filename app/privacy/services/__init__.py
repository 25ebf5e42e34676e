"""What a person does with their data, and what is forgotten by the clock."""

from app.privacy.services.erasing import OUTSIDE, blank_last_letters, erase, forget_again, hash_of, remember, remember_all
from app.privacy.services.keeping import forget_old, retire_unused, tell_unused
from app.privacy.services.own import correct, gather, stop_letters

__all__ = [
    "OUTSIDE", "blank_last_letters", "correct", "erase", "forget_again", "forget_old", "gather", "hash_of", "remember", "remember_all",
    "retire_unused", "stop_letters", "tell_unused",
]  # fmt: skip
