"""What is forgotten by the clock."""

from datetime import datetime

from app.privacy import services


def forget_erased_people(now: datetime) -> str:
    """Blank the last letters to people who were erased; on a site put back from a backup, erase again who was erased since."""
    services.blank_last_letters()
    services.remember_all()
    again = services.forget_again(now)
    return f"Cuentas borradas otra vez después de restaurar: {again}." if again else ""


def forget_what_is_old(now: datetime) -> str:
    """Delete what is kept for no longer than the public page of periods says."""
    services.forget_old(now)
    return ""


def retire_unused_accounts(now: datetime) -> str:
    """Tell who has not entered for two years; retire who was told and did not enter in the half year after it."""
    services.tell_unused(now)
    retired = services.retire_unused(now)
    return f"Cuentas sin uso retiradas: {retired}." if retired else ""


JOBS = [forget_erased_people, forget_what_is_old, retire_unused_accounts]
