"""`make real-input`: the real record of another city's participatory budget, through the commands and pages a user has.

The proposals that have an official reason get it; the rest is answered as a rehearsal, in texts that say so. Then everything is signed,
published, mailed through a server that fails, printed and reported. Nothing of the record is kept in this repository.
"""

import logging
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.factory import create_app
from benchmarks.measure import statements
from config import ROOT, Config
from scripts.post.trial import Troubles
from scripts.real_input import record
from scripts.real_input.agreeing import agreed, tell_quality
from scripts.real_input.closing import closed
from scripts.real_input.delivering import delivered
from scripts.real_input.drafting import PILE, drafted
from scripts.real_input.grouping import grouped
from scripts.real_input.opening import Staff, command, opened
from scripts.real_input.steps import Diary
from scripts.real_input.visitor import Meter

RECORD = ROOT.parent / "shared" / "data" / "valladolid_pp2027_propuestas_con_respuesta.csv"


@dataclass(frozen=True)
class Scale:
    """One row of each `every` of the record, and what its letters go through."""

    every: int = 1
    troubles: Troubles = Troubles(outages=4, kills=12, waits=5, drops_before=4, drops_after=4)


def run(folder: Path, scale: Scale = Scale(), *, tell: bool = True) -> dict[str, Any]:
    """Everything, in a scratch instance in `folder`; what was imported, drafted, stopped, published, mailed and printed."""
    environ = {
        **os.environ,
        "SECRET_KEY": "real-input-scratch-instance-0123456789",
        "DATA_DIR": str(folder),
        "SITE_URL": "http://localhost",
    }
    environ.pop("MAIL_URL", None)
    copy = folder / "registro.csv"
    copy.write_text(record.with_addresses(RECORD.read_text(encoding="utf-8"), scale.every), encoding="utf-8")
    command(environ, "db", "upgrade")
    app, meter = create_app(Config(environ, STAFF_SECOND_FACTOR=False)), Meter()  # its people are made for this run and go with it
    with statements(app) as seen:
        staff, diary = Staff(app, environ, meter), Diary(meter, seen, tell)
        rows, addresses = record.counted(copy.read_text(encoding="utf-8"))
        diary.print(f"{rows} propuestas del registro; {addresses} con un correo inventado, porque el registro no trae ninguno.")
        contributions, real = opened(staff, copy, diary)
        staff["secretaria"].fill(f"{PILE}?estado=borrador&marcar=todas", "/responder/enviar", tick="chosen")
        agreed(staff, diary, "respuestas reales", is_rehearsal=False)
        groups = grouped(staff, diary)
        stopped = drafted(staff, diary)
        with diary.step("Las 21 preguntas de calidad sobre todo lo redactado") as step:
            tell_quality(staff, step)
        agreed(staff, diary, "ensayo", is_rehearsal=True)
        letters = delivered(staff, folder, scale.troubles, diary)
        found = {"contributions": contributions, "drafted": real, "groups": len(groups), "stopped": stopped, **closed(staff, diary)}
    diary.print(
        f"\n{found['published']} de {found['rows']} con respuesta publicada ({found['real']} reales, {found['rehearsed']} de ensayo); "
        f"{found['waiting']} esperan; cartas perdidas: {letters.verdict.lost}. {diary.seconds:.0f} s."
    )
    return {**found, "letters": asdict(letters)}


def main() -> None:
    if not RECORD.exists():
        print(f"No está {RECORD}: make real-input se omite. Es un registro público de terceros que no se guarda en este repositorio.")
        return
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="minka-real-input-") as scratch:
        run(Path(os.environ.get("REAL_INPUT_DIR") or scratch))


if __name__ == "__main__":
    main()
