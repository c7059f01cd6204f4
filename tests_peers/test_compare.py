"""`python -m gradtape compare` with TensorFlow itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).resolve().parents[1] / "examples" / "programs"
PEERS = os.environ["GRADTAPE_PEERS"]
DIFFERENT = """
import tensorflow as tf
print("the same", float(tf.exp(1.0)))
print("other:", 2.0 if hasattr(tf, "__gradtape__") else 1.0)
"""


def compare(*words, cwd=None):
    command = [sys.executable, "-m", "gradtape", "compare", "--with", PEERS, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=280, check=False)


@pytest.mark.parametrize("program", ["regression", "function_loops"])
def test_programs_agree(program):
    done = compare("--json", "--tolerance", "2e-3", PROGRAMS / f"{program}.py")
    found = json.loads(done.stdout)
    assert done.returncode == 0 and found["agree"], done.stderr
    there, here = found["runs"]
    assert (there["name"], here["name"]) == ("TensorFlow", "gradtape") and there["status"] == here["status"] == 0
    assert found["lines"] and all(line["difference"] is not None for line in found["lines"])
    assert min(there["seconds"], here["seconds"]) > 0 and here["memory"] < there["memory"]


def test_a_difference_is_shown(tmp_path):
    (tmp_path / "different.py").write_text(DIFFERENT, encoding="utf-8")
    done = compare("different.py", cwd=tmp_path)
    assert done.returncode == 1 and "≠ other: 1.0" in done.stdout and "≠ the same" not in done.stdout, done.stderr
    assert "peak memory" in done.stdout and "TensorFlow" in done.stderr


def test_a_program_that_only_tensorflow_runs(tmp_path):
    (tmp_path / "lite.py").write_text("import tensorflow as tf\nprint(tf.lite.TFLiteConverter.__name__)\n", encoding="utf-8")
    done = compare("lite.py", cwd=tmp_path)
    assert done.returncode == 2 and "gradtape left with status 1" in done.stderr and "tf.lite" in done.stderr + done.stdout
