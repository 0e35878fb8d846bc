# The two commands: `make run` and `make test`. Both are repeatable and need no network after the first time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT DATABASE_URL REDIS_URL CELERY_BROKER_URL
# Use uv when it can be had: seconds instead of minutes.
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run test check bench format clean install install-tests messages

run: $(VENV)/.runtime
	@DEMO=$${DEMO:-on} STAFF_SECOND_FACTOR=$${STAFF_SECOND_FACTOR:-off} $(BIN)/python -m lms.running

test: $(VENV)/.tests
	@bash .ci/need-programs chromium zbarimg
	$(BIN)/python manage.py messages --compile --verbosity 0
	$(BIN)/pytest -n auto $(ARGS)

check: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python manage.py messages --check
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy lms courses assessments certificates
	$(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://lopo.example SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/pytest tests/house

bench: $(VENV)/.tests
	$(BIN)/python manage.py messages --compile --verbosity 0
	$(BIN)/python -m tests.bench

format: $(VENV)/.tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/.tests
	$(BIN)/python manage.py messages

install: $(VENV)/.runtime
install-tests: $(VENV)/.tests

$(BIN)/python:
ifdef UV
	@echo "Making the environment ..."
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@echo "Making the environment ..."
	@$(PYTHON) -m venv $(VENV)
endif

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs (with pip this takes a few minutes) ..."
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements.txt
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
endif
	@touch $@

$(VENV)/.tests: tests/requirements.txt | $(BIN)/python
	@echo "Installing what the tests need ..."
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python -r tests/requirements.txt
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
endif
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
