"""Two sectors as equals, each bound to the text it read; then everything agreed is published together."""

import re

from bs4 import Tag

from scripts.real_input.opening import DESK, Staff
from scripts.real_input.steps import Diary, Step
from scripts.real_input.visitor import Reply

SIGN, PUBLISH, QUALITY = f"{DESK}/firmas", f"{DESK}/publicacion", f"{DESK}/calidad"
_WAITING = r"(\d+) respuestas? esperan? su firma"


def sign_all(staff: Staff, account: str) -> int:
    """Everything that waits for this sector, page after page; how many answers were signed, a group counting once."""
    signed, page = 0, staff[account].get(SIGN)
    while boxes := page.soup.find_all("input", attrs={"name": "chosen"}):
        reply = staff[account].send(page, "/firmas", tick="chosen")
        if reply.status != 303:
            raise RuntimeError(" ".join(reply.soup.find("main").get_text(" ").split())[:600])  # type: ignore[union-attr]
        signed, page = signed + len(boxes), staff[account].get(SIGN)
    return signed


def to_publish(staff: Staff) -> int:
    """How many answers the secretariat could publish now."""
    return len(staff["secretaria"].open(PUBLISH).find_all("input", attrs={"name": "chosen"}))


def send_one_back(staff: Staff, step: Step) -> None:
    """Civil society returns a text that government signed; once it is written again that signature counts no more."""
    civil, sec = staff["sociedad-civil"], staff["secretaria"]
    page = civil.get(SIGN)
    while (form := _of_one(page)) is None:
        page = civil.get(str(page.soup.find("a", attrs={"rel": "next"})["href"]))  # type: ignore[index]
    code = str(form["action"]).split("/aportes/")[1].split("/")[0]
    civil.send(page, f"/aportes/{code}/devolver", note="Diga también que el registro no consta completo.")
    before = staff["gobierno"].get(SIGN).number(_WAITING)
    bench = sec.get(f"/mesa/aportes/{code}/responder")
    text = str(bench.soup.find("textarea", attrs={"name": "text"}).get_text())  # type: ignore[union-attr]
    again = sec.send(bench, "/responder", do="submit", text=f"{text.strip()} El registro de la ciudad no consta completo.")
    after = staff["gobierno"].get(SIGN).number(_WAITING)
    step.say(
        f"La sociedad civil devolvió una con su nota y se escribió de nuevo ({'en revisión' if again.status == 303 else 'NO ENVIADA'}): "
        f"la firma del gobierno bajo el texto anterior dejó de valer; esperan otra vez la suya {after - before}."
    )


def _of_one(page: Reply) -> Tag | None:
    """The form that returns an answer to one contribution: not to a group, which is written again for all of it."""
    for article in page.soup.select("article.answer-card"):
        form = article.find("form", action=re.compile("/devolver$"))
        if isinstance(form, Tag) and "Su firma vale para todos" not in article.get_text(" "):
            return form
    return None


def tell_quality(staff: Staff, step: Step) -> None:
    """The twenty-one questions over everything, as the page tells them; those where something does not pass."""
    page = staff["secretaria"].get(QUALITY)
    for row in page.soup.select("table.data-table tbody tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        if not cells[3].startswith("Nada"):
            count = re.sub(r" de Q\d+$", "", cells[3].removeprefix("Ver "))
            step.say(f"{cells[0]} [{cells[1]}]: pasan {cells[2]}; por mirar {count}.")


def publish(staff: Staff, step: Step) -> int:
    """Everything approved, in one batch; how many rows were ticked, a group counting once."""
    page = staff["secretaria"].get(PUBLISH)
    rows = len(page.soup.find_all("input", attrs={"name": "chosen"}))
    began, seen = staff.meter.seconds, len(step.statements)
    reply = staff["secretaria"].send(page, "/publicacion", do="now")
    if reply.status != 303:
        raise RuntimeError(" ".join(reply.soup.find("main").get_text(" ").split())[:600])  # type: ignore[union-attr]
    took, cost = staff.meter.seconds - began, len(step.statements) - seen
    words = " ".join(staff["secretaria"].open(PUBLISH).get_text(" ").split())
    told = re.search(r"(Lote \d+: \d+ respuestas? (?:es|son) públicas?)", words)
    step.say(f"{told.group(1) if told else 'Publicado'}: el acto de publicar, {took:.1f} s y {cost} sentencias SQL.")
    return rows


def agreed(staff: Staff, diary: Diary, name: str, *, is_rehearsal: bool) -> None:
    """Both sectors sign what is in review, and it is published."""
    with diary.step(f"Firma de los dos sectores, {name}") as step:
        step.say(f"Gobierno: {sign_all(staff, 'gobierno')} firmadas.")
        step.say(f"Con la firma de un solo sector se pueden publicar {to_publish(staff)}.")
        if is_rehearsal:
            send_one_back(staff, step)
        step.say(f"Sociedad civil: {sign_all(staff, 'sociedad-civil')} firmadas.")
        if again := sign_all(staff, "gobierno"):
            step.say(f"Gobierno, sobre el texto corregido: {again}.")
        step.say(f"Con las dos firmas se pueden publicar {to_publish(staff)}.")
    with diary.step(f"Publicación, {name}") as step:
        publish(staff, step)
