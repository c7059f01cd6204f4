"""`python -m gradtape compare`: two runs side by side. A small module stands for TensorFlow; the peers' tests use TensorFlow itself."""

import json
import math
import os
import sys

import pytest

from gradtape.dropin import compare

SCRIPT = """
    import sys
    import tensorflow as tf
    print("start")
    print(f"loss = {float(tf.exp(1.0)):.6f}, step 3")
    if len(sys.argv) > 1:
        print("only here" if hasattr(tf, "__gradtape__") else "there 7")
"""


@pytest.fixture
def compared(scripts):
    """Runs compare with this Python in TensorFlow's place, where `tensorflow` is a module whose exp is off by a factor."""

    def run(*arguments, factor=1.0, script=SCRIPT):
        scripts.write("peer/tensorflow.py", f"import math\ndef exp(x):\n    return {factor} * math.exp(x)\n")
        scripts.write("script.py", script)
        path = [str(scripts.folder / "peer"), *filter(None, [os.environ.get("PYTHONPATH")])]
        words = ["--with", sys.executable, *arguments]
        return scripts.python("-m", "gradtape", "compare", *words, PYTHONPATH=os.pathsep.join(path))

    return run


def test_agreement(compared):
    done = compared("script.py")
    assert done.returncode == 0, done.stderr
    assert "loss = 2.718282, step 3" in done.stdout and "start" not in done.stdout
    assert "time" in done.stdout and "peak memory" in done.stdout
    assert "on TensorFlow" in done.stderr.splitlines()[0]


def test_a_difference_is_marked(compared):
    done = compared("script.py", factor=1.001)
    assert done.returncode == 1 and "≠ loss = 2.721000" in done.stdout and "1.0e-03" in done.stdout
    assert compared("--tolerance", "0.01", "script.py", factor=1.001).returncode == 0


def test_lines_of_one_side_and_json(compared):
    done = compared("--json", "script.py", "an argument")
    found = json.loads(done.stdout)
    assert done.returncode == 1 and not found["agree"]
    assert {"there": "there 7", "here": None, "difference": None} in found["lines"]
    assert [r["name"] for r in found["runs"]] == ["TensorFlow", "gradtape"] and all(r["seconds"] > 0 for r in found["runs"])


def test_a_run_that_fails_shows_its_errors(compared):
    done = compared("script.py", script="import tensorflow as tf\ntf.GradientTape\n")
    assert done.returncode == 2 and "TensorFlow left with status 1" in done.stderr and "AttributeError" in done.stderr


def test_without_a_python_that_has_tensorflow(scripts):
    scripts.write("script.py", "")
    done = scripts.python("-m", "gradtape", "compare", "script.py", GRADTAPE_PEERS="")
    assert done.returncode == 2 and "--with PYTHON" in done.stderr
    assert scripts.python("-m", "gradtape", "compare", "--with", "/no/python", "script.py").returncode == 2


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("loss 1.0 at 3", "loss 1.1 at 3", 0.1 / 1.1),
        ("a -2e-3", "a -2e-3", 0.0),
        ("nan inf", "nan inf", 0.0),
        ("x nan", "x 1", math.inf),
        ("no numbers", "no numbers", 0.0),
    ],
)
def test_differences(x, y, expected):
    assert compare.difference(x, y) == pytest.approx(expected)


def test_names_that_hold_digits_are_no_numbers():
    assert compare.NUMBER.findall("conv2d x1 v3.2 [1., .5] 1e-05 -inf: information 7%") == ["1.", ".5", "1e-05", "-inf", "7"]
