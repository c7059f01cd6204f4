"""The classifier of the demo learns real digits and draws its picture."""

import os
import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "digits.py"


def test_the_classifier_reaches_96_percent(tmp_path):
    picture = tmp_path / "digits.png"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, EXAMPLE, picture], env=environment, capture_output=True, text=True, check=True)
    accuracy, seconds = re.search(r"held-out accuracy ([\d.]+)% on 360 of 1797 images, ([\d.]+) s", done.stdout).groups()
    assert float(accuracy) >= 96 and float(seconds) < 60
    assert picture.read_bytes().startswith(b"\x89PNG")
