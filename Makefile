# The two commands of the README: `make site` and `make test`. The rest is for those who work here.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: site test serve lint types check hostile wheel lock clean

site: $(VENV)/.installed
	$(BIN)/site-gen build

serve: $(VENV)/.installed
	$(BIN)/site-gen serve

test: $(VENV)/.tools
	$(BIN)/python -m pytest -n auto

check: lint types test

# The whole hostile suite, fuzzing at length, and each promise with its defence taken out.
HOSTILE := tests/hostile tests/basics tests/frontmatter tests/settings tests/read \
  tests/engine/test_faults.py tests/engine/test_publish.py tests/output/test_staging.py \
  tests/convert/test_fuzz.py tests/convert/text/test_fuzz.py

hostile: $(VENV)/.tools
	SITE_GEN_LONG=1 $(BIN)/python -m pytest -o faulthandler_timeout=0 $(HOSTILE)
	$(BIN)/python tests/hostile/defences.py

lint: $(VENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.tools
	$(BIN)/mypy --strict site_gen

wheel: $(VENV)/.tools
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

# Newer versions of all that is locked, within the bounds of pyproject.toml.
lock: $(VENV)/.tools
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --extra test --output-file requirements/test.txt

COMPILE := $(BIN)/uv pip compile pyproject.toml --group build --upgrade --universal --quiet \
  --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
INSTALL := $(BIN)/python -m pip install --quiet

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements/run.txt | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.tools: pyproject.toml requirements/test.txt | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/test.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .site_gen dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
