# One verb per chore. `make demo` and `make test` are all that a fresh machine needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INSTALL = $(PYTHON) -m pip -qq --disable-pip-version-check --python $(BIN)/python install

.PHONY: demo test quick soak format golden messages lock clean help

help:
	@echo "make demo    the whole main job on the sample report, in ./demo"
	@echo "make test    every check: format, lint, types, architecture, tests, browser"
	@echo "make quick   the minute-long part of it, for every commit"
	@echo "make soak    the properties with thousands of examples each, and the long runs"
	@echo "make format  put the code in form    make golden  rewrite the golden files"
	@echo "make lock    pin the requirements    make clean   remove what was built"

demo: $(VENV)/runtime
	@$(BIN)/python examples/demo.py

test: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal -m "not soak" --cov --cov-report=term

quick: $(VENV)/test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports > /dev/null
	$(BIN)/pytest -n 2 -q -m "not soak and not browser and not server" tests/unit tests/house tests/packs

soak: $(VENV)/test
	$(BIN)/pytest -q --hypothesis-profile=soak --timeout=3600 tests/properties
	$(BIN)/pytest -q -m soak tests

format: $(VENV)/test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(VENV)/test
	$(BIN)/pytest -q --write-golden tests

# The lock files name versions and hashes only, never where they came from.
lock:
	uv pip compile pyproject.toml --extra build --universal --no-strip-extras --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --upgrade --quiet -o requirements.txt
	uv pip compile pyproject.toml --extra build --extra dkim --extra postgres --extra procrastinate --extra solver --extra test --universal --no-strip-extras --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet -c requirements.txt -o requirements-test.txt

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

# Debian's python3 may lack ensurepip; the machine's own pip installs into the environment instead.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "error: Python 3.11 or later is needed, and $(PYTHON) is not; try 'make PYTHON=python3.12 $(MAKECMDGOALS)'"; exit 1; }
	@$(PYTHON) -m pip --version > /dev/null 2>&1 || \
	  { echo "error: $(PYTHON) has no pip; on Debian 'apt-get install python3-pip', on macOS '$(PYTHON) -m ensurepip'"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv --without-pip $(VENV)
	@touch $@

$(VENV)/runtime: $(VENV)/made requirements.txt pyproject.toml
	@echo "Installing what Interim runs on ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test: $(VENV)/runtime requirements-test.txt
	@echo "Installing what its tests need ..."
	@$(INSTALL) --require-hashes -r requirements-test.txt
	@touch $@
