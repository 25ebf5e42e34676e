#!/bin/sh
# Serves Minka with its demonstration content on http://127.0.0.1:$PORT. The first time it prepares everything; later it only starts.
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh run

[ -n "${SECRET_KEY:-}" ] || exec sh scripts/with-settings.sh sh scripts/run.sh

export PORT="${PORT:-8000}" DATA_DIR="${DATA_DIR:-instance}" DEMO=1
export SITE_URL="${SITE_URL:-http://127.0.0.1:$PORT}"
mkdir -p "$DATA_DIR"

if ! .venv/bin/python scripts/port_is_free.py "$PORT"; then
    echo "El puerto $PORT está ocupado. Elija otro: PORT=8001 make run" >&2
    exit 1
fi

wanted="$(cat migrations/versions/*.py | cksum) ${DATABASE_URL:-}"
if [ ! -f "$DATA_DIR/.migrated" ] || [ "$(cat "$DATA_DIR/.migrated")" != "$wanted" ]; then
    echo "Preparando la base de datos ..."
    .venv/bin/flask --app wsgi db upgrade >/dev/null 2>"$DATA_DIR/migrations.log" || { cat "$DATA_DIR/migrations.log" >&2; exit 1; }
    printf '%s' "$wanted" > "$DATA_DIR/.migrated"
fi
if [ ! -s "$DATA_DIR/demo.json" ]; then
    echo "Cargando la demostración ..."
    .venv/bin/flask --app wsgi demo load --json > "$DATA_DIR/demo.json.new"
    mv "$DATA_DIR/demo.json.new" "$DATA_DIR/demo.json"
fi

.venv/bin/python scripts/announce.py "$SITE_URL" "$DATA_DIR/demo.json" &
# What is due by the clock (scheduled answers, long reports, letters when MAIL_URL is set) needs a second program beside the site.
.venv/bin/flask --app wsgi worker >"$DATA_DIR/worker.log" 2>&1 &
worker=$!
.venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 2 --blocking-threads 4 --backlog 2048 \
    --backpressure 1024 --no-ws --respawn-failed-workers --log-level warning wsgi:app &
site=$!
trap 'kill "$site" "$worker" 2>/dev/null || true' INT TERM
status=0
wait "$site" || status=$?
kill "$worker" 2>/dev/null || true
wait
exit "$status"
