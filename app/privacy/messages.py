"""Sentences about one's own data."""

from flask_babel import lazy_gettext as _

from app.privacy.rules import Kept, PrivacyProblem

PROBLEMS = {
    PrivacyProblem.HOLDS_A_ROLE: _(
        "Tiene un rol vigente. Pida que termine antes de borrar su cuenta: quien responde por una institución debe poder ser hallado."
    ),
    PrivacyProblem.NOT_CONFIRMED: _("Marque la casilla para confirmar que quiere borrar su cuenta."),
}  # fmt: skip
SECTIONS = {
    "aportes": _("Lo que aportó"),
    "cuenta": _("Su cuenta"),
    "consentimientos": _("Lo que aceptó"),
    "sesiones": _("Sesiones"),
    "segundo-paso": _("Aplicación con códigos"),
    "codigos-de-la-hoja": _("Códigos de su hoja"),
    "llaves": _("Llaves"),
    "identidades": _("Identidades enlazadas"),
    "enlaces": _("Enlaces enviados"),
    "codigos-por-correo": _("Códigos enviados"),
    "cartas": _("Cartas que se le enviaron"),
    "avisos": _("Avisos que sigue"),
    "autorias": _("Cómo quiso ser nombrado en cada aporte"),
    "inscripciones": _("Inscripciones a actividades"),
    "postulaciones": _("Postulaciones al foro"),
    "asientos-titular": _("Asientos en el foro, titular"),
    "asientos-alterno": _("Asientos en el foro, alterno"),
    "comentarios": _("Comentarios que escribió"),
    "seguimientos": _("Lo que sigue por correo"),
    "agentes": _("Sus acreditaciones como agente participante"),
    "organizaciones": _("Organizaciones por las que actúa"),
    "borradores": _("Lo que todavía está escribiendo"),
    "invitaciones": _("Invitaciones a actuar por una organización"),
    "contacto-de-organizacion": _("Organizaciones que dan su correo como contacto"),
    "roles": _("Roles"),
    "replicas": _("Réplicas a respuestas"),
    "actos": _("Actos hechos con su cuenta"),
}
KEPT = {
    Kept.ATTEMPTS: (_("Intentos de ingreso"), _("desde que se hicieron; sin correo ni dirección legibles")),
    Kept.CODES: (_("Códigos enviados por correo"), _("desde que vencen")),
    Kept.LETTERS_OF_ACCOUNTS: (_("Texto de las cartas con códigos y enlaces de cuenta"), _("desde que se escriben")),
    Kept.LETTERS: (_("Dirección y texto de las demás cartas"), _("desde que se escriben; queda solo que se envió")),
    Kept.LETTERS_WAITING: (_("Cartas que no se pudieron enviar"), _("desde que se escriben; después ya no se envían")),
    Kept.SESSIONS: (_("Sesiones"), _("desde que terminan")),
    Kept.LINKS: (_("Enlaces para elegir clave o cambiar de correo"), _("desde que vencen")),
    Kept.DRAFTS: (_("Borradores de aportes"), _("desde el último cambio, o al enviarlos")),
    Kept.ARRIVALS: (_("Huella de la dirección de red de quien envía por el formulario"), _("desde que llega")),
    Kept.INVITATIONS: (_("Invitaciones a actuar por una organización"), _("desde que se responden o vencen")),
    Kept.SUSPENDED: (_("Huella del correo de una cuenta suspendida"), _("al terminar la suspensión; el correo no se puede leer en ella")),
    Kept.VOTE_ATTEMPTS: (_("Intentos fallidos de entrar a votar"), _("desde que se hicieron; sin documento ni dirección legibles")),
    Kept.VOTE_CODES: (
        _("Códigos para votar, y direcciones a las que se envían"),
        _("los códigos, al vencer; las direcciones, al cerrar la urna"),
    ),
    Kept.LINK_REQUESTS: (_("Pedidos de un enlace privado"), _("desde que se hacen; sin correo legible")),
    Kept.IMPORTS: (_("Archivos subidos para importar"), _("desde que se suben")),
    Kept.NEEDS: (_("Lo que alguien escribe que necesita para asistir"), _("desde que termina la actividad")),
    Kept.ATTENDEES: (_("Correo y teléfono de quien se inscribió a una actividad"), _("desde que termina la actividad")),
    Kept.FOLLOWING: (_("Pedidos de seguir algo que nadie confirmó"), _("desde que se hacen")),
    Kept.UNUSED: (_("Cuenta que nadie usa, sin un rol vigente: se avisa por correo"), _("desde el último ingreso")),
    Kept.UNUSED_TOLD: (
        _("Cuenta que nadie usa y ya fue avisada: se retira como si pidiera borrarla"),
        _("desde el aviso, si nadie ingresa"),
    ),
    Kept.ERASED: (_("Cuenta y datos de quien pide borrarlos"), _("en el momento en que lo pide")),
    Kept.RECORD: (_("Aportes publicados, respuestas, actas y firmas"), _("son el expediente público; sin el nombre de quien se retira")),
}
README = _(
    "Todo lo que Minka guarda sobre usted, el %(day)s.\n\n"
    "datos.json contiene todo. Los demás archivos son tablas que abre cualquier hoja de cálculo.\n"
    "No se incluyen claves ni códigos: no dicen nada de usted, y en un archivo copiado abrirían su cuenta.\n"
    "Puede corregir o borrar sus datos en %(address)s (Ley 29733).\n"
)
