"""Organisations of the whole site."""

from flask_babel import lazy_gettext as _

from app.opendata.documents.tables import Dataset, columns

OF_ORGANISATIONS = {
    "organizacion": _("nombre corto en su dirección"),
    "nombre": _("nombre de la organización"),
    "sector": _("government, civil-society, academia, private, media, cooperation, grassroots o indigenous"),
    "alcance": _("local, provincial, regional, national o international"),
    "ruc": _("RUC, si lo dio; solo de personas jurídicas"),
    "forma_legal": _("registered, in-process, unregistered o public-body"),
    "temas": _("temas en que trabaja, separados por comas"),
    "lugares": _("territorios en que trabaja, separados por punto y coma"),
    "verificada": _("si o no"),
    "verificada_por": _("equipo que la verificó"),
    "verificada_el": _("cuándo se verificó, hora de Lima"),
    "aportes": _("aportes públicos enviados en su nombre"),
    "correo": _("correo, solo si aceptó publicarlo"),
    "telefono": _("teléfono, solo si aceptó publicarlo"),
    "url": _("página de la organización"),
}
ORGANISATIONS = Dataset(
    "organizaciones",
    _("Organizaciones"),
    columns(OF_ORGANISATIONS),
    (("CSV", "directory.index_csv"), ("JSON", "directory.index_json")),
)
