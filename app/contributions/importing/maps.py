"""A map says how somebody's file is read (interfaces.md): their columns and values in ours, constants, what to skip."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.contributions.importing.columns import COLUMNS, key_of
from app.contributions.rules.faults import FileProblem, ImportFault
from app.core.text import clean

ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "cp1252": "cp1252", "windows-1252": "cp1252", "latin-1": "cp1252",
             "latin1": "cp1252", "iso-8859-1": "cp1252"}  # fmt: skip
DELIMITERS = (";", ",", "\t", "|")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
LARGEST_MAP = 200_000


@dataclass(frozen=True)
class FileMap:
    """`columns` ours -> their column, or a text with `{Their Column}` inside (`{A|B}`: the first that is not blank);
    `values` ours -> their value -> our value.

    An empty `encoding` or `delimiter` is found out; `skip_when` leaves out rows whose column has one of the values.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def names_columns(self) -> bool:
        """Whether it says which column is which; otherwise the file must use the names of the template."""
        return bool(self.columns)


def parse_map(content: str, only: tuple[str, ...] = COLUMNS) -> tuple[FileMap, list[FileProblem]]:
    """The map written in a TOML text, and what is wrong with it; `only` are the column names that may be on our side."""
    if len(content) > LARGEST_MAP:
        return FileMap(), [FileProblem(0, "", ImportFault.MAP_UNREADABLE, {"why": "> 200 kB"})]
    try:
        data = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return FileMap(), [FileProblem(0, "", ImportFault.MAP_UNREADABLE, {"why": str(error)})]
    parts = {name: data.get(name, {}) for name in ("columns", "constants", "values", "file")}
    for name, part in parts.items():
        if not isinstance(part, dict):
            return FileMap(), [FileProblem(0, name, ImportFault.MAP_UNREADABLE, {"why": f"[{name}]"})]
    problems = [
        FileProblem(0, ours, ImportFault.MAP_COLUMN_UNKNOWN, {"name": ours, "known": ", ".join(only)})
        for part in ("columns", "constants") for ours in parts[part] if ours not in only
    ]  # fmt: skip
    settings = parts["file"]
    encoding, delimiter = str(settings.get("encoding", "")).lower(), str(settings.get("delimiter", ""))
    if encoding and encoding not in ENCODINGS:
        problems.append(FileProblem(0, "", ImportFault.MAP_ENCODING_UNKNOWN, {"name": encoding, "known": "utf-8, cp1252"}))
    if delimiter and delimiter not in DELIMITERS:
        problems.append(FileProblem(0, "", ImportFault.MAP_DELIMITER_UNKNOWN, {"name": delimiter}))
    made = FileMap(
        columns=_texts(parts["columns"]), constants=_texts(parts["constants"]),
        values={column: _texts(table) for column, table in parts["values"].items() if isinstance(table, dict)},
        encoding=ENCODINGS.get(encoding, ""), delimiter=delimiter, sheet=str(settings.get("sheet", "")),
        skip_when=_skips(settings.get("skip_when", {})),
    )  # fmt: skip
    return made, problems


def guessed(headers: Sequence[str], file_map: FileMap, columns: Sequence[str]) -> dict[str, str]:
    """What is already chosen for each of our columns, or a column of the file with the same name."""
    by_key = {key_of(header): header for header in headers}
    return {ours: file_map.columns.get(ours, "" if file_map.names_columns else by_key.get(key_of(ours), "")) for ours in columns}


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in table.items()}


def _skips(table: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        return {}
    return {column: tuple(str(v) for v in (values if isinstance(values, list) else [values])) for column, values in table.items()}


def dump_map(file_map: FileMap) -> str:
    """The map as TOML, to be kept or taken to the command line."""
    lines = []
    settings = {name: getattr(file_map, name) for name in ("encoding", "delimiter", "sheet") if getattr(file_map, name)}
    if settings or file_map.skip_when:
        lines.append("[file]")
        lines += [f"{name} = {_quoted(value)}" for name, value in settings.items()]
        if file_map.skip_when:
            skips = ", ".join(f"{_quoted(c)} = [{', '.join(_quoted(v) for v in values)}]" for c, values in file_map.skip_when.items())
            lines.append(f"skip_when = {{ {skips} }}")
    lines += _table("columns", file_map.columns) + _table("constants", file_map.constants)
    for column, values in file_map.values.items():
        lines += _table(f"values.{_quoted(column)}", values)
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, str]) -> list[str]:
    return ["", f"[{name}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in values.items())] if values else []


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are all valid in it once control characters are gone."""
    return json.dumps(text if text == "\t" else clean(text), ensure_ascii=False)


def with_encoding(file_map: FileMap, encoding: str) -> FileMap:
    """The same map for a file in an encoding somebody named."""
    return replace(file_map, encoding=ENCODINGS[encoding.lower()])
