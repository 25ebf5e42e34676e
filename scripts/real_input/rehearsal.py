"""What is answered where the record gives no reason: texts that say of themselves that they are a rehearsal.

Some have faults on purpose, for the checks to stop.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

MARK = "Ensayo: esto no es una respuesta oficial."
TEXT = (
    f"{MARK} La ciudad no publicó ninguna razón sobre «{{{{titulo}}}}», la propuesta {{{{codigo}}}} de su registro. Este texto se escribió "
    "para probar cómo se redactan, firman, publican y reparten mil respuestas a la vez. No decide nada y nadie de la ciudad lo firmó."
)
GROUP_TEXT = (
    f"{MARK} La ciudad no publicó ninguna razón sobre estas propuestas de su registro, que se parecen por sus palabras: {{title}}. Este "
    "texto se escribió para probar cómo se responde una sola vez a varias personas. No decide nada y nadie de la ciudad lo firmó."
)
WHERE = "En la página de su propuesta en el registro de la ciudad: ahí consta hasta dónde llegó."
DECISION, OUTCOME, REASON = "Fuera del alcance", "out_of_scope", "R99"
"""What is decided in the rehearsal: nothing, because deciding on these proposals is beyond it."""
OFFICES = {"obras": "Ensayo: unidad de obras", "servicios": "Ensayo: unidad de servicios", "barrios": "Ensayo: unidad de barrios"}
"""Who answers in the rehearsal: units that do not exist, by the name of their account."""
FAULT_EVERY = 40
FAULTS: Mapping[int, Mapping[str, str]] = {
    7: {"respuesta": f"{TEXT} Consulte con el encargado, DNI 45678912."},
    17: {"motivo_codigo": "R02", "referencia": ""},
    27: {"donde_acudir": ""},
    37: {"decision": "Acogido", "motivo_codigo": ""},
}
"""What is wrong on purpose with some rows of each `FAULT_EVERY`: a DNI, a law that is not named, nowhere to go, a promise without its
commitment."""


def filled(rows: Sequence[Mapping[str, str]], *, with_faults: bool) -> dict[str, dict[str, str]]:
    """What an office types in its sheet, by code: the same text for each row with its own title and code in it."""
    typed = {}
    for place, row in enumerate(rows):
        cells = {
            "decision": DECISION, "motivo_codigo": REASON, "respuesta": TEXT, "donde_acudir": WHERE, "referencia": "",
        }  # fmt: skip
        if with_faults:
            cells |= FAULTS.get(place % FAULT_EVERY, {})
        cells["respuesta"] = cells["respuesta"].replace("{{titulo}}", row["titulo"]).replace("{{codigo}}", row["codigo"])
        typed[row["codigo"]] = cells
    return typed


def is_rehearsed(text: str) -> bool:
    return text.startswith(MARK)


def tally(sentences: Iterable[str]) -> list[tuple[str, int]]:
    """Sentences of a kind counted together, the most frequent first: codes, numbers and quoted words left out."""
    kinds = Counter(" ".join(re.sub(r"«[^»]*»|\b[A-Z]{2,8}-C-\d+\b|\bG-\d+\b|\d+", "…", sentence).split()) for sentence in sentences)
    return sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
