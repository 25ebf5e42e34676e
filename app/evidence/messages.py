"""Sentences for what is wrong with a file, and names for its kinds."""

from flask_babel import lazy_gettext as _l

from app.evidence.rules import AttachmentKind, FileProblem

PROBLEMS = {
    FileProblem.EMPTY: _l("El archivo está vacío. Ábralo para ver si tiene contenido y vuelva a elegirlo."),
    FileProblem.TOO_LARGE: _l("El archivo pesa más de %(largest)d MB. Redúzcalo o divídalo en partes."),
    FileProblem.TYPE_NOT_ALLOWED: _l("Ese tipo de archivo no se recibe. Use uno de estos: %(formats)s."),
    FileProblem.CONTENT_DIFFERS: _l("El contenido no es el de un archivo .%(extension)s. Guárdelo de nuevo en ese formato."),
    FileProblem.DAMAGED: _l("El archivo está dañado o incompleto. Ábralo, guárdelo otra vez y vuelva a subirlo."),
    FileProblem.TOO_MANY_PIXELS: _l("La imagen tiene más de %(most)d megapíxeles. Redúzcala antes de subirla."),
    FileProblem.ARCHIVE_TOO_LARGE: _l(
        "El documento ocupa demasiado al abrirse: más de %(largest)d MB o de %(entries)d partes. Redúzcalo o guárdelo en PDF."
    ),
    FileProblem.ARCHIVE_UNSAFE: _l("El documento lleva otros archivos dentro. Quítelos y súbalos por separado, o guárdelo en PDF."),
    FileProblem.HAS_PROGRAM: _l(
        "El documento lleva instrucciones o archivos escondidos (macros, JavaScript, adjuntos). Imprímalo a PDF y suba esa copia."
    ),
    FileProblem.LOCKED: _l("El documento está protegido con clave. Guárdelo sin protección y vuelva a subirlo."),
    FileProblem.TEXT_UNREADABLE: _l(
        "Las letras del CSV no se pueden leer. Guárdelo como «CSV UTF-8», o diga abajo que viene de un Excel antiguo."
    ),
    FileProblem.TOO_MANY: _l("Ya hay %(most)d archivos, el máximo. Retire uno antes de subir otro."),
    FileProblem.TOO_MANY_TODAY: _l("Se subieron %(most)d archivos en la última hora. Espere un momento para subir más."),
    FileProblem.REASON_MISSING: _l("Diga por qué se retira, en %(shortest)d letras o más: se publica en lugar del archivo."),
}
KINDS = {
    AttachmentKind.MINUTES: _l("Acta firmada"),
    AttachmentKind.PHOTO: _l("Fotografía"),
    AttachmentKind.AUDIO: _l("Audio"),
    AttachmentKind.VIDEO: _l("Video"),
    AttachmentKind.DATA: _l("Datos (CSV u hoja de cálculo)"),
    AttachmentKind.DOCUMENT: _l("Otro documento"),
}
