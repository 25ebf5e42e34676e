"""Workshops in the state a test needs."""

from datetime import datetime, timedelta

from app.activities import queries, services
from app.activities.models import Activity
from app.activities.rules import Dimension
from app.core.clock import lima_instant
from app.core.db import db
from app.evidence.rules import FileUpload
from app.forum.rules.seats import Side
from app.processes import queries as processes
from app.processes.models import Opportunity
from tests.cast import FELIX, GLORIA, INES, SARA
from tests.factories import files
from tests.world import NOON, World

WORKSHOP = "taller-ccorca"
HELD_FROM = lima_instant(datetime(2027, 3, 10).date(), datetime(2027, 3, 10, 10, 15).time())
HELD_TO = HELD_FROM + timedelta(hours=3)
MINUTES = (
    "Asistieron **31 personas**. Se habló del agua y del camino.\n\n- Se acordó una visita al reservorio.\n- El acta se leyó en quechua."
)
COUNTS = {
    Dimension.SECTOR: {"grassroots": 20, "indigenous": 9, "media": 2},
    Dimension.SEX: {"women": 18, "men": 12, "non-binary": 1},
    Dimension.AGE: {"18-29": 10, "30-59": 16, "60-plus": 5},
    Dimension.LANGUAGE: {"es": 3, "qu": 28},
}


def opportunity(world: World, slug: str = WORKSHOP) -> Opportunity:
    found = processes.opportunity(world.slug, slug)
    assert found is not None
    return found


def opened(world: World) -> Activity:
    return services.open_record(opportunity(world), facilitator_id=world.id_of(INES), person_id=world.id_of(INES), now=NOON)


def approved(world: World, activity: Activity) -> None:
    """Both sides of the forum approve the latest text."""
    minutes = queries.current_minutes(activity.id)
    assert minutes is not None
    for side, person in ((Side.GOVERNMENT, GLORIA), (Side.NON_GOVERNMENT, FELIX)):
        services.approve_minutes(activity, side, minutes.sha256, person_id=world.id_of(person), now=NOON)


def documented(world: World, *, with_photo: bool = True) -> Activity:
    """Held, counted, with minutes and a photo: ready to publish."""
    activity, ines = opened(world), world.id_of(INES)
    services.record_held(activity, started_at=HELD_FROM, ended_at=HELD_TO, person_id=ines, now=NOON)
    services.set_attendance(activity, COUNTS, person_id=ines, now=NOON)
    services.save_minutes(activity, MINUTES, person_id=ines, now=NOON)
    approved(world, activity)
    if with_photo:
        upload = FileUpload("foto.jpg", files.picture(place=True))
        services.attach(activity, upload, kind=None, title="Mesa del agua", is_for_public=True, person_id=ines, now=NOON)
    return activity


def published(world: World) -> Activity:
    activity = documented(world)
    services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
    db.session.flush()
    return activity


def committed(world: World, make: str) -> None:
    """Make it and commit, leaving no session open: for tests with a browser."""
    {"opened": opened, "documented": documented, "published": published}[make](world)
    db.session.commit()
    db.session.remove()
