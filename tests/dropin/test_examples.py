"""The reference script, unmodified, gives TensorFlow's numbers."""

import re
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "linear_regression.py"
# TensorFlow 2.21 from w = -1.5, b = 0.25
LOSSES = {0: 68.22916412353516, 20: 0.6750779151916504, 90: 0.04071860387921333}


def losses(done):
    assert done.returncode == 0, done.stderr
    return {int(epoch): float(loss) for epoch, loss in re.findall(r"^Epoch (\d+): loss = (\S+)$", done.stdout, re.MULTILINE)}


def test_the_reference_script_starts_at_the_solution(scripts):
    done = scripts.run(SCRIPT)
    assert losses(done) == dict.fromkeys(range(0, 100, 10), 0.0)
    assert done.stdout.splitlines()[-1] == "w = 2.0, b = 1.0"


def test_from_elsewhere_it_gives_tensorflows_losses(scripts):
    found = losses(scripts.run(SCRIPT, "-1.5", "0.25"))
    assert {epoch: found[epoch] for epoch in LOSSES} == pytest.approx(LOSSES, rel=1e-5)
