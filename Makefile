# Each target is a command anyone can type.
PYTHON ?= python3
BIN = .venv/bin
export CI

.PHONY: site serve check test test-fast bench lint clean

site: .venv/run
	$(BIN)/simpul build

serve: .venv/run
	$(BIN)/simpul serve

check: .venv/run
	$(BIN)/simpul check

test: lint
	$(BIN)/python -m pytest

test-fast: lint
	$(BIN)/python -m pytest -m "not slow"

lint: .venv/dev
	$(BIN)/ruff check generator tests setup.py
	$(BIN)/mypy

bench: .venv/dev
	$(BIN)/python -m tests.bench

.venv/run: requirements/run.txt requirements/build.txt pyproject.toml setup.py
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Simpul needs Python 3.11 or newer')"
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/run.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator
	touch $@

.venv/dev: .venv/run requirements/dev.txt requirements/receive.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/dev.txt -r requirements/receive.txt
	touch $@

.venv/old: .venv/dev requirements/old-browser.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/old-browser.txt
	touch $@

clean:
	rm -rf .venv .cache site .site.kembar
