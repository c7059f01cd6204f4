"""python -m tests.fuzz [COUNT [FIRST]]: COUNT random programs from the seed FIRST on, compiled and eager; failures as small programs.

A worker process checks 50 programs, so that one that dies costs only itself. Canaries lie between all buffers; every other worker
gives each value bytes of its own.
"""

from __future__ import annotations

import collections
import os
import subprocess
import sys
import time

CHUNK = 50
LINE = "-" * 100


def work(first: int, last: int) -> None:
    """The worker: one line `seed verdict` a program; a finding is followed by its text up to a line of dashes."""
    from .check import Finding, Invalid, outcome  # here: the parent needs no NumPy
    from .program import made
    from .shrink import shrunk

    def kind(p: object) -> str | None:
        try:
            outcome(p, executors)  # type: ignore[arg-type]
        except Finding as found:
            return found.kind
        except Invalid:
            return "invalid"
        return None

    for seed in range(first, last):
        executors = ("native", "reference") if seed % 5 == 0 else ("native",)
        print(seed, end=" ", flush=True)
        program = made(seed)
        try:
            print(outcome(program, executors), flush=True)
        except (Finding, Invalid) as found:
            what = kind(program)
            small = shrunk(program, lambda p, what=what: kind(p) == what)
            print(f"FAILED {what}\n{found}\n{small}\n{LINE}", flush=True)


def main(count: int, first: int) -> int:
    verdicts: collections.Counter[str] = collections.Counter()
    start, at = time.perf_counter(), first
    while at < first + count:
        last = min(at + CHUNK, first + count)
        guard = "apart" if at // CHUNK % 2 else "1"
        environment = {**os.environ, "GRADTAPE_GUARD": guard, "GRADTAPE_CACHE": "0"}
        command = [sys.executable, "-m", "tests.fuzz", "worker", str(at), str(last)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        at = report(done.stdout, verdicts) + 1 if done.returncode == 0 else died(done, verdicts)
        print(f"{at - first} programs, {time.perf_counter() - start:.0f} s: {dict(verdicts)}", flush=True)
    return int(set(verdicts) - {"same", "sensitive", "refused"} != set())


def report(text: str, verdicts: collections.Counter[str]) -> int:
    """Counts the verdicts, prints what failed; gives the last seed."""
    seed, inside = -1, False
    for line in text.splitlines():
        if inside:
            print(line)
            inside = line != LINE
            continue
        number, _, verdict = line.partition(" ")
        seed = int(number)
        verdicts[verdict] += 1
        inside = verdict.startswith("FAILED")
        if inside:
            print(f"seed {seed}: {verdict}")
    return seed


def died(done: subprocess.CompletedProcess[str], verdicts: collections.Counter[str]) -> int:
    """The seed after the one whose program ended the process."""
    finished, _, unfinished = done.stdout.rstrip(" ").rpartition("\n")
    report(finished, verdicts)
    seed = int(unfinished.split()[0])
    verdicts["died"] += 1
    text = f"from tests.fuzz.program import made; print(made({seed}))"
    print(f"seed {seed}: the process ended with status {done.returncode}", flush=True)
    subprocess.run([sys.executable, "-c", text], check=False)
    return seed + 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        work(int(sys.argv[2]), int(sys.argv[3]))
    else:
        numbers = [int(x) for x in sys.argv[1:]]
        sys.exit(main(*numbers[:1] or [5000], *numbers[1:] or [0]))
