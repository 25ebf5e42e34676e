"""What states, sources, signers and parts are called."""

from flask_babel import lazy_gettext as _

from app.agreements.rules.acts import ActState, FundingSource, SignedBy, SignerKind
from app.agreements.rules.books import Part
from app.agreements.rules.execution import LineState

STATES_OF_ACT = {
    ActState.DRAFT: _("en redacción"),
    ActState.SIGNING: _("abierta a firmas"),
    ActState.PUBLISHED: _("vigente"),
    ActState.REPLACED: _("corregida por otra versión"),
}
SOURCES = {
    FundingSource.DETERMINED: _("Recursos determinados (canon, FONCOMUN, impuestos municipales)"),
    FundingSource.OWN_REVENUE: _("Recursos directamente recaudados"),
    FundingSource.ORDINARY: _("Recursos ordinarios"),
    FundingSource.DONATIONS: _("Donaciones y transferencias"),
    FundingSource.CREDIT: _("Recursos por operaciones oficiales de crédito"),
}
SIGNERS = {
    SignerKind.MUNICIPALITY: _("Por la municipalidad"),
    SignerKind.COORDINATION_COUNCIL: _("Por el consejo de coordinación"),
    SignerKind.AGENT: _("Agentes participantes"),
}
WAYS = {SignedBy.ACCOUNT: _("con su cuenta"), SignedBy.SHEET: _("en la hoja de la asamblea")}
STATES = {
    LineState.NOT_STARTED: _("Sin empezar"),
    LineState.STUDY: _("En estudio o perfil"),
    LineState.IN_BUDGET: _("En el presupuesto de apertura"),
    LineState.BIDDING: _("En licitación"),
    LineState.WORKS: _("En obra"),
    LineState.DONE: _("Terminado"),
    LineState.STOPPED: _("Detenido"),
    LineState.NOT_DONE: _("No se hará"),
}
PARTS = {
    Part.PAID: _("Pagado"),
    Part.ACCRUED: _("Devengado, por pagar"),
    Part.CERTIFIED: _("Certificado, por ejecutar"),
    Part.BUDGETED: _("En el presupuesto, por certificar"),
    Part.NOT_BUDGETED: _("Fuera del presupuesto todavía"),
}
