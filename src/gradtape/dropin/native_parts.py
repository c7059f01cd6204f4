"""What native code uses on this machine, for `doctor`: (name, state or None where it is absent, what it is for, what its absence costs)."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..exec import native
from ..exec.native import onednn, threads


class Found(NamedTuple):
    name: str
    state: str | None
    note: str


def native_parts() -> Iterator[Found]:
    yield llvm()
    yield from processor()
    yield libgomp()
    yield dnnl()


def llvm() -> Found:
    why = native.missing()
    if why is not None:
        return Found("LLVM", None, f"{why}; compiled functions run NumPy's kernels, several times slower")
    return Found("LLVM", importlib.metadata.version("llvmlite"), "compiles loops (llvmlite)")


def processor() -> Iterator[Found]:
    if native.missing() is not None:
        return
    machine = importlib.import_module("gradtape.exec.native.jit").machine()
    lanes: dict[str, Any] = importlib.import_module("gradtape.exec.native.scalar").LANES
    if lanes:
        yield Found("libmvec", f"{max(lanes.values())} bits", "exp, log, tanh and their kin in compiled loops")
    else:
        yield Found(
            "libmvec", None, "exp, log, tanh and their kin in compiled loops take one number at a time, several times slower"
        )
    if "+avx512f" in machine.features.split(","):
        yield Found("AVX-512", machine.cpu, "compiled loops and oneDNN")
    else:
        yield Found(
            "AVX-512", None, f"this processor ({machine.cpu}) has shorter vectors: about half the speed of compiled loops"
        )


def libgomp() -> Found:
    found = threads.load()
    why = found if isinstance(found, str) else "switched off by GRADTAPE_GOMP=0" if threads.is_off() else None
    if why is not None:
        return Found("libgomp", None, f"{why}; native code runs in one thread")
    return Found("libgomp", f"{threads.count()} threads", "the threads of compiled loops and oneDNN")


def dnnl() -> Found:
    found = onednn.load()
    if isinstance(found, str):
        cost = "convolutions, pools and products run NumPy's kernels, about half as fast"
        return Found("oneDNN", None, f"{found}; {cost}")
    return Found("oneDNN", found.version, "convolutions, pools and products of large arrays and in compiled functions")
