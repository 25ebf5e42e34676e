"""What the IRM would ask of a draft (domain.md 8): words that promise nothing to check, or only a machine. Advice, never a refusal."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.plans.rules.versions import MilestoneText


class Prompt(StrEnum):
    """The three questions beside the fields; each warning belongs to one."""

    WHAT_CHANGES = "what-changes"
    VERIFIABLE = "verifiable"
    OPEN_GOVERNMENT = "open-government"


class Doubt(StrEnum):
    CONTINUES = "continues"
    NOT_BINDING = "not-binding"
    BASELINE_WITHOUT_FIGURE = "baseline-without-figure"
    VAGUE_VERB = "vague-verb"
    VAGUE_MILESTONE = "vague-milestone"
    MILESTONE_WITHOUT_EVIDENCE = "milestone-without-evidence"
    ONLY_DIGITAL = "only-digital"
    NO_VALUE = "no-value"


PROMPT_OF: Mapping[Doubt, Prompt] = {
    Doubt.CONTINUES: Prompt.WHAT_CHANGES,
    Doubt.NOT_BINDING: Prompt.WHAT_CHANGES,
    Doubt.BASELINE_WITHOUT_FIGURE: Prompt.VERIFIABLE,
    Doubt.VAGUE_VERB: Prompt.VERIFIABLE,
    Doubt.VAGUE_MILESTONE: Prompt.VERIFIABLE,
    Doubt.MILESTONE_WITHOUT_EVIDENCE: Prompt.VERIFIABLE,
    Doubt.ONLY_DIGITAL: Prompt.OPEN_GOVERNMENT,
    Doubt.NO_VALUE: Prompt.OPEN_GOVERNMENT,
}


@dataclass(frozen=True)
class Warning:
    """One doubt about `field` (a template field, or a milestone's number); `found` is the word that raised it."""

    doubt: Doubt
    field: str
    found: str = ""

    @property
    def prompt(self) -> Prompt:
        return PROMPT_OF[self.doubt]


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(stems) + r")\w*")


_VAGUE = re.compile(
    r"\b(promover|promovera|fomentar|fomentara|impulsar|impulsara|fortalecer|fortalecera|sensibilizar|sensibilizara|propiciar|propiciara"
    r"|contribuir|contribuira|coadyuvar|coadyuvara|mejorar|mejorara|optimizar|optimizara|facilitar|facilitara|articular|articulara"
    r"|incentivar|incentivara|generar conciencia|velar|velara)\b"
)
_CHECKABLE = _words(
    "informe", "tabla", "directiva", "resolucion", "acta", "ordenanza", "registro", "publica", "portal", "base de datos", "ficha",
    "protocolo", "manual", "padron", "contrato", "convenio", "taller", "reunion", "visita", "audiencia", "reglamento", "lineamiento",
    "guia", "reporte", "lista", "respuesta", "cartel", "pizarra", "encuesta", "norma", "decreto", "acuerdo",
    "expediente", "mapa", "datos abiertos",
    "conjunto", "curso", "certificad", "veedor", "monitor", "comite", "modulo",
)  # fmt: skip
_FIGURE = re.compile(r"\d")
_CONTINUES = re.compile(
    r"\b(continuar(?:a|emos)?|seguir(?:a|emos)?|mantener|mantendra|como (?:ya )?(?:viene|se viene)|en cumplimiento de la (?:ley|norma)"
    r"|conforme a (?:la )?ley|segun la ley|como manda la ley|dar cumplimiento)\b"
)
_CHANGES = _words(
    "por primera vez", "hasta ahora no", "ahora", "hoy no", "nuev", "ademas de lo que", "mas alla", "sera requisito", "dejara de"
)
_BINDING = _words(
    "ordenanza", "directiva", "resolucion", "decreto", "acuerdo de concejo", "reglamento", "norma", "ley", "lineamiento", "convenio"
)
_DIGITAL = re.compile(
    r"\b(digital(?:es|izar|izara|izacion)?|plataforma|aplicativo|app|software|sistema informatico|tramites? en linea|interoperabilidad"
    r"|firma digital|ventanilla virtual|automatizar|automatizacion|blockchain|inteligencia artificial|chatbot|pagina web|portal web)\b"
)
_OPEN = _words(
    "particip", "ciudadan", "vecin", "transparen", "rendicion", "rinde", "rendir", "datos abiertos", "abiert", "veedor", "vigilan",
    "observacion", "consulta publica", "publica", "dialog", "cocre", "comunidad", "organizacion", "sociedad civil",
    "responde", "comentari", "priori",
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def warnings(values: Mapping[str, Any], milestones: Sequence[MilestoneText] = ()) -> tuple[Warning, ...]:
    """The doubts a draft raises, field by field; nothing about fields that are still empty, whose absence is said elsewhere."""
    return (*_what_changes(values), *_verifiable(values, milestones), *_open_government(values))


def _text(values: Mapping[str, Any], *names: str) -> str:
    return fold(" ".join(str(values.get(name) or "") for name in names))


def _what_changes(values: Mapping[str, Any]) -> list[Warning]:
    text = _text(values, "solution", "expected_result", "contribution_to_problem")
    if not text.strip():
        return []
    found = _CONTINUES.search(_text(values, "solution"))
    doubts = []
    if found and not _CHANGES.search(text):
        doubts.append(Warning(Doubt.CONTINUES, "solution", found[0]))
    if not _BINDING.search(text):
        doubts.append(Warning(Doubt.NOT_BINDING, "expected_result"))
    return doubts


def _verifiable(values: Mapping[str, Any], milestones: Sequence[MilestoneText]) -> list[Warning]:
    doubts = []
    baseline = _text(values, "baseline")
    if baseline.strip() and not _FIGURE.search(baseline):
        doubts.append(Warning(Doubt.BASELINE_WITHOUT_FIGURE, "baseline"))
    for name in ("solution", "expected_result"):
        doubts += [Warning(Doubt.VAGUE_VERB, name, found) for found in _vague(_text(values, name))]
    for step in milestones:
        doubts += [Warning(Doubt.VAGUE_MILESTONE, step.number, found) for found in _vague(fold(f"{step.title}, {step.expected_output}"))]
        if not (step.evidence.strip() or step.expected_output.strip()):
            doubts.append(Warning(Doubt.MILESTONE_WITHOUT_EVIDENCE, step.number))
    return doubts


def _vague(text: str) -> list[str]:
    """The first verb that promises, when nothing in its sentence can be looked at: no product and no figure."""
    for sentence in re.split(r"[.;\n]+", text):
        found = _VAGUE.search(sentence)
        if found and not _CHECKABLE.search(sentence) and not _FIGURE.search(sentence):
            return [found[0]]
    return []


def _open_government(values: Mapping[str, Any]) -> list[Warning]:
    doing, values_said = _text(values, "solution", "description"), _text(values, "transparency", "participation", "accountability")
    doubts = []
    found = _DIGITAL.search(doing)
    if found and not _OPEN.search(_text(values, "solution")) and not _text(values, "participation").strip():
        doubts.append(Warning(Doubt.ONLY_DIGITAL, "solution", found[0]))
    if doing.strip() and values.get("solution") and not values_said.strip():
        doubts.append(Warning(Doubt.NO_VALUE, "participation"))
    return doubts
