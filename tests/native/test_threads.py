"""How many threads, and what a fork does."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec import native
from gradtape.exec.native import threads
from gradtape.graph.trace import trace

pytestmark = pytest.mark.usefixtures("dnnl", "gomp")

SETUP = """
import multiprocessing, sys, numpy as np, gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec import native
from gradtape.exec.native import threads
from gradtape.graph.trace import trace

x = np.random.default_rng(0).normal(size=(16, 32, 32, 8)).astype("f4")
w = np.random.default_rng(1).normal(size=(3, 3, 8, 32)).astype("f4")

def program(x, w):
    return [tf.reduce_sum(tf.nn.relu(tf.nn.conv2d(x, w, 1, "SAME")) * 1.5, [0, 1, 2])]

def eager():
    return program(tf.constant(x), tf.constant(w))[0].numpy()

def compiled():
    return PLAN([x, w], [None])[0]

def child(expected):
    ok = np.allclose(eager(), expected, rtol=1e-4) and np.allclose(compiled(), expected, rtol=1e-4)
    sys.exit(0 if ok else 1)

PLAN = native.compile_graph(trace(program, [Spec(x.shape, x.dtype), Spec(w.shape, w.dtype)])[0])
"""
PROCESSES = """
if __name__ == "__main__":
    expected = eager()
    compiled()
    process = multiprocessing.get_context(sys.argv[1]).Process(target=child, args=(expected,))
    process.start()
    process.join(60)
    print(process.exitcode, np.allclose(compiled(), expected, rtol=1e-4))
"""
TWICE = """
import os
if __name__ == "__main__":
    expected = eager()
    compiled()
    for _ in range(2):
        if os.fork() == 0:
            assert threads.count() == 1
            child(expected)
        print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
BESIDE_SKLEARN = """
from sklearn.ensemble import HistGradientBoostingClassifier
if __name__ == "__main__":
    expected = eager()
    rows, labels = np.random.default_rng(0).normal(size=(400, 4)), np.arange(400) % 2
    for _ in range(2):
        HistGradientBoostingClassifier(max_iter=2).fit(rows, labels)
        assert np.array_equal(eager(), expected)
        compiled()
    print("done")
"""


def output(program, tmp_path, *args, **environment):
    file = tmp_path / "program.py"
    file.write_text(SETUP + program)
    done = subprocess.run(
        [sys.executable, str(file), *args],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
def test_child_processes(how, tmp_path):
    assert output(PROCESSES, tmp_path, how, OMP_NUM_THREADS="2") == ["0", "True"]


def test_forks_of_a_process_that_ran_native_code(tmp_path):
    assert output(TWICE, tmp_path, OMP_NUM_THREADS="2") == ["0", "0"]


def test_beside_another_libgomp(tmp_path):
    pytest.importorskip("sklearn")
    assert output(BESIDE_SKLEARN, tmp_path, OMP_NUM_THREADS="2", OMP_WAIT_POLICY="passive") == ["done"]


COUNTS = """
if __name__ == "__main__":
    print(threads.count(), end=" ")
    for n in (1, 3, 0):
        tf.config.threading.set_intra_op_parallelism_threads(n)
        expected, found = eager(), compiled()
        print(threads.count(), threads.load().omp_get_max_threads(), np.allclose(found, expected, rtol=1e-4), end=" ")
"""


def test_the_number_of_threads_may_change(tmp_path):
    assert output(COUNTS, tmp_path, OMP_NUM_THREADS="2") == ["2", "1", "1", "True", "3", "3", "True", "2", "2", "True"]


def test_switched_off_is_one_thread(tmp_path):
    assert output(COUNTS, tmp_path, OMP_NUM_THREADS="2", GRADTAPE_GOMP="0")[:3] == ["1", "1", "1"]


def test_settings():
    setting = tf.config.threading
    assert setting.get_intra_op_parallelism_threads() == 0
    try:
        setting.set_intra_op_parallelism_threads(1)
        assert setting.get_intra_op_parallelism_threads() == 1 == threads.count()
    finally:
        setting.set_intra_op_parallelism_threads(0)
    with pytest.raises(ValueError, match="num_threads must be 0"):
        setting.set_intra_op_parallelism_threads(-1)
    setting.set_inter_op_parallelism_threads(2)
    assert setting.get_inter_op_parallelism_threads() == 2
    setting.set_inter_op_parallelism_threads(0)


def test_libgomp_waits_briefly_unless_told(monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    with threads.patience():
        assert os.environ["GOMP_SPINCOUNT"] == threads.SPINS
    assert "GOMP_SPINCOUNT" not in os.environ
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    with threads.patience():
        assert "GOMP_SPINCOUNT" not in os.environ


def test_the_number_of_threads_changes_while_plans_run():
    x, w = np.random.default_rng(0).normal(size=(64, 300)).astype("f4"), np.ones((300, 40), "f4")
    plan = native.compile_graph(trace(lambda x, w: [tf.nn.relu(x @ w) + 1.0], [Spec(a.shape, a.dtype) for a in (x, w)])[0])
    (expected,) = plan([x, w], [None])
    wrong: list[object] = []

    def call() -> None:
        for _ in range(300):
            (found,) = plan([x, w], [None])
            if not np.allclose(found, expected, rtol=1e-5):
                wrong.append(found)

    callers = [threading.Thread(target=call) for _ in range(3)]
    for caller in callers:
        caller.start()
    try:
        for n in range(200):
            threads.set_count(1 + n % 3)
    finally:
        for caller in callers:
            caller.join()
        threads.set_count(0)
    assert not wrong
