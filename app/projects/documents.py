"""Projects, their evaluations and the marks of the matrix as tables anybody may reuse: each column named once, here.

Amounts are soles with two decimals and a point, as spreadsheets and programs read them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core import dates
from app.projects.models import Evaluation, Project, ProjectAnswer, ScoringMatrix
from app.projects.queries import Origin
from app.projects.rules.matrix import Tally, criteria_of

PROJECT_COLUMNS = (
    "codigo", "numero", "proceso", "estado", "titulo", "problema", "resultado_del_plan", "descripcion", "tema", "ubigeo", "territorio",
    "lugar", "latitud", "longitud", "costo_soles", "como_se_calculo", "mantenimiento_anual_soles", "beneficiarios", "aportes_de_origen",
    "unido_a", "decision", "motivo_codigo", "respuesta", "url",
)  # fmt: skip
EVALUATION_COLUMNS = (
    "codigo", "evaluacion", "version_de_criterios", "criterio", "revision", "como_se_verifica", "hallazgo", "nota", "conclusion",
    "opinion", "motivo_codigo", "fecha_publicacion",
)  # fmt: skip
MATRIX_COLUMNS = (
    "parte_del_techo", "techo_soles", "puesto", "codigo", "costo_soles", "criterio", "peso", "suma_de_puntajes", "numero_de_puntajes",
    "puntaje_total", "entra", "queda_soles", "semilla",
)  # fmt: skip


def soles(cents: int | None) -> str:
    """ "1234.50", or nothing."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


def project_row(
    project: Project, process: str, codes: Iterable[str], answer: ProjectAnswer | None, into: Mapping[int, str], site: str
) -> list[Any]:  # fmt: skip
    """A project as PROJECT_COLUMNS says; `into` are codes by id."""
    return [
        project.code, project.number, process, project.state.value, project.title, project.problem, project.result, project.description,
        project.theme.name if project.theme else "", project.ubigeo or "", project.territory.full_name if project.territory else "",
        project.site, project.latitude, project.longitude, soles(project.cost_cents), project.cost_basis, soles(project.yearly_cost_cents),
        project.beneficiaries, " ".join(codes), into.get(project.merged_into_id or 0, ""),
        answer.outcome.value if answer and answer.outcome else "", answer.reason_code.value if answer and answer.reason_code else "",
        answer.text if answer else "", f"{site}/proyectos/{project.code}",
    ]  # fmt: skip


def codes_of(origins: Mapping[int, list[Origin]], project_id: int) -> list[str]:
    return [origin.code for origin in origins.get(project_id, [])]


def evaluation_rows(code: str, evaluation: Evaluation) -> Iterator[list[Any]]:
    """A row for each criterion of a published evaluation."""
    for criterion in evaluation.sheet.criteria:
        found = evaluation.findings.get(criterion["key"], {})
        yield [
            code, evaluation.n, evaluation.sheet.version, criterion["name"], criterion["step"], criterion["hint"], found.get("finding", ""),
            found.get("note", ""), str(evaluation.conclusion or ""), evaluation.opinion, evaluation.answer.get("reason_code", ""),
            dates.rfc3339(evaluation.published_at),
        ]  # fmt: skip


def matrix_rows(matrix: ScoringMatrix) -> Iterator[list[Any]]:
    """A row for each project and criterion of the published ranking: enough to do it again with a spreadsheet."""
    tallies = {(t.code, t.key): t for t in (Tally(*row) for row in matrix.ranking["tallies"])}
    for line in matrix.ranking["lines"]:
        for criterion in criteria_of(matrix.criteria):
            tally = tallies[line["code"], criterion.key]
            yield [
                line["part"], soles(matrix.ranking["ceilings"][line["part"]]), line["place"], line["code"],
                soles(matrix.ranking["costs"][line["code"]]), criterion.name, criterion.weight, tally.total, tally.marks, line["total"],
                "si" if line["fate"] == "won" else "no", soles(line["left"]), matrix.seed,
            ]  # fmt: skip
