"""Ten thousand generated bad calls end in documented exceptions, without a crash, a hang or a warning."""

import subprocess
import sys
from pathlib import Path

COUNT, SEED = 10_000, 2026


def test_only_documented_exceptions() -> None:
    words = [sys.executable, "-m", "tests.bad_calls", str(COUNT), str(SEED)]
    done = subprocess.run(words, cwd=Path(__file__).resolve().parents[1], capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1] if done.stderr else ""
    assert done.returncode == 0, f"{done.stdout}the last call: {last}"
