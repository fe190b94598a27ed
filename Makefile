# Two commands: `make run` and `make test`. The others are parts of them, or for maintainers.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: run test bench lint security planted drill requirements screenshots clean

run: $(VENV)/.runtime
	@PORT=$(PORT) BIN=$(BIN) .ci/serve

test: $(VENV)/.development
	@BIN=$(BIN) .ci/test

bench: $(VENV)/.development
	@$(BIN)/python -m tests.bench.run

lint: $(VENV)/.development
	@BIN=$(BIN) .ci/lint

security: $(VENV)/.development
	@BIN=$(BIN) .ci/security

planted: $(VENV)/.development
	@nice -n 10 $(BIN)/python -m tests.planted.run

drill: $(VENV)/.development
	@$(BIN)/python -m tests.bench.drills $(DRILLS) --scale $(or $(DRILL_SCALE),1)

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru. Contoh: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Lingkungan virtual tidak dapat dibuat. Di Debian/Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/pip
	@echo "Memasang paket …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | $(VENV)/bin/pip
	@echo "Memasang paket untuk pengujian …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

requirements: $(VENV)/.development
	@$(BIN)/pip install --quiet uv && UV=$(BIN)/uv .ci/compile-requirements

screenshots: $(VENV)/.development
	@$(BIN)/python docs/img/take.py

clean:
	rm -rf $(VENV)
