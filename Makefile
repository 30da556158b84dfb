# make run    try Vigil in the browser, or run it on Telegram when VIGIL_BOT_TOKEN is set
# make test   run the tests
# make check  everything that must pass before a change goes in
# make chaos  kill a running send at every step and at random points; takes several minutes
# make bench  lay the answers beside those of usual ways to find a text; takes some minutes
# make bench-delivery  lay what sending costs beside usual ways to send; takes half an hour
# make bench-petitions  a hundred people sign in a second, and a million have; takes four minutes

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := $(VENV)/bench
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := bot handlers playground tests tools benchmarks
# The sentences for translators, in an order that does not change with the line numbers.
EXTRACT := $(BIN)/pybabel -q extract --no-location --sort-output --omit-header -k t -k n:1,2 -k N_

.PHONY: run test check chaos bench bench-delivery bench-petitions format lock catalogue clean coverage

run: $(VENV)/run.stamp
	@$(BIN)/python -m bot

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot content check --no-notes
	@$(EXTRACT) -o $(VENV)/vigil.pot bot handlers && \
		diff -u locales/vigil.pot $(VENV)/vigil.pot || \
		{ echo "locales/vigil.pot is behind the code. Run: make catalogue"; exit 1; }
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov --cov-report=term

chaos: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m chaos tests/chaos --numprocesses auto

bench: $(VENV)/bench.stamp
	$(BENCH)/bin/python -m benchmarks.answers

bench-delivery: $(VENV)/bench.stamp
	$(BENCH)/bin/python -m benchmarks.delivery throughput
	$(BENCH)/bin/python -m benchmarks.delivery limits
	$(BENCH)/bin/python -m benchmarks.delivery million

bench-petitions: $(VENV)/bench.stamp
	$(BENCH)/bin/python -m benchmarks.petitions signing
	$(BENCH)/bin/python -m benchmarks.petitions card

format: $(VENV)/dev.stamp
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

catalogue: $(VENV)/dev.stamp
	$(EXTRACT) -o locales/vigil.pot bot handlers

# Needs uv (https://docs.astral.sh/uv/). The locks hold hashes and no address of an index.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	@# As they are in requirements.lock, but where what it lies beside asks for older ones.
	cp requirements.lock requirements-bench.lock
	$(LOCK) --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage

# A stamp is written when its step is done: what was interrupted is begun anew.
$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vigil needs Python 3.11 or newer: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing. This installs it: sudo apt install python3-venv"; exit 1; }
	@rm -rf $(VENV)
	@echo "Making .venv …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.lock | $(VENV)/made.stamp
	@echo "Installing what Vigil needs (once, about a minute) …"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/made.stamp
	@echo "Installing what the tests need …"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements-bench.lock | $(VENV)/made.stamp
	@echo "Installing what the benchmarks lay beside ours …"
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes \
		-r requirements-bench.lock
	@touch $@
