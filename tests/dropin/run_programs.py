"""Runs programs as `python -m gradtape run` does, each in a fork of this process: gradtape, Keras and scikit-learn load once.

Arguments: a folder for what the programs print (NAME.out, NAME.err), then the programs. Where there is no fork they run one by one
in a process of their own.
"""

import importlib
import os
import subprocess
import sys
import traceback
from pathlib import Path

from gradtape.dropin import runner


def main(folder, programs):
    if not hasattr(os, "fork"):
        return sum(run_alone(program, folder) for program in programs)
    runner.set_paths(str(Path(programs[0]).parent), keras2_spellings=True)
    for name in ("keras", "sklearn.datasets", "sklearn.linear_model", "tensorflow"):
        importlib.import_module(name)
    return sum(run_in_a_fork(program, folder) for program in programs)


def run_alone(program, folder):
    with open(folder / f"{program.stem}.out", "w") as out, open(folder / f"{program.stem}.err", "w") as errors:
        return (
            subprocess.run([sys.executable, "-m", "gradtape", "run", program], stdout=out, stderr=errors, check=False).returncode
            != 0
        )


def run_in_a_fork(program, folder):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    for descriptor, kind in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / f"{program.stem}.{kind}", os.O_WRONLY | os.O_CREAT), descriptor)
    status = 1
    try:
        runner.run(str(program), [])
        status = 0
    finally:  # the child ends here, whatever happened
        if status:
            traceback.print_exception(sys.exception())
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]]))
