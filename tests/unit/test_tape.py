"""Tapes: nesting, lifetimes, memory, variables, and what they refuse."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.context import current


def at(x: float) -> tf.Tensor:
    return tf.constant(np.float64(x))


# -- nesting and lifetimes ----------------------------------------------------------------------------------
def test_nested_to_third_order() -> None:
    x = at(2.0)
    with tf.GradientTape() as t1:
        t1.watch(x)
        with tf.GradientTape() as t2:
            t2.watch(x)
            with tf.GradientTape() as t3:
                t3.watch(x)
                y = x**4.0
            g = t3.gradient(y, x)
        gg = t2.gradient(g, x)
    assert [float(v) for v in (g, gg, t1.gradient(gg, x))] == [32, 48, 48]


def test_persistent_inside_and_outside() -> None:
    x = at(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        g = t.gradient(y, x)
    assert float(t.gradient(y, x)) == 4
    assert float(t.gradient(g, x)) == 2


def test_gradient_inside_closes_a_tape_that_is_not_persistent() -> None:
    x = at(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
        assert float(t.gradient(y, x)) == 4
        assert current() is None
    with pytest.raises(RuntimeError, match="persistent=True"):
        t.gradient(y, x)


def test_the_second_gradient_names_the_first() -> None:
    x = at(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    t.gradient(y, x)
    with pytest.raises(RuntimeError, match=r"test_tape\.py:\d+"):
        t.gradient(y, x)


def test_a_tape_that_was_never_entered_says_so() -> None:
    with pytest.raises(RuntimeError, match="never entered"):
        tf.GradientTape().gradient(at(1.0), at(1.0))


def test_reentry() -> None:
    x = at(2.0)
    t = tf.GradientTape(persistent=True)
    with t:
        t.watch(x)
        y = x * x
        with pytest.raises(ValueError, match="still recording"):
            t.__enter__()
    with t:
        z = y * x
    assert float(t.gradient(z, x)) == 12


def test_intermediate_source_and_the_target_itself() -> None:
    x = at(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        m = x * x
        y = m * m
    assert float(t.gradient(y, m)) == 8
    assert float(t.gradient(y, y)) == 1
    assert [float(g) for g in t.gradient(y, [m, x])] == [8, 32]


def test_structures_of_targets_and_sources() -> None:
    x, w = at(2.0), at(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch({"x": x, "w": [w]})
        a, b = x * w, w * w
    grads = t.gradient([a, {"b": b}], {"w": w, "both": (x, [x])})
    assert float(grads["w"]) == 2 + 6
    assert [float(grads["both"][0]), float(grads["both"][1][0])] == [3, 3]
    assert t.gradient(a, []) == []
    seeded = t.gradient([a, b], w, output_gradients=[at(10.0), None])
    assert float(seeded) == 20 + 6


def test_two_tapes_whose_lifetimes_cross() -> None:
    x = at(3.0)
    t1, t2 = tf.GradientTape(), tf.GradientTape()
    t1.__enter__()
    t1.watch(x)
    a = x * x
    t2.__enter__()
    t2.watch(x)
    b = x * a
    t1.__exit__(None, None, None)
    c = b * x
    t2.__exit__(None, None, None)
    assert current() is None
    assert float(t1.gradient(b, x)) == 27
    assert float(t2.gradient(c, x)) == 54  # (9 x) x, because a was computed before t2


def test_only_the_tape_that_saw_the_path_tracks() -> None:
    x = at(3.0)
    t1, t2 = tf.GradientTape(), tf.GradientTape()
    t1.__enter__()
    t2.__enter__()
    t1.watch(x)
    z = x * x
    t1.__exit__(None, None, None)
    w = z * z
    t2.__exit__(None, None, None)
    assert t2.gradient(w, z) is None


def test_stop_recording() -> None:
    x = at(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        with t.stop_recording():
            z = y * y
        w = y * z
    assert t.gradient(z, x) is None
    assert float(t.gradient(w, x)) == 6 * 81
    with pytest.raises(RuntimeError, match="not recording"), t.stop_recording():
        pass


def test_reset() -> None:
    x = at(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        t.reset()
        t.watch(x)
        z = x * x * x
    assert t.gradient(y, x) is None
    assert float(t.gradient(z, x)) == 27


def test_unconnected() -> None:
    x, z = at(3.0), tf.constant([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        t.watch([x, z])
        y = x * x
    assert t.gradient(y, z) is None
    np.testing.assert_array_equal(t.gradient(y, z, unconnected_gradients="zero").numpy(), [0, 0])
    assert float(t.gradient(y, [x, z], unconnected_gradients=tf.UnconnectedGradients.ZERO)[0]) == 6
    with pytest.raises(ValueError, match="Unknown value for unconnected_gradients: 'bogus'"):
        t.gradient(y, x, unconnected_gradients="bogus")


def test_what_is_refused() -> None:
    x = at(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        with pytest.raises(ValueError, match="convert_to_tensor"):
            t.watch(np.ones(3))
    with pytest.raises(TypeError, match="None"):
        t.gradient(None, x)
    with pytest.raises(ValueError, match="ndarray"):
        t.gradient(np.ones(3), x)
    with pytest.raises(ValueError, match="ndarray"):
        t.gradient(y, np.ones(3))
    with pytest.raises(tf.errors.InvalidArgumentError, match="Incompatible shapes"):
        t.gradient(y, x, output_gradients=tf.constant([1.0, 2.0]))


def test_integers_give_none() -> None:
    x, n = at(2.0), tf.constant(3)
    with tf.GradientTape(persistent=True) as t:
        t.watch([x, n])
        y = tf.cast(tf.cast(x, "int32"), "float64") * 2.0
        m = n * 2
    assert t.gradient(y, x) is None
    assert t.gradient(m, n) is None


# -- tasks and threads --------------------------------------------------------------------------------------
def test_asyncio_tasks_do_not_leak() -> None:
    async def work(n: float) -> tuple[float, int]:
        x = at(n)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
            await asyncio.sleep(0)
            y = y * x
            await asyncio.sleep(0)
            y = y * 1.0
        size = len(tape.records)
        return float(tape.gradient(y, x)), size

    async def main() -> list:
        results = await asyncio.gather(*[work(float(n)) for n in range(1, 6)])
        assert current() is None
        return results

    results = asyncio.run(main())
    assert [r[0] for r in results] == [3.0 * n * n for n in range(1, 6)]
    assert len({r[1] for r in results}) == 1


def test_threads_are_separate() -> None:
    def work(n: float, out: dict) -> None:
        x = at(n)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x
            for _ in range(200):
                y = y + x * x
        out[n] = float(tape.gradient(y, x))

    out: dict = {}
    with tf.GradientTape() as outer:
        threads = [threading.Thread(target=work, args=(float(n), out)) for n in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert out == {float(n): 1 + 400.0 * n for n in range(1, 5)}
    assert not outer.records


# -- memory -------------------------------------------------------------------------------------------------
def test_no_cycles() -> None:
    x = at(2.0)
    gc.collect()
    gc.disable()
    try:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.tanh(x) * x
            g = inner.gradient(y, x)
        outer.gradient(g, x)
        refs = weakref.ref(outer), weakref.ref(inner)
        del outer, inner
        assert refs[0]() is None
        assert refs[1]() is None
    finally:
        gc.enable()


def test_the_sweep_lets_saved_values_go_and_keeps_the_skeleton() -> None:
    x = tf.constant(np.ones(1000))
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.reduce_sum(tf.exp(x) * x)
    n = len(t.records)
    t.gradient(y, x)
    assert len(t.records) == n
    assert not any(isinstance(s, np.ndarray) for s in t.records)
    assert [node.name for node in t.operations] == ["exp", "multiply", "reduce_sum"]


def test_a_rule_that_needs_nothing_keeps_nothing() -> None:
    x = tf.constant(np.ones(1000))
    with tf.GradientTape() as t:
        t.watch(x)
        m = x + 1.0
        alive = weakref.ref(m)
        n = m + 1.0
        del m
    assert alive() is None
    assert not any(isinstance(s, np.ndarray) for s in t.records)
    assert n.shape == (1000,)


def test_operations_names_the_line() -> None:
    x = at(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    (node,) = t.operations
    assert node.name == "multiply"
    assert node.file == __file__
    assert "y = x * x" in Path(__file__).read_text().splitlines()[node.line - 1]
    assert node.output == y.id


def test_a_million_operations() -> None:
    x = at(1.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x
        for _ in range(1_000_000):
            y = y * 1.0000001
    assert abs(float(t.gradient(y, x)) - np.exp(0.1)) < 1e-6


def test_only_what_leads_to_the_sources_is_swept() -> None:
    x, w = at(2.0), at(3.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch([x, w])
        m = x * w
        y = m * m
    assert float(t.gradient(y, w)) == 2 * 6 * 2
    assert float(t.gradient(y, m)) == 12


# -- variables ----------------------------------------------------------------------------------------------
def test_a_read_inside_stop_recording_is_cut() -> None:
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        with t.stop_recording():
            s = v.read_value()
        y = s * v
    assert float(t.gradient(y, v)) == 2


def test_reads_around_an_assign_add_up() -> None:
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = v * 2.0
        v.assign(3.0)
        z = y + v * v
    assert float(t.gradient(z, v)) == 8


def test_assigning_a_watched_value_cuts() -> None:
    x0, v = tf.constant(2.0), tf.Variable(0.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x0)
        v.assign(x0)
        y = v * v
    assert t.gradient(y, x0) is None
    assert float(t.gradient(y, v)) == 4


def test_a_reading_from_before_the_tape_does_not_count() -> None:
    v = tf.Variable(2.0)
    t0 = v.read_value()
    with tf.GradientTape() as t:
        y = t0 * t0 + 0.0 * v
    assert float(t.gradient(y, v)) == 0


def test_which_variables_are_watched() -> None:
    v = tf.Variable(2.0, trainable=False)
    with tf.GradientTape() as t:
        y = v * v
    assert t.gradient(y, v) is None
    with tf.GradientTape() as t:
        t.watch(v)
        y = v * v
    assert float(t.gradient(y, v)) == 4
    u = tf.Variable(2.0)
    with tf.GradientTape(watch_accessed_variables=False) as t:
        t.watch(u)
        y = u * tf.Variable(3.0)
    assert t.watched_variables() == (u,) or t.watched_variables()[0] is u
    assert float(t.gradient(y, u)) == 3
    assert t.watched_variables()[0] is u


def test_variables_under_nested_tapes() -> None:
    v = tf.Variable(3.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = v * v * v
        g = inner.gradient(y, v)
    assert float(g) == 27
    assert float(outer.gradient(g, v)) == 18


def test_a_rebound_variable_is_a_tensor() -> None:
    v = tf.Variable(2.0)
    w = v - 0.1 * tf.constant(1.0)
    assert isinstance(w, tf.Tensor)
    with tf.GradientTape() as t:
        y = w * w
    assert t.gradient(y, w) is None


# -- buffers ------------------------------------------------------------------------------------------------
def address(v: tf.Variable) -> int:
    return v.value_.ctypes.data


def test_updates_are_in_place_where_nobody_looks() -> None:
    v = tf.Variable(np.ones(3, "f4"))
    before = address(v)
    v.assign_sub(tf.constant([1.0, 1.0, 1.0]))
    assert address(v) == before


@pytest.mark.parametrize("look", ["read", "reshape", "slice", "numpy", "array", "memoryview", "dlpack", "tape"])
def test_a_value_that_is_looked_at_never_changes(look: str) -> None:
    v = tf.Variable(np.arange(4, dtype="f4"))
    tape = tf.GradientTape()
    with tape:
        seen = {
            "read": lambda: v.read_value(),
            "reshape": lambda: tf.reshape(v, [2, 2]),
            "slice": lambda: v[1:],
            "numpy": lambda: v.numpy(),
            "array": lambda: np.asarray(v),
            "memoryview": lambda: memoryview(np.asarray(v.read_value())),
            "dlpack": lambda: np.from_dlpack(v.read_value()),
            "tape": lambda: v * v,
        }[look]()
    before = np.array(seen, copy=True)
    v.assign_add(tf.ones([4]))
    v.scatter_update(tf.IndexedSlices(tf.constant([9.0]), tf.constant([0])))
    v[1:3].assign([7.0, 7.0])
    np.testing.assert_array_equal(np.asarray(seen), before)
    np.testing.assert_array_equal(v.numpy(), [9, 7, 7, 4])
    if look == "tape":
        np.testing.assert_array_equal(tape.gradient(seen, v).numpy(), [0, 2, 4, 6])


def test_assigning_a_tensor_does_not_share_it() -> None:
    x, v = tf.constant([1.0, 2.0, 3.0]), tf.Variable(np.zeros(3, "f4"))
    v.assign(x)
    v.assign_add(x)
    assert x.numpy().tolist() == [1, 2, 3]
    assert v.numpy().tolist() == [2, 4, 6]


def test_a_failed_assignment_changes_nothing() -> None:
    v = tf.Variable([1.0, 2.0])
    for wrong in ([1.0, 2.0, 3.0], tf.constant([1, 2]), "text"):
        with pytest.raises((ValueError, TypeError)):
            v.assign(wrong)
        with pytest.raises((ValueError, TypeError, tf.errors.InvalidArgumentError)):
            v.assign_add(wrong)
    assert v.numpy().tolist() == [1, 2]
