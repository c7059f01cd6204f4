"""Aligned buffers, and freed memory that is kept."""

import os
import subprocess
import sys

import pytest

from gradtape.exec.native import memory

PROGRAM = """
from gradtape.exec.native import memory
import numpy as np, resource
kept = memory.keep_freed()
for _ in range(3): np.ones(6_000_000, "u1"), np.ones(12_000_000, "u1")
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20): np.ones(6_000_000, "u1"), np.ones(12_000_000, "u1")
print(kept, resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.parametrize("nbytes", [1, 64, 1000, 1 << 20])
def test_buffers_begin_at_a_cache_line(nbytes):
    block = memory.aligned(nbytes)
    assert block.ctypes.data % memory.ALIGNED == 0 and block.nbytes == nbytes
    assert memory.rounded(nbytes) % memory.ALIGNED == 0 <= memory.rounded(nbytes) - nbytes < memory.ALIGNED


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator is set on Linux only")
@pytest.mark.parametrize(("switch", "kept"), [("1", True), ("0", False)])
def test_freed_memory_is_kept_unless_switched_off(switch, kept):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MALLOC_", "GLIBC_"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**environment, "GRADTAPE_KEEP_MEMORY": switch},
        capture_output=True,
        text=True,
        check=True,
    )
    said, faults = done.stdout.split()
    if kept and said == "False":
        pytest.skip("another C library than glibc")
    assert said == str(kept) and (not kept or int(faults) < 1000)
