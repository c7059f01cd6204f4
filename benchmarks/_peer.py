"""A peer in its own process: it does n steps when asked, so that only one of the two runs at a time.

GRADTAPE_CLOCK=process_time counts the processor's time (of one-threaded work) in place of the wall clock's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

CLOCK = os.environ.get("GRADTAPE_CLOCK", "perf_counter")
clock: Callable[[], float] = getattr(time, CLOCK)

PAUSE = 0.03  # seconds before each round: until then idle threads of the process that ran before may still look for work
AGAIN = 3  # steps after the pause that are not timed: they wake the process's own threads

SERVE = """
import sys, time
def _memory(name):
    try:
        with open("/proc/self/status") as _file: return next(int(_l.split()[1]) for _l in _file if _l.startswith(name)) / 1024
    except (OSError, StopIteration): return float("nan")
_before = _memory("VmRSS")
for _ in range({warm}): step()
for line in sys.stdin:
    if line == "memory\\n":
        _highest = _memory("VmHWM")
        try:
            with open("/proc/self/clear_refs", "w") as _file: _file.write("5")
        except OSError: pass
        for _ in range(5): step()
        print(_memory("VmHWM") - _before, _highest - _before, flush=True)
        continue
    time.sleep({pause})
    for _ in range({again}): step()
    _start = time.{clock}()
    for _ in range(int(line)): step()
    print((time.{clock}() - _start) / int(line), flush=True)
"""


class Peer:
    """`setup` defines step(); the interpreter is the environment variable GRADTAPE_PEERS, or for `own` the one that runs here."""

    def __init__(self, setup: str, warm: int = 30, own: bool = False, **environment: str):
        python = sys.executable if own else os.environ.get("GRADTAPE_PEERS", "")
        if not python:
            sys.exit("GRADTAPE_PEERS must name a Python interpreter with TensorFlow, PyTorch and JAX: `make bench` makes one")
        env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", **environment}
        if not own:
            env.pop("PYTHONPATH", None)
        self.process = subprocess.Popen(
            [python, "-c", setup + SERVE.format(warm=warm, clock=CLOCK, pause=PAUSE, again=AGAIN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
        )

    def seconds(self, n: int) -> float:
        """Seconds a step, over n steps."""
        return float(self.answer(str(n)))

    def memory(self) -> tuple[float, float]:
        """MiB at most beside what there was before the first step: in five steps, and since the start, compiling included."""
        steps, ever = map(float, self.answer("memory").split())
        return steps, ever

    def answer(self, question: str) -> str:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        found = self.process.stdout.readline()
        if not found:
            raise ChildProcessError(f"a peer ended with status {self.process.wait()}")
        return found

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def seconds(step: Callable, n: int) -> float:
    time.sleep(PAUSE)
    for _ in range(AGAIN):
        step()
    start = clock()
    for _ in range(n):
        step()
    return (clock() - start) / n


def side_by_side(step: Callable, peers: dict[str, Peer], n: int, rounds: int = 15) -> dict[str, float]:
    """Medians of interleaved rounds; "gradtape" is ours."""
    for _ in range(max(n // 2, 3)):
        step()
    times: dict[str, list[float]] = {"gradtape": [], **{name: [] for name in peers}}
    for _ in range(rounds):
        times["gradtape"].append(seconds(step, n))
        for name, peer in peers.items():
            times[name].append(peer.seconds(n))
    for peer in peers.values():
        peer.close()
    return {name: statistics.median(t) for name, t in times.items()}


def report(what: str, medians: dict[str, float]) -> None:
    ours = medians["gradtape"]
    rest = ", ".join(f"{name} {t * 1e6:.1f} us (ratio {ours / t:.3f})" for name, t in medians.items() if name != "gradtape")
    print(f"{what}: gradtape {ours * 1e6:.1f} us, {rest}")
