"""`python -m gradtape check` on a folder of 1,000 files: at most 20 seconds.

The files are the programs in examples/programs, copied, each with a name of its own in it.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES = 1000
LIMIT = 20.0
PROGRAMS = Path(__file__).resolve().parents[1] / "examples" / "programs"


def main() -> int:
    texts = [path.read_text(encoding="utf-8") for path in sorted(PROGRAMS.glob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in zip(range(FILES), itertools.cycle(texts), strict=False):
            Path(folder, f"program_{number}.py").write_text(f"{text}\nvalue_{number} = tf.constant({number})\n", encoding="utf-8")
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "gradtape", "check", folder], stderr=subprocess.PIPE, text=True, check=False)
        seconds = time.perf_counter() - start
    print(f"check on {FILES} files: {seconds:.1f} s (limit {LIMIT:.0f} s); {done.stderr.strip()}")
    return int(done.returncode != 0 or seconds > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
