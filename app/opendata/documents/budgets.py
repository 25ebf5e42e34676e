"""The round of a participatory budget: its agents, its amounts, its calendar."""

from flask_babel import lazy_gettext as _

from app.opendata.documents.tables import Dataset, columns

OF_AGENTS = {
    "numero": _("número de agente en este presupuesto; nunca se repite"),
    "nombre": _("nombre del delegado, público por su cargo"),
    "organizacion": _("organización o institución a la que representa"),
    "calidad": _("en qué calidad participa"),
    "sector": _("sector de su organización"),
    "ubigeo": _("código INEI del territorio"),
    "distrito": _("distrito"),
    "con_voto": _("si o no: el equipo técnico habla y no vota"),
}
OF_CEILINGS = {
    "version": _("versión de los montos; la mayor es la vigente"),
    "publicado": _("cuándo se publicó, hora de Lima"),
    "motivo": _("por qué cambiaron los montos"),
    "total_centimos": _("monto total, en céntimos de sol"),
    "ubigeo": _("código INEI del territorio del techo, o vacío"),
    "tema": _("tema del techo, o vacío"),
    "monto_centimos": _("monto del techo, en céntimos de sol"),
}
OF_CALENDAR = {
    "version": _("versión del calendario; la mayor es la vigente"),
    "publicado": _("cuándo se publicó, hora de Lima"),
    "fase": _("preparación, concertación, coordinación o formalización"),
    "actividad": _("actividad de la fase"),
    "nombre": _("nombre que le dio la municipalidad"),
    "desde": _("primer día"),
    "hasta": _("último día"),
    "horario": _("horario"),
    "lugar": _("lugar"),
}


def _budget(key: str, title: object, meanings: dict[str, object], name: str) -> Dataset:
    links = (("CSV", f"opendata.budget_{name}_csv"), ("JSON", f"opendata.budget_{name}_json"))
    return Dataset(key, title, columns(meanings), links, of_rounds=True)


AGENTS = _budget("agentes", _("Agentes del presupuesto participativo"), OF_AGENTS, "agents")
CEILINGS = _budget("techos", _("Montos del presupuesto participativo"), OF_CEILINGS, "ceilings")
CALENDAR = _budget("calendario", _("Calendario del presupuesto participativo"), OF_CALENDAR, "calendar")
