"""What `import gradtape` costs, in fresh interpreters that take turns: in processor time, which other programs do not change much."""

import os
import subprocess
import sys

SECONDS_OVER_NUMPY = 0.1
NOT_LOADED = ("scipy", "keras", "llvmlite", "matplotlib", "rich", "h5py", "optree")
# bytecode is kept, and the committed functions are used, as at a user's
ENVIRONMENT = {n: v for n, v in os.environ.items() if n not in ("PYTHONDONTWRITEBYTECODE", "GRADTAPE_FRESH_CALLS")}


def python(code):
    words = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True, check=True)


def seconds(module):
    """Processor time of the thread that imports: the threads that NumPy's BLAS starts spin a while, and would be counted too."""
    return float(python(f"import time; start = time.thread_time(); import {module}; print(time.thread_time() - start)").stdout)


def test_import_costs_little_more_than_numpy():
    python("import gradtape")
    numpy, gradtape = [], []
    for _ in range(40):  # the least of many: a busy machine makes both slower, never quicker
        numpy.append(seconds("numpy"))
        gradtape.append(seconds("gradtape"))
        if len(numpy) >= 5 and min(gradtape) <= min(numpy) + SECONDS_OVER_NUMPY:
            return
    raise AssertionError(f"import gradtape takes {min(gradtape):.3f} s, numpy {min(numpy):.3f} s")


def test_import_is_silent():
    done = python("import gradtape")
    assert (done.stdout, done.stderr) == ("", "")


def test_import_loads_nothing_heavy():
    done = python(f"import sys, gradtape; print([n for n in {NOT_LOADED} if n in sys.modules])")
    assert done.stdout == "[]\n"


def test_import_changes_no_environment():
    code = "import os; before = dict(os.environ); import gradtape; print(before == dict(os.environ))"
    assert python(code).stdout == "True\n"
