"""Every answer reaches its person: by e-mail through a server that fails, with workers that die, and on paper where there is no address."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import pages_of
from scripts.post.office import PostOffice
from scripts.post.postman import SPEED, Postman
from scripts.post.trial import Troubles, Verdict, endure, judged
from scripts.real_input.opening import DESK, Staff
from scripts.real_input.record import is_invented, is_known
from scripts.real_input.steps import Diary, Step

LETTERS = f"{DESK}/cartas"
OURS = "kind = 'feedback.answered'"
PATIENCE_SECONDS = 900


@dataclass(frozen=True)
class Delivered:
    """What became of the letters. `unknown`: to addresses where nobody is; `message_ids`: how many different ones there are."""

    verdict: Verdict
    queued: int
    message_ids: int
    sent: int
    unknown: int
    printed: int = 0


def mail(staff: Staff, folder: Path, troubles: Troubles, step: Step) -> Delivered:
    """Send everything that is queued through all the troubles, and count."""
    office = PostOffice(is_invented, is_known)
    postman = Postman(folder, staff.environ, office.port, OURS)
    queued = postman.queued_ids()
    letters = {address: ids for address, ids in queued.items() if is_known(address)}
    expected, unknown = sum(map(len, letters.values())), sum(map(len, queued.values())) - sum(map(len, letters.values()))
    began = time.perf_counter()
    try:
        endure(office, postman, expected, troubles)
        postman.wait_until("sent", expected, PATIENCE_SECONDS)
        postman.wait_until("dead", unknown, PATIENCE_SECONDS)
    finally:
        postman.kill()
        office.close()
    verdict = judged(letters, office.letters)
    states = postman.states()
    found = Delivered(verdict, expected + unknown, len({i for ids in queued.values() for i in ids}), states.get("sent", 0), unknown)
    step.say(
        f"{found.queued} cartas en la bandeja, {found.message_ids} Message-ID distintos; el reloj del repartidor corre {SPEED} veces más "
        "rápido (cinco minutos de reserva son medio segundo).",
        f"{troubles.outages} caídas del servidor, {troubles.waits} cartas con «espere» (451), "
        f"{troubles.drops_before + troubles.drops_after} conexiones cortadas, {troubles.kills} kill -9 al repartidor, en "
        f"{time.perf_counter() - began:.0f} s.",
        f"Entregadas al servidor {found.sent}; perdidas {verdict.lost}; repetidas {verdict.repeated}, con el mismo Message-ID (como mucho "
        f"{troubles.most_repeated}: las que el servidor guardó sin que su respuesta llegara); de nadie {verdict.strange}.",
        f"{found.unknown} a direcciones que no existen (550): rebotan y pasan a papel.",
    )
    return found


def print_letters(staff: Staff, step: Step) -> int:
    """What has no address, or came back, is printed pile by pile; how many letters."""
    sec, printed, pages, megabytes, piles = staff["secretaria"], 0, 0, 0.0, 0
    page = sec.get(LETTERS)
    waiting = page.number(r"Por imprimir (\d+)")
    seconds = 0.0
    while page.soup.select("form input[name=all]"):
        run = sec.send(page, "/cartas/imprimir")
        sheets = sec.get(run.where)
        printed, piles = printed + len(sheets.soup.select("table.register tbody tr")), piles + 1
        if link := sheets.soup.find("a", href=re.compile(r"\.pdf$")):
            began = staff.meter.seconds
            pdf = sec.get(str(link["href"])).body
            pages, megabytes, seconds = pages + pages_of(pdf), megabytes + len(pdf) / 1_000_000, seconds + staff.meter.seconds - began
        page = sec.get(LETTERS)
    step.say(f"{waiting} por imprimir; {printed} impresas en {piles} lotes, con su lista para firmar.")
    if pages:
        step.say(f"En PDF: {pages} páginas, {megabytes:.1f} MB, {seconds:.1f} s.")
    else:
        step.say("Esta máquina no tiene Pango: las hojas se imprimen desde el navegador.")
    return printed


def delivered(staff: Staff, folder: Path, troubles: Troubles, diary: Diary) -> Delivered:
    """Mail and paper."""
    with diary.step("Cartas por correo, con un servidor SMTP que falla y repartidores que mueren") as step:
        found = mail(staff, folder, troubles, step)
    with diary.step("Cartas en papel para quien no dejó correo") as step:
        printed = print_letters(staff, step)
    return Delivered(found.verdict, found.queued, found.message_ids, found.sent, found.unknown, printed)
