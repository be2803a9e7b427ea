# Every door to Kith. `make` alone lists them; each line after ## is what the list prints.
# Python 3.11 or later is all that has to be there already: the rest goes into .venv, beside this file.

PORT ?=
DATA ?=
PEOPLE ?=
BENCH ?=
REFERENCE ?=
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
export PYTHON
BIN := .venv/bin
KITH := .venv/kith.stamp
CHECK := .venv/check.stamp
HOW_BIG = $(if $(PEOPLE),--people $(PEOPLE)) $(if $(BENCH),--folder "$(BENCH)") $(if $(REFERENCE),--reference)
WHERE = $(if $(DATA),--data "$(DATA)") $(if $(PORT),--port $(PORT))
COMPILE = uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 --universal $(UPGRADE)
ORDINARY := not journey and not long and not strength
BESIDE := kith tests/house/test_grammar.py tests/house/test_walls.py tests/access/test_situations.py
FAST := style types walls unit-beside
WHOLE := style types walls unit-sqlite reference unit-postgresql journeys strength migrations

.DEFAULT_GOAL := help
.PHONY: help demo serve test check journeys pages bench long kill docs fix lock environment unit-beside $(WHOLE)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(KITH)  ## the worked families on this machine, to look round in: PORT=8000, DATA=folder
	@tools/system-packages demo
	@$(BIN)/kith demo $(WHERE)

serve: $(KITH)  ## the production server over your own store: PORT=8000, DATA=folder or DATABASE_URL
	@$(BIN)/kith serve $(WHERE)

test: $(CHECK)  ## every check: the fast part, PostgreSQL, journeys in a real browser (20 minutes at most)
	@tools/system-packages test
	+@$(BIN)/python tools/parts.py $(WHOLE)

check: $(CHECK)  ## the fast part of test: style, types, walls, and the tests beside the code on SQLite (3 minutes)
	@tools/system-packages check
	+@$(BIN)/python tools/parts.py $(FAST)

journeys: $(CHECK)  ## only the journeys, in a real browser
	@tools/system-packages test
	@$(BIN)/python -m pytest -m journey

pages: $(CHECK)  ## a contact sheet of every page at 1280 and 390 px wide, in pages/index.html
	@tools/system-packages test
	@$(BIN)/python -m tests.pages

bench: $(CHECK)  ## what each thing costs beside its floor, both stores: PEOPLE=100000, BENCH=folder kept, REFERENCE=yes
	@tools/system-packages test
	@$(BIN)/python -m tests.bench $(HOW_BIG)

long: $(CHECK)  ## the tests that take minutes: strength under load and every case of what others try by sample
	@tools/system-packages test
	@$(BIN)/python -m pytest -m "long and not strength"

kill: $(CHECK)  ## pull the plug 200 times on each store and trace every flush (an hour): BLOWS=200 ANSWERS=1000
	@tools/system-packages test
	@$(BIN)/python -m pytest -s -m "strength and long"

docs: $(KITH)  ## write the reference pages again from the code
	@$(BIN)/kith docs

fix: $(CHECK)  ## put style right where a machine can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(CHECK)  ## compile requirements/*.in again, keeping versions that still fit: UPGRADE=--upgrade for newer
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet uv
	@echo "Compiling requirements/kith.txt and check.txt"
	@PATH="$$PATH:$(BIN)" && $(COMPILE) requirements/kith.in -o requirements/kith.txt && \
		$(COMPILE) requirements/check.in -c requirements/kith.txt -o requirements/check.txt
	@$(BIN)/python -m pytest tests/test_lock.py

# The parts of test, each a door of its own

style: $(CHECK)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(CHECK)
	@$(BIN)/mypy kith tools

walls: $(CHECK)
	@$(BIN)/lint-imports --no-logo

unit-beside: $(CHECK)
	@env -u DATABASE_URL $(BIN)/python -m pytest -n 2 -m "$(ORDINARY)" $(BESIDE)

unit-sqlite: $(CHECK)
	@env -u DATABASE_URL $(BIN)/python -m pytest -n 2 -m "$(ORDINARY)"

unit-postgresql: $(CHECK)
	@$(BIN)/python -m tests.cluster -- $(BIN)/python -m pytest -n 2 -m "$(ORDINARY)"

strength: $(CHECK)
	@$(BIN)/python -m pytest -m "strength and not long"

reference: $(CHECK)
	@$(BIN)/kith docs --check

migrations: $(CHECK)
	@$(BIN)/django-admin makemigrations --check --dry-run --settings kith.config.settings --pythonpath .

# The environment, made again only when what it is made from has changed

environment: $(KITH)

$(KITH): requirements/kith.txt pyproject.toml
	@tools/system-packages environment
	@$(PYTHON) tools/environment.py kith

$(CHECK): requirements/check.txt pyproject.toml
	@tools/system-packages environment
	@$(PYTHON) tools/environment.py check
