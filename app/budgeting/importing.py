"""Reading a list of agents brought in a file: every fault told before anything is written."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.budgeting.rules.registering import MOST_IN_A_FILE, AgentDraft, AgentProblem, Sex
from app.budgeting.rules.states import AgentKind
from app.contributions.importing import FileMap, read_table
from app.contributions.rules.faults import FileProblem
from app.core.errors import Problem
from app.core.text import fold
from app.notifications.rules import is_address
from app.organisations.rules import Sector

COLUMNS = ("nombre", "organizacion", "tipo", "sector", "distrito", "cargo", "alterno", "correo", "telefono", "sexo")
REQUIRED = COLUMNS[:5]
KINDS = {
    "consejo-de-coordinacion": AgentKind.COORDINATION_COUNCIL, "concejo-municipal": AgentKind.MUNICIPAL_COUNCIL,
    "sociedad-civil": AgentKind.CIVIL_SOCIETY, "entidad-publica": AgentKind.GOVERNMENT_ENTITY,
}  # fmt: skip
SECTORS = {
    "gobierno": Sector.GOVERNMENT, "sociedad-civil": Sector.CIVIL_SOCIETY, "academia": Sector.ACADEMIA, "privado": Sector.PRIVATE,
    "medios": Sector.MEDIA, "cooperacion": Sector.COOPERATION, "base": Sector.GRASSROOTS, "indigena": Sector.INDIGENOUS,
    "ciudadania": Sector.CITIZEN,
}  # fmt: skip
SEXES = {"": Sex.UNSAID, "mujer": Sex.WOMAN, "hombre": Sex.MAN}
EXAMPLE = (
    "Delia Huanca Soto",
    "Junta Vecinal de ejemplo",
    "sociedad-civil",
    "base",
    "080101",
    "Presidenta",
    "",
    "delia@example.pe",
    "",
    "",
)


@dataclass
class AgentFile:
    """What was read: the drafts by row of the file, what is wrong with each row, and what is wrong with the file itself."""

    drafts: list[tuple[int, AgentDraft]] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    faults: list[FileProblem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return bool(self.drafts) and not self.problems and not self.faults


def template_csv() -> str:
    return as_csv([EXAMPLE])


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([COLUMNS, *rows])
    return buffer.getvalue()


def as_rows(drafts: Iterable[AgentDraft]) -> list[tuple[str, ...]]:
    """The drafts as rows of the same file: what the page carries from the check to the confirmation."""
    kinds, sectors, sexes = _by_value(KINDS), _by_value(SECTORS), _by_value(SEXES)
    return [
        (d.name, d.organisation, kinds[d.kind], sectors[d.sector], d.ubigeo, d.office, d.alternate, d.email, d.phone, sexes[d.sex])
        for d in drafts
    ]


def _by_value(table: Mapping[str, str]) -> dict[str, str]:
    return {value: name for name, value in table.items()}


def read(content: bytes, territories: Mapping[str, str], known: frozenset[str]) -> AgentFile:
    """A CSV or XLSX file; `territories` are names by UBIGEO, `known` who is registered already, as `fold_delegate` writes them."""
    table = read_table(content, FileMap())
    found = AgentFile(faults=list(table.problems))
    if table.is_fatal:
        return found
    headers = [fold(header).strip() for header in table.headers]
    missing = [column for column in REQUIRED if column not in headers]
    found.problems += [(1, Problem(AgentProblem.FILE_COLUMN, None, {"column": column})) for column in missing]
    if missing:
        return found
    if not table.rows:
        found.problems.append((1, Problem(AgentProblem.FILE_EMPTY)))
    if len(table.rows) > MOST_IN_A_FILE:
        found.problems.append((1, Problem(AgentProblem.FILE_TOO_LONG, None, {"most": MOST_IN_A_FILE})))
        return found
    places = {ubigeo: ubigeo for ubigeo in territories} | {fold(name): ubigeo for ubigeo, name in territories.items()}
    seen = set(known)
    for row, cells in table.rows:
        _read_row(found, row, dict(zip(headers, cells, strict=False)), places, seen)
    return found


def fold_delegate(name: str, organisation: str) -> str:
    """Who registers, and for whom: twice the same is one."""
    return f"{fold(name.strip())}|{fold(organisation.strip())}"


def _read_row(found: AgentFile, row: int, cells: Mapping[str, str], places: Mapping[str, str], seen: set[str]) -> None:
    told = {column: cells.get(column, "").strip() for column in COLUMNS}
    kind, sector = KINDS.get(fold(told["tipo"])), SECTORS.get(fold(told["sector"]))
    ubigeo = places.get(fold(told["distrito"]), "")
    checks = (
        (bool(told["nombre"]), AgentProblem.NAME_MISSING, ""),
        (bool(told["organizacion"]), AgentProblem.ORGANISATION_MISSING, ""),
        (kind is not None, AgentProblem.FILE_KIND, told["tipo"]),
        (sector is not None, AgentProblem.FILE_SECTOR, told["sector"]),
        (bool(ubigeo), AgentProblem.FILE_TERRITORY, told["distrito"]),
        (not told["correo"] or is_address(told["correo"]), AgentProblem.EMAIL_WRONG, ""),
    )
    wrong = [Problem(code, None, {"value": value}) for is_good, code, value in checks if not is_good]
    key = fold_delegate(told["nombre"], told["organizacion"])
    if not wrong and key in seen:
        wrong.append(Problem(AgentProblem.REPEATED))
    seen.add(key)
    if wrong or kind is None or sector is None:
        found.problems += [(row, problem) for problem in wrong]
        return
    sex = SEXES.get(fold(told["sexo"]), Sex.UNSAID)
    found.drafts.append(
        (row, AgentDraft(told["nombre"], kind, sector, told["organizacion"], told["cargo"], ubigeo, told["correo"], told["telefono"], sex,
                         told["alterno"]))
    )  # fmt: skip
