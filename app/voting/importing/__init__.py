"""Reading a list of voters: every fault with its row and column, nothing written, nothing kept (reliability.md R14)."""

from app.voting.importing.roll import COLUMNS, RollFile, read_roll, template

__all__ = ["COLUMNS", "RollFile", "read_roll", "template"]
