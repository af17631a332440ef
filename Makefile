# Handoff. `make demo` shows it, `make test` proves it, `make check` is what a reviewer runs.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1

.PHONY: setup
setup: .venv/.ready

.venv/.ready: requirements.lock.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline -e .
	touch $@

# Two thousand people over eighteen months, from landed tables to the page.
.PHONY: demo
demo: setup
	$(BIN)/handoff demo --out demo

# make run SOURCE=salesforce=exports/ AS_OF=2026-06-30T18:00:00Z WAREHOUSE=warehouse
WAREHOUSE ?= warehouse
.PHONY: run
run: setup
	@test -n "$(SOURCE)" || { echo "make run SOURCE=salesforce=exports/ [AS_OF=…] [WAREHOUSE=…]" >&2; exit 2; }
	$(BIN)/handoff run --source "$(SOURCE)" $(if $(AS_OF),--as-of "$(AS_OF)") --warehouse "$(WAREHOUSE)"

# Hashes for every platform, no registry named; a version moves only when requirements.in lets it.
.PHONY: lock
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --override requirements.overrides.txt \
		--no-header --no-emit-index-url --no-annotate --generate-hashes requirements.in -o requirements.lock.txt

# docs/reference: a page for each mart, codes, macros, vars, metrics, the command's options, columns and schemas of rules.
.PHONY: reference
reference: setup
	$(BIN)/python -m handoff.reference
	$(BIN)/python -m handoff.columns --write
	$(BIN)/handoff rules schemas --out docs/reference/schemas

# The pictures in README and docs, taken of the demo's page by Chromium.
CHROMIUM ?= chromium --headless --no-sandbox --disable-gpu --hide-scrollbars
PAGE = file://$(CURDIR)/demo/warehouse/review.html
.PHONY: images
images: demo
	$(CHROMIUM) --window-size=1280,1250 --screenshot=docs/images/review.png "$(PAGE)"
	$(CHROMIUM) --window-size=1280,900 --screenshot=docs/images/review-inspection.png "$(PAGE)#tab=inspection"
	$(CHROMIUM) --window-size=1280,1100 --screenshot=docs/images/review-queue.png "$(PAGE)#tab=queue"

# --- what CI and reviewers run ---------------------------------------------------------------------------------------

# How well people find their account, on a labelled set, written into docs/reference/matching-figures.md.
.PHONY: match-figures
match-figures: setup
	PYTHONPATH=tests/python $(BIN)/python -m labelled.measure --write

# Everything CI runs: Python tests (oracles, properties, faults, browser, CLI) and dbt's own unit tests among them.
.PHONY: test
test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

# The long suites: many more generated cases of the same tests.
.PHONY: test-long
test-long: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Changes the scoring SQL in one place after another: do the tests notice? Some minutes; not part of check.
.PHONY: mutate
mutate: setup
	$(BIN)/python tests/mutate.py

.PHONY: lint
lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar models tests/singular

.PHONY: types
types: setup
	$(BIN)/mypy

.PHONY: layering
layering: setup
	$(BIN)/python -m handoff.layering --write-manifest target/layering/manifest.json
	DBT_BOUNCER_DISABLE_CONF_CACHE=true $(BIN)/dbt-bouncer run --output-only-failures

# Lint, types, layering and tests, and one table that says which passed.
.PHONY: check
check: setup
	$(BIN)/python -m handoff.checks lint types layering test
