"""The state of the register in words."""

from datetime import timedelta

from flask_babel import lazy_gettext, ngettext

from app.audit.rules import AnchorKind, Concern, Light

LIGHTS = {
    Light.GREEN: lazy_gettext("El registro está completo y comprobado"),
    Light.AMBER: lazy_gettext("Sin alteraciones conocidas; falta algo de su respaldo"),
    Light.RED: lazy_gettext("El registro fue alterado"),
}
CONCERNS = {
    Concern.ALTERED: lazy_gettext("La última comprobación encontró un acto que no coincide con su huella o con un punto de control."),
    Concern.UNSIGNED: lazy_gettext("Hay puntos de control sin firma: la llave no se puede leer. Los actos siguen y se firmarán después."),
    Concern.NEVER_ANCHORED: lazy_gettext("Todavía nadie de fuera guarda un punto de control. Pídalos por correo y sea el primero."),
    Concern.ANCHOR_OLD: lazy_gettext("La última constancia de fuera tiene más de 25 horas y después hubo actos."),
    Concern.NOT_CHECKED: lazy_gettext("Falta recalcular el registro completo: en las últimas 25 horas nadie lo hizo."),
}
ANCHORS = {
    AnchorKind.TIME_STAMP: lazy_gettext("Sello de tiempo de una autoridad externa"),
    AnchorKind.MAIL: lazy_gettext("Carta a quienes siguen el registro"),
}


def age(passed: timedelta) -> str:
    """How long ago, in the largest whole unit."""
    minutes = max(passed, timedelta()) // timedelta(minutes=1)
    if minutes < 60:
        return ngettext("hace %(num)d minuto", "hace %(num)d minutos", minutes)
    if minutes < 48 * 60:
        return ngettext("hace %(num)d hora", "hace %(num)d horas", minutes // 60)
    return ngettext("hace %(num)d día", "hace %(num)d días", minutes // 1440)
