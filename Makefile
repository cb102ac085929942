# Everything a person or CI types. Needs Python 3.11 or later with venv, and a package index; nothing else.
.DEFAULT_GOAL := help
.PHONY: help demo check test compiled up down backup restore clean lint bench screenshots histories schema lock
MAKEFLAGS += --no-print-directory
# A worker without compiled modules compiles its workflows again for every run.
unexport PYTHONDONTWRITEBYTECODE

INSTALLED := .venv/.installed
RUN := .venv/bin/python
# Without a home that can be written to (a service account, a container), the cache lies in the clone.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
endif

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(INSTALLED)  ## one declaration from filing to the inventors' money, on servers of its own
	@$(RUN) starter.py demo

check: lint  ## lint, types, dead code and the tests that need no server, on fewer examples: the inner loop
	@$(RUN) -m pytest -n 2 --dist worksteal -m "not server and not slow" --hypothesis-profile=few

test: $(INSTALLED)  ## lint, types and all tests
	@$(MAKE) -j2 lint compiled
	@$(RUN) -m pytest -n 3 --dist worksteal  # what they wait for keeps two cores busy; one more costs more to begin than it gains

# In a fresh clone each process of the tests would compile all of them again; mypy leaves a core free for doing it once.
compiled: $(INSTALLED)
	@$(RUN) -m pytest --collect-only -qq >/dev/null || true  # what is wrong with a test is told when it is run

up: $(INSTALLED)  ## the servers and a worker; prints the addresses and stays until ctrl-C or make down
	@$(RUN) starter.py up

down: $(INSTALLED)  ## stops what make up started; the data stays
	@$(RUN) -m runtime down

backup: $(INSTALLED)  ## TO=FILE: the embedded servers and the master key in one file; they may be at work
	@$(RUN) starter.py backup "$(TO)"

restore: $(INSTALLED)  ## FROM=FILE: the embedded servers as that file has them; stop them before
	@$(RUN) starter.py restore "$(FROM)"

clean: $(INSTALLED)  ## stops the servers and removes their data and all caches; .venv stays
	@$(RUN) -m runtime clean
	@rm -rf .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

lint: $(INSTALLED)  ## ruff, its format, and mypy
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy

bench: $(INSTALLED)  ## acts per second on this machine; nothing else should be running
	@$(RUN) benchmarks/throughput.py

screenshots: $(INSTALLED)  ## pictures of the console's main pages, into docs/screenshots
	@$(RUN) -m tests.web.screenshots

histories: $(INSTALLED)  ## rewrites the golden histories and the locks; a conscious change, to be reviewed
	@$(RUN) -m tests.histories.record

schema: $(INSTALLED)  ## writes database/schema.sql, the sum of the migrations
	@$(RUN) -m tests.database.schema

lock:  ## requirements*.in -> requirements*.lock, with hashes and without addresses
	@for name in requirements requirements-dev; do \
		.venv/bin/uv pip compile $$name.in --output-file $$name.lock --universal --python-version 3.11 \
			--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet || exit; \
	done

# The first Python that is new enough: on some machines python3 is older than python3.12 beside it.
.venv/bin/uv:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	[ -n "$$python" ] || { \
		echo "no Python 3.11 or later with venv on PATH; install one (Debian: python3 python3-venv), then run make again" >&2; \
		echo "PATH 中没有带 venv 的 Python 3.11 或更高版本；请先安装，再运行 make" >&2; exit 1; }; \
	rm -rf .venv && $$python -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.txt
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt

$(INSTALLED): requirements-dev.lock | .venv/bin/uv
	@.venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements-dev.lock
	@touch $@
