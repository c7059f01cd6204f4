"""Every benchmark, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    folder = Path(__file__).parent
    scripts = [p.stem for p in folder.glob("*.py") if p.stem != "run" and not p.stem.startswith("_")]
    names = sys.argv[1:] or sorted([*scripts, "compare"])
    status = 0
    for name in names:
        print(f"== {name}", flush=True)
        status |= subprocess.run([sys.executable, "-m", name], cwd=folder, check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
