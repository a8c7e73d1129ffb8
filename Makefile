# One door for every chore. `make run` and `make test` need python3 (3.11+), git and make; the rest follows.
PY ?= python3
V  := .venv
UV := $(V)/bin/uv
RUN := $(V)/bin/ithrive
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml
INSTALL := $(UV) pip install -q --require-hashes

.PHONY: run demo test test-pure test-sqlite test-postgresql test-browser check fix bench lock vendor clean
.DEFAULT_GOAL := run

lock: $(UV)
	$(COMPILE) --group build -o requirements/core.txt
	$(COMPILE) --group build --extra web -c requirements/core.txt -o requirements/run.txt
	$(COMPILE) --group build --extra web --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --group build --group pure -c requirements/dev.txt -o requirements/pure.txt
