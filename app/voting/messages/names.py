"""What the things of a vote are called on screen."""

from flask_babel import lazy_gettext as _

from app.voting.rules import BallotKind, Channel, Extent
from app.voting.rules.course import Stage
from app.voting.rules.terms import Seat

KINDS = {
    BallotKind.APPROVAL: _("Marcar los proyectos que apoya"),
    BallotKind.KNAPSACK: _("Armar el presupuesto: marcar proyectos hasta completar un monto"),
    BallotKind.CUMULATIVE: _("Repartir puntos entre los proyectos"),
    BallotKind.ORDINAL: _("Ordenar los proyectos por preferencia"),
    BallotKind.SCORE: _("Calificar cada proyecto"),
}
CHANNELS = {
    Channel.WEB: _("Por internet, con DNI y un código enviado por correo"),
    Channel.TOKEN: _("Con un código impreso que se entrega en persona"),
    Channel.BOOTH: _("En una cabina, con ayuda de una persona encargada"),
    Channel.PAPER: _("En papel, en las mesas"),
}
EXTENTS = {
    Extent.CITY: _("Todas las personas votan por todos los proyectos"),
    Extent.TERRITORY: _("Cada persona vota por los proyectos de su territorio"),
    Extent.BOTH: _("Cada persona vota por los de su territorio y por los de todo el territorio"),
}
EXTENTS_PAST = {
    Extent.CITY: _("Todas las personas votaron por todos los proyectos"),
    Extent.TERRITORY: _("Cada persona votó por los proyectos de su territorio"),
    Extent.BOTH: _("Cada persona votó por los de su territorio y por los de todo el territorio"),
}
STAGES = {
    Stage.DRAFT: _("Borrador"),
    Stage.ANNOUNCED: _("Anunciada, aún no abre"),
    Stage.OPEN: _("Abierta"),
    Stage.WAITING: _("Terminó, falta cerrar la urna"),
    Stage.CLOSED: _("Urna cerrada, falta el conteo"),
    Stage.COUNTED: _("Contada, faltan publicar los resultados"),
    Stage.PUBLISHED: _("Resultados publicados"),
}
SEATS = {Seat.MUNICIPAL: _("Municipalidad"), Seat.NON_GOVERNMENT: _("Foro, parte no gubernamental")}
RULES = {
    "greedy": _("Ganan los más votados; el que ya no cabe se salta"),
    "greedy-no-skip": _("Ganan los más votados; se detiene en el primero que no cabe"),
    "greedy-threshold": _("Ganan los más votados con un mínimo de apoyo; el que no cabe se salta"),
    "greedy-no-skip-threshold": _("Ganan los más votados con un mínimo de apoyo; se detiene en el primero que no cabe"),
    "equal-shares": _("Partes iguales: cada votante decide una misma parte del dinero"),
    "phragmen": _("Phragmén: el apoyo a cada proyecto se reparte entre quienes lo votaron"),
}
COMPLETIONS = {
    "none": _("El dinero que sobra queda sin asignar"),
    "add1": _("Se sube la parte de cada votante de 1 en 1 por ciento, y se para antes de pasarse del monto"),
    "add1-exhaustive": _("Se sube la parte de cada votante de 1 en 1 por ciento, hasta que nada más cabe"),
    "add1u": _("Se sube la parte de cada votante de 1 en 1 por ciento, y el resto va a los más votados"),
    "greedy": _("Lo que sobra va a los más votados"),
    "comparison": _("Se compara con los más votados y se queda lo que más votantes prefieren"),
}
ORDERS = {
    "score": _("Por el número de votos o de puntos"),
    "score-per-cost": _("Por votos o puntos por cada sol que cuesta: los baratos van antes"),
}
UTILITIES = {
    "": _("Lo que cuesta; si la papeleta da puntos o lugares, esos"),
    "cardinality": _("Lo mismo que cualquier otro: se busca que más proyectos lleguen a más gente"),
}
