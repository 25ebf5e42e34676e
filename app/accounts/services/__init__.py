"""Changing accounts: opening them, entering, proving who one is, closing sessions."""

from app.accounts.models import Person
from app.accounts.services.addresses import ask_change
from app.accounts.services.addresses import confirm as confirm_change
from app.accounts.services.factors import (
    add_authenticator,
    new_recovery_codes,
    pass_second_step,
    propose_secret,
    proposed_secret,
    remove_authenticator,
    remove_passkey,
    reset_factors,
)
from app.accounts.services.identities import Claims, is_offered
from app.accounts.services.identities import begin as begin_identity
from app.accounts.services.identities import finish as finish_identity
from app.accounts.services.identities import link as link_identity
from app.accounts.services.identities import unlink as unlink_identity
from app.accounts.services.letters import forget_contents, invitation_address, tell, tell_retired, tell_unused
from app.accounts.services.limiting import forget_attempts
from app.accounts.services.passkeys import add_passkey, are_possible, ask, offer, recognise_passkey
from app.accounts.services.people import (
    accept_notice,
    change_password,
    correct,
    create_person,
    hash_password,
    join,
    recognise,
    set_password,
)
from app.accounts.services.proofs import (
    accept_invitation,
    ask_code,
    ask_reset,
    forget_codes,
    invite,
    mail_invitation,
    prove_code,
    reset_password,
)
from app.accounts.services.sealing import digest, keyed
from app.accounts.services.sessions import close, close_all, open_session, prove_again

__all__ = [
    "Claims", "Person", "accept_invitation", "accept_notice", "add_authenticator", "add_passkey", "are_possible", "ask", "ask_change",
    "ask_code", "ask_reset", "begin_identity", "change_password", "close", "close_all", "confirm_change", "correct", "create_person",
    "digest", "finish_identity", "forget_attempts", "forget_codes", "forget_contents", "hash_password", "invitation_address", "invite",
    "is_offered", "join", "keyed", "link_identity", "mail_invitation", "new_recovery_codes", "offer", "open_session",
    "pass_second_step", "propose_secret", "proposed_secret", "prove_again", "prove_code", "recognise", "recognise_passkey",
    "remove_authenticator", "remove_passkey", "reset_factors", "reset_password", "set_password", "tell", "tell_retired",
    "tell_unused", "unlink_identity",
]  # fmt: skip
