"""Sentences about contributions: what went wrong and what to do, and the names of things."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.activities.messages import PROBLEMS as ACTIVITY_PROBLEMS
from app.contributions.rules.assisting import AssistanceProblem
from app.contributions.rules.authors import AuthorProblem
from app.contributions.rules.drafts import ContributionProblem
from app.contributions.rules.faults import FileProblem, ImportFault
from app.contributions.rules.media import MediaProblem
from app.contributions.rules.own_acts import OwnProblem, WithdrawalReason
from app.contributions.rules.privacy import PersonalDatum
from app.contributions.rules.saving import DraftProblem
from app.contributions.rules.summaries import SummaryProblem
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind, Visibility
from app.evidence.messages import PROBLEMS as EVIDENCE_PROBLEMS
from app.organisations.messages import SECTORS as SECTORS

PROBLEMS = {
    AssistanceProblem.NOBODY_NAMED: _("Escriba cómo se llama la persona a la que atiende."),
    AssistanceProblem.PURPOSE_SHORT: _("Diga en una frase para qué la atiende."),
    AssistanceProblem.NOT_PRESENT: _("Solo se escribe por quien está presente o al teléfono y escuchó cómo se usan sus datos."),
    AssistanceProblem.CHANNEL_UNKNOWN: _("Elija cómo atiende a la persona."),
    AssistanceProblem.OVER: _("La atención ya terminó. Lo escrito sigue en esta página: empiece otra y cópielo."),
    AuthorProblem.CLAIMED_ALREADY: _("Ese aporte ya está en una cuenta."),
    AuthorProblem.RECEIPT_UNKNOWN: _("Ese no es el enlace de un recibo. Cópielo entero desde su recibo o su carta."),
    **ACTIVITY_PROBLEMS,
    **EVIDENCE_PROBLEMS,
    ContributionProblem.TEXT_MISSING: _("Escriba el aporte: es lo único que no puede faltar."),
    ContributionProblem.TEXT_SHORT: _("Escriba al menos %(shortest)s letras, para que se entienda qué propone."),
    ContributionProblem.TOO_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    ContributionProblem.KIND_MISSING: _("Elija si habla por usted o por una organización."),
    ContributionProblem.CONSENT_MISSING: _("Elija cómo quiere que aparezca su nombre."),
    ContributionProblem.NAME_MISSING: _("Escriba el nombre, o elija que el aporte aparezca como anónimo."),
    ContributionProblem.OWN_PSEUDONYM_MISSING: _("Escriba el seudónimo con que quiere aparecer."),
    ContributionProblem.ORGANISATION_MISSING: _("Escriba el nombre de la organización por la que habla."),
    ContributionProblem.ORGANISATION_NOT_YOURS: _("Elija una organización verificada por la que usted actúa, o hable en su propio nombre."),
    ContributionProblem.EMAIL_MALFORMED: _("Revise el correo: debe verse como nombre@ejemplo.pe. También puede dejarlo vacío."),
    ContributionProblem.PHONE_MALFORMED: _("Revise el teléfono: use solo números y espacios. También puede dejarlo vacío."),
    ContributionProblem.THEME_UNKNOWN: _("El tema «%(theme)s» no es de este proceso. Elija uno de la lista."),
    ContributionProblem.INPUTS_CLOSED: _("Ya no se reciben aportes en línea en este proceso."),
    ContributionProblem.PLACE_UNKNOWN: _("No encontramos «%(name)s». Revise cómo se escribe, o agregue la provincia: «Santiago, Cusco»."),
    ContributionProblem.PLACE_AMBIGUOUS: _("Hay más de un lugar que puede ser «%(name)s». Elija cuál es."),
    ContributionProblem.POINT_UNKNOWN: _("No es un punto del Perú. Escríbalo como -13.5170, -71.9785, o déjelo vacío."),
    ContributionProblem.KEY_MALFORMED: _("La página venció. Lo que escribió sigue aquí: envíelo otra vez."),
    ContributionProblem.KEY_REUSED: _(
        "Este formulario ya se envió y su aporte es el %(code)s. Para decir algo más, abra un formulario nuevo."
    ),
    ContributionProblem.REFERENCE_TAKEN: _("Ya se recibió un aporte con la referencia «%(reference)s»."),
    ContributionProblem.NOT_CORRECTABLE: _(
        "Este aporte ya no se corrige desde la hoja: el registro del taller está publicado, o el aporte fue ocultado o respondido."
    ),
    ContributionProblem.IMPORT_RACED: _("Otra persona importó lo mismo en este momento. Revise la lista de aportes antes de repetir."),
    SummaryProblem.NOT_NEEDED: _("El aporte ya está en castellano: no necesita resumen."),
    SummaryProblem.NOT_PUBLIC: _("El aporte todavía no es público. Se resume cuando lo sea."),
    SummaryProblem.SHORT: _("Escriba el resumen: al menos %(shortest)s letras."),
    SummaryProblem.LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    SummaryProblem.SOMEBODY_FIRST: _("Otra persona escribió un resumen mientras usted lo hacía. Léalo y decida si hace falta otro."),
    MediaProblem.LATE: _("El aporte ya pasó por moderación: no recibe ni suelta archivos. Si hace falta, escriba al equipo del proceso."),
    MediaProblem.NOTHING: _("Elija un archivo, o grabe un audio, y vuelva a enviar."),
    MediaProblem.NOT_A_PHOTO: _("No es una foto que se reciba. Use JPG, PNG o WEBP."),
    MediaProblem.NOT_AN_AUDIO: _("No es un audio que se reciba. Use MP3, M4A, OGG, OPUS, WAV o WEBM."),
    MediaProblem.TOO_LONG: _(
        "El audio dura %(seconds)s segundos y se reciben hasta %(minutes)s minutos. Grabe uno más corto, o escriba lo demás."
    ),
    MediaProblem.TOO_HEAVY: _("El archivo pesa más de %(largest)s MB. Redúzcalo, o grabe uno más corto."),
    MediaProblem.TOO_MANY_PHOTOS: _("Ya hay %(most)s fotos, el máximo. Quite una antes de añadir otra."),
    MediaProblem.TOO_MANY_AUDIOS: _("Ya hay un audio. Quítelo antes de añadir otro."),
    MediaProblem.NO_AUDIO: _("Este aporte no tiene un audio que escribir."),
    MediaProblem.TEXT_SHORT: _("Escriba lo que se oye: al menos %(shortest)s letras."),
    MediaProblem.TEXT_LONG: _("Es muy largo: use %(longest)s caracteres o menos."),
    MediaProblem.NOT_TYPED: _("Todavía nadie ha escrito lo que dice el audio."),
    MediaProblem.CONFIRMED: _("El texto del audio ya quedó confirmado, o el aporte ya pasó por moderación."),
    MediaProblem.OBJECTION_SHORT: _("Diga qué está mal escrito, en 5 letras o más."),
    OwnProblem.ANSWERED: _("Su aporte ya tiene respuesta publicada y es parte de la historia del proceso. Puede replicar a la respuesta."),
    OwnProblem.GONE: _("Este aporte ya fue retirado: no hay nada más que hacer con él."),
    OwnProblem.HIDDEN: _("Moderación ocultó este aporte. Escriba al equipo del proceso y mencione su código."),
    OwnProblem.NOT_HELD: _("Este aporte ya pasó por moderación, así que su texto no cambia. Puede retirarlo y presentar otro."),
    OwnProblem.NOT_YOURS: _("Este texto lo escribió el equipo al escucharlo o leerlo. Pídale que lo corrija y mencione el código."),
    OwnProblem.TOO_OFTEN: _("Este texto ya se cambió %(most)s veces. Déjelo así, o retírelo y presente otro."),
    OwnProblem.UNCHANGED: _("El texto quedó igual. Cambie algo, o vuelva a su recibo."),
    OwnProblem.REASON_MISSING: _("Elija por qué lo retira."),
    OwnProblem.NOTE_TOO_LONG: _("La nota es muy larga: use %(longest)s caracteres o menos."),
    OwnProblem.TARGET_MISSING: _("Escriba el código del otro aporte, como %(example)s."),
    OwnProblem.TARGET_UNKNOWN: _("No hay un aporte público %(code)s en este proceso. Revise el código."),
    OwnProblem.TARGET_SAME: _("Es el mismo aporte. Escriba el código del otro."),
    OwnProblem.TARGET_RETIRED: _("El aporte %(code)s también fue retirado en favor de otro. Elija uno que siga en pie."),
    DraftProblem.SENT: _("Este aporte ya se envió: no hay borrador que guardar. Para decir algo más, abra un formulario nuevo."),
    DraftProblem.EMPTY: _("Escriba algo del aporte y podrá guardarlo para después."),
    DraftProblem.CLOSED: _("Ya no se reciben aportes en línea en este proceso, así que no se guardan borradores nuevos."),
    DraftProblem.TOO_MANY: _("Ahora no se pueden guardar más borradores. Envíe el aporte, o copie lo que escribió y vuelva más tarde."),
    DraftProblem.MAILED_OFTEN: _(
        "Ya se enviaron varios enlaces a ese correo. El borrador está guardado: anote la dirección de esta página."
    ),
}

IN_FILES = {
    **PROBLEMS,
    ContributionProblem.TEXT_MISSING: _("El texto del aporte está vacío. Escríbalo o quite la fila."),
    ContributionProblem.TEXT_SHORT: _("El texto tiene menos de %(shortest)s letras. Complételo o quite la fila."),
    ContributionProblem.TOO_LONG: _("El dato pasa de %(longest)s caracteres. Acórtelo."),
    ContributionProblem.NAME_MISSING: _("Falta el nombre. Escríbalo en proponente, o ponga «anonimo» en visibilidad."),
    ContributionProblem.ORGANISATION_MISSING: _(
        "Habla una organización y falta su nombre. Escríbalo, o ponga «persona» en tipo_proponente."
    ),
    ContributionProblem.THEME_UNKNOWN: _(
        "El tema «%(theme)s» no es de este proceso. Use uno de estos: %(known)s. También se pueden crear los que falten."
    ),
    ImportFault.FILE_EMPTY: _(
        "El archivo no tiene aportes. Revise que sea el correcto y que la primera fila tenga los nombres de las columnas."
    ),
    ImportFault.FILE_TOO_LARGE: _("El archivo pesa más de %(largest)s MB. Divídalo en partes."),
    ImportFault.FILE_KIND_UNKNOWN: _(
        "No es un archivo CSV ni XLSX. Ábralo en su hoja de cálculo y guárdelo como «Libro de Excel (.xlsx)» o «CSV UTF-8»."
    ),
    ImportFault.TOO_MANY_ROWS: _("El archivo pasa del máximo de %(most)s. Divídalo en partes."),
    ImportFault.UTF16: _("El archivo está en UTF-16 («Texto Unicode»). Guárdelo como «CSV UTF-8» o como XLSX."),
    ImportFault.ENCODING_UNKNOWN: _(
        "Hay %(count)s celdas que no son UTF-8. ¿El archivo está en CP1252 (Windows)? Así se leería: "
        "%(rows)s. Si se lee bien, dígalo; si no, guárdelo como «CSV UTF-8»."
    ),
    ImportFault.BYTE_UNREADABLE: _(
        "Hay un carácter que no es UTF-8 (byte %(byte)s). Escríbalo de nuevo y guarde el archivo como «CSV UTF-8»."
    ),
    ImportFault.BOM_INSIDE: _(
        "Hay una marca de inicio de archivo en medio: parece que se pegaron dos archivos. Borre la celda y escríbala de nuevo."
    ),
    ImportFault.NUL: _("La celda tiene un carácter nulo, que no se ve. Bórrela y escríbala de nuevo."),
    ImportFault.LINE_ENDS_MIXED: _(
        "Desde esta fila las líneas terminan de otra manera: el archivo puede estar armado con dos. Ábralo "
        "en su hoja de cálculo, revise y guárdelo otra vez."
    ),
    ImportFault.QUOTE_OPEN: _("Se abre una comilla que no se cierra, y lo que sigue queda dentro de ella. Cierre la comilla en esta fila."),
    ImportFault.DELIMITER_UNKNOWN: _("No se sabe qué separa las columnas. Use punto y coma o coma."),
    ImportFault.HEADER_REPEATED: _("Hay dos columnas con este nombre. Cambie el nombre de una."),
    ImportFault.COLUMN_MISSING: _("Falta la columna «%(name)s», que es obligatoria. Agréguela, o diga qué columna del archivo la tiene."),
    ImportFault.COLUMN_UNKNOWN: _("La columna «%(name)s» no es de la plantilla. Cámbiele el nombre, quítela, o elija las columnas."),
    ImportFault.COLUMN_NOT_IN_FILE: _("El mapa nombra la columna «%(name)s» y el archivo no la tiene. Revise el mapa o el archivo."),
    ImportFault.CELLS_MISSING: _("La fila tiene %(cells)s celdas y deberían ser %(expected)s. Revise si falta un separador."),
    ImportFault.CELLS_EXTRA: _(
        "La fila tiene más de %(expected)s celdas: sobra «%(extra)s». Revise si el texto lleva el separador y póngalo entre comillas."
    ),
    ImportFault.CELL_TOO_LONG: _("La celda tiene %(length)s caracteres y el máximo es %(longest)s. Acórtela."),
    ImportFault.FORMULA: _("La celda es una fórmula (%(formula)s). Aquí no se calculan: pegue el valor."),
    ImportFault.CELL_ERROR: _("La celda muestra el error %(value)s. Escriba el valor correcto."),
    ImportFault.MERGED_CELLS: _("Las celdas %(cells)s están combinadas. Sepárelas y escriba el dato en cada fila."),
    ImportFault.WORKBOOK_DAMAGED: _("El libro no se puede leer. Ábralo en su hoja de cálculo y guárdelo otra vez como XLSX."),
    ImportFault.WORKBOOK_SUSPECT: _(
        "El libro no es seguro de abrir: se expande demasiado o tiene partes extrañas. Copie los datos a un libro nuevo."
    ),
    ImportFault.SHEET_UNKNOWN: _("El libro no tiene la hoja «%(name)s». Tiene: %(known)s."),
    ImportFault.DATE_UNREADABLE: _("No se entiende la fecha «%(value)s». Escríbala como 15/03/2027 o 2027-03-15."),
    ImportFault.DATE_FUTURE: _("La fecha «%(value)s» todavía no llega. Revísela."),
    ImportFault.THEME_TOO_LONG: _("El nombre del tema tiene %(length)s caracteres y puede tener %(longest)s. Acórtelo."),
    ImportFault.VALUE_MISSING: _("Falta el dato. Escriba uno de estos: %(known)s."),
    ImportFault.VALUE_UNKNOWN: _("«%(value)s» no es un valor conocido. Use uno de estos: %(known)s."),
    ImportFault.REFERENCE_REPEATED: _("La referencia «%(reference)s» ya está en la fila %(first)s. Cada aporte lleva la suya."),
    ImportFault.UBIGEO_UNKNOWN: _(
        "El ubigeo «%(ubigeo)s» no existe. Revise el código del INEI (6 cifras para un distrito), o use los nombres."
    ),
    ImportFault.PLACE_UNKNOWN: _("No se encuentra «%(name)s». Revise los nombres, o use el ubigeo."),
    ImportFault.PLACE_AMBIGUOUS: _(
        "«%(name)s» puede ser más de un lugar: %(choices)s. Complete la provincia y la región, o use el ubigeo."
    ),
    ImportFault.PLACE_CONTRADICTS: _("El ubigeo %(ubigeo)s es %(place)s y los nombres dicen otro lugar. Corrija uno de los dos."),
    ImportFault.MAP_UNREADABLE: _("El mapa no se puede leer: %(why)s. Revise su escritura TOML."),
    ImportFault.MAP_COLUMN_UNKNOWN: _("El mapa nombra «%(name)s», que no es una columna nuestra. Son: %(known)s."),
    ImportFault.MAP_ENCODING_UNKNOWN: _("El mapa pide la codificación «%(name)s». Se admiten: %(known)s."),
    ImportFault.MAP_DELIMITER_UNKNOWN: _("El mapa pide el separador «%(name)s». Se admiten: ; , | y tabulador."),
}

CHANNELS = {
    Channel.WORKSHOP: _("Taller"),
    Channel.WEB: _("En línea"),
    Channel.PAPER: _("Papel"),
    Channel.PHONE: _("Teléfono"),
    Channel.EMAIL: _("Correo"),
    Channel.WINDOW: _("Ventanilla"),
}
LANGUAGES = {
    Language.SPANISH: _("Castellano"),
    Language.QUECHUA: _("Quechua"),
    Language.QUECHUA_CUSCO: _("Quechua del Cusco"),
    Language.QUECHUA_AYACUCHO: _("Quechua de Ayacucho"),
    Language.AYMARA: _("Aimara"),
    Language.ACHUAR: _("Achuar"),
    Language.ASHANINKA: _("Asháninka"),
    Language.AWAJUN: _("Awajún"),
    Language.KICHWA: _("Kichwa de la Amazonía"),
    Language.KUKAMA: _("Kukama kukamiria"),
    Language.MATSIGENKA: _("Matsigenka"),
    Language.SHAWI: _("Shawi"),
    Language.SHIPIBO: _("Shipibo-konibo"),
    Language.TIKUNA: _("Tikuna"),
    Language.URARINA: _("Urarina"),
    Language.WAMPIS: _("Wampis"),
    Language.YANESHA: _("Yánesha"),
    Language.YINE: _("Yine"),
    Language.OTHER: _("Otra lengua"),
}
KINDS = {ProponentKind.PERSON: _("Hablo por mí"), ProponentKind.ORGANISATION: _("Hablo por una organización")}
CONSENTS = {
    NameConsent.NAME: _("Con mi nombre completo"),
    NameConsent.INITIALS: _("Con mis iniciales"),
    NameConsent.PSEUDONYM: _("Con un seudónimo"),
    NameConsent.ANONYMOUS: _("Anónimo"),
}
CONSENTS_OF_OTHERS = {
    NameConsent.INITIALS: _("Con iniciales"),
    NameConsent.NAME: _("Con nombre completo"),
    NameConsent.ANONYMOUS: _("Anónimo"),
}
CONSENTS_CHOSEN = {**CONSENTS_OF_OTHERS, NameConsent.PSEUDONYM: _("Con un seudónimo")}
VISIBILITIES = {
    Visibility.HELD: _("En revisión, antes de publicarse"),
    Visibility.PUBLIC: _("Publicado"),
    Visibility.HIDDEN: _("Oculto por moderación"),
    Visibility.WITHDRAWN: _("Retirado por su autor"),
}
WITHDRAWAL_REASONS = {
    WithdrawalReason.MISTAKE: _("Lo envié por error"),
    WithdrawalReason.SOLVED: _("Lo que pedía ya se resolvió"),
    WithdrawalReason.CHANGED_MIND: _("Cambié de opinión"),
    WithdrawalReason.SENT_AGAIN: _("Lo presenté de nuevo"),
    WithdrawalReason.UNSAID: _("Prefiero no decirlo"),
    WithdrawalReason.SAID_BETTER: _("Otro aporte lo dice mejor"),
}
TO_WITHDRAW = {reason: name for reason, name in WITHDRAWAL_REASONS.items() if reason is not WithdrawalReason.SAID_BETTER}
PUBLIC_REASONS = {
    WithdrawalReason.MISTAKE: _("lo envió por error"),
    WithdrawalReason.SOLVED: _("lo que pedía ya se resolvió"),
    WithdrawalReason.CHANGED_MIND: _("cambió de opinión"),
    WithdrawalReason.SENT_AGAIN: _("lo presentó de nuevo"),
    WithdrawalReason.UNSAID: _("prefirió no decir por qué"),
    WithdrawalReason.SAID_BETTER: _("otro aporte lo dice mejor"),
}
PERSONAL = {PersonalDatum.EMAIL: _("Correo"), PersonalDatum.PHONE: _("Teléfono"), PersonalDatum.DNI: _("Posible DNI")}

COLUMN_NAMES = {
    "referencia_externa": _("Referencia o número en su archivo"),
    "titulo": _("Título"),
    "texto": _("Texto del aporte"),
    "proponente": _("Nombre de quien habló"),
    "tipo_proponente": _("Persona u organización"),
    "organizacion": _("Nombre de la organización"),
    "sector": _("Sector"),
    "correo": _("Correo"),
    "telefono": _("Teléfono"),
    "region": _("Región"),
    "provincia": _("Provincia"),
    "distrito": _("Distrito"),
    "ubigeo": _("Ubigeo"),
    "idioma": _("Lengua"),
    "tema": _("Tema"),
    "canal": _("Canal por el que llegó"),
    "fecha_recepcion": _("Fecha en que se recibió"),
    "visibilidad": _("Cómo aparece el nombre"),
}
COLUMNS = {
    "referencia_externa": _(
        "El número o código que el aporte tiene en su archivo. Si vuelve a importar, las filas con la misma referencia no cambian nada."
    ),
    "titulo": _("Título corto. Si queda vacío se usa la primera frase del texto."),
    "texto": _("Obligatorio. Lo que dijo la persona, completo, con sus palabras. De 10 a 8000 caracteres."),
    "proponente": _("Nombre y apellidos de quien habló. Solo se publica según la columna visibilidad."),
    "tipo_proponente": _("Obligatorio. persona u organizacion."),
    "organizacion": _("Nombre de la organización. Si habla una organización siempre se publica con su nombre."),
    "sector": _(
        "gobierno, sociedad-civil, academia, privado, medios, cooperacion, organizacion-de-base, "
        "pueblo-indigena o ciudadania. Vacío: ciudadania para personas, sociedad-civil para organizaciones."
    ),
    "correo": _("Correo para avisarle de la respuesta. No se publica."),
    "telefono": _("Teléfono para avisarle de la respuesta. No se publica."),
    "region": _("Nombre de la región. No hace falta si escribe el ubigeo."),
    "provincia": _("Nombre de la provincia."),
    "distrito": _("Nombre del distrito. Si hay dos distritos con el mismo nombre, complete también la provincia."),
    "ubigeo": _("Código del INEI: 6 cifras para un distrito, 4 para una provincia, 2 para una región."),
    "idioma": _(
        "Lengua en que se dijo: es, qu, quz (Cusco), quy (Ayacucho), ay u otro; de la Amazonía, su clave: acu, agr, ame, cbt, cni, cod, "
        "hub, mcb, pib, qvo, shp, tca, ura. Vacío: es."
    ),
    "tema": _("Tema del proceso, por su nombre o su código."),
    "canal": _("taller, web, papel, telefono, correo o ventanilla. Vacío: taller si se importa a un taller; si no, papel."),
    "fecha_recepcion": _("Día en que se recibió: 15/03/2027 o 2027-03-15. Vacía: el día del taller, o hoy."),
    "visibilidad": _("Obligatorio. Cómo aceptó aparecer: nombre, iniciales o anonimo."),
}


def fault_sentence(problem: FileProblem) -> str:
    """What is wrong in a file and how to mend it, in the reader's language."""
    template = str(IN_FILES[problem.code])
    return template % problem.values if problem.values else template


def guide_titles() -> tuple[str, str]:
    """Heads of the sheet that explains the template."""
    return gettext("Columna"), gettext("Qué se escribe")
