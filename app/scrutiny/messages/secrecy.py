"""What "¿Es secreto mi voto?" says."""

from flask_babel import lazy_gettext as _

from app.scrutiny.rules.secrecy import Answer, Statement

ANSWERS = {Answer.NO: _("No"), Answer.YES: _("Sí"), Answer.IT_DEPENDS: _("Depende")}

SECRECY = {
    Statement.THE_PUBLIC: (
        _("¿Puede saber mi voto otra persona, o quien mira los datos abiertos?"),
        _(
            "No. La papeleta se guarda sin nombre, sin hora, sin orden y sin dirección. Los datos abiertos salen ordenados "
            "por lo que dicen, y "
            "papeleta por papeleta solo si cinco personas o más votaron igual."
        ),
    ),
    Statement.SMALL_GROUPS: (
        _("¿Y si en mi distrito votamos pocas personas, o todas lo mismo?"),
        _(
            "Con menos de diez papeletas, o si todas dicen lo mismo, las cifras dirían cómo votó cada quien. Por eso ese "
            "distrito se junta con "
            "otros, o se dice quién ganó y ninguna cifra. Si todo el mundo votara igual, nadie podría ocultarlo."
        ),
    ),
    Statement.THE_ORGANISER: (
        _("¿Puede verlo quien organiza o modera, desde sus páginas?"),
        _("No. Ninguna página de trabajo muestra una papeleta junto a una persona, y antes del resultado no muestra ninguna."),
    ),
    Statement.THE_ROLL: (
        _("¿El padrón dice por quién voté?"),
        _(
            "No. El padrón dice solo que usted ya votó y por qué canal. Guarda una clave que sale de su DNI, no el DNI, y "
            "nada lo une a la urna. Terminado el plazo de reclamos, dos personas destruyen la llave con que se hizo esa clave: desde "
            "entonces nadie puede saber quién estuvo en el padrón."
        ),
    ),
    Statement.SERVER_DURING: (
        _("¿Puede saberlo quien administra el servidor mientras se vota?"),
        _(
            "Sí podría. Mientras la urna está abierta, la base de datos guarda huellas del orden en que llegan las "
            "papeletas. Por eso las claves "
            "las tienen dos personas y hay observadores. Si eso no basta para su votación, use un sistema como Belenios."
        ),
    ),
    Statement.SERVER_AFTER: (
        _("¿Y después de cerrada la urna?"),
        _(
            "No con lo que queda guardado: al cerrar, padrón, urna y constancias se escriben de nuevo en orden al azar y "
            "lo viejo se borra. Sí "
            "podría si copió la base de datos antes; por eso las copias de esos días se destruyen o se guardan selladas."
        ),
    ),
    Statement.NO_EARLY_RESULTS: (
        _("¿Alguien ve cómo va la votación antes de que termine?"),
        _("No. Hasta que los dos sectores firman el resultado solo se dice cuánta gente ha votado, de diez en diez y por horas completas."),
    ),
    Statement.RECEIPT: (
        _("¿Mi constancia dice por quién voté?"),
        _(
            "No. Prueba que su papeleta está en la urna, y nada más: por eso nadie puede comprarle el voto con ella. El "
            "precio es que usted "
            "tampoco puede comprobar qué quedó escrito."
        ),
    ),
    Statement.STUFFING: (
        _("¿Podría el personal meter papeletas de más?"),
        _(
            "Se notaría: papeletas, constancias y marcas del padrón deben ser iguales, o nada se publica. No se notaría si "
            "además marcaran como "
            "votante a quien no votó. Por eso se publica cuánta gente votó, y cada quien puede ver si consta que votó."
        ),
    ),
    Statement.PAPER: (
        _("¿Y las papeletas de papel?"),
        _(
            "Se leen dos veces, por dos personas que no ven lo que digitó la otra. Si no coinciden, decide una tercera y "
            "dice por qué. La serie se "
            "escribe en el papel al abrir el ánfora, ya mezclado: no dice de quién es."
        ),
    ),
    Statement.BESIDE: (
        _("¿Puede verlo quien está a mi lado, o quien me quita el teléfono?"),
        _("Sí. Ningún sistema a distancia impide mirar, presionar o comprar votos. Si le preocupa, vote en una cabina o en una mesa."),
    ),
    Statement.DEVICE: (
        _("¿Y un virus en mi teléfono?"),
        _("Sí podría verlo, y hasta cambiarlo. Vote desde un aparato en el que confíe, o en una cabina."),
    ),
    Statement.FIT: (
        _("¿Sirve para cualquier elección?"),
        _(
            "Sirve para presupuestos participativos y consultas. No sirve para elegir autoridades: esas elecciones tienen "
            "su ley y sus organismos."
        ),
    ),
}
