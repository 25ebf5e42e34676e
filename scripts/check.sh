#!/bin/sh
# Exactly what CI runs: format, lint, types, import contracts, templates, catalogues, tests. Stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { echo "== $1"; shift; "$@"; }
step "formato" $bin/ruff format --check --quiet .
step "reglas de estilo" $bin/ruff check --quiet .
step "tipos" $bin/mypy --no-error-summary
step "contratos de importación" $bin/lint-imports --no-cache
step "plantillas" $bin/djlint templates --lint --quiet
step "catálogos" $bin/python scripts/i18n.py check
step "pruebas" $bin/python -m pytest -q -n 2 --dist loadfile
