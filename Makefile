# Every target sets up what it needs. `make test` is what continuous integration runs, and nothing else.
#
#   PYTHON=python3.12   another interpreter (3.11 or later)
#   WHEELS=folder       install from a folder of wheels, without a network

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
UV      = $(BIN)/uv
FROM    = $(if $(WHEELS),--no-index --find-links $(abspath $(WHEELS)))
LOCK    = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-header --no-emit-index-url --no-emit-find-links --no-annotate pyproject.toml

export UV_PYTHON_DOWNLOADS = never

# What was compiled is kept: the tests start hundreds of processes, and each would compile Django and jixiao anew.
unexport PYTHONDONTWRITEBYTECODE

# What some slow tests need of the system; they are installed where that can be done, and those tests skip where not.
DEBIAN = chromium fonts-noto-cjk libreoffice-calc-nogui libreoffice-writer-nogui postgresql

.PHONY: setup assets system spark demo serve bundle check fix test bench proof proof-reading golden docs lock lint
.DEFAULT_GOAL := check

# What is taken from npm and not kept by git: assets/files.toml says which files; the wheel takes them in.
TAKEN = assets/.taken

setup: $(VENV)/.ready assets

assets: $(TAKEN)

$(TAKEN): assets/package-lock.json assets/files.toml assets/take.py
	@if command -v npm >/dev/null && (cd assets && npm ci --silent --no-audit --no-fund --ignore-scripts); then \
	  $(PYTHON) assets/take.py && rm -rf assets/node_modules && touch $@; \
	else echo "SKIPPED: no npm, or it could not fetch: PDF is set in the fonts of the system (apt-get install fonts-noto-cjk), the pages are plain, and no wheel can be built" >&2; fi

# The lock decides what is installed; uv comes out of it too, by pip, and then installs the rest.
$(VENV)/.ready: requirements/build.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jixiao needs Python 3.11 or later: make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(FROM) -r requirements/build.txt
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(FROM) requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation $(FROM) -e .
	@touch $@

system:
	@dpkg -s $(DEBIAN) >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN) >/dev/null; } || \
	  echo "SKIPPED: as root, apt-get install $(DEBIAN); without them the tests of doc, wps, drawn pages and the browser are left out" >&2

# PySpark is built from its source, half a minute of a processor and 450 MB (decision 0046): for `make test`, not for `make setup`.
spark: setup
	@if command -v java >/dev/null; then \
	  $(UV) pip install --quiet --python $(BIN)/python --require-hashes $(FROM) -r requirements/spark.txt || \
	  echo "SKIPPED: PySpark could not be installed: the tests of the batch on Spark are left out" >&2; \
	else echo "SKIPPED: no Java (apt-get install openjdk-17-jre-headless): the tests of the batch on Spark are left out" >&2; fi

demo: setup
	@mkdir -p out
	@$(BIN)/jixiao check examples || test $$? -eq 1
	@$(BIN)/jixiao read examples --format json > out/read.json
	@$(BIN)/jixiao score examples --format json > out/score.json
	@$(BIN)/jixiao check examples --format json > out/check.json || test $$? -eq 1
	@$(BIN)/jixiao reviewed examples/卫生院设备自评表.xlsx -o out/卫生院设备自评表（批注）.xlsx --force
	@$(BIN)/jixiao write examples/村道养护自评表.xlsx --paper 自评表 -o out/村道养护自评表.pdf --force
	@$(BIN)/jixiao report examples/村道养护自评表.xlsx -o out/村道养护自评报告.docx --force
	@echo "out/read.json, out/score.json, out/check.json"

serve: setup
	$(BIN)/jixiao serve --home out/site

lint: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src

check: lint
	$(BIN)/pytest -m "not slow" -n auto --hypothesis-profile=quick

test: lint system spark
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term --durations=40

fix: setup
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: setup system
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.load --users 50
	$(BIN)/python -m tests.bench.load --users 300 --postgres

# Long: 10,000 clean filings, and every rule's fault planted a hundred times. `make test` runs a small part of it.
proof: setup
	$(BIN)/python -m tests.proof --clean 10000 --each 100 --write docs/proof.md

# Long: made-up papers drawn in every format and damaged, read back cell by cell. `make test` runs a small part of it.
proof-reading: setup system
	$(BIN)/python -m tests.reading --each 9 --scans 4 --write docs/proof-reading.md

golden: setup
	@if test -f ../shared/acceptance/golden.py; then $(BIN)/python ../shared/acceptance/golden.py $(abspath $(BIN))/jixiao; \
	else echo "SKIPPED: the acceptance figures (../shared/acceptance/golden.py) are not on this machine" >&2; fi

docs: setup
	$(BIN)/python docs/generate.py

# Run again over its own output this keeps every pin; delete a file to raise its versions.
lock:
	test -x $(UV) || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(FROM) -r requirements/build.txt; }
	$(LOCK) --extra all --group dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt -o requirements/core.txt
	for extra in batch doc docx html pdf postgres scan spark web xls xlsx; do \
	  $(LOCK) -c requirements/dev.txt --extra $$extra -o requirements/$$extra.txt || exit 1; done
	$(LOCK) -c requirements/dev.txt --extra all -o requirements/all.txt
	for group in build peers; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --no-annotate -c requirements/dev.txt --group $$group -o requirements/$$group.txt || exit 1; done

# One archive with everything: wheels, an installer, a service file, the operator's page. It installs without a network,
# on x86-64 Linux with the Python that made it.
BUNDLE = dist/jixiao-linux-x86_64
bundle: setup
	rm -rf $(BUNDLE) && mkdir -p $(BUNDLE)/wheels
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: $(FROM) \
	  -r requirements/all.txt -d $(BUNDLE)/wheels
	$(UV) build --quiet --wheel --no-build-isolation --python $(BIN)/python -o $(BUNDLE)/wheels
	$(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' > $(BUNDLE)/python-version
	cp requirements/all.txt $(BUNDLE)/requirements.txt
	cp deploy/install.sh deploy/jixiao.service docs/operating.md LICENSE $(BUNDLE)/
	tar -C $(BUNDLE) --transform 's,^[.],jixiao,' --use-compress-program='gzip -1' -cf $(BUNDLE).tar.gz .
	@echo $(BUNDLE).tar.gz
