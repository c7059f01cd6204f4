"""The committed functions are those that the declarations describe."""

import subprocess
import sys
from pathlib import Path

WRITER = Path(__file__).resolve().parents[1] / "scripts" / "write_calls.py"


def test_generated_functions_are_fresh():
    done = subprocess.run([sys.executable, WRITER, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}write them with: make calls"
