"""What joins organisations with places and files: the territories somebody names, and what proves what an organisation says."""

from datetime import datetime

from app.directory.queries import SUBJECT
from app.evidence import services as evidence
from app.evidence.rules import AttachmentKind, FileUpload
from app.organisations.models import Organisation
from app.territories import queries as territories


def places_named(lines: str) -> tuple[list[str], list[str]]:
    """(UBIGEO of each place written one to a line, the names nobody knows). "Ccorca, Cusco" tells two of one name apart."""
    found, unknown = [], []
    for line in dict.fromkeys(" ".join(part.split()) for part in lines.splitlines()):
        if not line:
            continue
        name, _comma, around = line.partition(",")
        matches = [t for t in territories.named(name) if _is_around(t.full_name, around)]
        if not matches:
            unknown.append(line)
        else:  # of one name the widest: "Cusco" is the region until somebody says more
            found.append(min(matches, key=lambda t: (len(t.ubigeo), t.ubigeo)).ubigeo)
    return found, unknown


def _is_around(full_name: str, around: str) -> bool:
    wanted = [part.strip().casefold() for part in around.split(",") if part.strip()]
    parts = [part.strip().casefold() for part in full_name.split(",")][1:]
    return wanted == parts[: len(wanted)] if wanted else True


def prove(organisation: Organisation, upload: FileUpload, *, person_id: int, now: datetime) -> None:
    """Keep a file for who verifies it, and for nobody else. The caller commits. Raises RuleBroken."""
    evidence.attach(
        upload, subject_kind=SUBJECT, subject_id=organisation.id, kind=AttachmentKind.DOCUMENT, title="", is_public=False,
        person_id=person_id, now=now,
    )  # fmt: skip
