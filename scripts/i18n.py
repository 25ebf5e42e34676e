"""Catalogues of messages. `update`: extract, merge, compile. `check`: fail when a catalogue is stale, incomplete or fuzzy.

`missing LOCALE` prints as JSON what a translator still has to write: [[id, translation], …], an id with a plural being a list.
`fill LOCALE FILE` takes the same list back, translated. The message ids are the Spanish sentences themselves. The Spanish catalogue
repeats them, so that a municipality can put its own words (app/translations/es) without touching the code. Spanish and English are
complete; Quechua covers what a citizen sees (tests/security/test_translated.py), and staff pages are not offered in it.
"""

import json
import re
import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "app" / "translations"
TEMPLATE = CATALOGUES / "messages.pot"
COMPLETE = ("es", "en")
LOCALES = (*COMPLETE, "qu")
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def extracted() -> Catalog:
    """Every message of the code and the templates, with the files it comes from but not the lines: those change too often."""
    with open(ROOT / "babel.cfg", encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = Catalog(project="Minka", version="", copyright_holder="", charset="utf-8")
    found.header_comment = "# Messages of Minka. Made by `make i18n`; the ids are the Spanish sentences."
    messages = extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS, comment_tags=("i18n:",), directory_filter=lambda path: _is_ours(Path(path))
    )
    for file_name, _line, message, comments, context in messages:
        found.add(message, None, [(file_name, None)], auto_comments=comments, context=context)
    return found


def _is_ours(path: Path) -> bool:
    return not path.name.startswith((".", "_")) and path.name not in {"tests", "node_modules", "instance", "benchmarks", "static"}


def path_of(locale: str) -> Path:
    return CATALOGUES / locale / "LC_MESSAGES" / "messages.po"


def read(path: Path, locale: str | None = None) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, project="Minka", version="", charset="utf-8")
    with open(path, "rb") as file:
        return read_po(file, locale=locale)


def written(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, omit_header=False, sort_output=True, ignore_obsolete=True, width=120)
    return b"\n".join(line for line in buffer.getvalue().split(b"\n") if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date')))


def fill_with_ids(catalogue: Catalog) -> None:
    """Give every message without translation its own sentence: Spanish only."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            strings = message.string if isinstance(message.string, tuple) else ()
            if not strings or not all(strings):
                message.string = tuple(message.id[min(n, 1)] for n in range(catalogue.num_plurals))
        elif not message.string:
            message.string = message.id
        message.flags.discard("fuzzy")


def update() -> int:
    template = extracted()
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(written(template))
    for locale in LOCALES:
        catalogue = read(path_of(locale), locale)
        catalogue.update(deepcopy(template), no_fuzzy_matching=True)  # it takes the template's own messages: none may be shared
        if locale == "es":
            fill_with_ids(catalogue)
        path_of(locale).parent.mkdir(parents=True, exist_ok=True)
        path_of(locale).write_bytes(written(catalogue))
        with open(path_of(locale).with_suffix(".mo"), "wb") as compiled:
            write_mo(compiled, catalogue)
        print(f"{locale}: {sum(1 for message in catalogue if message.id)} mensajes")
    return 0


def faults() -> list[str]:
    """Sentences saying what is stale, missing, fuzzy or has lost a placeholder."""
    template = extracted()
    known = {(message.id, message.context) for message in read(TEMPLATE) if message.id}
    wanted = {(message.id, message.context) for message in template if message.id}
    found = [f"falta en messages.pot: {ids!r}" for ids, _ in sorted(wanted - known, key=str)]
    found += [f"sobra en messages.pot: {ids!r}" for ids, _ in sorted(known - wanted, key=str)]
    for locale in LOCALES:
        catalogue = read(path_of(locale), locale)
        for message in template:
            if message.id:
                found += _faults_of(catalogue.get(_singular(message), message.context), message, locale)
    return found


def missing(locale: str) -> int:
    """Print what has no translation yet."""
    waiting = [[message.id, ""] for message in read(path_of(locale), locale) if message.id and not _is_translated(message)]
    json.dump(waiting, sys.stdout, ensure_ascii=False, indent=0)
    return 0


def fill(locale: str, file: Path) -> int:
    """Take translations back; those that use a placeholder their sentence lacks, or of a sentence that is gone, are told and left out."""
    catalogue, refused = read(path_of(locale), locale), 0
    for given, translation in json.loads(file.read_text(encoding="utf-8")):
        ids = tuple(given) if isinstance(given, list) else given
        message = catalogue.get(ids[0] if isinstance(ids, tuple) else ids)
        strings = tuple(translation) if isinstance(translation, list) else translation
        if message is None or not translation:
            faults_found = [f"{locale}: no existe o está vacío {given!r}"]
        else:
            faults_found = _faults_of(Message(message.id, strings), message, locale)
        for fault in faults_found:
            print(fault, file=sys.stderr)
        refused += bool(faults_found)
        if message is not None and not faults_found:
            message.string = strings
    path_of(locale).write_bytes(written(catalogue))
    print(f"{refused} rechazadas")
    return 0


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _singular(message: Message) -> str:
    return str(message.id[0]) if isinstance(message.id, tuple) else str(message.id)


def _faults_of(translated: Message | None, message: Message, locale: str) -> list[str]:
    if translated is None:
        return [f"{locale}: falta {message.id!r}"]
    if translated.fuzzy:
        return [f"{locale}: dudoso {message.id!r}"]
    strings = translated.string if isinstance(translated.string, tuple) else (translated.string,)
    if not all(strings):
        if locale not in COMPLETE:
            return []
        return [f"{locale}: sin traducir {message.id!r}"]
    allowed = set(PLACEHOLDER.findall(" ".join(message.id) if isinstance(message.id, tuple) else str(message.id)))
    strange = set(PLACEHOLDER.findall(" ".join(strings))) - allowed
    return [f"{locale}: {message.id!r} usa {sorted(strange)}, que no existe"] if strange else []


def check() -> int:
    found = faults()
    for fault in found[:40]:
        print(fault, file=sys.stderr)
    if found:
        print(f"{len(found)} faltas. Ejecute 'make i18n'.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    commands = {
        "update": update, "check": check, "missing": lambda: missing(sys.argv[2]), "fill": lambda: fill(sys.argv[2], Path(sys.argv[3])),
    }  # fmt: skip
    sys.exit(commands[sys.argv[1]]())
