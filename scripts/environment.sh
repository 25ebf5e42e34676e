#!/bin/sh
# Makes or mends .venv. `environment.sh run` installs what the server needs, `environment.sh dev` also what tests and checks need.
# Does nothing when the lock file has not changed since last time.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-run}
[ "$wanted" = dev ] && lock=requirements-dev.lock || lock=requirements.lock

recent_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && recent_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "ningún Python 3")
    echo "Minka necesita Python 3.11 o más nuevo y aquí hay $found. Instálelo y vuelva a escribir 'make run'; si está en otro lugar: PYTHON=/ruta/python3.11 make run" >&2
    exit 1
}

if [ ! -x .venv/bin/python ] || ! recent_enough .venv/bin/python; then
    python=$(find_python)
    echo "Preparando el entorno en .venv ..."
    rm -rf .venv
    if ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        if command -v uv >/dev/null 2>&1; then
            uv venv --quiet --python "$python" .venv
        else
            echo "Este Python no trae 'venv'. En Debian o Ubuntu: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
fi

mark() { cksum < "$1"; }
installed() { [ -f ".venv/.$1" ] && [ "$(cat ".venv/.$1")" = "$(mark "$1")" ]; }

if ! installed "$lock" && ! { [ "$wanted" = run ] && installed requirements-dev.lock; }; then
    echo "Instalando las dependencias de $lock (cada archivo con su huella comprobada) ..."
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
    else
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
    fi
    mark "$lock" > ".venv/.$lock"
fi

for catalogue in app/translations/*/LC_MESSAGES/messages.po; do
    [ -f "$catalogue" ] || continue
    compiled=${catalogue%.po}.mo
    if [ ! -f "$compiled" ] || [ "$catalogue" -nt "$compiled" ]; then
        .venv/bin/pybabel --quiet compile --use-fuzzy -d app/translations >/dev/null  # the header of a catalogue is marked so
        break
    fi
done
