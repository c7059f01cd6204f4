"""What a plan promises: updates in place, memory of its own, calls at once, from within and by address, errors as eagerly."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.primitive import REGISTRY
from gradtape.core.shapes import Spec
from gradtape.exec import reference
from gradtape.exec.native import compile_graph, missing
from gradtape.graph.ir import Graph
from gradtape.graph.trace import record

from .programs import Program

if missing() is not None:
    pytest.skip(str(missing()), allow_module_level=True)

from gradtape.exec.native import blas, guard
from gradtape.exec.native import plan as plans


class Traced:
    """A function traced on arrays, its plan, and the arrays of its variables."""

    def __init__(self, fn: Any, *inputs: np.ndarray):
        self.inputs = list(inputs)
        self.graph: Graph = record(fn, [Spec(x.shape, x.dtype) for x in inputs]).graph
        self.plan = compile_graph(self.graph)
        self.captured = [np.array(source) for _, source in self.graph.captured]

    @property
    def arrays(self) -> list[np.ndarray]:
        return [*self.inputs, *self.captured]

    def targets(self) -> list[Any]:
        out: list[Any] = [None] * len(self.graph.outputs)
        for i, o in self.graph.updates:
            out[o] = self.arrays[i]
        return out

    def expected(self) -> list[np.ndarray]:
        copies = [np.array(a) for a in self.arrays]
        return reference.compile_graph(self.graph)(copies, [None] * len(self.graph.outputs))


def agree(have: list[np.ndarray], want: list[np.ndarray]) -> None:
    for a, b in zip(have, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


# -- updates in place ---------------------------------------------------------------------------------------------
def swap(size: int) -> Traced:
    a, b = tf.Variable(np.arange(size, dtype="f")), tf.Variable(-np.arange(size, dtype="f"))

    def step() -> list[Any]:
        old = a.read_value()
        a.assign(b)
        b.assign(old)
        return [a + 2.0 * b]

    return Traced(step)


def shifted(size: int) -> Traced:
    v = tf.Variable(np.arange(size, dtype="f"))

    def step() -> list[Any]:
        v.assign(tf.concat([v[1:], v[:1]], 0))
        return [tf.reduce_sum(v * v)]

    return Traced(step)


def transposed(size: int) -> Traced:
    v = tf.Variable(np.arange(size * size, dtype="f").reshape(size, size))

    def step() -> list[Any]:
        before = tf.reduce_sum(v, 0)
        v.assign(tf.transpose(v) + 1.0)
        return [before, v @ v]

    return Traced(step)


def normalised(size: int) -> Traced:
    """Two passes over the rows that are updated."""
    v = tf.Variable(np.random.default_rng(0).normal(size=(size, 40)).astype("f"))

    def step() -> list[Any]:
        v.assign(v - tf.reduce_mean(v, 1, keepdims=True))
        return [tf.reduce_max(tf.abs(v), 1)]

    return Traced(step)


def momentum(size: int) -> Traced:
    p, m = tf.Variable(np.ones(size, "f")), tf.Variable(np.zeros(size, "f"))

    def step(x: Any) -> list[Any]:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(p * x - 1.0))
        g = tape.gradient(loss, p)
        m.assign(0.9 * m + g)
        p.assign_sub(0.01 * m)
        return [loss, tf.identity(p)]

    return Traced(step, np.linspace(0, 1, size, dtype="f"))


@pytest.mark.parametrize("size", [3, 70, 5000])
@pytest.mark.parametrize("make", [swap, shifted, momentum], ids=lambda f: f.__name__)
def test_updates_in_place(make: Any, size: int) -> None:
    check_steps(make(size))


def embedded(size: int) -> Traced:
    """Rows of a table, some of them twice, updated where they lie."""
    table = tf.Variable(np.random.default_rng(0).normal(size=(4 * size, 5)).astype("f"))

    def step(rows: Any) -> list[Any]:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.gather(table, rows) - 1.0))
        g = tape.gradient(loss, table)
        table.scatter_sub(tf.IndexedSlices(g.values * 0.1, g.indices))
        return [loss]

    return Traced(step, np.random.default_rng(1).integers(0, 4 * size, (size, 2)))


@pytest.mark.parametrize("size", [2, 300])
def test_rows_are_updated_in_place(size: int) -> None:
    traced = embedded(size)
    assert not any(step.startswith("copy") for step in traced.plan.describe().steps)
    assert traced.plan.describe().kernels == 0
    check_steps(traced)
    targets = traced.targets()
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices"):
        traced.plan([traced.inputs[0] + 10**6, *traced.captured], targets)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "i4"])
def test_scatter_adds_up_what_meets(dtype: str) -> None:
    x, rows = np.arange(24).reshape(12, 2).astype(dtype), np.array([3, 0, 3, 3, 1, 0, 5, 5, 5, 5, 2, 3])
    traced = Traced(
        lambda x, i: [tf.scatter_nd(i[:, None], x, [7, 2]), tf.tensor_scatter_nd_add(tf.ones([7, 2], x.dtype), i[:, None], x)],
        x,
        rows,
    )
    none = [None] * 2
    agree(traced.plan([x, rows], none), traced.expected())


@pytest.mark.parametrize("size", [3, 48])
@pytest.mark.parametrize("make", [transposed, normalised], ids=lambda f: f.__name__)
def test_updates_of_matrices_in_place(make: Any, size: int) -> None:
    check_steps(make(size))


def check_steps(traced: Traced) -> None:
    for _ in range(3):
        wanted = traced.expected()
        targets = traced.targets()
        found = traced.plan(traced.arrays, targets)
        agree(found, wanted)
        for target, x in zip(targets, found, strict=True):
            assert target is None or target is x


def test_without_targets_the_inputs_stay() -> None:
    traced = momentum(100)
    before = [a.copy() for a in traced.arrays]
    agree(traced.plan(traced.arrays, [None] * len(traced.graph.outputs)), traced.expected())
    for a, b in zip(traced.arrays, before, strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_kernel_s_result_reshaped_into_a_target() -> None:
    traced = Traced(lambda x: [tf.reshape(tf.cumsum(x), [2, 3, 1])], np.ones(6, "f"))
    target = np.empty((2, 3, 1), "f")
    (found,) = traced.plan(traced.arrays, [target])
    assert found is target and target.ravel().tolist() == [1, 2, 3, 4, 5, 6]


# -- memory ---------------------------------------------------------------------------------------------------------
def test_results_share_memory_with_nothing() -> None:
    def many(x: Any) -> list[Any]:
        y = x + 1.0
        return [x, x, y, y, tf.reshape(y, [-1]), tf.zeros([3, 4]), tf.cumsum(x), tf.transpose(x)]

    traced = Traced(many, np.ones((3, 4), "f"))
    found = traced.plan(traced.arrays, [None] * len(traced.graph.outputs))
    agree(found, traced.expected())
    for k, a in enumerate(found):
        assert not any(np.shares_memory(a, b) for b in [*found[:k], *traced.arrays])


@pytest.mark.parametrize("seed", range(24))
def test_random_program_within_its_buffers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "GUARD", True)
    check_program(Program(seed))


@pytest.mark.parametrize("seed", range(6))
def test_random_program_on_large_arrays(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "GUARD", True)
    check_program(Program(seed, 10, [(3, 5000), (5000, 3), (70, 1000), (64, 33, 40), (200000,), (70, 1)], 400000))


def check_program(program: Program) -> None:
    traced = Traced(program, *program.arrays())
    with np.errstate(all="ignore"):
        wanted = traced.expected()
    for have, want in zip(traced.plan(traced.arrays, [None] * len(wanted)), wanted, strict=True):
        assert have.shape == want.shape, program
        scale = np.abs(want[np.isfinite(want)]).max(initial=1.0)
        np.testing.assert_allclose(have, want, rtol=1e-9, atol=1e-9 * scale, err_msg=str(program))


@pytest.mark.parametrize("stray", ["between the buffers", "beside a result"])
def test_guard_sees_a_stray_write(stray: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "GUARD", True)
    traced = Traced(lambda x: [tf.exp(tf.cumsum(tf.tanh(x)) * 0.1)], np.ones(10, "f"))
    slot = traced.plan.pool[0]
    begin, _ = traced.plan.program.gaps[0]
    plain, made, fence = REGISTRY["cumsum"].kernel, [], guard.Fence

    def wild(x: np.ndarray, **params: Any) -> np.ndarray:
        if stray == "beside a result":
            made[0].blocks[0][-1] = 0
        else:
            slot.arena[begin] = 0
        return plain(x, **params)

    monkeypatch.setattr(guard, "Fence", lambda *given: made.append(fence(*given)) or made[0])
    monkeypatch.setattr(REGISTRY["cumsum"], "kernel", wild)
    with pytest.raises(AssertionError, match="beside result 0" if stray == "beside a result" else "between its buffers"):
        traced.plan(traced.arrays, [None])


# -- calls ------------------------------------------------------------------------------------------------------------
def test_calls_at_once() -> None:
    def work(x: Any) -> list[Any]:
        return [tf.nn.softmax(tf.cumsum(tf.tanh(x @ x)), -1)]

    traced = Traced(work, np.random.default_rng(0).normal(size=(60, 60)).astype("f"))
    wrong: list[str] = []

    def run(seed: int) -> None:
        x = np.random.default_rng(seed).normal(size=(60, 60)).astype("f")
        (want,) = reference.compile_graph(traced.graph)([x], [None])
        for _ in range(30):
            (have,) = traced.plan([x], [None])
            if not np.allclose(have, want, rtol=1e-4, atol=1e-5):
                wrong.append(f"thread {seed}: {abs(have - want).max()}")

    threads = [threading.Thread(target=run, args=(k,)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not wrong


def test_a_call_from_within(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that Python runs calls the plan that it stands in."""
    outer = Traced(lambda x: [tf.cumsum(x * 0.5) + x], np.ones(50, "f"))
    plain = REGISTRY["cumsum"].kernel
    depth = [0]

    def again(x: np.ndarray, **params: Any) -> np.ndarray:
        depth[0] += 1
        return outer.plan([x], [None])[0] if depth[0] < 3 else plain(x, **params)

    monkeypatch.setattr(REGISTRY["cumsum"], "kernel", again)
    (have,) = outer.plan([np.ones(50, "f")], [None])
    x = np.ones(50, "f")
    np.testing.assert_allclose(have, np.cumsum(x * 0.125) + x * 0.25 + x * 0.5 + x, rtol=1e-5)
    assert depth == [3] and len(outer.plan.pool) == 3


def test_pointers_as_integers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What serves where CPython's objects are laid out otherwise."""
    monkeypatch.setattr(plans.offsets(), "data", -1)
    traced = momentum(500)
    assert not traced.plan.direct
    check_steps(traced)


def test_same_bits_every_time() -> None:
    x = np.random.default_rng(0).normal(size=(300, 700)).astype("f")
    traced = Traced(lambda x: [tf.reduce_sum(tf.exp(x)), tf.reduce_mean(x, 0), tf.nn.softmax(x)], x)
    first = traced.plan([x], [None] * 3)
    for _ in range(5):
        for a, b in zip(traced.plan([x], [None] * 3), first, strict=True):
            np.testing.assert_array_equal(a, b)


# -- errors, empties, sizes that data decide -----------------------------------------------------------------------------
def test_an_index_outside_is_eager_s_error() -> None:
    table, rows = np.ones((4, 3), "f"), np.array([0, 3, 1], np.int64)
    traced = Traced(lambda t, i: [tf.gather(t, i) * 2.0], table, rows)
    agree(traced.plan([table, rows], [None]), [table[rows] * 2])
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices"):
        traced.plan([table, np.array([0, 4, 1], np.int64)], [None])
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices"):
        traced.plan([table, np.array([0, -1, 1], np.int64)], [None])
    agree(traced.plan([table, rows], [None]), [table[rows] * 2])


def test_a_label_outside_is_eager_s_error() -> None:
    logits, labels = np.random.default_rng(0).normal(size=(40, 7)).astype("f"), np.arange(40) % 7
    loss = lambda z, y: [tf.nn.sparse_softmax_cross_entropy_with_logits(y, z)]  # noqa: E731
    traced = Traced(loss, logits, labels)
    agree(traced.plan([logits, labels], [None]), traced.expected())
    with pytest.raises(tf.errors.InvalidArgumentError, match="label"):
        traced.plan([logits, labels + 1], [None])


@pytest.mark.parametrize("shape", [(0,), (0, 5), (5, 0), (3, 0, 2)], ids=str)
def test_empty_arrays(shape: tuple[int, ...]) -> None:
    def work(x: Any) -> list[Any]:
        y = tf.tanh(x) + 1.0
        return [
            y,
            tf.reduce_sum(y, 0),
            tf.reduce_sum(y),
            tf.reduce_max(y, -1),
            tf.transpose(y),
            tf.concat([y, y], 0),
            tf.reduce_prod(y),
        ]

    traced = Traced(work, np.ones(shape, "f"))
    agree(traced.plan(traced.arrays, [None] * 7), traced.expected())


def test_sizes_that_data_decide() -> None:
    def work(x: Any) -> list[Any]:
        kept = tf.boolean_mask(tf.tanh(x), x > 0.0)
        return [kept * 2.0, tf.reduce_sum(kept) + tf.reduce_sum(x * x)]

    traced = Traced(work, np.linspace(-1, 1, 11, dtype="f"))
    for shift in (0.0, 0.5, 5.0):
        x = np.linspace(-1, 1, 11, dtype="f") + np.float32(shift)
        agree(traced.plan([x], [None] * 2), reference.compile_graph(traced.graph)([x], [None] * 2))


def test_description() -> None:
    found = Traced(lambda x: [tf.cumsum(tf.nn.softmax(x))], np.ones((8, 40), "f")).plan.describe()
    assert found.native == 1 and found.kernels == 1 and found.arena >= 8 * 40 * 4
    assert found.steps[0].startswith("loop") and "exp" in found.steps[0] and found.steps[1] == "kernel  cumsum"


def test_openblas_has_one_thread_beside_ours() -> None:
    if blas.interface() is None:
        pytest.skip("NumPy has no OpenBLAS here")
    count, _ = blas.interface()  # type: ignore[misc]
    x = np.random.default_rng(0).normal(size=(40, 40))
    traced = Traced(lambda x: [tf.tanh(tf.matmul(tf.exp(x), x))], x)
    seen: list[int] = []
    plain = REGISTRY["matmul"].kernel

    def watched(*args: Any, **params: Any) -> np.ndarray:
        seen.append(count())
        return plain(*args, **params)

    before = count()
    traced.plan.products = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(REGISTRY["matmul"], "kernel", watched)
        agree(traced.plan([x], [None]), traced.expected())
    assert seen[0] == 1 and count() == before


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16])
def test_means_of_many_narrow_numbers(dtype: Any) -> None:
    """Their sum is more than float16 reaches."""
    x = np.full(200000, 3.0).astype(dtype.numpy_dtype)
    (mean, spread, size) = Traced(lambda x: [tf.reduce_mean(x), tf.math.reduce_variance(x * 100.0), tf.norm(x)], x).plan(
        [x], [None] * 3
    )
    assert float(mean) == 3.0 and float(spread) == 0.0
    assert abs(float(size) - 3.0 * 200000**0.5) < 8


@pytest.mark.parametrize("rows", [4, 4000])
def test_an_error_leaves_the_variables_as_they_were(rows: int) -> None:
    table, count = tf.Variable(np.ones((rows, 8), "f")), tf.Variable(0.0)

    @tf.function
    def step(ids: Any) -> Any:
        count.assign_add(1.0)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(tf.gather(table, ids)))
        gradient = tape.gradient(loss, table)
        table.assign_sub(tf.convert_to_tensor(gradient))
        return loss

    step(tf.constant([0, 1]))
    before = table.numpy()
    with pytest.raises(tf.errors.InvalidArgumentError):
        step(tf.constant([0, rows]))
    np.testing.assert_array_equal(table.numpy(), before)
    assert count.numpy() == 1.0
    assert step(tf.constant([2, 3])) == 16.0
