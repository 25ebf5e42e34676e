"""The sentence each rule of the groups says, with what to do."""

from flask_babel import lazy_gettext

from app.groups.rules.groups import GroupProblem

PROBLEMS = {
    GroupProblem.TITLE_SHORT: lazy_gettext("Póngale un título que diga lo que piden, con %(shortest)s letras o más."),
    GroupProblem.TOO_FEW: lazy_gettext("Un grupo tiene %(fewest)s aportes o más. Marque otro, o deshaga el grupo."),
    GroupProblem.TOO_MANY: lazy_gettext("Un grupo llega hasta %(most)s aportes. Haga otro grupo con los demás."),
    GroupProblem.UNKNOWN_CODE: lazy_gettext("No hay un aporte con código «%(code)s» en este proceso. Revise el código."),
    GroupProblem.IN_ANOTHER_GROUP: lazy_gettext("%(code)s está en el grupo %(group)s. Sáquelo de ahí antes de ponerlo en otro."),
    GroupProblem.ALREADY_MEMBER: lazy_gettext("%(code)s ya está en este grupo."),
    GroupProblem.NOT_A_MEMBER: lazy_gettext("%(code)s ya no está en este grupo. Actualice la página."),
    GroupProblem.ALREADY_ANSWERED: lazy_gettext("%(code)s ya tiene una respuesta publicada, que no se toca. Quítelo de la selección."),
    GroupProblem.GROUP_ANSWERED: lazy_gettext(
        "La respuesta de este grupo ya es pública: sus aportes no cambian. Si algo está mal, corrija la respuesta."
    ),
    GroupProblem.GROUP_CHANGED: lazy_gettext("Otra persona cambió los grupos mientras usted los miraba. Mírelos otra vez antes de seguir."),
    GroupProblem.DISSOLVED: lazy_gettext("Este grupo se deshizo. Haga uno nuevo."),
    GroupProblem.REASON_SHORT: lazy_gettext("Diga por qué, con %(shortest)s letras o más."),
    GroupProblem.REVIEWER_GROUPED: lazy_gettext("Usted agrupó estos aportes: debe revisarlos otra persona."),
    GroupProblem.ALREADY_REVIEWED: lazy_gettext("Este grupo ya fue revisado."),
    GroupProblem.NOT_REVIEWED: lazy_gettext(
        "Antes de enviar la respuesta, otra persona debe revisar que los aportes del grupo %(group)s dicen lo mismo."
    ),
    GroupProblem.PERSONAL_DATA: lazy_gettext("Será público y tiene un dato personal (%(found)s). Quítelo."),
}
