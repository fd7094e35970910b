# Every target makes .venv from requirements.lock by itself, and again when the lock has changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help report test lab lint notebooks clean lock

help:  ## what one can type here
	@echo "coprod: workshop surveys and case studies into learning reports"
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

report: $(READY)  ## build every programme's reports; then open reports/index.html
	$(BIN)/coprod report

test: $(READY)  ## run all tests, the notebooks' stored outputs included
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest --nbval --nbval-cell-timeout 120 -p no:cacheprovider \
		--numprocesses auto --dist loadfile notebooks

lab: $(READY)  ## open JupyterLab at notebooks/start_here.ipynb
	$(BIN)/coprod lab

lint: $(READY)  ## check the style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

notebooks: $(READY)  ## run the notebooks again and store what they show
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False notebooks/*.ipynb notebooks/teaching/*.ipynb

clean:  ## remove what was built: reports and .venv
	find reports -mindepth 1 ! -name README.md -delete
	rm -rf $(VENV)

lock: $(READY)  ## choose the newest versions of everything again (needs uv)
	uv pip compile pyproject.toml --extra dev --extra cluster --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "coprod needs Python 3.11 or newer, and $(PYTHON) is older: try make $(or $(MAKECMDGOALS),report) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) from requirements.lock; this takes a minute or two."
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
