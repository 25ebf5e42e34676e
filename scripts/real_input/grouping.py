"""What may belong together is suggested, somebody groups it, somebody else reviews it, and each group is answered once."""

import re
from dataclasses import dataclass

from bs4 import Tag

from scripts.real_input.opening import DESK, Staff, office_slug
from scripts.real_input.rehearsal import GROUP_TEXT, OFFICES, OUTCOME, REASON, WHERE
from scripts.real_input.steps import Diary, Step
from scripts.real_input.visitor import Reply

LEAST_PERCENT, MOST_GROUPS = 50, 30
"""Nobody reads here: what a person would decide is decided by how alike the words are."""
_LEGEND = re.compile(r"(\d+) aportes?, parecido desde (\d+) %")


@dataclass(frozen=True)
class Suggested:
    """A suggestion as the page shows it: its form is the one at `place` of `page`."""

    page: Reply
    place: int
    title: str
    codes: tuple[str, ...]
    percent: int

    @classmethod
    def read(cls, page: Reply, place: int, form: Tag) -> "Suggested":
        legend = _LEGEND.search(" ".join(form.get_text(" ").split()))
        title = form.find("input", attrs={"name": "title"})
        codes = tuple(str(box["value"]) for box in form.find_all("input", attrs={"name": "codigo"}))
        return cls(page, place, str(title["value"]) if title else "", codes, int(legend.group(2)) if legend else 0)


def read_suggestions(staff: Staff) -> list[Suggested]:
    """Every suggestion, page after page."""
    found: list[Suggested] = []
    number = total = 1
    while len(found) < total:
        page = staff["secretaria"].get(f"{DESK}/grupos/sugerencias?pagina={number}")
        forms = page.soup.find_all("form", class_="same")
        total, number = page.number(r"(\d+) conjuntos? por leer"), number + 1
        found += [Suggested.read(page, place, form) for place, form in enumerate(forms)]
        if not forms:
            break
    return found


def make_groups(staff: Staff, suggested: list[Suggested], step: Step) -> dict[int, tuple[str, ...]]:
    """Group what is alike enough; the number of each group and its codes."""
    wanted = [item for item in suggested if item.percent >= LEAST_PERCENT and item.title][:MOST_GROUPS]
    made: dict[int, tuple[str, ...]] = {}
    for item in wanted:
        title = item.title if len(item.title) >= 8 else f"Piden lo mismo: {item.title}"
        reply = staff["secretaria"].send(item.page, "/grupos", place=item.place, title=title)
        if reply.status == 303:
            made[len(made) + 1] = item.codes
    step.say(
        f"{len(made)} grupos con {sum(map(len, made.values()))} aportes: los de parecido desde {LEAST_PERCENT} %, {MOST_GROUPS} como "
        f"mucho; {len(wanted) - len(made)} no se admitieron."
    )
    return made


def answer_group(staff: Staff, number: int, codes: tuple[str, ...]) -> Reply:
    """One text for the whole group, sent to review."""
    title = staff["secretaria"].open(f"{DESK}/grupos/{number}").find("input", attrs={"name": "title"})
    text = GROUP_TEXT.replace("{title}", str(title["value"]) if title else "")
    return staff["secretaria"].send(
        f"/mesa/aportes/{codes[0]}/responder", "/responder", do="submit", outcome=OUTCOME, reason_code=REASON, text=text, where_to_go=WHERE,
        organisation=office_slug(OFFICES["barrios"]),
    )  # fmt: skip


def review(staff: Staff, number: int) -> bool:
    """Somebody of the forum confirms that they say the same; whether the page names two people."""
    page = f"{DESK}/grupos/{number}"
    staff["sociedad-civil"].fill(page, "/revision")
    words = " ".join(staff["sociedad-civil"].open(page).get_text(" ").split())
    by, reviewed = re.search(r"Agrupado por ([\w-]+),", words), re.search(r"Revisado por ([\w-]+),", words)
    return bool(by and reviewed and by.group(1) != reviewed.group(1))


def grouped(staff: Staff, diary: Diary) -> dict[int, tuple[str, ...]]:
    """The groups of the rehearsal, by number, answered and in review."""
    with diary.step("Sugerencias de lo que va junto, leídas por la secretaría") as step:
        suggested = read_suggestions(staff)
        step.say(f"{len(suggested)} conjuntos sugeridos entre los que esperan respuesta.")
        made = make_groups(staff, suggested, step)
    if not made:
        return made
    with diary.step("Revisión de los grupos por otra persona, y una respuesta para cada grupo") as step:
        early = answer_group(staff, 1, made[1])
        step.say(f"Antes de la revisión, enviar la respuesta de G-01 {'se detiene' if early.status == 422 else 'NO SE DETIENE'}.")
        alone = staff["secretaria"].open(f"{DESK}/grupos/1").find("form", action=re.compile("/revision$"))
        step.say(f"Quien agrupó {'no puede' if alone is None else 'PUEDE'} revisar su grupo.")
        named = sum(review(staff, number) for number in made)
        step.say(f"{named} de {len(made)} grupos dicen quién los hizo y qué otra persona los revisó.")
        sent = sum(answer_group(staff, number, codes).status == 303 for number, codes in made.items())
        step.say(f"{sent} respuestas de grupo en revisión de los dos sectores, para {sum(map(len, made.values()))} aportes.")
    return made
