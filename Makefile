# Every task is one word; `make help` lists them.
# Needs Python 3.11 or newer, git, and a network for the first run, which makes `.venv` and fills it.

.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help install run test lint format types generated workflows conformance package unit laws fuzz agreement metadata data docs site bench lock floors clean

# The first Python on the path that is new enough. Another one: make test PYTHON=/path/to/python3.13
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
PINNED := --require-hashes --only-binary :all:
UV := build/lock/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

help: ## List the tasks.
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1	/' | expand -t 14

# -- Setting up -------------------------------------------------------------------------------------------------------

$(VENV)/.requirements: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install one, or: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 2; }
	@test -x $(BIN)/python || { echo "Making $(VENV) with $$($(PYTHON) --version)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the pinned requirements into $(VENV) (about a minute, once)"
	@$(PIP) install $(PINNED) -r requirements/dev.txt
	@touch $@

$(VENV)/.package: $(VENV)/.requirements pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

install: $(VENV)/.package ## Make .venv with the pinned requirements and this package; nothing is done twice.

build/wheelhouse/.made: requirements/runtime.txt $(VENV)/.package
	@rm -rf build/wheelhouse
	@$(PIP) download $(PINNED) --dest build/wheelhouse -r requirements/runtime.txt
	@touch $@

# -- Using it ---------------------------------------------------------------------------------------------------------

run: install ## Validate the package, convert it to every format, and show a diff.
	@rm -rf build/parquet build/json build/mandates.sqlite build/mandates.xlsx
	$(BIN)/mandates-data validate --conformance
	$(BIN)/mandates-data convert --to parquet -o build/parquet
	$(BIN)/mandates-data convert --to json -o build/json
	$(BIN)/mandates-data convert --to sqlite -o build/mandates.sqlite
	$(BIN)/mandates-data convert --to xlsx -o build/mandates.xlsx
	@echo "A copy of the package with three made-up edits, and what they are:"
	$(BIN)/python tools/edited_copy.py build/edited
	$(BIN)/mandates-data diff . build/edited || test $$? -eq 1

# -- Checking it ------------------------------------------------------------------------------------------------------

test: install lint types workflows generated package conformance unit ## Everything that CI runs.

lint: install ## Style and format.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Types, strictly.
	$(BIN)/mypy
	$(BIN)/mypy tools benchmarks fuzz tests/project

workflows: install ## GitHub's workflows and forms, and CITATION.cff, without a network.
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[a-b]*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/zizmor --offline --strict-collection --persona pedantic .

generated: install ## Whether every generated file is what its maker writes today.
	$(BIN)/python tools/make_data.py --check
	$(BIN)/python tools/make_docs.py --check

package: install build/wheelhouse/.made ## Build twice, compare, and use the wheel in an empty environment offline.
	$(BIN)/python tools/check_distribution.py build/distribution build/wheelhouse

conformance: install ## A second opinion on the package, by the reference implementation.
	$(BIN)/mandates-data validate --conformance

# Its own environment: the judges are 400 MB, and one library that they need comes as source alone.
build/metadata/venv/.made: requirements/metadata.txt
	@test -x build/metadata/venv/bin/python || $(PYTHON) -m venv build/metadata/venv
	@build/metadata/venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(PINNED) --no-binary jsonpath-rw -r requirements/metadata.txt
	@touch $@

metadata: site build/metadata/venv/.made ## What the pages say to machines, judged by others: schema.org, Croissant, BibTeX, CSL-JSON.
	build/metadata/venv/bin/python tools/check_metadata.py build/site

agreement: install ## Judge CASES=100000 mutations as the reference implementation does; SEED=... runs a failure again.
	AGREEMENT_CASES=$(or $(CASES),100000) AGREEMENT_SEED=$(or $(SEED),$$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')) \
		$(BIN)/python -m pytest -n auto -rP tests/conformance/test_mutations.py

unit: install ## The tests.
	$(BIN)/python -m pytest -n auto

ROUNDS := 10
laws: install ## The tests of laws ROUNDS=10 times over, on other cases each time; a failure prints how to run it again.
	for round in $$(seq $(ROUNDS)); do \
		$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile others || exit 1; done

# Its own environment: atheris is 35 MB, and for nothing else here.
build/fuzz/venv/.made: requirements/dev.txt requirements/fuzz.txt pyproject.toml
	@test -x build/fuzz/venv/bin/python || $(PYTHON) -m venv build/fuzz/venv
	@build/fuzz/venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(PINNED) -r requirements/dev.txt -r requirements/fuzz.txt
	@build/fuzz/venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

MINUTES := 10
fuzz: build/fuzz/venv/.made ## Hostile input for MINUTES=10: no traceback, no hang, no memory beyond the bound.
	build/fuzz/venv/bin/python -m fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(FUZZ)

# -- Making things ----------------------------------------------------------------------------------------------------

data: install ## Write what is generated in the tables and the descriptor.
	$(BIN)/python tools/make_data.py

docs: install ## Write the outputs in the README, the help pages, the codebook and the list of findings.
	$(BIN)/python tools/make_docs.py

site: install ## Build the pages into build/site (VERSION=0.1.0 for an older release, ADDRESS=... where they will stand).
	$(BIN)/mandates-data site -o build/site $(if $(ADDRESS),--address "$(ADDRESS)") $(if $(VERSION),--version $(VERSION))

format: install ## Put the code into its one format.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Its own environment: datacompy wants an older pandas than the package is tested with.
build/bench/venv/.made: requirements/bench.txt
	@test -x build/bench/venv/bin/python || $(PYTHON) -m venv build/bench/venv
	@build/bench/venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(PINNED) -r requirements/bench.txt
	@touch $@

bench: install build/bench/venv/.made ## Measure side by side, and write docs/benchmarks.md.
	$(BIN)/python benchmarks/run.py

build/lock/.made: requirements/lock.txt
	@test -x build/lock/bin/python || $(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(PINNED) -r requirements/lock.txt
	@touch $@

lock: install build/lock/.made ## Pin the requirements again, for every system and Python (UPGRADE=1 takes newer ones).
	$(UV) --universal requirements/lock.in -o requirements/lock.txt
	$(UV) --universal pyproject.toml --all-extras requirements/dev.in -o requirements/dev.txt
	$(UV) --universal pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(BIN)/python tools/floors.py > build/floors.in
	$(UV) build/floors.in requirements/dev.in -o requirements/floors.txt
	$(UV) --universal requirements/fuzz.in -c requirements/dev.txt -o requirements/fuzz.txt
	$(UV) --universal requirements/bench.in -o requirements/bench.txt
	$(UV) --universal requirements/metadata.in -o requirements/metadata.txt

build/floors/.made: requirements/floors.txt pyproject.toml
	@test -x build/floors/bin/python || $(PYTHON) -m venv build/floors
	@build/floors/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(PINNED) -r requirements/floors.txt
	@build/floors/bin/python -m pip --disable-pip-version-check --no-input --quiet install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

floors: install build/floors/.made ## The tests on the oldest libraries that pyproject.toml allows (Python 3.11).
	$(BIN)/python tools/floors.py --check requirements/floors.txt
	build/floors/bin/python -m pytest -n auto

clean: ## Remove all that the tasks made, .venv included.
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
