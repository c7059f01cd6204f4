# Every target sets up what it needs: `make demo` and `make test` work in a fresh clone with Python 3.11 or newer.
# PYTHON=python3.12 picks the interpreter, VENV=.venv-312 the environment.

PYTHON ?= python3
VENV ?= .venv
PEERS ?= .peers
BIN = $(VENV)/bin
RUN = $(BIN)/python -m gradtape run
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet

PLAIN = tests/unit/test_function.py tests/unit/test_function_autograph.py tests/unit/test_control.py tests/unit/test_conv.py \
  tests/keras/test_function.py tests/native tests/test_digits.py

.PHONY: demo test test-plain test-peers fuzz calls docs lint types bench clean
.DEFAULT_GOAL := test

demo: $(VENV)/.demo
	@echo "== The reference script. It starts at the solution, w = 2 and b = 1, so it prints zeros:"
	$(RUN) examples/linear_regression.py
	@echo "== The same script from w = -1.5, b = 0.25:"
	$(RUN) examples/linear_regression.py -1.5 0.25
	@echo "== A classifier of handwritten digits (one BLAS thread: more lose time on products this small):"
	OPENBLAS_NUM_THREADS=1 $(BIN)/python examples/digits.py

test: $(VENV)/.test
	$(BIN)/python -m pytest -n 2

# The same where the native parts would change anything, with every one of them switched off.
test-plain: $(VENV)/.test
	GRADTAPE_NATIVE=0 GRADTAPE_ONEDNN=0 GRADTAPE_GOMP=0 GRADTAPE_LIBMVEC=0 $(BIN)/python -m pytest -n 2 $(PLAIN)

# The tests that compare with TensorFlow itself, in an environment of its own: TensorFlow's wheel overwrites the Keras nightly.
test-peers: $(VENV)/.test $(PEERS)/.ready
	GRADTAPE_PEERS=$(abspath $(PEERS)/bin/python) $(BIN)/python -m pytest -n 2 tests_peers

# Random programs, compiled and eager, with canaries between all buffers; the seeds are 0, 1, 2, ... COUNT=500 FIRST=7000 chooses others.
COUNT ?= 5000
FIRST ?= 0
fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz $(COUNT) $(FIRST)

calls: $(VENV)/.test
	$(BIN)/python scripts/write_calls.py

docs: $(VENV)/.docs
	$(BIN)/mkdocs build --strict --quiet

lint: $(VENV)/.lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.lint $(VENV)/.demo
	$(BIN)/pyright
	$(BIN)/python scripts/public_types.py

bench: $(VENV)/.test $(PEERS)/.ready
	GRADTAPE_PEERS=$(abspath $(PEERS)/bin/python) $(BIN)/python benchmarks/run.py

clean:
	rm -rf site out build dist .pytest_cache .ruff_cache .hypothesis .coverage* htmlcov
	find src tests examples -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gradtape needs Python 3.11 or newer; this is $$($(PYTHON) --version). Say: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	$(PIP) --editable '.[keras,test,demo]'
	@touch $@

$(VENV)/.demo: $(VENV)/.python pyproject.toml
	$(PIP) --editable '.[keras,demo]'
	@touch $@

$(VENV)/.docs: $(VENV)/.python pyproject.toml
	$(PIP) --editable '.[docs]'
	@touch $@

$(VENV)/.lint: $(VENV)/.python pyproject.toml
	$(PIP) --editable '.[keras,lint]'
	@touch $@

$(PEERS)/.ready: benchmarks/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --requirement benchmarks/peers.txt
	@touch $@
