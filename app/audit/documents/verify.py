#!/usr/bin/env python3
"""Comprueba una prueba del registro público de Minka, sin Minka y sin red.

Uso:  python3 verify.py prueba.zip [nota.txt ...] [--clave clave.txt] [--certificados autoridad.pem]

Necesita Python 3.8 o posterior y el programa openssl (1.1.1 o posterior). Cada nota.txt es un punto de control que usted guardó
por su cuenta: una carta, un documento impreso, otro sitio. Con --clave y --certificados se usan los que usted tiene, no los de la prueba.
Sale con 0 si todo coincide; con 1 y el número del primer acto malo si algo cambió; con 2 si faltan archivos o programas.
"""

import base64
import calendar
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

NAMES = {"acts": "acts.jsonl", "keys": "clave.txt", "certificates": "certificados.pem", "sums": "SHA256SUMS"}
SPKI = bytes.fromhex("302a300506032b6570032100")  # what comes before the 32 bytes of an Ed25519 key in DER


class Broken(Exception):
    """Algo no coincide; la frase dice qué y, cuando se sabe, desde qué acto."""


def chain(lines):
    """Huellas en orden, y qué acto nombra cada SHA-256 de sus datos."""
    hashes: list[str] = ["0" * 64]
    named: dict[str, int] = {}
    for seq, line in enumerate(lines, 1):
        try:
            act = json.loads(line)
            body = act["body"]
            content = "\0".join(("minka-register:v1", str(seq), hashes[-1], body))
            if (act["seq"], act["prev"], act["hash"]) != (seq, hashes[-1], hashlib.sha256(content.encode()).hexdigest()):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Broken(f"el acto {seq} no coincide con su huella o con la del anterior") from None
        for digest in re.findall(r'"([0-9a-f]{64})"', body):
            named.setdefault(digest, seq)
        hashes.append(act["hash"])
    return hashes, named


def read_keys(text):
    """Nombre y llave de cada línea «nombre+identificador+base64»."""
    keys = []
    for line in text.split():
        try:
            name, number, encoded = line.split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise Broken("una llave de clave.txt no se puede leer") from None
        if len(raw) != 33 or raw[:1] != b"\x01" or number != identifier(name, raw[1:]).hex():
            raise Broken("una llave de clave.txt no coincide con su identificador")
        keys.append((name, raw[1:]))
    return keys


def identifier(name, key):
    return hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]


def read_note(name, note):
    """Tamaño, raíz, texto firmado y firmas de un punto de control."""
    found = re.fullmatch(r"(\S+)\n([1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n((?:\S.*\n)*)\n((?:— \S+ \S+\n)+)", note)
    if not found:
        raise Broken(f"{name} no es un punto de control")
    signatures = [line.split(" ")[1:] for line in found.group(5).splitlines()]
    try:
        decoded = [(who, base64.b64decode(code, validate=True)) for who, code in signatures]
    except ValueError:
        raise Broken(f"{name} tiene una firma ilegible") from None
    return int(found.group(2)), base64.b64decode(found.group(3)).hex(), note.split("\n\n")[0] + "\n", decoded


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=False)  # noqa: S603, S607 - sin palabras ajenas


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def is_signed(text, signatures, keys):
    """Si alguna de las llaves firmó exactamente este texto."""
    for name, key in keys:
        for who, raw in signatures:
            if who == name and raw[:4] == identifier(name, key):
                with tempfile.TemporaryDirectory() as folder:
                    public, signed = write(folder, "key", SPKI + key), write(folder, "text", text.encode())
                    options = ("-verify", "-pubin", "-keyform", "DER", "-inkey", public, "-rawin", "-in", signed)
                    if openssl("pkeyutl", *options, "-sigfile", write(folder, "signature", raw[4:])).returncode == 0:
                        return True
    return False


def stamped(note, reply, certificates):
    """La hora del sello de tiempo, o None si no es de esta nota o no es de la autoridad."""
    with tempfile.TemporaryDirectory() as folder:
        token, authority = write(folder, "reply", reply), write(folder, "authority", certificates)
        shown = openssl("ts", "-reply", "-in", token, "-text").stdout.decode("utf-8", "replace")
        when = re.search(r"^Time stamp: (\w+ +\d+ [\d:]+)(?:\.\d+)? (\d+) GMT$", shown, re.MULTILINE)
        if not when:
            return None
        then = calendar.timegm(time.strptime(" ".join(when.groups()), "%b %d %H:%M:%S %Y"))  # sus certificados valían ese día
        trust = ("-CAfile", authority, "-untrusted", authority, "-attime", str(then))
        good = openssl("ts", "-verify", "-data", write(folder, "note", note.encode()), "-in", token, *trust).returncode == 0
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(then)) if good else None


def hold(name, note, hashes, keys):
    """Compara un punto de control con la cadena; devuelve hasta qué acto responde."""
    size, root, text, signatures = read_note(name, note)
    if not is_signed(text, signatures, keys):
        raise Broken(f"la firma de {name} no es de la llave publicada")
    if size >= len(hashes):
        raise Broken(f"falta el acto {len(hashes)}: {name} responde por {size} actos y aquí hay {len(hashes) - 1}")
    if hashes[size] != root:
        raise Broken(f"algún acto hasta el {size} fue cambiado: su huella no es la de {name}")
    return size


def check_sums(bundle, names):
    listed = dict(reversed(line.split("  ", 1)) for line in bundle.read(NAMES["sums"]).decode().splitlines())
    for name in names:
        if name != NAMES["sums"] and hashlib.sha256(bundle.read(name)).hexdigest() != listed.pop(name, ""):
            raise Broken(f"el archivo {name} fue cambiado o añadido")
    if listed:
        raise Broken(f"falta el archivo {min(listed)}")


def check(path, notes=(), keys_text="", certificates=b"", say=print):
    """Comprueba la prueba entera; levanta Broken con la primera falta."""
    with zipfile.ZipFile(path) as bundle, ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        names = bundle.namelist()
        check_sums(bundle, names)
        with bundle.open(NAMES["acts"]) as acts:
            hashes, named = chain(acts)
        say(f"Actos: {len(hashes) - 1}, en orden y sin cambios entre sí.")
        keys = read_keys(keys_text or bundle.read(NAMES["keys"]).decode())
        inside = {name: bundle.read(name).decode() for name in names if name.startswith("checkpoints/") and name.endswith(".txt")}
        sizes = dict(pool.map(lambda name: (name, hold(name, inside[name], hashes, keys)), inside))
        last = max(sizes.values(), default=0)
        say(f"Puntos de control firmados: {len(sizes)}; el último responde por los actos 1 a {last}.")
        trusted = certificates or (bundle.read(NAMES["certificates"]) if NAMES["certificates"] in names else b"")
        tokens = [name[:-4] for name in names if name.endswith(".tsr")]
        times = dict(pool.map(lambda name: (name, stamped(inside.get(name + ".txt", ""), bundle.read(name + ".tsr"), trusted)), tokens))
        for name in (name for name in tokens if times[name] is None):
            raise Broken(f"el sello de tiempo {name}.tsr no es válido")
        held = sorted((sizes[name + ".txt"], times[name]) for name in tokens)
        say(f"Sellos de tiempo válidos: {len(held)}." + (f" Los actos 1 a {held[-1][0]} ya existían el {held[-1][1]}." if held else ""))
        for name in sorted(n for n in names if n.startswith("textos/")):
            seq = named.get(hashlib.sha256(bundle.read(name)).hexdigest())
            if seq is None:
                raise Broken(f"ningún acto nombra el texto {name}")
            when = next((f"; existía el {at}" for size, at in held if size >= seq), "; sin sello de tiempo todavía")
            say(f"{name}: es exactamente el que nombra el acto {seq}{when}.")
        for name, note in notes:
            say(f"{name}: coincide; responde por los actos 1 a {hold(name, note, hashes, keys)}.")
    if last < len(hashes) - 1:
        say(f"Los actos {last + 1} a {len(hashes) - 1} son posteriores al último punto de control: nadie responde por ellos todavía.")
    return len(hashes) - 1, last, held[-1] if held else None


def main(arguments):
    options, rest = {}, list(arguments)
    for name in ("--clave", "--certificados"):
        if name in rest:
            place = rest.index(name)
            options[name] = rest[place + 1] if place + 1 < len(rest) else ""
            del rest[place : place + 2]
    if not rest or rest[0].startswith("-") or "" in options.values():
        print(__doc__, file=sys.stderr)
        return 2
    try:
        keys, authority = (read(options[name]) if name in options else b"" for name in ("--clave", "--certificados"))
        check(rest[0], [(name, read(name).decode()) for name in rest[1:]], keys.decode(), authority)
    except Broken as fault:
        print(f"NO COINCIDE: {fault}.", file=sys.stderr)
        return 1
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as fault:
        print(f"NO COINCIDE: el archivo está dañado o no es una prueba ({fault}).", file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"No se pudo comprobar: {fault}.", file=sys.stderr)
        return 2
    print("Todo coincide.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
