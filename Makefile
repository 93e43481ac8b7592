# Two commands on a machine with python3, pip and node:
#   make lab    opens JupyterLab on the first notebook
#   make test   installs what testing needs (a browser too) and passes all tests
# Besides, make docs writes the pages of docs/ and the reference.
# Everything goes into .venv here; deleting that folder undoes it.

PYTHON ?= python3
BIN := .venv/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
NOTEBOOK ?= notebooks/01_a_brain_score_that_moves.ipynb
# A question about news would stand over the first notebook.
NEWS := @jupyterlab/apputils-extension:announcements
# The lines of each target that runs beside another one stay together, where make knows how.
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# Where this is set, every process of every test would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
SOURCES := package.json bundles.mjs yarn.lock pyproject.toml $(shell find labextension/src labextension/style -type f 2>/dev/null)

.PHONY: lab app lite test install browser lint lint-python lint-page types contracts python typescript notebooks journeys \
	front-ends triples jax docs pictures benchmarks clean

lab: .venv/installed
	$(BIN)/jupyter lab $(AS_ROOT) --LabApp.news_url=None --LabApp.default_url=/lab/tree/$(NOTEBOOK)

# What reads code alone runs two at a time: one tool takes one core. Tests come one kind after the other.
test: .venv/installed-test browser
	$(MAKE) --jobs 2 $(TOGETHER) lint types contracts typescript
	$(MAKE) python
	$(MAKE) notebooks
	$(MAKE) journeys

# The dashboard alone, as a page for people who need see no code.
app: .venv/installed
	$(BIN)/python -m pip install --quiet "voila>=0.5"
	$(BIN)/voila notebooks/app/dashboard.ipynb

# The course as a site without a server: whoever opens it has Python, and the labs, in the browser (docs/front_ends.md).
lite: .venv/installed
	$(BIN)/python -m pip install --quiet "jupyterlite-core[contents]>=0.6" "jupyterlite-pyodide-kernel>=0.6" build
	rm -rf .lite && $(BIN)/python -m build --wheel --outdir .lite/wheels .
	$(BIN)/python tests/front_ends/lite_site.py .lite/wheels/*.whl .lite
	@echo "Serve .lite/site, for instance by: $(BIN)/python -m http.server --directory .lite/site"

install: .venv/installed

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

# A change of the page's half builds it anew; the wheel's build makes it the first time.
define INSTALL
rm -rf hcnn_widgets/labextension hcnn_widgets/nbextension hcnn_widgets/widgets/page/saved_page.js
$(BIN)/python -m pip install --quiet --editable ".[$(1)]"
$(BIN)/jupyter labextension disable --level=sys_prefix $(NEWS) 2>/dev/null
touch .venv/installed
endef

.venv/installed: .venv/bin/python $(SOURCES)
	$(call INSTALL,lab)

# All at once, so that the page's half is built once.
.venv/installed-test: .venv/bin/python $(SOURCES)
	$(call INSTALL,$(EXTRAS))
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jlpm install --immutable
	touch $@
.venv/installed-test: EXTRAS = lab,test

browser: .venv/installed-test
	$(BIN)/python tests/ui/find_browser.py

lint: lint-python lint-page

lint-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

lint-page:
	$(BIN)/jlpm lint:check

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

typescript:
	$(BIN)/jlpm test

# A process a core, and in it one thread that multiplies matrices: two would wait for the other process's.
python: export OMP_NUM_THREADS = 1
python: export OPENBLAS_NUM_THREADS = 1

python:
	$(BIN)/python -m pytest -n logical --dist worksteal -rs --durations=20 --cov --cov-report=term-missing:skip-covered

notebooks:
	$(BIN)/python -m pytest tests/notebooks -n 2 --dist worksteal -rs --durations=5

# Two at a time, each process with a JupyterLab and a browser of its own; then those that say how soon something comes.
# A journey that failed is driven once more, in a new page, and named (R): what fails twice is a fault.
JOURNEYS := $(BIN)/python -m pytest tests/ui --reruns 1 -rsR --durations=10
journeys:
	$(JOURNEYS) -m "not alone" -n 2 --maxschedchunk 1
	$(JOURNEYS) -m alone

# Pages in docs/_build/html, which need no connection; a warning is a failure.
docs: .venv/installed
	$(BIN)/python -m pip install --quiet --editable ".[lab,docs]"
	$(BIN)/sphinx-build -W --keep-going --jobs auto --builder html docs docs/_build/html

# The wheel in fresh environments, in JupyterLab 4.4 and 4.6, Notebook 7 and Voila: some minutes, so once a night. The
# environments are made within the time of the first test that asks for one, which is that of downloads.
front-ends: .venv/installed-test browser
	$(BIN)/python -m pytest tests/front_ends --timeout 3600 -rs --durations=10

# Every architecture with every goal and every rule, some 1,800 networks: too long for each change.
triples: .venv/installed-test
	$(BIN)/python -m pytest tests/goal/every_triple -n logical -rs --durations=10

# All but TensorFlow, and JAX in its place.
.jax/installed: pyproject.toml Makefile
	$(PYTHON) -m venv .jax
	.jax/bin/python tests/backends/all_but_tensorflow.py > .jax/requirements.txt
	.jax/bin/python -m pip install --quiet jax hypothesis pytest pytest-timeout --requirement .jax/requirements.txt
	touch $@

jax: .jax/installed
	KERAS_BACKEND=jax .jax/bin/python -m pytest tests/backends --timeout 3600 -rs --durations=5

# The dashboard's pictures in docs/, in test-results/: one training on all images, some minutes.
pictures: browser
	$(BIN)/python tests/ui/take_pictures.py

benchmarks: .venv/installed
	$(BIN)/python -m pip install --quiet --editable ".[lab,benchmarks]"
	cd benchmarks && ../$(BIN)/python -c "import stopwatch; print(stopwatch.processor())"
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf .venv .jax .lite .front_ends node_modules hcnn_widgets/labextension hcnn_widgets/nbextension \
		hcnn_widgets/widgets/page/saved_page.js dist labextension/lib docs/_build docs/reference
