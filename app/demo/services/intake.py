"""How contributions also come in: sheets of paper that were printed, and summaries of what was said in quechua."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.contributions import queries, services
from app.paper import queries as paper_read
from app.paper import services as paper
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

SHEETS = 12
SUMMARIES = {
    "Runasimipi rimaqkuna ventanillapi kananpaq": (
        "Viene de Ccorca a vender papa y chuño. En la municipalidad nadie le habló en quechua y su hija dejó la escuela para "
        "acompañarla. Pide que en la ventanilla haya todos los días una persona que hable quechua, y un letrero que lo diga."
    ),
}


def tell(stage: Stage, process: Process) -> None:
    """A dozen sheets, one of them spoilt, and a summary beside each text that has one; nothing the demonstration counts changes."""
    secretariat = stage.person("secretariat")
    paper.print_sheets(process, SHEETS, person_id=secretariat, now=stage.now)
    spoilt = paper_read.sheet(process.slug, SHEETS)
    assert spoilt is not None
    paper.void_sheet(spoilt, "Se mojó en el taller y se repartió otra.", person_id=secretariat, now=stage.now)
    for item in stage.content.contributions:
        if item["title"] not in SUMMARIES:
            continue
        said = queries.public_contribution_by_code(stage.codes[item["key"]])
        if said is not None:
            services.summarise(said, SUMMARIES[item["title"]], seen=0, person_id=stage.person("facilitator"), now=stage.now)
