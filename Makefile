# Two commands do all the set-up: `make demo` renders an example, `make test` runs the tests.
# Each makes a virtual environment of its own; nothing is installed outside this folder.
PYTHON ?= python3
DEMO := .venv-demo
TEST := .venv-test
MUTATION := .venv-mutation
# Pinned: another version makes other mutants, and docs/mutation.md tells of these.
MUTMUT := mutmut==3.8.1
FULL ?=

.PHONY: demo test gates matrix wheel mutation lock clean

demo: $(DEMO)/ready
	$(DEMO)/bin/storyboard render examples/first-cup/storyboard.yaml --backend animatic

test: $(TEST)/ready
	$(TEST)/bin/python -m pytest -n 2 $(ARGS)

# Everything CI asks for beyond the tests: format, lint, types, import contracts.
gates: $(TEST)/ready
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/ruff check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports

# Make 960 films, see that every frame of each stands where it should, and play them in Chromium
# where there is one. It takes tens of minutes of two cores.
matrix: $(TEST)/ready
	STORYBOARD_WHOLE_MATRIX=1 $(TEST)/bin/python -m pytest -n 2 -v tests/cut/test_join_matrix.py $(ARGS)

# Build the wheel, install it alone into a clean environment, and render an example with it.
wheel: $(TEST)/ready
	$(TEST)/bin/python .ci/wheel.py

# Mutate the modules that decide about money, in a copy, and count which mutants the tests kill.
# All of them take hours of one core; `make mutation ARGS="price digest"` takes some of them.
mutation: $(MUTATION)/ready
	$(MUTATION)/bin/python .ci/mutation.py $(ARGS)

# Write the lock files anew from pyproject.toml.
lock: $(TEST)/ready
	$(TEST)/bin/python -m pip install --quiet uv
	$(TEST)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --quiet --upgrade pyproject.toml -o requirements.lock
	$(TEST)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --quiet --upgrade --extra emulator --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(DEMO) $(TEST) $(MUTATION) build dist

$(DEMO)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is %s. Name another one: make demo PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	$(DEMO)/bin/python -m pip install --quiet --no-deps .
	@touch $@

$(TEST)/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is %s. Name another one: make test PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear $(TEST)
	$(TEST)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(TEST)/bin/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(MUTATION)/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is %s. Name another one: make mutation PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear $(MUTATION)
	$(MUTATION)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(MUTATION)/bin/python -m pip install --quiet $(MUTMUT)
	@touch $@
