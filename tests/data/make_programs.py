"""Writes programs.json: what each of examples/programs prints on TensorFlow. Run it with the Python that has TensorFlow 2.21.

Arguments: the programs to run again; all of them without.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE.parents[1] / "examples" / "programs"
TABLE = HERE / "programs.json"
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def main():
    recorded = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    for program in sorted(PROGRAMS.glob("*.py")):
        if not sys.argv[1:] or program.stem in sys.argv[1:]:
            done = subprocess.run(
                [sys.executable, program], env={**os.environ, **QUIET}, stdout=subprocess.PIPE, text=True, check=True
            )
            recorded[program.stem] = done.stdout.splitlines()
            print(program.stem, "\n  " + "\n  ".join(recorded[program.stem]), flush=True)
            TABLE.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
