# Everything people and CI run. Each target sets up what it needs; a second run is quick.
# Byte code is kept, whatever the shell says: without it every start compiles the whole coach.
unexport PYTHONDONTWRITEBYTECODE
ifndef PYTHON
PYTHON := $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
INSTALLED := .venv/.installed
INDEXED := .venv/.indexed
CARDS := $(wildcard knowledge/*.py knowledge/*/*.yaml knowledge/cards/*/*.md)

.PHONY: install demo test check screenshots faults bench lock clean

install: $(INDEXED)

$(INSTALLED): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing the pinned packages into .venv; the first time that takes some minutes."
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

# So that the first answer is quick.
$(INDEXED): $(INSTALLED) $(CARDS)
	@$(BIN)/coach knowledge index
	@touch $@

demo: install
	@$(BIN)/coach demo

test: install
	$(BIN)/pytest -n auto --dist worksteal

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house
	$(BIN)/coach knowledge check

# The pictures of the README, taken from the playground as it is now.
screenshots: install
	COACH_SCREENSHOTS=tests/golden/screenshots $(BIN)/pytest tests/browser/test_screenshots.py

# The tests of what must never be lost or doubled, for long: every zone, twenty seeds of each storm.
faults: install
	$(BIN)/pytest tests/faults --storms 20

bench: install
	$(BIN)/python -m tests.bench

# The product's packages, and the same with what developers need beside them. No index address gets into either file.
LOCK := uv pip compile pyproject.toml --all-extras --group weights --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --quiet
lock: $(INSTALLED)
	$(BIN)/$(LOCK) --upgrade --output-file requirements.lock
	$(BIN)/$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .coach
