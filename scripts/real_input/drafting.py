"""Who answers what by when; then each office drafts what it was given and sends it to review.

One sends its batch at once, one keeps it as drafts first, one answers in its spreadsheet.
"""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import load_workbook

from scripts.real_input.opening import DESK, Staff, office_slug
from scripts.real_input.rehearsal import OFFICES, OUTCOME, REASON, TEXT, WHERE, filled, tally
from scripts.real_input.steps import Diary, Step
from scripts.real_input.visitor import Reply

PILE, IMPORT = f"{DESK}/responder", f"{DESK}/respuestas/importar"
BY_HAND = "obras"
"""The office that answers in a spreadsheet."""


def pile_of(account: str) -> str:
    return f"{PILE}?asignados={office_slug(OFFICES[account])}"


def assign(staff: Staff, step: Step) -> None:
    """Each theme goes to one of the offices, with the last day to answer: first what would change, then it is done."""
    sec = staff["secretaria"]
    themes = [str(option["value"]) for option in sec.open(PILE).select("select[name=tema] option") if option["value"]]
    given = dict.fromkeys(OFFICES, 0)
    for place, theme in enumerate(themes):
        account = list(OFFICES)[place % len(OFFICES)]
        chosen = sec.send(f"{PILE}?tema={theme}", "/responder/elegir", all="si", do="assign")
        if chosen.status != 303:
            continue  # nothing of this theme waits
        asked = sec.send(chosen.where, chosen.where, organisation=office_slug(OFFICES[account]), do="preview")
        done = sec.send(asked, chosen.where, do="assign")
        given[account] += asked.number(r"(\d+) aportes? pasan? a") if done.status == 303 else 0
    step.say(*(f"{OFFICES[account]}: {count} aportes, con su fecha para responder." for account, count in given.items()))


def keep_template(staff: Staff) -> str:
    """The text to start from, kept for the process; its name in addresses."""
    page = f"{DESK}/plantillas/nueva"
    staff["secretaria"].fill(page, "/nueva", name="Ensayo", outcome=OUTCOME, reason_code=REASON, text=TEXT)
    return "ensayo"


def draft_in_bulk(staff: Staff, account: str, template: str, *, act: str, step: Step) -> None:
    """Everything the office was given, marked together: the texts are read before anything is saved."""
    office = staff[account]
    chosen = office.send(pile_of(account), "/responder/elegir", all="si", do="answer")
    form = office.send(chosen.where, chosen.where, do="template", template=template)
    wrong = office.send(form, chosen.where, do="preview", reason_code="R02", reference="", where_to_go=WHERE)
    shown = office.get(wrong.where)
    step.say(f"Ensayo en seco con el motivo R02 y sin norma citada: {_standing(shown)}.")
    right = office.send(chosen.where, chosen.where, do="preview", reason_code=REASON)
    shown = office.get(right.where)
    step.say(f"Ensayo en seco con el motivo {REASON}: {_standing(shown)}.")
    step.say(*_advice(shown))
    done = office.send(shown, "/textos", do=act)
    step.say(f"{'Guardadas y enviadas a revisión' if act == 'submit' else 'Guardadas en borrador'}: {_flashed(office.get(done.where))}")


def _standing(shown: Reply) -> str:
    texts, stopped = shown.number(r"(\d+) textos? por guardar"), shown.number(r"(\d+) tienen? algo que impide publicar")
    left = shown.number(r"(\d+) se dejan? como están?")
    return f"{texts} textos, {stopped} que algo detiene, {left} que se dejan como están"


def _advice(shown: Reply) -> list[str]:
    """What the checks advise on the first page of texts."""
    found = tally(item.get_text(" ") for item in shown.soup.select(".check-list__check--warn"))
    texts = len(shown.soup.select("section.bulk-text"))
    return [f"  de los {texts} textos de la primera página, aviso en {count}: {words}" for words, count in found]


def _flashed(page: Reply) -> str:
    return (
        " ".join(" ".join(note.get_text(" ").split()) for note in page.soup.select(".flash, .flash-messages, [role=status]")[:1])
        or "hecho."
    )


def fill_sheet(content: bytes, *, with_faults: bool) -> tuple[bytes, int]:
    """The office's workbook as a person leaves it, and how many rows it has."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["respuestas"]
    names = [cell.value for cell in sheet[1]]
    lines = [row for row in sheet.iter_rows(min_row=2) if row[0].value]
    typed = filled([{name: str(cell.value or "") for name, cell in zip(names, row, strict=True)} for row in lines], with_faults=with_faults)
    for row in lines:
        for column, value in typed[str(row[0].value)].items():
            row[names.index(column)].value = value or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), len(lines)


def draft_in_a_sheet(staff: Staff, step: Step, *, with_faults: bool, state: str) -> None:
    """Take the pile to Excel, answer there, bring it back: first only to be checked."""
    office = staff[BY_HAND]
    taken = office.get(f"{PILE}.xlsx?asignados={office_slug(OFFICES[BY_HAND])}{state}")
    content, rows = fill_sheet(taken.body, with_faults=with_faults)
    file: Mapping[str, Any] = {"file": (io.BytesIO(content), "respuestas.xlsx")}
    checked = office.send(IMPORT, "/importar", do="check", **file)
    if checked.status != 200:
        problems = tally(item.get_text(" ") for item in checked.soup.select("main li"))
        raise RuntimeError(f"the sheet is refused: {problems[:5]}")
    brought = office.send(IMPORT, "/importar", do="import", file=(io.BytesIO(content), "respuestas.xlsx"))
    step.say(f"{rows} filas en Excel ({len(taken.body) / 1024:.0f} kB): {_flashed(office.get(brought.where))}")


def send_to_review(staff: Staff, account: str, step: Step) -> int:
    """Every draft of the office goes to review; what the checks stop stays and is counted by why. How many stayed."""
    office, stayed = staff[account], {}
    page = f"{pile_of(account)}&estado=borrador&marcar=todas"
    reply = office.send(page, "/responder/enviar", tick="chosen")
    for item in reply.soup.select(".notice--stop li") if reply.status == 422 else ():
        link = item.find("a")
        stayed[link.get_text() if link else ""] = " ".join(item.get_text(" ").split()).partition(" : ")[2] or item.get_text(" ")
    step.say(f"Enviadas a revisión por {OFFICES[account]}; las comprobaciones detienen {len(stayed)}.")
    step.say(*(f"  {count} detenidas: {words}" for words, count in tally(stayed.values())))
    return len(stayed)


def drafted(staff: Staff, diary: Diary) -> int:
    """Everything assigned is answered and in review; how many answers the checks stopped on the way."""
    with diary.step("Asignación a las entidades que responden") as step:
        assign(staff, step)
    template = keep_template(staff)
    with diary.step("Redacción en bloque con plantilla, enviada a revisión") as step:
        draft_in_bulk(staff, "servicios", template, act="submit", step=step)
    with diary.step("Redacción en bloque con plantilla, primero en borrador") as step:
        draft_in_bulk(staff, "barrios", template, act="save", step=step)
        stopped = send_to_review(staff, "barrios", step)
    with diary.step("Redacción en la hoja de cálculo de una entidad, con fallas a propósito") as step:
        draft_in_a_sheet(staff, step, with_faults=True, state="")
        stopped += send_to_review(staff, BY_HAND, step)
    with diary.step("La hoja otra vez, corregida") as step:
        draft_in_a_sheet(staff, step, with_faults=False, state="&estado=borrador")
        send_to_review(staff, BY_HAND, step)
    return stopped
