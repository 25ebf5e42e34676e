"""Each way of counting in an example small enough to follow by hand, and what it means for who proposes (pb.md A5)."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

EXAMPLES = {
    "greedy": _(
        "Hay 100 soles. A cuesta 60 y tiene 5 votos, B cuesta 50 y tiene 4, C cuesta 40 y tiene 3. Gana A y quedan 40. B no "
        "cabe y se salta. C cabe y gana."
    ),
    "greedy-no-skip": _(
        "Hay 100 soles. A cuesta 60 y tiene 5 votos, B cuesta 50 y tiene 4, C cuesta 40 y tiene 3. Gana A y quedan 40. B no "
        "cabe y el conteo se detiene: C no gana aunque cabía."
    ),
    "greedy-threshold": _(
        "Hay 100 soles y el mínimo es 4 votos. A cuesta 60 y tiene 5, B cuesta 50 y tiene 4, C cuesta 40 y tiene 3. Gana A. B "
        "no cabe y se salta. C cabe y no gana: no llega al mínimo."
    ),
    "greedy-no-skip-threshold": _(
        "Hay 100 soles y el mínimo es 4 votos. A cuesta 60 y tiene 5, B cuesta 50 y tiene 4, C cuesta 40 y tiene 3. Gana A. B "
        "no cabe y el conteo se detiene. C tampoco llega al mínimo."
    ),
    "equal-shares": _(
        "Hay 90 soles y 10 votantes: cada quien decide sobre 9. A y B cuestan 40 y los votan las mismas 8 personas; C cuesta 18 "
        "y lo votan las otras 2. C gana: sus 2 votantes juntan 18. De A y B gana uno, por sorteo: sus 8 votantes ponen 5 cada "
        "quien, y con los 4 que les quedan ya no juntan para el otro. Si ganaran los más votados, ganarían A y B, y 2 personas "
        "quedarían sin nada."
    ),
    "phragmen": _(
        "Hay 100 soles. A cuesta 60 y tiene 6 votos, B cuesta 50 y tiene 4, C cuesta 5 y tiene 1. Imagine que todos reciben "
        "dinero al mismo ritmo y que un proyecto se compra cuando sus votantes juntan su costo: C cuando cada quien tiene 5, A "
        "cuando tiene 10. B necesitaría 12.50, y para entonces ya no cabe."
    ),
}
PER_COST = _(
    "Hay 100 soles. A cuesta 90 y tiene 5 votos, B cuesta 20 y tiene 2, C cuesta 30 y tiene 2. Por cada sol, B tiene más "
    "votos que C, y C más que A. Ganan B y C, y quedan 50: A no cabe."
)
ADVICE = _(
    "Para quien propone: un proyecto que cuesta la décima parte del monto necesita más o menos el voto de una de cada diez "
    "personas. Juntar varias obras en un proyecto no ayuda. Para quien vota: conviene marcar todo lo que apoya, no solo su "
    "favorito."
)


def example(sheet: Mapping[str, Any]) -> list[str]:
    """What to read of the rule of a sheet before voting."""
    rule = str(sheet.get("rule", ""))
    if rule == "greedy" and sheet.get("order") == "score-per-cost":
        return [str(PER_COST)]
    told = [str(EXAMPLES[rule])] if rule in EXAMPLES and sheet.get("order", "score") == "score" else []
    return [*told, str(ADVICE)] if rule == "equal-shares" else told
