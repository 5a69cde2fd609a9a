# Two commands do all the set-up: `make demo` renders an example, `make test` runs the tests.
# Each makes a virtual environment of its own; nothing is installed outside this folder.
PYTHON ?= python3
DEMO := .venv-demo
TEST := .venv-test
MUTATION := .venv-mutation
LOCK := .venv-lock
# Only `make lock` and `make wheels` use it, and it depends on nothing.
UV := uv==0.13.9
# What `make lock` may change; `make lock UPGRADE=` changes only what pyproject.toml asks for.
UPGRADE ?= --upgrade
# A release younger than this is not locked: what is broken or malicious is mostly found by then.
COOL_DOWN ?= P14D

# A lock file names every package of its environment, so pip resolves nothing: --no-deps. With
# resolving, an extra or a marker that the lock lacks would be looked up in the index, and the newest
# release refused for want of a hash. Wheels only: building one would install an unpinned builder.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP := -m pip install --quiet --no-input
INSTALL_LOCKED := $(PIP) --no-deps --require-hashes --only-binary :all:
INSTALL_PROJECT := $(PIP) --no-deps --no-build-isolation --editable .

# $(call environment,FOLDER,LOCKS): make an environment of what lock files pin. The stamp's time is that of
# the beginning: a lock file that is written while pip runs is newer.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is %s. Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" % sys.version.split()[0])'
	@echo "Installing the packages of $(2) into $(1) (about a minute, only the first time) ..."
	@$(PYTHON) -m venv --clear $(1)
	@touch $(1)/begun
	@$(1)/bin/python $(INSTALL_LOCKED) $(addprefix -r ,$(2))
endef

# $(call checked,FOLDER): see that the lock files were complete, and believe the environment from now on.
define checked
	@$(1)/bin/python -m pip check
	@mv $(1)/begun $(1)/ready
endef

.PHONY: demo test floors gates fuzz fuzz-streams fuzz-films matrix read readers nights crashes histories wheel mutation \
  newest lock wheels clean

demo: $(DEMO)/ready
	$(DEMO)/bin/storyboard render examples/first-cup/storyboard.yaml --backend animatic

test: $(TEST)/ready
	$(TEST)/bin/python -m pytest -n 2 $(ARGS)

# After `make test ARGS="--cov --cov-branch"`: how much of the rooms ran, in any process, and that it is
# no less than it was. The pure rooms are those that need no disk, network or film.
PURE := diagnostics source model catalogue template check jobs lock plan provider
OTHERS := store render cut session cli media delivery backends report writing git
floors: $(TEST)/ready
	$(call floor,$(PURE),95)
	$(call floor,$(OTHERS),92)
# $(call floor,ROOMS,PERCENT)
comma := ,
space := $(subst x,,x x)
floor = $(TEST)/bin/coverage report --skip-covered --fail-under=$(2) \
	  --include="$(subst $(space),$(comma),$(foreach room,$(1),storyboard/$(room)/*))"

# Everything CI asks for beyond the tests: format, lint, types, import contracts.
gates: $(TEST)/ready
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/ruff check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports

# Put twenty thousand spoilt storyboards, tables, media and answers in, and see that none breaks the
# program. `make fuzz ARGS="--seed 5"` draws others; a case that fails is kept, and run again with
# ARGS="--replay FILE".
fuzz: $(TEST)/ready
	$(TEST)/bin/python tests/fuzz $(ARGS)

# Damage the slice headers and parameter sets of ten thousand small clips, and see that each is then
# entered right or refused. `make fuzz-streams ARGS="--seed 5"` draws others.
fuzz-streams: $(TEST)/ready
	$(TEST)/bin/python tests/media/h264/fuzz_streams.py $(ARGS)

# Damage five hundred films, and what they are made from, and see that the check by proof finds at least
# what decoding all of them finds. `make fuzz-films ARGS="--seed 5"` draws others.
fuzz-films: $(TEST)/ready
	$(TEST)/bin/python tests/cut/proof/fuzz_films.py $(ARGS)

# Make 480 films, see that every frame of each stands where it should, and play them in Chromium
# where there is one. Then read films that are entered, of clips by every encoder, with every reader
# that this machine has. It takes tens of minutes of two cores.
matrix: $(TEST)/ready
	STORYBOARD_WHOLE_MATRIX=1 $(TEST)/bin/python -m pytest -n 2 -v tests/cut/test_join_matrix.py $(ARGS)
	$(MAKE) read ARGS=

# The second half of it alone: `make read ARGS="--readers mpv Firefox --encoders openh264"`. `make
# readers` installs the readers and encoders that Debian, PyPI and npm have.
read: $(TEST)/ready
	$(TEST)/bin/python tests/readers $(ARGS)

READERS := .venv-readers
readers:
	apt-get install -y -q --no-install-recommends ffmpeg gstreamer1.0-tools gstreamer1.0-plugins-base \
	  gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav python3-gi \
	  gir1.2-gst-plugins-base-1.0 mpv libvlc5 vlc-plugin-base melt mplayer firefox-esr mkvtoolnix \
	  chromium nodejs npm
	$(PYTHON) -m venv --clear $(READERS)
	$(READERS)/bin/python $(PIP) opencv-python-headless==5.0.0.93 decord==0.6.0
	npm ci --prefix tests/readers --ignore-scripts --no-audit --no-fund

# Build the wheel, install it alone into a clean environment, and render an example with it.
wheel:
	$(PYTHON) .ci/wheel.py

# Play bad nights with a provider that fails in every way: `make nights ARGS=50` plays fifty.
nights: $(TEST)/ready
	$(TEST)/bin/python tests/crash/nights.py $(ARGS)

# Kill a render, and an evening with takes, picks and approvals, at every side effect, and go on.
# It takes tens of minutes of two cores; `make crashes ARGS="-k takes"` is the evening alone.
crashes: $(TEST)/ready
	STORYBOARD_CRASH_EVERY=1 $(TEST)/bin/python -m pytest -n 2 \
	  tests/crash/test_crash_loop.py tests/crash/test_crash_takes.py $(ARGS)

# Play random histories of a film, with picks, merges and two stores: `make histories ARGS=1000`.
histories: $(TEST)/ready
	$(TEST)/bin/python tests/histories/histories.py $(ARGS)

# Mutate the modules that decide about money, in a copy, and count which mutants the tests kill.
# All of them take hours of one core; `make mutation ARGS="price digest"` takes some of them.
mutation: $(MUTATION)/ready
	$(MUTATION)/bin/python .ci/mutation.py $(ARGS)

# Test with the newest releases that pyproject.toml allows, and report.
newest:
	$(PYTHON) .ci/newest.py

# Write the lock files again from pyproject.toml, and see that they install everywhere.
# Options have an equals sign and no blanks: the update bot reads them from the locks' first lines.
COMPILE = $(LOCK)/bin/uv pip compile --universal --python-version=3.11 --generate-hashes \
  --no-strip-extras --no-annotate --quiet $(if $(COOL_DOWN),--exclude-newer=$(COOL_DOWN)) $(UPGRADE)
lock: $(LOCK)/ready
	$(COMPILE) pyproject.toml --output-file=requirements.lock
	$(COMPILE) --group=build --output-file=requirements-build.lock
	$(COMPILE) --extra=emulator --group=dev --constraints=requirements.lock \
	  --constraints=requirements-build.lock pyproject.toml --output-file=requirements-dev.lock
	$(COMPILE) --extra=emulator --group=mutation --constraints=requirements-dev.lock \
	  pyproject.toml --output-file=requirements-mutation.lock
	$(MAKE) wheels

# See that every locked package has a wheel with a locked hash, for each Python and system.
PYTHONS := 3.11 3.12 3.13 3.14
SYSTEMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin x86_64-pc-windows-msvc
wheels: $(LOCK)/ready
	@set -e; for lock in requirements*.lock; do \
	  for python in $(PYTHONS); do for system in $(SYSTEMS); do \
	    rm -rf $(LOCK)/wheels; echo "$$lock, Python $$python, $$system"; \
	    MACOSX_DEPLOYMENT_TARGET=14.0 $(LOCK)/bin/uv pip install --quiet --target $(LOCK)/wheels \
	      --no-deps --require-hashes --only-binary :all: \
	      --python-version $$python --python-platform $$system -r $$lock; \
	  done; done; done

clean:
	rm -rf .venv-* build dist

$(DEMO)/ready: requirements.lock requirements-build.lock pyproject.toml
	$(call environment,$(DEMO),requirements.lock requirements-build.lock)
	@$(DEMO)/bin/python $(INSTALL_PROJECT)
	$(call checked,$(DEMO))

$(TEST)/ready: requirements-dev.lock pyproject.toml
	$(call environment,$(TEST),requirements-dev.lock)
	@$(TEST)/bin/python $(INSTALL_PROJECT)
	$(call checked,$(TEST))

# Without the project: mutmut tests a copy of it.
$(MUTATION)/ready: requirements-mutation.lock pyproject.toml
	$(call environment,$(MUTATION),requirements-mutation.lock)
	$(call checked,$(MUTATION))

$(LOCK)/ready: Makefile
	$(PYTHON) -m venv --clear $(LOCK)
	$(LOCK)/bin/python $(PIP) --no-deps $(UV)
	@touch $@
