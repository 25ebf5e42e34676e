"""What the package says: why something is refused, and what each thing is called."""

from app.agreements.messages.names import PARTS, SIGNERS, SOURCES, STATES, STATES_OF_ACT, WAYS
from app.agreements.messages.problems import PROBLEMS

__all__ = ["PARTS", "PROBLEMS", "SIGNERS", "SOURCES", "STATES", "STATES_OF_ACT", "WAYS"]
