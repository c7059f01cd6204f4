"""Machine code on disk: found again, and never believed when it is damaged, swapped, foreign or open to others."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradtape.exec.native import missing

if missing() is not None:
    pytest.skip(str(missing()), allow_module_level=True)

from gradtape.exec.native import cache as caches
from gradtape.exec.native.cache import Cache

SCRIPT = """
import sys, numpy as np, gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec.native import compile_graph, jit
from gradtape.graph.trace import record
made = []
plain = jit.Machine.compiled
jit.Machine.compiled = lambda self, text: made.append(1) or plain(self, text)
x = np.linspace(0, 1, 100, dtype="f")
graph = record(lambda x: [tf.exp(x) * 2.0, tf.reduce_sum(tf.tanh(x))], [Spec(x.shape, x.dtype)]).graph
y, total = compile_graph(graph)([x], [None, None])
np.testing.assert_allclose(y, np.exp(x) * 2, rtol=1e-6)
np.testing.assert_allclose(total, np.tanh(x).sum(), rtol=1e-5)
print(len(made))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADTAPE_CACHE", "1")
    monkeypatch.setenv("GRADTAPE_CACHE_DIR", str(tmp_path / "code"))
    return tmp_path / "code"


def compilations(**environment: str) -> int:
    """How often a new process compiles."""
    out = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    )
    return int(out.stdout)


def test_a_second_process_compiles_nothing(home: Path) -> None:
    assert compilations() == 1
    assert home.stat().st_mode & 0o777 == 0o700
    assert compilations() == 0
    assert compilations(GRADTAPE_LIBMVEC="0") == 1
    assert compilations(GRADTAPE_CACHE="0") == 1


def test_damaged_code_is_compiled_again(home: Path) -> None:
    compilations()
    for path in home.iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert compilations() == 1
    assert compilations() == 0


def filled(home: Path) -> Cache:
    cache = Cache("machine")
    cache.put("one", ["a", "b"], b"first")
    cache.put("two", ["c"], b"second")
    assert cache.find(["a", "b", "c", "d"]) == {"one": b"first", "two": b"second"}
    return cache


def test_swapped_files_are_refused(home: Path) -> None:
    cache = filled(home)
    one, two = cache.path("module", "one"), cache.path("module", "two")
    assert one is not None and two is not None
    os.replace(two, one)
    assert cache.find(["a", "c"]) == {}


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 36])
def test_short_files_are_refused(home: Path, cut: int) -> None:
    cache = filled(home)
    path = cache.path("module", "one")
    assert path is not None
    path.write_bytes(path.read_bytes()[:cut])
    assert cache.find(["a"]) == {}


@pytest.mark.skipif(os.name != "posix", reason="files have owners and modes on POSIX only")
def test_what_others_may_write_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = filled(home)
    path = cache.path("module", "one")
    assert path is not None
    path.chmod(0o666)
    assert cache.find(["a", "c"]) == {"two": b"second"}
    home.chmod(0o777)
    cache.put("three", ["e"], b"third")
    assert cache.find(["e"]) == {}
    home.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: os.geteuid() + 1)
    assert cache.find(["c"]) == {}


def test_another_machine_s_code_is_not_found(home: Path) -> None:
    filled(home)
    assert Cache("another machine").find(["a", "b", "c"]) == {}


def test_the_oldest_go_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "LIMIT", 5000)
    cache = Cache("machine")
    for k in range(6):
        cache.put(f"m{k}", [f"k{k}"], bytes(1500))
        for path in home.iterdir():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
    assert sum(p.stat().st_size for p in home.iterdir()) <= 5000
    assert "m5" in cache.find(["k5"]) and not cache.find(["k0"])


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("GRADTAPE_CACHE_DIR", str(tmp_path / "file" / "code"))
    cache = Cache("machine")
    cache.put("one", ["a"], b"first")
    assert cache.find(["a"]) == {}


def race(k: int) -> bool:
    """Write and read the same names as others do; what is found is whole."""
    cache = Cache("machine")
    for n in range(60):
        cache.put("one", ["a"], bytes([k]) * 20000)
        for code in cache.find(["a"]).values():
            if len(set(code)) != 1 or len(code) != 20000:
                return False
        if n % 10 == k:
            caches.trim(caches.folder())
    return True


def test_processes_race(home: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert all(pool.map(race, range(3)))
    assert not [p for p in home.iterdir() if p.name.startswith("new-")]
