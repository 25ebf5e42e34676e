"""What activities do by the clock: those who wait move up when there is a place, and those who registered are reminded."""

from datetime import datetime

from flask_babel import force_locale

from app.activities import services


def fill_places(now: datetime) -> str:
    """Give the places that are free to those who wait (`flask worker` runs this each round)."""
    moved = services.fill_places(now)
    return f"Personas que pasaron de la lista de espera a un lugar: {moved}." if moved else ""


def remind(now: datetime) -> str:
    """Queue the reminders that are due, three days and one day before, once each."""
    with force_locale("es"):
        queued = services.remind(now)
    return f"Recordatorios de actividades por enviar: {queued}." if queued else ""


JOBS = [fill_places, remind]
