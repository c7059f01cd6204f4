"""The same programs on TensorFlow and on gradtape print the same words and numbers.

GRADTAPE_PEERS names the python of an environment that has TensorFlow (`make test-peers` makes one).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = [
    [ROOT / "examples" / "linear_regression.py"],
    [ROOT / "examples" / "linear_regression.py", "-1.5", "0.25"],
    *([path] for path in sorted((ROOT / "tests_peers" / "programs").glob("*.py"))),
]
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf)")


def printed(*command):
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    done = subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def words(text):
    """The text without its numbers and without the spaces that align them."""
    return NUMBER.sub("#", text).replace("]", " ] ").split()


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: " ".join([program[0].stem, *program[1:]]))
def test_same_output(program):
    theirs = printed(os.environ["GRADTAPE_PEERS"], *program)
    ours = printed(sys.executable, "-m", "gradtape", "run", *program)
    assert words(ours) == words(theirs)
    numbers = [[float(n) for n in NUMBER.findall(text)] for text in (ours, theirs)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-5, abs=1e-6, nan_ok=True)
