"""A peer in its own process: it does n steps when asked, so that only one of the two runs at a time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

SERVE = """
import sys, time
for _ in range({warm}): step()
for line in sys.stdin:
    t = time.perf_counter()
    for _ in range(int(line)): step()
    print((time.perf_counter() - t) / int(line), flush=True)
"""


class Peer:
    """`setup` defines step(); the interpreter is the environment variable GRADTAPE_PEERS."""

    def __init__(self, setup: str, warm: int = 30, **environment: str):
        python = os.environ.get("GRADTAPE_PEERS", "")
        if not python:
            sys.exit("GRADTAPE_PEERS must name a Python interpreter with TensorFlow, PyTorch and JAX: `make bench` makes one")
        env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", **environment}
        env.pop("PYTHONPATH", None)
        self.process = subprocess.Popen(
            [python, "-c", setup + SERVE.format(warm=warm)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
        )

    def seconds(self, n: int) -> float:
        """Seconds a step, over n steps."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{n}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def seconds(step: Callable, n: int) -> float:
    start = perf_counter()
    for _ in range(n):
        step()
    return (perf_counter() - start) / n


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
