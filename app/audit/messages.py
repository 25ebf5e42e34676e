"""Acts of the register in plain words. An act without words of its own is shown by its name, never hidden."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.core.dates import long_instant

ACTIONS = {
    "processes.publish-schedule": lazy_gettext("Publicó el cronograma"),
    "processes.record-start": lazy_gettext("Registró el inicio del proceso"),
    "processes.publish-criteria": lazy_gettext("Publicó los criterios para elegir"),
    "processes.advance": lazy_gettext("Cambió el estado del proceso"),
    "processes.edit": lazy_gettext("Cambió los datos del proceso"),
    "processes.add-theme": lazy_gettext("Añadió un tema"),
    "processes.edit-theme": lazy_gettext("Cambió un tema"),
    "processes.remove-theme": lazy_gettext("Quitó un tema"),
    "activities.publish": lazy_gettext("Publicó el registro de una actividad"),
    "activities.publish-record": lazy_gettext("Publicó el registro de una actividad"),
    "contributions.publish": lazy_gettext("Hizo público un aporte"),
    "contributions.receive": lazy_gettext("Recibió un aporte"),
    "contributions.import": lazy_gettext("Recibió aportes desde un archivo"),
    "contributions.withdraw": lazy_gettext("Retiró un aporte a pedido de su autor"),
    "evidence.attach": lazy_gettext("Adjuntó un documento"),
    "evidence.publish": lazy_gettext("Publicó un documento"),
    "moderation.publish": lazy_gettext("Hizo público un aporte"),
    "moderation.hide": lazy_gettext("Ocultó un aporte"),
    "moderation.restore": lazy_gettext("Volvió a mostrar un aporte"),
    "feedback.publish": lazy_gettext("Publicó una respuesta"),
    "feedback.publish-batch": lazy_gettext("Publicó un lote de respuestas"),
    "feedback.sign": lazy_gettext("Firmó una respuesta"),
    "feedback.correct": lazy_gettext("Corrigió una respuesta"),
    "plans.open": lazy_gettext("Abrió el plan"),
    "plans.approve": lazy_gettext("Aprobó el plan"),
    "moderation.redact": lazy_gettext("Publicó un aporte sin datos personales"),
    "plans.sign": lazy_gettext("Firmó el plan"),
    "plans.override": lazy_gettext("Aprobó el plan con respuestas pendientes"),
    "spaces.appoint": lazy_gettext("Nombró a una persona en un rol"),
    "spaces.create": lazy_gettext("Abrió un espacio"),
    "spaces.end-role": lazy_gettext("Terminó un rol"),
    "contributions.correct": lazy_gettext("Corrigió la transcripción de un aporte"),
    "contributions.make-public": lazy_gettext("Hizo público un aporte"),
    "feedback.note": lazy_gettext("Añadió una nota a una respuesta"),
}
SUBJECTS = {
    "process": lazy_gettext("proceso"),
    "contribution": lazy_gettext("aporte"),
    "activity": lazy_gettext("actividad"),
    "opportunity": lazy_gettext("oportunidad"),
    "plan": lazy_gettext("plan"),
    "decision": lazy_gettext("respuesta"),
    "batch": lazy_gettext("lote"),
    "attachment": lazy_gettext("documento"),
    "space": lazy_gettext("espacio"),
}
FACTS = {
    "version": lazy_gettext("versión"),
    "sha256": lazy_gettext("huella"),
    "start_at": lazy_gettext("inicio"),
    "notice_days": lazy_gettext("días de aviso"),
    "short_notice": lazy_gettext("aviso corto"),
    "moves": lazy_gettext("cosas que se movieron"),
    "reason_sha256": lazy_gettext("huella del motivo"),
    "from": lazy_gettext("de"),
    "to": lazy_gettext("a"),
    "counted_from_version": lazy_gettext("contado desde la versión"),
    "outcome": lazy_gettext("decisión"),
    "reason_code": lazy_gettext("motivo"),
    "count": lazy_gettext("cantidad"),
    "answers": lazy_gettext("respuestas"),
    "codes": lazy_gettext("códigos"),
    "rows": lazy_gettext("filas"),
    "theme": lazy_gettext("tema"),
    "criteria": lazy_gettext("criterios"),
    "approvals": lazy_gettext("aprobaciones"),
    "commitments": lazy_gettext("compromisos"),
    "people": lazy_gettext("personas"),
    "channel": lazy_gettext("canal"),
    "role": lazy_gettext("rol"),
    "seat": lazy_gettext("sector"),
    "at": lazy_gettext("fecha"),
    "number": lazy_gettext("número"),
    "started_at": lazy_gettext("empezó"),
    "ended_at": lazy_gettext("terminó"),
    "text_sha256": lazy_gettext("huella del texto"),
    "influence": lazy_gettext("alcance"),
    "name": lazy_gettext("nombre"),
    "weight": lazy_gettext("peso"),
}
LONGEST_VALUE = 160


def action_name(action: str) -> str:
    """What the act is called, capitalised."""
    return str(ACTIONS.get(action, action.replace(".", ": ").replace("-", " ")))


def sentence(action: str, subject_kind: str, role: str) -> str:
    """ "Secretaría: publicó el cronograma (proceso)." """
    words = action_name(action)
    kind = str(SUBJECTS.get(subject_kind, subject_kind))
    if role:
        return _("%(role)s: %(act)s (%(kind)s)", role=role.capitalize(), act=words[:1].lower() + words[1:], kind=kind)
    return _("%(act)s (%(kind)s)", act=words, kind=kind)


def fact_rows(facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """The facts of an entry as rows: name and value in words."""
    return [{"label": str(FACTS.get(name, name.replace("_", " "))).capitalize(), "value": _value(value)} for name, value in facts.items()]


def summary(facts: Mapping[str, Any]) -> str:
    """The plain facts of an act in one line: no fingerprints, no lists."""
    shown = [
        _("%(name)s: %(value)s", name=FACTS.get(name, name.replace("_", " ")), value=_value(value))
        for name, value in facts.items()
        if value not in (None, "", False) and not isinstance(value, (list, tuple, Mapping)) and "sha256" not in name
    ]
    line = "; ".join(shown)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if value is None:
        return _("no consta")
    if isinstance(value, Mapping):
        return ", ".join(f"{FACTS.get(key, key)}: {_value(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        text = "; ".join(_value(item) for item in value)
        return text if len(text) <= LONGEST_VALUE else _("%(count)s en total", count=len(value))
    return _instant(value) if isinstance(value, str) else str(value)


def _instant(text: str) -> str:
    """An instant in words, any other text as it is."""
    try:
        return long_instant(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:
        return text
