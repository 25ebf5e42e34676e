"""What a scrutiny says: why something is refused, what each step is called, and each result in words."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _

from app.budgeting import messages as budgeting
from app.budgeting.counting.explaining import Why
from app.budgeting.counting.parameters import Completion, Order, Rule, Utility
from app.core.errors import Problem
from app.core.fields import sentence
from app.scrutiny.messages.secrecy import ANSWERS as ANSWERS
from app.scrutiny.messages.secrecy import SECRECY as SECRECY
from app.scrutiny.rules.acts import Key, ScrutinyProblem
from app.scrutiny.rules.tables import Entry, TableProblem
from app.voting.rules import Channel

PROBLEMS: dict[Any, Any] = {
    ScrutinyProblem.STILL_OPEN: _("La votación todavía no termina. La urna se cierra después de su última hora."),
    ScrutinyProblem.NOT_CLOSED: _("Primero hay que cerrar la urna, entre dos personas."),
    ScrutinyProblem.ALREADY_CLOSED: _("La urna ya está cerrada. No hace falta hacer nada más aquí."),
    ScrutinyProblem.SAME_PERSON: _("Usted ya dio su firma en este acto. Falta la de otra persona: pídale que entre con su cuenta."),
    ScrutinyProblem.ALREADY_SIGNED: _("Ese sector ya firmó este resultado. Falta la firma del otro sector."),
    ScrutinyProblem.TABLES_WAITING: _("Faltan los totales de las mesas %(tables)s. Termínelas y vuelva a cerrar."),
    ScrutinyProblem.NOT_SCRUBBED: _(
        "Falta terminar de borrar el orden en que se votó. Use el botón «Terminar de borrar el orden» y después cuente."
    ),
    ScrutinyProblem.SEED_SHAPE: _(
        "Eso no tiene la forma que se anunció para la semilla. Cópiela completa de su fuente, sin espacios de más."
    ),
    ScrutinyProblem.SEED_DIFFERENT: _(
        "Lo que escribió no es igual a lo que leyó la primera persona. Revise la fuente; si la primera se equivocó, borren su lectura y "
        "empiecen otra vez."
    ),
    ScrutinyProblem.SEED_SET: _("La semilla ya está escrita y no se cambia."),
    ScrutinyProblem.SEED_MISSING: _("Falta la semilla del sorteo: dos personas la leen de la fuente que se anunció."),
    ScrutinyProblem.ALREADY_COUNTED: _("Ya hay una firma sobre el conteo: no se cuenta otra vez."),
    ScrutinyProblem.NOT_COUNTED: _("Todavía no hay un conteo que firmar. Cuente primero."),
    ScrutinyProblem.RULES_CHANGED: _(
        "Las reglas guardadas no son las que se anunciaron: su huella es otra. No se cuenta; avise a quien vigila."
    ),
    ScrutinyProblem.CEILING_MISSING: _(
        "El territorio %(territory)s tiene proyectos en la papeleta y no tiene techo. Sin techo no se puede contar."
    ),
    ScrutinyProblem.RECOUNT_WAITING: _("El segundo programa todavía está contando. Vuelva en unos minutos."),
    ScrutinyProblem.RECOUNT_DIFFERENT: _(
        "Los dos programas que cuentan no dieron los mismos ganadores. Nada se publica hasta saber por qué: avise a "
        "quien mantiene el sistema."
    ),
    ScrutinyProblem.BOOKS_MARKS: _(
        "Las cuentas no cuadran: en el padrón votaron %(marks)s personas por aquí y en la urna hay %(ballots)s papeletas (diferencia: "
        "%(difference)s). Nada se publica hasta aclararlo."
    ),
    ScrutinyProblem.BOOKS_RECEIPTS: _(
        "Las cuentas no cuadran: hay %(receipts)s constancias y %(ballots)s papeletas (diferencia: %(difference)s). Nada se publica hasta "
        "aclararlo."
    ),
    ScrutinyProblem.BOOKS_TOKENS: _(
        "Las cuentas de los códigos impresos no cuadran: se imprimieron %(issued)s y entre usados, anulados y sin usar hay %(parts)s "
        "(diferencia: %(difference)s)."
    ),
    ScrutinyProblem.BOOKS_HANDED: _(
        "Se usaron %(used)s códigos impresos y en el padrón solo consta que se entregaron %(handed)s (diferencia: %(difference)s)."
    ),
    ScrutinyProblem.BOOKS_TABLE: _(
        "El padrón tiene %(marks)s personas marcadas en papel y las actas de las mesas suman %(signatures)s firmas (diferencia: "
        "%(difference)s)."
    ),
    ScrutinyProblem.RESULT_CHANGED: _("El otro sector firmó un conteo distinto de este. Los dos deben firmar el mismo."),
    ScrutinyProblem.PUBLISHED: _("El resultado ya está publicado."),
    ScrutinyProblem.SEALED_DIFFERENT: _(
        "El paquete no tiene la huella que se publicó con el conteo, hecho con «%(version)s». Use esa versión del programa; si es esta "
        "misma, avise a quien vigila."
    ),
    ScrutinyProblem.NOT_PUBLISHED: _("La llave se destruye cuando el resultado está publicado y termina el plazo de reclamos."),
    ScrutinyProblem.APPEALS_OPEN: _("Hasta el %(last)s se puede reclamar, y para responder se usa la llave. Vuelva después de ese día."),
    ScrutinyProblem.KEY_DESTROYED: _("La llave de este padrón ya se destruyó. No hace falta hacer nada más."),
    ScrutinyProblem.NOT_CONFIRMED: _("Marque la casilla: lo que se destruye no se recupera."),
    TableProblem.NUMBER_TAKEN: _("Ya hay una mesa con ese número. Elija otro."),
    TableProblem.NUMBER_MISSING: _("Escriba el número de la mesa, desde 1."),
    TableProblem.PLACE_MISSING: _("Escriba dónde está la mesa, por ejemplo: Colegio Garcilaso, aula 3."),
    TableProblem.NO_PAPER_CHANNEL: _("Esta votación no se anunció con papel, así que no puede tener mesas."),
    TableProblem.VOTE_CLOSED: _("La urna ya se cerró: las mesas no se cambian."),
    TableProblem.SETTLED: _("Los totales de esta mesa ya están decididos."),
    TableProblem.TOO_EARLY: _("La votación no ha terminado. Las papeletas se digitan después de la última hora."),
    TableProblem.SAME_CLERK: _("Usted ya digitó esta mesa. La segunda lectura, y la que decide si difieren, las hacen otras personas."),
    TableProblem.KEYED_TWICE: _("Dos personas ya digitaron esta mesa. Si difieren, decide una tercera."),
    TableProblem.NOTHING_TO_SETTLE: _("Todavía no hay dos lecturas que comparar."),
    TableProblem.REASON_SHORT: _("Diga por qué decide así, en %(shortest)s letras o más: qué vio en las papeletas."),
    TableProblem.SIGNATURES: _(
        "Mesa %(table)s: hay %(signatures)s firmas y %(ballots)s papeletas en el ánfora (diferencia: %(difference)s). Deben ser iguales."
    ),
    TableProblem.PARTS: _(
        "Mesa %(table)s: en el ánfora hay %(ballots)s papeletas, y válidas, en blanco y viciadas suman %(parts)s "
        "(diferencia: %(difference)s)."
    ),
    TableProblem.TOO_MANY: _("Son más de %(most)s en una mesa. Revise si sobra alguna cifra."),
    TableProblem.BALLOT_COUNT: _("Digitó %(keyed)s papeletas y dice que las válidas son %(valid)s. Deben ser iguales."),
    TableProblem.BALLOT_SERIAL: _("La serie %(serial)s está dos veces."),
    TableProblem.BALLOT_INVALID: _(
        "La papeleta de serie %(serial)s no cumple las reglas de la votación. Si así está en el papel, es viciada."
    ),
    TableProblem.TOTAL_ABOVE: _("Proyecto %(number)s: son más votos de los que permiten %(valid)s papeletas válidas."),
    TableProblem.TOTAL_SHORT: _("Los votos de todos los proyectos suman %(marked)s, menos que las %(valid)s papeletas válidas."),
    TableProblem.UNKNOWN_PROJECT: _("El proyecto %(number)s no está en la papeleta."),
    TableProblem.NO_ACTA: _("Falta el acta escaneada de la mesa. Adjúntela primero: su huella queda en el registro público."),
    TableProblem.MARKS_LATE: _(
        "La votación en línea ya terminó y estas personas podían votar en línea: la lista debía cargarse antes. No se marca a nadie."
    ),
    TableProblem.MARKS_UNKNOWN: _("Línea %(line)s: ese documento no está en el padrón de esta votación, o está repetido en la lista."),
    TableProblem.MARKS_VOTED: _("Línea %(line)s: esa persona ya consta como votante por otro canal. Revise el papel; no se marcó a nadie."),
    TableProblem.MARKS_TWICE: _("La lista de esta mesa ya se cargó."),
    TableProblem.MARKS_MALFORMED: _("Línea %(line)s: escriba un DNI de ocho cifras."),
    TableProblem.MARKS_NONE: _("Escriba los DNI de quienes firmaron, uno por línea."),
    TableProblem.MARKS_UNEQUAL: _(
        "Mesa %(table)s: en el padrón se marcaron %(marks)s personas y el acta tiene %(signatures)s firmas (diferencia: %(difference)s)."
    ),
}

ENTRIES = {
    Entry.TOTALS: _("Se digitan los totales"),
    Entry.BALLOTS: _("Se digita cada papeleta"),
}
KEYS = {
    Key.FIRST: _("Primera persona"),
    Key.SECOND: _("Segunda persona"),
    Key.GOVERNMENT: _("Gobierno"),
    Key.NON_GOVERNMENT: _("Sociedad civil"),
}
CHANNELS = {
    Channel.WEB: _("En línea"),
    Channel.TOKEN: _("Con código impreso"),
    Channel.BOOTH: _("En cabina"),
    Channel.PAPER: _("En papel"),
}
WITHOUT_FIGURES = {
    True: _("Resultó elegido. No se publican cifras porque votó muy poca gente, o toda por lo mismo, y dirían cómo votó cada persona."),
    False: _("No resultó elegido. No se publican cifras porque votó muy poca gente, o toda por lo mismo, y dirían cómo votó cada persona."),
}
RULES_SHORT = {
    "none": "",
    "add1": _("completando de a poco"),
    "add1-exhaustive": _("completando hasta que no alcanza"),
    "add1u": _("completando, y el resto a los más votados"),
    "greedy": _("y el resto a los más votados"),
    "comparison": _("completando, y comparando con los más votados"),
}
POINTS = ("score", "threshold")


def problem(found: Problem) -> str:
    """The sentence of a problem, of this package or of the count."""
    known = PROBLEMS if found.code in PROBLEMS else budgeting.COUNTING
    return sentence(known, found)


def soles(amount: Fraction | int | str) -> str:
    """An amount as Peru writes it, on one line: S/ 1,234.50."""
    return f"S/\u00a0{round(Fraction(amount) * 100) / 100:,.2f}"


def rule(sheet: Mapping[str, Any]) -> str:
    """The rule of a sheet with how it is completed and ordered, in words."""
    said = [str(budgeting.RULES[Rule(sheet["rule"])]), str(RULES_SHORT[sheet["completion"]])]
    if sheet.get("order") == Order.SCORE_PER_COST and (Rule(sheet["rule"]).is_greedy or Completion(sheet["completion"]).uses_greedy):
        said.append(gettext("por votos en relación con el costo"))
    if sheet.get("utility") == Utility.CARDINALITY and sheet["rule"] == Rule.EQUAL_SHARES:
        said.append(gettext("cada proyecto vale lo mismo"))
    return ", ".join(part for part in said if part)


def why(explained: Mapping[str, Any], kind: str, titles: Mapping[str, str]) -> str:
    """Why a project won, or what it lacked, with its amounts and the names of the others."""
    values = dict(explained["values"])
    for name in explained["amounts"]:
        if name not in POINTS:
            values[name] = soles(values[name])
    for name in POINTS:
        if name in values:
            values[name] = counted(values[name], kind)
    for name in ("rival", "stopper"):
        if name in values:
            values[name] = titles.get(values[name], values[name])
    return budgeting.why(Why(explained["why"]), values)


def counted(number: object, kind: str) -> str:
    """Votes, or points where ballots weigh or order."""
    is_one = str(number) == "1"
    if kind in ("approval", "knapsack"):
        return gettext("1 voto") if is_one else gettext("%(n)s votos", n=number)
    return gettext("1 punto") if is_one else gettext("%(n)s puntos", n=number)


def reasons(result: Mapping[str, Any]) -> dict[int, str]:
    """For each project by number, why it won or what it lacked: what its written answer says; in Spanish, as the acts."""
    with force_locale("es"):
        found, more = {}, gettext("En los resultados de la votación se ve en qué se usó el dinero y se puede repetir el conteo.")
        for part in result["parts"]:
            titles = {row["project_id"]: row["name"] for row in part["report"]["projects"]}
            for row in part["report"]["projects"]:
                told = part["explanations"].get(row["project_id"])
                said = why(told, result["kind"], titles) if told else str(WITHOUT_FIGURES[row["selected"]])
                found[int(row["project_id"])] = said if row["selected"] else f"{said} {more}"
        return found


def source(title: str) -> str:
    """How a vote is named in the answer to a project."""
    with force_locale("es"):
        return gettext("Votación «%(title)s»", title=title)
