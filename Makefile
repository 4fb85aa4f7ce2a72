# Everything is built into .venv, once, from this checkout. `PYTHON=python3.12 make test` chooses another Python.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
PIP_INSTALL := $(RUN) pip install --quiet --no-input --disable-pip-version-check
# A file stays on one worker, so what its tests share (a wheel and its environment, say) is built once.
PYTEST := $(RUN) pytest -n 2 --dist loadfile

# An environment holds absolute paths and one Python, so its stamp names both: a copied or moved checkout, or another
# PYTHON, builds it afresh instead of running the wrong code.
MADE := $(VENV)/made-$(shell { pwd -P; echo '$(PYTHON)'; } | cksum | cut -d' ' -f1)
CORE := $(VENV)/installed-core
DEV := $(VENV)/installed-dev

# The peers of the benchmarks live in an environment of their own, which keeps itself out of Git.
BENCH := .venv-bench
PEERS := $(subst $(VENV)/made-,$(BENCH)/peers-,$(MADE))

# What the caller's shell has set up for another environment must not leak into this one.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test soak lint types floors bench clean

help: ## list what can be made
	@echo "make <target>, where <target> is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
	  printf '  %-8s %s\n' "$$name" "$$what"; done

demo: $(CORE) ## show the engine at work on a sample procedure
	@$(VENV)/bin/sopengine demo

test: $(DEV) ## run all tests (a few minutes)
	$(PYTEST)

soak: $(DEV) ## run the same tests with many more random examples (long)
	SOPENGINE_HYPOTHESIS=soak $(PYTEST)

lint: $(DEV) ## look for mistakes and bad style (ruff)
	$(RUN) ruff check

types: $(DEV) ## check the types (mypy --strict)
	$(RUN) mypy

floors: $(DEV) ## check that imports only go down the floors (import-linter)
	$(VENV)/bin/lint-imports

bench: $(PEERS) ## measure speed against peers, and write docs/benchmarks.md
	$(BENCH)/bin/python -m bench

clean: ## remove .venv and everything else that was made
	rm -rf $(VENV) $(BENCH) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

define CHECK_PYTHON
if ! command -v $(PYTHON) >/dev/null; then \
  echo "$(PYTHON) was not found. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)," \
    "or name one: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; fi; \
if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
  echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), but sopengine needs Python 3.11 or newer." \
    "Name a newer one: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; fi; \
if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
  echo "$(PYTHON) cannot create virtual environments, because its venv module is a package of its own." \
    "Run: apt install python3-venv (for another Python than Debian's own: apt install python3.12-venv)," \
    "then again: make $(MAKECMDGOALS)" >&2; exit 1; fi
endef

define FETCH_FAILED
echo "The packages could not be installed; pip says why above. If it could not reach a package index, check the" \
  "network (or the proxy), then run again: make $(MAKECMDGOALS)" >&2; exit 1
endef

# A .venv that was made by hand, and works, is used as it is; one with another stamp, or half made, is made again.
$(MADE):
	@$(CHECK_PYTHON)
	@if ls $(VENV)/made-* >/dev/null 2>&1 || ! $(RUN) pip --version >/dev/null 2>&1; then rm -rf $(VENV); fi
	@if [ ! -d $(VENV) ]; then echo "Creating .venv, a private Python environment for this checkout (once)."; \
	  $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }; fi
	@touch $@

$(CORE): $(MADE) pyproject.toml
	@echo "Installing sopengine and what it needs into .venv: it downloads its packages, so this takes a minute (once)."
	@$(PIP_INSTALL) --editable . || { $(FETCH_FAILED); }
	@touch $@

$(DEV): $(MADE) pyproject.toml
	@echo "Installing sopengine and its test tools into .venv: many packages to download, so this takes a minute or two (once)."
	@$(PIP_INSTALL) --editable '.[dev]' || { $(FETCH_FAILED); }
	@touch $(CORE) $@

$(PEERS): pyproject.toml bench/requirements.txt
	@$(CHECK_PYTHON)
	@echo "Installing sopengine and the peers it is measured against into $(BENCH): many packages to download (once)."
	@rm -rf $(BENCH)
	@$(PYTHON) -m venv $(BENCH) || { rm -rf $(BENCH); exit 1; }
	@echo '*' > $(BENCH)/.gitignore
	@$(BENCH)/bin/python -m pip install --quiet --no-input --disable-pip-version-check --editable . \
	  --requirement bench/requirements.txt || { $(FETCH_FAILED); }
	@touch $@
