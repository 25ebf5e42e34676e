"""What is done with a vote. Services judge before the first write and never commit."""

from app.voting.services import keys
from app.voting.services.announcing import announce, refuse_unless_draft, rules_text, save_vote, sign, withdraw
from app.voting.services.booths import close_booth, open_booth
from app.voting.services.casting import Pass, cast, hold, mark, receipt_hash, take
from app.voting.services.doors import (
    ask_code,
    forget,
    forget_codes,
    mark_of,
    pass_by_mail,
    pass_by_officer,
    pass_by_token,
    place_of,
    prove_code,
    remind,
)
from app.voting.services.exclusions import ask_exclusion, settle_exclusion
from app.voting.services.limiting import attempt, forget_attempts, forgive
from app.voting.services.printing import Slip, ask_run, print_run, void_code
from app.voting.services.roll import add_to_roll, ask_addition, settle_addition, strike_off
from app.voting.services.turnout import publish_turnout

__all__ = [
    "Pass",
    "Slip",
    "add_to_roll",
    "announce",
    "ask_addition",
    "ask_code",
    "ask_exclusion",
    "ask_run",
    "attempt",
    "cast",
    "close_booth",
    "forget",
    "forget_attempts",
    "forget_codes",
    "forgive",
    "hold",
    "keys",
    "mark",
    "mark_of",
    "open_booth",
    "pass_by_mail",
    "pass_by_officer",
    "pass_by_token",
    "place_of",
    "print_run",
    "prove_code",
    "publish_turnout",
    "receipt_hash",
    "refuse_unless_draft",
    "remind",
    "rules_text",
    "save_vote",
    "settle_addition",
    "settle_exclusion",
    "sign",
    "strike_off",
    "take",
    "void_code",
    "withdraw",
]
