# The two commands of the README: `make site` and `make test`. The rest is for those who work here.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: site test serve lint types check hostile wheel clean

site: $(VENV)/.installed
	$(BIN)/site-gen build

serve: $(VENV)/.installed
	$(BIN)/site-gen serve

test: $(VENV)/.tools
	$(BIN)/python -m pytest

check: lint types test

# The whole hostile suite, fuzzing at length, and each promise with its defence taken out.
HOSTILE := tests/hostile tests/basics tests/frontmatter tests/settings tests/read \
  tests/engine/test_faults.py tests/engine/test_publish.py tests/engine/test_placing.py \
  tests/convert/test_fuzz.py tests/convert/text/test_fuzz.py

hostile: $(VENV)/.tools
	SITE_GEN_LONG=1 $(BIN)/python -m pytest $(HOSTILE)
	$(BIN)/python tests/hostile/defences.py

lint: $(VENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.tools
	$(BIN)/mypy --strict site_gen

wheel: $(VENV)/.tools
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip  # older than 23.3 cannot resolve lxml's extras

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.tools: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .site_gen dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
