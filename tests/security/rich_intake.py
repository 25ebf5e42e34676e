"""The rich world's share of how contributions come in: a draft being written, a photo that waits, sheets of paper."""

from typing import Any

from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.media import Medium
from app.contributions.rules.terms import Language, NameConsent
from app.evidence.rules import FileUpload
from app.paper import services as paper
from app.paper.rules import sheet_code
from app.processes.models import Process
from tests.factories.files import picture
from tests.world import NOON

DRAFT_KEY, PHOTO_KEY = "rich-draft-of-a-citizen-01", "rich-photo-of-a-citizen-01"


def build_intake(process: Process, person_id: int) -> dict[str, dict[str, Any]]:
    """Arguments that hold only under some addresses. The caller commits."""
    contributions.save_draft({"text": "Lo que alguien escribe todavía."}, process, submission_key=DRAFT_KEY, now=NOON)
    said = ContributionDraft(text="Llaqtaypi unu pisilla kan, tutakama.", consent=NameConsent.ANONYMOUS, language=Language.QUECHUA_CUSCO)
    receipt = contributions.receive(said, process, submission_key=PHOTO_KEY, received_at=NOON, now=NOON)
    photo = contributions.add_file(
        receipt.contribution, Medium.PHOTO, FileUpload("foto.jpg", picture()), is_for_public=True, now=NOON
    )  # fmt: skip
    code = receipt.contribution.code
    run = paper.print_sheets(process, 2, person_id=person_id, now=NOON)
    return {
        "/borradores/": {"token": contributions.draft_token(DRAFT_KEY)},
        "/recibos/<token>/archivos": {"token": receipt.token, "key": photo.key},
        "/mesa/aportes/<code>/archivos": {"code": code, "key": photo.key},
        "/mesa/aportes/<code>/resumen": {"code": code},
        "/mesa/procesos/<slug>/hojas": {"number": 1, "run": run},
        "/hojas/": {"code": sheet_code(process.code, 1)},
    }
