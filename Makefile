# What is run on a change. `make check` is all of it; everything works in the environment of README's second line.
PYTHON ?= python3

.PHONY: check format lint types floors test explore audit trust trust-long soak docs docs-drift requirements pictures bench eval compiled

check: lint types floors docs-drift audit test

format:  ## write every file in the house's form
	ruff format .
	ruff check --fix .

lint:
	ruff format --check .
	ruff check .

types:
	mypy

floors:  ## each floor imports only from floors below
	lint-imports

test:
	pytest -n auto

explore:  ## the properties that tests state, with examples that nobody has tried
	pytest -n auto -m hypothesis --hypothesis-profile=explore tests

audit:  ## known weaknesses of the pinned dependencies, where an advisory service can be reached
	$(PYTHON) scripts/audit.py

trust:  ## break it on purpose for ten minutes: faults, kills, clocks (needs strace and faketime; fuzzes with atheris if that is installed)
	pytest -n 2 -m trust tests

trust-long:  ## the same for an hour
	SITMON_TRUST=long pytest -n 2 -m trust tests
	$(PYTHON) -m bench.soak --seconds 3600

soak:  ## a month replayed in ten minutes, and what grew
	$(PYTHON) -m bench.soak

docs:  ## write the pages that are made from code
	$(PYTHON) scripts/configuration_reference.py
	$(PYTHON) scripts/key_sheet.py
	$(PYTHON) scripts/man_page.py
	$(PYTHON) scripts/handover_example.py

docs-drift:
	$(PYTHON) scripts/configuration_reference.py --check
	$(PYTHON) scripts/key_sheet.py --check
	$(PYTHON) scripts/man_page.py --check
	$(PYTHON) scripts/handover_example.py --check

requirements:  ## pin the dependencies anew (needs pip-tools); make requirements UPGRADE=--upgrade for the newest
	$(PYTHON) scripts/pins.py $(UPGRADE)

pictures:  ## draw the pictures of the documentation
	$(PYTHON) scripts/pictures.py
	$(PYTHON) scripts/handover_example.py --picture
	$(PYTHON) scripts/web_pictures.py

bench:  ## how fast: record, board, reading, feeds, desk and what it keeps, and many desks on one database
	$(PYTHON) -m bench.record
	$(PYTHON) -m bench.board
	$(PYTHON) -m bench.reading
	$(PYTHON) -m bench.feeds 200
	$(PYTHON) -m bench.desk
	$(PYTHON) -m bench.keeping
	$(PYTHON) -m bench.desks readers
	$(PYTHON) -m bench.desks latency

eval:  ## how well: the labelled sentences of tests/data, and the sets beside the checkout; POLNEAR=dev.jsonl adds PolNeAR
	$(PYTHON) -m bench.quality $(if $(POLNEAR),--polnear $(POLNEAR))

compiled:  ## dist/: a wheel that reads as extension modules (needs a C compiler), held against the interpreted reading
	rm -rf dist build/compiled
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 $(PYTHON) -m pip wheel -q --no-deps --no-build-isolation -w dist .
	$(PYTHON) -m zipfile -e dist/sitmon-*.whl build/compiled
	PYTHONPATH=build/compiled $(PYTHON) scripts/readings.py --compiled-as "$$(PYTHONPATH=src $(PYTHON) scripts/readings.py)"
	PYTHONPATH=build/compiled pytest -n auto tests/extraction tests/text
	PYTHONPATH=build/compiled $(PYTHON) -m bench.reading
