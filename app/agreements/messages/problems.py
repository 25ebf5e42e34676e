"""Why an act, a signature or an update is refused: always what to do."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.agreements.rules.acts import ActProblem
from app.agreements.rules.execution import ExecutionProblem
from app.evidence.messages import PROBLEMS as FILE_PROBLEMS
from app.feedback.messages import CHECKS
from app.projects.messages import PHASE_PROBLEMS
from app.projects.rules.answers import AnswerProblem
from app.projects.rules.writing import ProjectProblem

PROBLEMS: dict[Any, Any] = {
    **FILE_PROBLEMS,
    **CHECKS,
    **PHASE_PROBLEMS,
    ProjectProblem.WRONG_STATE: _("El proyecto %(code)s ya no está entre los priorizados. Abra la página otra vez."),
    AnswerProblem.WRONG_OUTCOME: _("Elija un resultado que diga por qué no va: no acogido, derivado, para más adelante…"),
    ActProblem.NOT_A_DRAFT: _("El acta ya está abierta a firmas o publicada: para cambiarla, vuelva a redactarla o corríjala."),
    ActProblem.ALREADY_OPEN: _("Ya hay un acta de este presupuesto. Ábrala y siga en ella."),
    ActProblem.NOTHING_PRIORITISED: _("Todavía no hay proyectos priorizados: el acta se arma con ellos."),
    ActProblem.NO_CORRECTION_REASON: _("Diga por qué se corrige el acta, en %(shortest)s caracteres o más. Será público."),
    ActProblem.NO_DAY: _("Escriba qué día fue la asamblea."),
    ActProblem.DAY_AHEAD: _("La asamblea no puede ser en un día que todavía no llega."),
    ActProblem.NO_PLACE: _("Escriba dónde fue la asamblea."),
    ActProblem.QUORUM: _("Ese número de firmas no se puede reunir: hay %(most)s personas que pueden firmar."),
    ActProblem.NO_LINES: _("El acta no tiene ningún proyecto."),
    ActProblem.LINE_INCOMPLETE: _("%(code)s: falta la fuente del dinero, la unidad responsable o el plazo."),
    ActProblem.LINE_AMOUNT: _("%(code)s: escriba el monto en soles, por ejemplo 120 000.00."),
    ActProblem.LINE_SHORT: _("%(code)s: diga a qué se compromete cada parte, en %(shortest)s caracteres o más."),
    ActProblem.LINE_DUE_BEFORE: _("%(code)s: el plazo tiene que ser posterior a la asamblea."),
    ActProblem.LINE_PERSONAL: _("%(code)s: quite el teléfono, correo o documento de una persona. El acta es pública."),
    ActProblem.LEFT_OUT: _("Falta en el acta lo priorizado con código %(codes)s. Si algún proyecto no va, déjelo fuera con su respuesta."),
    ActProblem.NOT_PRIORITISED: _("%(codes)s no está entre los priorizados."),
    ActProblem.UNANSWERED: _("Hay %(n)s proyectos que no siguen y no tienen respuesta publicada. Publíquela antes de firmar."),
    ActProblem.OVER_CEILING: _("El acta pasa el techo del presupuesto por %(over)s."),
    ActProblem.OVER_TERRITORY: _("%(territory)s pasa su techo por %(over)s."),
    ActProblem.NO_COMMITTEE: _("Falta elegir el comité de vigilancia: sin él no se firma el acta."),
    ActProblem.NOT_OPEN: _("El texto cambió después de que usted lo abrió, o ya no está abierto a firmas. Léalo otra vez."),
    ActProblem.SIGNED: _("Esa persona ya firmó este texto."),
    ActProblem.NOT_ACCREDITED: _("Solo firman los agentes participantes acreditados."),
    ActProblem.NO_POST: _("Escriba con qué cargo firma, por ejemplo: Alcaldesa."),
    ActProblem.NO_SHEET: _("Adjunte la hoja firmada, escaneada o fotografiada."),
    ActProblem.NOBODY_CHOSEN: _("Marque al menos a una persona que firmó en la hoja y que no había firmado antes."),
    ActProblem.FEW_MUNICIPALITY: _("Falta la firma de la municipalidad."),
    ActProblem.FEW_COUNCIL: _("Faltan firmas del consejo de coordinación: hay %(have)s de %(needed)s."),
    ActProblem.FEW_AGENTS: _("Faltan firmas de agentes participantes: hay %(have)s de %(needed)s."),
    ActProblem.DISSENTED: _("Usted ya dejó su desacuerdo con este texto."),
    ActProblem.DISSENT_SHORT: _("Diga con qué no está de acuerdo y por qué, en %(shortest)s caracteres o más."),
    ActProblem.DISSENT_PERSONAL: _("Quite el teléfono, correo o documento de una persona: su desacuerdo será público."),
    ExecutionProblem.NO_STATE: _("Elija en qué está."),
    ExecutionProblem.NO_DAY: _("Escriba a qué día corresponde lo que informa."),
    ExecutionProblem.DAY_AHEAD: _("No se puede informar de un día que todavía no llega."),
    ExecutionProblem.DAY_BEFORE: _("Ya se informó de un día posterior. Escriba una fecha igual o más reciente."),
    ExecutionProblem.CUI_MALFORMED: _("El código de inversión (CUI) tiene siete cifras."),
    ExecutionProblem.CUI_MISSING: _("Escriba el código de inversión (CUI): sin él no se puede seguir el dinero."),
    ExecutionProblem.AMOUNT_MALFORMED: _("Escriba el monto en soles, por ejemplo 120 000.00."),
    ExecutionProblem.NOT_ORDERED: _("No puede pasar del monto anterior: girado, devengado, certificado y PIM van de menor a mayor."),
    ExecutionProblem.TEXT_SHORT: _("Cuente qué se hizo o qué falta, en %(shortest)s caracteres o más."),
    ExecutionProblem.PERSONAL: _("Quite el teléfono, correo o documento de una persona: esto es público."),
    ExecutionProblem.WHY_MISSING: _("Está detenido, tarde o no se hará: elija el motivo de la lista."),
    ExecutionProblem.WHY_SHORT: _("Explique por qué no se hizo a tiempo, en %(shortest)s caracteres o más."),
    ExecutionProblem.DIFFERENCE_SHORT: _("El presupuesto de apertura no es lo acordado: diga por qué, en %(shortest)s caracteres o más."),
    ExecutionProblem.NO_EVIDENCE: _("Para decir que está terminado, adjunte al menos una foto o un documento que lo pruebe."),
    ExecutionProblem.NOT_AGREED: _("Esa línea no es de un acta vigente."),
    ExecutionProblem.SHEET_EMPTY: _("El archivo no tiene filas. Descargue el modelo y complételo."),
    ExecutionProblem.SHEET_HEADS: _("Faltan columnas: %(heads)s. La primera fila debe decir cui; pia; pim; devengado; fecha."),
    ExecutionProblem.SHEET_LONG: _("El archivo tiene más de %(most)s filas. Divídalo."),
    ExecutionProblem.SHEET_CUI_UNKNOWN: _("Ninguna línea del acta tiene el CUI %(cui)s. Regístrelo primero en la página de su línea."),
    ExecutionProblem.SHEET_CUI_TWICE: _("Hay más de una línea con el CUI %(cui)s: infórmelas una por una."),
    ExecutionProblem.SHEET_REPEATED: _("El CUI %(cui)s está dos veces con la misma fecha."),
    ExecutionProblem.SHEET_DATE: _("La fecha no se entiende. Escríbala como 31/03/2027."),
    ExecutionProblem.SHEET_WRONG: _("En %(head)s, «%(value)s» no es un monto en soles."),
}
