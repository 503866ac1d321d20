# What CI runs and what a developer runs are the same: make check.
PYTHON ?= python3

.PHONY: check format lint types floors test docs eval bench pictures requirements

check: lint types floors docs test

format:
	ruff format .
	ruff check --fix .

lint:
	ruff format --check .
	ruff check .

types:
	mypy

floors:
	lint-imports

test:
	pytest -n auto

# Reference pages are made from the code; this fails if a page is not what the code would make.
docs:
	$(PYTHON) scripts/configuration_reference.py --check

eval:
	$(PYTHON) bench/quality.py

bench:
	$(PYTHON) bench/board.py
	$(PYTHON) bench/record.py

pictures:
	$(PYTHON) scripts/pictures.py

# Pins with hashes, no index address in them. The build backend is pinned too: sitmon is installed without build isolation.
PINS = pip-compile -q --strip-extras --generate-hashes --allow-unsafe --no-annotate --no-header --no-emit-index-url \
	--no-emit-find-links --no-emit-options --no-emit-trusted-host
ASK = $(PYTHON) -c "import sys, tomllib; t = tomllib.load(open('pyproject.toml', 'rb')); print(*eval(sys.argv[1]), sep='\n')"

requirements:
	mkdir -p build
	$(ASK) "t['build-system']['requires'] + t['project']['dependencies']" > build/run.in
	$(ASK) "t['dependency-groups']['dev']" > build/dev.in
	$(PINS) -o requirements.txt build/run.in
	$(PINS) -c requirements.txt -o requirements-dev.txt build/run.in build/dev.in
