"""How the lines of a signed act go on: what was done, what is late and why, with pictures drawn here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from app.agreements import queries, services
from app.agreements.models import AgreementAct
from app.agreements.rules.execution import LineState, ProgressDraft
from app.budgeting.models import BudgetRound
from app.core.clock import lima_day
from app.demo import importing
from app.evidence.rules import FileUpload
from app.feedback.rules.outcomes import Reason

if TYPE_CHECKING:
    from app.demo.services.load import Stage

TEAM = "tomas"
FIRST_CUI = 2_600_101


def tell(stage: Stage, round_: BudgetRound) -> None:
    """What was reported of each line, by day; nothing without a signed act. The caller commits."""
    act = queries.standing_act(round_.id)
    if act is not None:
        for item in importing.read(f"{stage.space.slug}/agreements.toml")["progress"]:
            report(stage, act, item, stage.person(TEAM))


def report(stage: Stage, act: AgreementAct, item: dict[str, Any], person_id: int) -> None:
    """One update of a line: `certified`, `accrued` and `paid` in hundredths of what was agreed."""
    line = next((row for row in queries.lines_of(act.id) if row.number == item["line"]), None)
    if line is None:
        return
    now = stage.calendar.at(item["day"], "16:00")
    agreed = line.amount_cents
    draft = ProgressDraft(
        LineState(item["state"]), lima_day(now), str(FIRST_CUI + line.number), agreed, agreed, agreed * item["certified"] // 100,
        agreed * item["accrued"] // 100, agreed * item["paid"] // 100, item["text"], Reason(item["reason"]) if "reason" in item else None,
        item.get("why", ""),
    )  # fmt: skip
    photos = [FileUpload(item["photo"], picture(tuple(item["colours"])))] if "photo" in item else []
    row = queries.row_of(line, lima_day(now))
    seen = row.last.number if row.last else 0
    services.report(line, draft, photos, seen=seen, person_id=person_id, now=now)


def picture(colours: tuple[str, ...]) -> bytes:
    """A drawing that stands for a photograph: sky, walls and a roof."""
    sky, wall, roof = (*colours, "#857e73", "#9c1743")[:3]
    image = Image.new("RGB", (640, 480), sky)
    pen = ImageDraw.Draw(image)
    pen.rectangle((120, 220, 520, 420), fill=wall)
    pen.polygon([(90, 220), (320, 110), (550, 220)], fill=roof)
    for left in (170, 290, 410):
        pen.rectangle((left, 270, left + 60, 340), fill=sky)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
