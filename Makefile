# Regiotracker: `make demo` to look at it, `make test` to check it. Everything is installed into .venv/ and node_modules/.
# A stamp file remembers what was done, so that a second run does only what changed.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PORT ?= 8000
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
SOURCES := $(shell find static templates tracker -not -path 'static/vendor/*' -not -path 'static/built/*' -type f \
	\( -path 'static/*' -o -name '*.html' -o -name 'labels*.py' -o -path 'tracker/labels/*.py' -o -name assets.py \))
CATALOGUES := $(wildcard tracker/translations/*/LC_MESSAGES/*.po)

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Python keeps what it compiled, also where the environment asks it not to: every process reads the same files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo demo-reset test check compiled browser bench screenshots migration texts lock clean

setup: $(STAMPS)/packages $(STAMPS)/pdf $(STAMPS)/assets $(STAMPS)/catalogues

$(STAMPS)/venv:
	@command -v $(PYTHON) >/dev/null || { echo "Regiotracker needs Python 3.11 or later; name it with PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

# The lock holds every package with its hash. The project itself is linked, without an isolated build: nothing unlocked is fetched.
$(STAMPS)/packages: $(STAMPS)/venv requirements-dev.txt pyproject.toml
	@mkdir -p static templates migrations
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/npm: $(STAMPS)/packages package-lock.json
	$(BIN)/npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

$(STAMPS)/assets: $(STAMPS)/npm $(SOURCES)
	$(BIN)/python -m tracker.assets build
	@touch $@

$(STAMPS)/catalogues: $(STAMPS)/packages $(CATALOGUES)
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile -d tracker/translations; fi
	@touch $@

# WeasyPrint draws text with Pango. Without it everything works but PDF files.
$(STAMPS)/pdf: $(STAMPS)/venv
	@missing=$$(for name in $(PDF_PACKAGES); do dpkg -s $$name >/dev/null 2>&1 || echo $$name; done); \
	if [ -z "$$missing" ]; then touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null && touch $@; \
	else echo "PDF files are off until these are installed: $$missing"; fi

# The first run loads the demonstration, a later one keeps what was changed.
demo: setup
	$(BIN)/tracker demo --port $(PORT)

demo-reset: setup
	$(BIN)/tracker demo --reset --port $(PORT)

# A browser for the tests: CHROMIUM, chromium on the path, or Debian's package.
browser:
	@if [ -n "$$CHROMIUM" ] && [ -x "$$CHROMIUM" ]; then :; \
	elif command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else echo "The tests need a browser: install chromium or set CHROMIUM"; exit 1; fi

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports

# Compiles every test once, instead of once in each process. What does not compile, the tests say themselves.
compiled: setup
	-@$(BIN)/python -m pytest --collect-only -qq $(ARGS) >/dev/null 2>&1

# Three at once: some wait for a database. The longest files stand before many short ones, so the order is kept.
# The browser's tests come after: two at once, each with a house of its own. 5 = no test of that part was asked for.
test: setup browser
	@$(MAKE) --no-print-directory -j2 check compiled
	$(BIN)/python -m pytest -m "not browser" -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)
	$(BIN)/python -m pytest -m browser -n 2 --dist worksteal $(or $(ARGS),tests/journeys) || [ $$? = 5 ]

bench: setup
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.first_visit
	$(BIN)/python -m benchmarks.saving
	$(BIN)/python -m benchmarks.pack
	$(BIN)/python -m benchmarks.remind

screenshots: setup browser
	$(BIN)/python -m pytest -m browser --screenshots var/screenshots

# The next step of the database: what the declarations have and the steps have not. `make migration NAME="what changes"`
migration: $(STAMPS)/packages
	@rm -f $(VENV)/migration.sqlite
	DATABASE_URL=sqlite:///$(CURDIR)/$(VENV)/migration.sqlite $(BIN)/tracker db revision "$(NAME)"
	$(BIN)/ruff format --quiet migrations
	@rm -f $(VENV)/migration.sqlite*

# Gathers the texts of the screen into the catalogues; what has no translation yet stands there empty.
texts: setup
	@mkdir -p var
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k lazy_gettext --no-location --sort-output -o var/texts.pot .
	$(BIN)/pybabel --quiet update -i var/texts.pot -d tracker/translations --no-fuzzy-matching --ignore-obsolete --width 120

# Needs uv. The lock carries names, versions and hashes, never an address.
lock:
	env -u PIP_FIND_LINKS uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --extra postgres --extra sso pyproject.toml -o requirements.txt
	env -u PIP_FIND_LINKS uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --all-extras -c requirements.txt pyproject.toml -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean:
	rm -rf $(VENV) node_modules static/vendor static/built dist
