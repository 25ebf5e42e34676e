# What each word does: docs in README.md. Everything runs on Linux and macOS with Python 3.11 or newer and git.
.POSIX:
.PHONY: bootstrap run test test-rules check migrate i18n lock bench real-input format

PY = .venv/bin/python
FLASK = .venv/bin/flask --app wsgi

bootstrap:
	@sh scripts/environment.sh dev

run:
	@sh scripts/run.sh

test: bootstrap
	@$(PY) -m pytest -q -n 2 --dist loadfile $(ARGS)

test-rules: bootstrap
	@$(PY) -m pytest -q tests/*/test_rules*.py $(ARGS)

check: bootstrap
	@sh scripts/check.sh

migrate: bootstrap
	@sh scripts/with-settings.sh $(FLASK) db upgrade

i18n: bootstrap
	@$(PY) scripts/i18n.py update

lock: bootstrap
	@sh scripts/lock.sh

bench: bootstrap
	@$(PY) -m benchmarks $(ARGS)

real-input: bootstrap
	@$(PY) -m scripts.real_input $(ARGS)

format: bootstrap
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
