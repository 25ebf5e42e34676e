"""How to answer in a spreadsheet, said on its second sheet."""

from flask_babel import gettext, lazy_gettext

CONTEXT_NAMES = {
    "titulo": lazy_gettext("Título del aporte; no se cambia"),
    "texto_integro": lazy_gettext("Lo que dijo la persona; no se cambia"),
    "tema": lazy_gettext("Tema; no se cambia"),
    "distrito": lazy_gettext("De qué lugar habla; no se cambia"),
    "canal": lazy_gettext("Cómo llegó; no se cambia"),
    "fecha_recepcion": lazy_gettext("Cuándo se recibió; no se cambia"),
    "responder_hasta": lazy_gettext("Hasta qué día debe responder su entidad; no se cambia"),
}
"""What the columns that only inform hold."""


def steps() -> list[str]:
    """In order, one line each."""
    return [
        gettext("Cada fila es un aporte. Las columnas claras informan y están protegidas sin clave; usted llena las oscuras."),
        gettext("Elija la decisión de la lista y escriba por qué en «respuesta», tratando de usted a la persona. Toda decisión la lleva."),
        gettext("Si no se acoge del todo, elija el motivo. «Ya está hecho», «no es competencia» e «impedimento legal» llevan su norma o "
                "documento en «referencia»."),
        gettext("Si se acoge, elija el compromiso del plan y diga en «que_cambia» cómo era antes y cómo será."),
        gettext("Los aportes que están en un grupo no vienen aquí: se responden una sola vez, para todo el grupo, desde la mesa."),
        gettext("Deje en blanco la decisión y la respuesta de lo que todavía no contesta: esa fila no se lee."),
        gettext("No escriba nombres, DNI, teléfonos ni correos de personas: la respuesta es pública."),
        gettext("Guarde y tráigala en «Traer respuestas de una hoja». Todo queda en borrador; si algo está mal, se le dice la fila y la "
                "columna y no se escribe nada."),
    ]  # fmt: skip
