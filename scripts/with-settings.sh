#!/bin/sh
# Runs a command with the settings of this folder's instance: its data folder and, when none is given, its own secret key.
set -eu
cd "$(dirname "$0")/.."
export DATA_DIR="${DATA_DIR:-instance}"
mkdir -p "$DATA_DIR"
if [ -z "${SECRET_KEY:-}" ]; then
    if [ ! -s "$DATA_DIR/secret-key" ]; then
        (umask 077; .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' > "$DATA_DIR/secret-key")
    fi
    SECRET_KEY=$(cat "$DATA_DIR/secret-key")
    export SECRET_KEY
fi
exec "$@"
