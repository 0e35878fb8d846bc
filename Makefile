# The two commands: `make run` and `make test`. Both are repeatable and need no network after the first time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv installs in seconds what takes pip minutes: the machine's own, else one inside the environment, else pip.
UV := $(shell command -v uv 2>/dev/null || echo $(CURDIR)/$(BIN)/uv)
# Either compiles what it installs: where Python may not keep bytecode, every start would take three times as long.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -r
UV_PIP = "$(UV)" pip install --quiet --compile-bytecode --python $(BIN)/python -r
INSTALL = if [ -x "$(UV)" ] && $(UV_PIP) $(1); then :; else $(PIP) $(1); fi

.PHONY: run test check bench format clean install install-tests messages

# The demo has public logins: it is only what runs where nobody wrote settings of their own.
run: $(VENV)/.runtime
	@[ -f .env ] || export DEMO=$${DEMO:-on} STAFF_SECOND_FACTOR=$${STAFF_SECOND_FACTOR:-off}; $(BIN)/python -m lms.running

test: $(VENV)/.tests
	@bash .ci/need-programs chromium zbarimg ffmpeg
	$(BIN)/python manage.py messages --compile --verbosity 0
	$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

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
	@echo "Making the environment ..."
	@$(PYTHON) -m venv $(VENV)
	@[ -x "$(UV)" ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 \
	  || echo "uv cannot be had here; pip does it, more slowly."

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs ..."
	@$(call INSTALL,requirements.txt)
	@touch $@

$(VENV)/.tests: tests/requirements.txt | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(call INSTALL,tests/requirements.txt)
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
