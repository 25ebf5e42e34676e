"""What the worker does for those who follow the register."""

from datetime import datetime

from app.portal import services


def mail_register(now: datetime) -> str:
    """Letters with the newest checkpoint; and which checkpoints somebody outside has by now."""
    services.settle_mailed_checkpoints()
    services.forget_unconfirmed(now)
    queued = services.mail_newest_checkpoint(now)
    return f"Registro: {queued} cartas con el último punto de control." if queued else ""


JOBS = [mail_register]
