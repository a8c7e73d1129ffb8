# One door for every chore. `make run` and `make test` need python3 (3.11+), git and make; the rest follows.
PY ?= python3
V  := .venv
UV := $(V)/bin/uv
RUN := $(V)/bin/ithrive
PYTEST := $(V)/bin/python -m pytest -q
# A database of its own for each worker; one run takes several minutes alone.
PARALLEL := -n 2
# Given apart: pytest loads the site's settings for every test, and these tests must do without.
PURE := --ignore=tests/web --ignore=tests/journeys
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE) pyproject.toml
# What a run installs beside the core, and what of it knows nothing of the website.
CAPABILITIES := --extra data --extra records --extra reports --extra models
RUNNING := --extra web $(CAPABILITIES)
UV_VERSION := 0.13.9
INSTALL := $(UV) pip install -q --require-hashes
# The package itself, from the clone: its build tools come from the same hash-locked files.
INSTALL_SELF := $(UV) pip install -q --no-deps --no-build-isolation --editable .

.PHONY: run demo test test-pure test-sqlite test-postgresql test-browser check fix bench validity lock vendor clean
.DEFAULT_GOAL := run

# Serve the platform on http://127.0.0.1:8000 (or PORT=...), with the demonstration programme the first time.
run: demo
	@$(RUN) demo people
	@exec $(RUN) site serve

# The same without serving.
demo: $(V)/.run .env
	@$(RUN) site migrate
	@$(RUN) demo load
	@$(RUN) demo send-return

# Everything, on SQLite and on PostgreSQL, in a real browser, and the capabilities without Django.
test: $(V)/.dev
	@scripts/test-deps.sh
	@$(MAKE) --no-print-directory test-pure test-sqlite test-postgresql test-browser

test-pure: .venv-pure/.pure
	@echo "== The capabilities and the command, in an environment without Django"
	@! .venv-pure/bin/python -c "import django" 2>/dev/null || { echo "Django is importable in .venv-pure: remove that folder and try again."; exit 1; }
	@.venv-pure/bin/python -m ithrive --help >/dev/null
	@.venv-pure/bin/python -m pytest -q $(PARALLEL) $(PURE)

test-sqlite: $(V)/.dev
	@echo "== Everything but the browser, on SQLite"
	@$(PYTEST) $(PARALLEL) -m "not browser" tests/web tests/journeys

test-postgresql: $(V)/.dev
	@echo "== Everything that meets a database, on PostgreSQL"
	@scripts/with-postgresql.sh $(PYTEST) $(PARALLEL) -m "not browser" tests/web tests/journeys

test-browser: $(V)/.dev
	@echo "== The pages in a real browser, on PostgreSQL"
	@scripts/with-postgresql.sh $(PYTEST) $(PARALLEL) -m browser tests/journeys

check: $(V)/.dev
	@echo "== Format, lint, types, imports, migrations"
	$(V)/bin/ruff format --check .
	$(V)/bin/ruff check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports
	DJANGO_SETTINGS_MODULE=tests.settings $(V)/bin/python -m django makemigrations --check --dry-run

fix: $(V)/.dev
	$(V)/bin/ruff check --fix .
	$(V)/bin/ruff format .
	$(V)/bin/python -m scripts.print_spec
	$(V)/bin/python -m scripts.print_differences
	$(V)/bin/python -m scripts.print_commands
	$(V)/bin/python -m scripts.print_measures

# Ratios and counts, side by side. Nothing passes or fails by the clock. One alone: make bench ONLY=serving
bench: $(V)/.dev
	@scripts/with-postgresql.sh $(V)/bin/python -m bench $(ONLY)

# What size, coverage and power our own judgements have on thousands of made-up studies. About ten minutes.
validity: $(V)/.dev
	@$(V)/bin/python -m validity

vendor: $(V)/.dev
	scripts/vendor.sh

# Newest versions that fit; `--upgrade` is left to whoever wants it: make lock UPGRADE=--upgrade
lock: $(UV)
	echo "uv==$(UV_VERSION)" | $(COMPILE:pyproject.toml=-) -o requirements/uv.txt
	$(COMPILE) --group build -o requirements/core.txt
	$(COMPILE) --group build $(RUNNING) -c requirements/core.txt -o requirements/run.txt
	$(COMPILE) --group build $(RUNNING) --extra spark --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --group build $(CAPABILITIES) --extra spark --group pure -c requirements/dev.txt -o requirements/pure.txt

clean:
	rm -rf .venv .venv-pure

# --- Environments. A stamp file says that an environment holds what its requirements file says.

$(UV):
	@scripts/new-environment.sh $(PY) $(V)
	@$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt

$(V)/.run: requirements/run.txt pyproject.toml | $(UV)
	@$(INSTALL) --python $(V) -r requirements/run.txt
	@$(INSTALL_SELF) --python $(V)
	@touch $@

$(V)/.dev: requirements/dev.txt pyproject.toml | $(UV)
	@$(INSTALL) --python $(V) -r requirements/dev.txt
	@$(INSTALL_SELF) --python $(V)
	@touch $@ $(V)/.run

.venv-pure/.pure: requirements/pure.txt pyproject.toml | $(UV)
	@scripts/new-environment.sh $(PY) .venv-pure
	@$(INSTALL) --python .venv-pure -r requirements/pure.txt
	@$(INSTALL_SELF) --python .venv-pure
	@touch $@

# A key of its own for every copy; only its owner may read it.
.env: | $(V)/.run
	@umask 077; sed "s/^SECRET_KEY=.*/SECRET_KEY=$$($(V)/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')/" .env.example > $@
