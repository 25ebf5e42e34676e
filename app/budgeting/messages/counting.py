"""Why a count is refused, and what became of each project, in words."""

from flask_babel import lazy_gettext

from app.budgeting.counting.contest import Fate
from app.budgeting.counting.explaining import Why
from app.budgeting.counting.parameters import Completion, Order, Rule, Utility
from app.budgeting.counting.problems import CountingProblem
from app.core.errors import Problem

PROBLEMS = {
    CountingProblem.NOT_PABULIB: lazy_gettext("No es un archivo Pabulib: debe empezar con una línea «META»."),
    CountingProblem.NOT_UTF8: lazy_gettext("El archivo no está en UTF-8. Guárdelo otra vez eligiendo esa codificación."),
    CountingProblem.BAD_ROW: lazy_gettext("No se puede leer la línea %(row)s. Revise sus comillas y sus columnas."),
    CountingProblem.SECTION_MISSING: lazy_gettext("Falta la sección %(section)s."),
    CountingProblem.COLUMN_MISSING: lazy_gettext("Falta la columna «%(column)s» en la sección %(section)s."),
    CountingProblem.META_MISSING: lazy_gettext("Falta «%(key)s» en la sección META."),
    CountingProblem.UNKNOWN_VOTE_TYPE: lazy_gettext(
        "No se conoce la forma de votar «%(type)s». Se cuentan approval, choose-1, cumulative, ordinal y scoring."
    ),
    CountingProblem.NOT_AN_AMOUNT: lazy_gettext("Línea %(row)s: «%(value)s» no es una cantidad. Escriba un número, por ejemplo 1250.50."),
    CountingProblem.NUMBER_TOO_LARGE: lazy_gettext("Línea %(row)s: «%(value)s» es demasiado grande. Revise si sobra algún cero."),
    CountingProblem.PROJECT_TWICE: lazy_gettext("Línea %(row)s: el proyecto «%(project)s» ya está más arriba. Deje una sola línea."),
    CountingProblem.UNKNOWN_PROJECT: lazy_gettext("Línea %(row)s: el voto nombra el proyecto «%(project)s», que no está en la lista."),
    CountingProblem.POINTS_DO_NOT_MATCH: lazy_gettext("Línea %(row)s: debe haber un puntaje por cada proyecto del voto."),
    CountingProblem.VOTED_TWICE: lazy_gettext("Línea %(row)s: el voto da puntos dos veces al mismo proyecto."),
    CountingProblem.THRESHOLD_MISSING: lazy_gettext(
        "La regla %(rule)s necesita un mínimo de votos: indíquelo, o use un archivo que traiga «min_project_score_threshold»."
    ),
    CountingProblem.BAD_INCREMENT: lazy_gettext("El aumento por votante debe ser mayor que cero."),
    CountingProblem.COMPLETION_NEEDS_SHARES: lazy_gettext(
        "El completamiento %(completion)s solo existe en Partes Iguales. Quítelo, o elija la regla equal-shares."
    ),
    CountingProblem.TOO_MANY_STEPS: lazy_gettext("Con ese aumento harían falta más de %(most)s pasos. Elija un aumento mayor."),
    CountingProblem.UNKNOWN_IN_PARAMETERS: lazy_gettext(
        "Los parámetros nombran el proyecto «%(project)s», que no está en la elección. Revise su código."
    ),
    CountingProblem.TERRITORY_WITHOUT_CEILING: lazy_gettext("Falta el techo presupuestal de «%(territory)s»."),
    CountingProblem.UNKNOWN_TERRITORY: lazy_gettext("Hay un techo para «%(territory)s», pero ningún proyecto es de ahí."),
    CountingProblem.MATRIX_WEIGHTS: lazy_gettext("Cada criterio de la matriz debe pesar más que cero, y la matriz debe tener alguno."),
    CountingProblem.MATRIX_SCORE_MISSING: lazy_gettext("Falta el puntaje de «%(project)s» en el criterio «%(criterion)s»."),
    CountingProblem.MATRIX_SCORE_OUTSIDE: lazy_gettext(
        "El puntaje de «%(project)s» en «%(criterion)s» debe estar entre %(lowest)s y %(highest)s."
    ),
}

RULES = {
    Rule.GREEDY: lazy_gettext("Más votados, saltando los que no alcanzan"),
    Rule.GREEDY_NO_SKIP: lazy_gettext("Más votados, hasta el primero que no alcanza"),
    Rule.GREEDY_THRESHOLD: lazy_gettext("Más votados con un mínimo de votos, saltando los que no alcanzan"),
    Rule.GREEDY_NO_SKIP_THRESHOLD: lazy_gettext("Más votados con un mínimo de votos, hasta el primero que no alcanza"),
    Rule.EQUAL_SHARES: lazy_gettext("Partes Iguales"),
    Rule.PHRAGMEN: lazy_gettext("Phragmén"),
}

COMPLETIONS = {
    Completion.NONE: lazy_gettext("Sin completar: lo que nadie pudo gastar queda sin usar"),
    Completion.ADD1: lazy_gettext("Se sube la parte de cada votante, y se para antes de gastar de más"),
    Completion.ADD1_EXHAUSTIVE: lazy_gettext("Se sube la parte de cada votante hasta que no alcanza para nada más"),
    Completion.ADD1U: lazy_gettext("Se sube la parte de cada votante, y lo que queda va a los más votados"),
    Completion.GREEDY: lazy_gettext("Lo que queda va a los más votados"),
    Completion.COMPARISON: lazy_gettext("Se sube la parte de cada votante, y se compara con los más votados"),
}

UTILITIES = {
    Utility.COST: lazy_gettext("Un proyecto vale lo que cuesta"),
    Utility.CARDINALITY: lazy_gettext("Cada proyecto vale lo mismo"),
    Utility.POINTS: lazy_gettext("Un proyecto vale los puntos que recibió"),
}

ORDERS = {
    Order.SCORE: lazy_gettext("Por votos"),
    Order.SCORE_PER_COST: lazy_gettext("Por votos en relación con el costo"),
}

FATES = {
    Fate.WON: lazy_gettext("Ganó"),
    Fate.WON_WITH_THE_REST: lazy_gettext("Ganó con el dinero que quedaba"),
    Fate.EXCLUDED: lazy_gettext("Fuera del conteo"),
    Fate.NO_VOTES: lazy_gettext("Sin votos"),
    Fate.BELOW_THRESHOLD: lazy_gettext("No llegó al mínimo"),
    Fate.TOO_FEW_VOTERS: lazy_gettext("Lo votó muy poca gente"),
    Fate.BELOW_FAIR_SHARE: lazy_gettext("Pocos votos para su costo"),
    Fate.CONFLICT: lazy_gettext("Ganó otro que no puede ir con él"),
    Fate.DOES_NOT_FIT: lazy_gettext("El dinero que quedaba no alcanzó"),
    Fate.AFTER_THE_STOP: lazy_gettext("El conteo paró antes"),
    Fate.SUPPORTERS_SHORT: lazy_gettext("A sus votantes no les alcanzó"),
    Fate.NOT_REACHED: lazy_gettext("No llegó su turno"),
}

WHYS = {
    Why.WON_BY_VOTES: lazy_gettext("Quedó en el puesto %(rank)s con %(score)s, y su costo cabía en los %(before)s que quedaban."),
    Why.WON_WITH_THE_REST: lazy_gettext(
        "A sus votantes no les alcanzaba, pero era el siguiente en votos y su costo cabía en los %(before)s que quedaban."
    ),
    Why.WON_BY_SHARES: lazy_gettext(
        "Sus votantes juntaron su costo. De %(votes)s, pagaron la cuota entera: %(full)s; pusieron todo lo que les quedaba: %(short)s; "
        "ya no tenían nada: %(empty)s."
    ),
    Why.WON_BY_TURN: lazy_gettext("Sus %(votes)s votantes fueron los siguientes en juntar su costo."),
    Why.DOES_NOT_FIT: lazy_gettext("Cuando llegó su turno quedaban %(before)s: le faltaron %(missing)s."),
    Why.AFTER_THE_STOP: lazy_gettext("El conteo paró antes, en «%(stopper)s», que no cabía en el dinero que quedaba."),
    Why.NOT_REACHED: lazy_gettext("El dinero se acabó antes de que sus votantes juntaran su costo."),
    Why.TOO_FEW_FOR_ITS_COST: lazy_gettext(
        "Tuvo pocos votos para su costo: con la parte de cada votante, necesitaba %(needed)s votos y tuvo %(votes)s."
    ),
    Why.MONEY_WENT_ELSEWHERE: lazy_gettext(
        "A sus votantes les quedaban %(money)s de los %(cost)s que cuesta: lo demás ya había ido a otros proyectos que votaron."
    ),
    Why.CONFLICT: lazy_gettext("Ganó «%(rival)s», que no puede ir con él."),
    Why.EXCLUDED: lazy_gettext("Quedó fuera del conteo: %(reason)s."),
    Why.NO_VOTES: lazy_gettext("Nadie votó por él."),
    Why.BELOW_THRESHOLD: lazy_gettext("Tuvo %(score)s, y el mínimo era %(threshold)s."),
    Why.TOO_FEW_VOTERS: lazy_gettext("Lo votaron %(votes)s personas, y el mínimo era %(least)s."),
    Why.BELOW_FAIR_SHARE: lazy_gettext("Para su costo debía tener %(needed)s votos o más, y tuvo %(votes)s."),
}

ALL_PAID = lazy_gettext("Sus %(votes)s votantes juntaron su costo: todos pagaron la misma cuota.")
"""Of a project won by shares when nobody who voted for it was short of money."""


def told(problem: Problem) -> str:
    """The sentence of a problem."""
    return str(PROBLEMS[CountingProblem(problem.code)]) % problem.values


def why(code: Why, values: dict[str, object]) -> str:
    """The sentence that says why a project won, or what it lacked."""
    pays_in_full = code is Why.WON_BY_SHARES and values.get("full") == values["votes"]
    return str(ALL_PAID if pays_in_full else WHYS[code]) % values
