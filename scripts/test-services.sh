#!/bin/sh
# Chromium, PostgreSQL and Pango (for PDF) for the tests. Without arguments: says what is missing and what to type.
# With --install: installs it when this user may (Debian, Ubuntu). The tests start PostgreSQL themselves on a free port.
set -eu
missing=""
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ]; }
has_pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || [ -e /opt/homebrew/lib/libpango-1.0.dylib ]; }
has_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || [ -n "${TEST_DATABASE_URL:-}" ]; }
look() {
    missing=""
    has_chromium || missing="chromium"
    has_postgres || missing="$missing postgresql"
    has_pango || missing="$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils"
    missing=${missing# }
}

look
if [ -n "$missing" ] && [ "${1:-}" = --install ] && command -v apt-get >/dev/null 2>&1; then
    become=""
    [ "$(id -u)" = 0 ] || become="sudo -n"
    if [ -z "$become" ] || $become true 2>/dev/null; then
        export DEBIAN_FRONTEND=noninteractive
        $become apt-get update -qq && $become apt-get install -y -qq --no-install-recommends $missing >/dev/null || true
        look
    fi
fi
if [ -n "$missing" ]; then
    echo "Faltan para todas las pruebas: $missing. Las demás pruebas corren igual. Para instalarlos:" >&2
    echo "    sudo apt-get install -y $missing" >&2
    exit 1
fi
echo "Chromium, PostgreSQL y Pango están disponibles."
