# Two commands are all it takes: `make demo` and `make test`. Each sets up what it needs.
.PHONY: demo demo-reset test check bench bench-large lock
.DEFAULT_GOAL := demo

PORT ?= 8000
PYTHON ?= python3
export PORT

# the recipe's shell becomes the program, so that signals reach it
demo:
	@$(PYTHON) scripts/bootstrap.py demo
	@exec .venv/bin/python -m partnership.demo --end-with-parent

demo-reset:
	@$(PYTHON) scripts/bootstrap.py demo
	@exec .venv/bin/python -m partnership.demo --reset

# a process for each core, at most four; ARGS=-n0 stays in one
test:
	@$(PYTHON) scripts/bootstrap.py test
	@exec .venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

check:
	@$(PYTHON) scripts/bootstrap.py check
	@exec .venv/bin/python scripts/check.py

bench:
	@$(PYTHON) scripts/bootstrap.py bench
	@exec .venv/bin/python -m tests.bench $(ARGS)

# look-ups in a registry of five million marks: a quarter of an hour and six gigabytes
bench-large:
	@$(PYTHON) scripts/bootstrap.py bench
	@exec .venv/bin/python -m tests.bench large

# after a change in pyproject.toml or package.json; ARGS=--upgrade takes newer versions
lock:
	@$(PYTHON) scripts/bootstrap.py check
	@exec .venv/bin/python scripts/lock.py $(ARGS)
