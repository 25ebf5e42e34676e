#!/bin/sh
# Writes requirements.lock and requirements-dev.lock: every package, pinned, with the hashes of its files.
# The larger set is solved first and the smaller one takes its versions from it, so that what is tested is what runs.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || { echo "Falta uv: ejecute primero 'make bootstrap'." >&2; exit 1; }

compile() {  # source, target, further options
    source=$1; target=$2; shift 2
    "$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
        --no-header "$@" "$source" -o "$target.new"
    { echo "# Made by 'make lock' from $source; do not edit."; cat "$target.new"; } > "$target"
    rm -f "$target.new"
}

compile requirements-dev.txt requirements-dev.lock
compile requirements.txt requirements.lock -c requirements-dev.lock
if grep -nE "https?://|--(index|extra-index|find-links|trusted-host)" requirements.lock requirements-dev.lock; then
    echo "Un nombre de servidor quedó escrito en los archivos de bloqueo." >&2
    exit 1
fi
