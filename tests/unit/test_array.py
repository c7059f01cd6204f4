"""Shapes, gathering and scattering against TensorFlow's recorded results, and what variables do in place."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradtape as tf
from gradtape.core.context import State, with_state
from gradtape.ops import pieces

from ..data.array_cases import outcome

RECORDED = json.loads((Path(__file__).parents[1] / "data" / "array.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("call", RECORDED)
def test_as_tensorflow(call: str) -> None:
    agree(outcome(tf, call), RECORDED[call], call)


def agree(ours: Any, theirs: Any, call: str) -> None:
    assert type(ours) is type(theirs), (call, ours, theirs)
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys(), (call, ours, theirs)
        for key in theirs:
            agree(ours[key], theirs[key], call)
    elif isinstance(theirs, list) and not numbers(theirs):
        assert len(ours) == len(theirs), call
        for a, b in zip(ours, theirs, strict=True):
            agree(a, b, call)
    elif isinstance(theirs, str):
        assert ours == theirs, call
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7, err_msg=call)


def numbers(x: Any) -> bool:
    return all(numbers(v) if isinstance(v, list) else isinstance(v, (int, float)) for v in x)


# -- what a variable does to its buffer ---------------------------------------------------------------------------
CHANGES = {
    "slice": lambda v: v[0].assign([7.0, 7.0, 7.0]),
    "slice_add": lambda v: v[0].assign_add([7.0, 6.0, 5.0]),
    "scatter_add": lambda v: v.scatter_add(tf.IndexedSlices([[7.0, 6.0, 5.0]], [0])),
    "scatter_update": lambda v: v.scatter_update(tf.IndexedSlices([[7.0, 7.0, 7.0]], [0])),
    "scatter_nd_add": lambda v: v.scatter_nd_add([[0, 0], [0, 1], [0, 2]], [7.0, 6.0, 5.0]),
    "scatter_nd_update": lambda v: v.scatter_nd_update([[0, 0], [0, 1], [0, 2]], [7.0, 7.0, 7.0]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changes_in_place_when_nobody_looks(change: Any) -> None:
    v = tf.Variable(tf.reshape(tf.range(6.0), [2, 3]))
    address = v.value_.ctypes.data
    change(v)
    assert v.value_.ctypes.data == address
    assert v.numpy().tolist() == [[7.0, 7.0, 7.0], [3.0, 4.0, 5.0]]


VIEWS = {
    "value": lambda v: v.read_value(),
    "array": lambda v: np.asarray(v),
    "memory": lambda v: memoryview(np.asarray(v)),
    "dlpack": lambda v: np.from_dlpack(v),
    "slice": lambda v: v[0],
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_somebody_holds_does_not_change(view: Any, change: Any) -> None:
    v = tf.Variable(tf.reshape(tf.range(6.0), [2, 3]))
    held = view(v)
    before = np.array(held)
    change(v)
    np.testing.assert_array_equal(np.array(held), before)
    assert v.numpy().tolist() == [[7.0, 7.0, 7.0], [3.0, 4.0, 5.0]]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_values_saved_on_a_tape_stay(change: Any) -> None:
    v = tf.Variable(tf.reshape(tf.range(6.0), [2, 3]))
    with tf.GradientTape() as tape:
        y = v * v
        change(v)
        z = v * 2.0
    np.testing.assert_array_equal(tape.gradient([y, z], v).numpy(), 2 * np.arange(6.0).reshape(2, 3) + 2)


def test_no_gradient_through_a_sliced_assignment() -> None:
    v, x = tf.Variable([1.0, 2.0]), tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        v[0].assign(x)
        y = v * v
    assert tape.gradient(y, x) is None
    with tf.GradientTape() as tape:
        v[1].assign(4.0)
        y = v[1] * v[0]
    np.testing.assert_array_equal(tape.gradient(y, v).numpy(), [4.0, 3.0])


BROKEN = {
    "slice": lambda v: v[0].assign([1.0, 2.0]),
    "slice_dtype": lambda v: v[0].assign(tf.constant([1, 2, 3])),
    "slice_add": lambda v: v[:, 0].assign_add([1.0, 2.0, 3.0]),
    "row": lambda v: v.scatter_add(tf.IndexedSlices([[1.0] * 3, [1.0] * 3], [0, 2])),
    "shape": lambda v: v.scatter_update(tf.IndexedSlices([[1.0] * 2], [0])),
    "dtype": lambda v: v.scatter_add(tf.IndexedSlices(tf.constant([[1, 1, 1]]), [0])),
    "vector": lambda v: v.scatter_nd_add([[0, 0], [0, 3]], [1.0, 1.0]),
    "batch": lambda v: v.batch_scatter_update(tf.IndexedSlices([[1.0], [1.0]], [[0], [3]])),
    "no_slices": lambda v: v.scatter_add([[1.0, 1.0, 1.0]]),
    "floats": lambda v: v.scatter_nd_update([[0.0, 0.0]], [1.0]),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_nothing_is_half_done(change: Any) -> None:
    v = tf.Variable(tf.reshape(tf.range(6.0), [2, 3]))
    with pytest.raises((ValueError, TypeError, tf.errors.InvalidArgumentError)) as info:
        change(v)
    assert len(str(info.value)) > 15
    assert v.numpy().tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


def test_integer_scatter_div_checks_first() -> None:
    v = tf.Variable([8, -7, 6])
    with pytest.raises(tf.errors.InvalidArgumentError, match="0"):
        v.scatter_div(tf.IndexedSlices([2, 0], [0, 1]))
    assert v.numpy().tolist() == [8, -7, 6]
    assert v.scatter_div(tf.IndexedSlices([2, 2], [1, 0])).numpy().tolist() == [4, -3, 6]


def test_values_in_maps_cannot_be_written() -> None:
    v = tf.Variable([1.0, 2.0])
    with pytest.raises(TypeError, match="vectorized_map"):
        tf.vectorized_map(lambda x: v[0].assign(x), tf.constant([1.0, 2.0]))
    assert v.numpy().tolist() == [1.0, 2.0]


def test_only_slices_of_variables_can_be_assigned_to() -> None:
    x = tf.constant([1.0, 2.0])
    assert not hasattr(x, "assign")
    assert not hasattr(x[0], "assign")
    assert hasattr(tf.Variable(x)[0], "assign")
    with pytest.raises(AttributeError, match="tensors do not change"):
        x.assign(x)


def test_slices_keep_no_cycle_and_no_buffer() -> None:
    gc.collect()
    v = tf.Variable(tf.zeros([1000]))
    part = v[1:3]
    assert part.value.base is None
    assert v.assign_add(tf.ones([1000])) is v
    assert part.numpy().tolist() == [0.0, 0.0]


# -- gradients of gathers -----------------------------------------------------------------------------------------------
def test_gather_of_a_variable_saves_indices_and_a_shape() -> None:
    v = tf.Variable(tf.zeros([1000, 4]))
    with tf.GradientTape() as tape:
        tf.gather(v, [3, 5, 3])
        v.sparse_read([1])
        saved = [a for node in tape.operations for a in node.saved]
    assert all(np.size(a) <= 3 for a in saved)


def test_out_of_range_in_step_is_seen() -> None:
    x = tf.reshape(tf.range(6.0), [2, 3])
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"not in \[0, 3\)"):
        tf.gather(x, [[0], [3]], batch_dims=1)
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"not in \[0, 3\)"):
        tf.vectorized_map(lambda ab: tf.gather(ab[0], ab[1]), (x, tf.constant([3, 0])))


def test_lists_that_hold_tensors_keep_their_paths() -> None:
    x, v = tf.constant(3.0), tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.convert_to_tensor([[x * v, 1.0], [v, x]])
        z = tf.reduce_sum([x * x, v])
    assert [g.numpy() for g in tape.gradient(y, [x, v])] == [3.0, 4.0]
    assert [g.numpy() for g in tape.gradient(z, [x, v])] == [6.0, 1.0]
    with pytest.raises(ValueError, match="cut from the tape"):
        tf.constant([x, 1.0])
    with pytest.raises(TypeError):
        tf.convert_to_tensor([tf.constant(1), 1.5])
    mapped = tf.vectorized_map(lambda a: tf.convert_to_tensor([a, 1.0]), tf.constant([5.0, 6.0]))
    assert mapped.numpy().tolist() == [[5.0, 1.0], [6.0, 1.0]]


def test_the_users_line_is_recorded() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        here = test_the_users_line_is_recorded.__code__
        x[0], x[:, 1], x[x > 2.0]
        for row in x:
            row * 2.0
        tf.boolean_mask(x, [True, False]), tf.slice(x, [0, 0], [1, 1]), tf.reverse(x, [0]), tf.stack([x, x])
        tf.gather(x, [0]), tf.pad(x, [[1, 1], [0, 0]]), tf.where(x > 0.0, x, 0.0), np.square(x), np.sum(x)
    assert {node.site[0] for node in tape.operations} == {here}


def test_ops_with_sizes_of_data_refuse_maps() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="vectorized_map"):
        tf.vectorized_map(lambda x: x[x > 0], tf.constant([[1.0, -1.0], [1.0, 1.0]]))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float64", "complex64", "int8", "int64", "bool", "string"])
def test_dtypes_pass_through(dtype: str) -> None:
    x = tf.constant(["a", "b", "c"]) if dtype == "string" else tf.cast(tf.constant([1, 0, 1]), dtype)
    calls = [
        x[1:], x[::-1], tf.stack([x, x]), tf.concat([x, x], 0), tf.tile(x, [2]), tf.repeat(x, [1, 2, 1]), tf.gather(x, [2, 0]),
        tf.roll(x, 1, 0), tf.pad(x, [[1, 1]]), tf.pad(x, [[1, 1]], "REFLECT"), tf.transpose(x), tf.where([True, False, True], x, x),
        tf.tensor_scatter_nd_update(x, [[0]], x[2:]), tf.boolean_mask(x, [True, False, True]), tf.zeros_like(x), tf.expand_dims(x, 0),
        *tf.unstack(x), *tf.split(x, 3), tf.gather_nd(x, [[1]]), tf.dynamic_stitch([[0, 1, 2]], [x]),
    ]  # fmt: skip
    assert {y.dtype.name for y in calls} == {dtype}


def test_embed_and_index_agree_on_views() -> None:
    x = tf.reshape(tf.range(24.0), [2, 3, 4])
    key = ((None, None, 1), (2, None, -2), 1)
    part = pieces.index(x, key)
    back = pieces.embed(part, key=key, shape=(2, 3, 4))
    np.testing.assert_array_equal(pieces.index(back, key).numpy(), part.numpy())
    assert back.numpy().sum() == part.numpy().sum()


def test_linspace_needs_one_dtype() -> None:
    with pytest.raises(ValueError, match="float64"):
        tf.linspace(tf.constant(0.0), tf.constant(1.0, tf.float64), 3)


def test_non_finite_values_do_no_harm() -> None:
    x = tf.constant([np.nan, np.inf, -np.inf, 1.0])
    y = tf.Variable(x)
    with tf.GradientTape() as tape:
        z = tf.where([True, False, False, True], tf.constant(2.0), tf.gather(y, [0, 1, 2, 3]) * 0.0)
    assert np.isfinite(tf.convert_to_tensor(tape.gradient(z, y)).numpy()).all()
    for call in (
        lambda: tf.roll(x, 1, 0),
        lambda: tf.tensor_scatter_nd_max(x, [[0]], [1.0]),
        lambda: tf.searchsorted([0.0, 1.0], x),
    ):
        call()


# -- variables written through a State, as a traced function does --------------------------------------------------------
class Store(State):
    """Keeps what is written, and gives it back."""

    def __init__(self) -> None:
        self.values: dict[int, Any] = {}

    def read(self, variable: Any) -> Any:
        return self.values.get(id(variable))

    def write(self, variable: Any, value: Any) -> bool:
        self.values[id(variable)] = value
        return True


def rows(values: Any, indices: Any) -> Any:
    return tf.IndexedSlices(tf.constant(values), tf.constant(indices))


THROUGH = {
    **CHANGES,
    "slice_sub": lambda v: v[:, 1].assign_sub(2.0),
    "sub": lambda v: v.scatter_sub(rows([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]], [1, 1])),
    "mul": lambda v: v.scatter_mul(rows([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]], [1, 1])),
    "div": lambda v: v.scatter_div(rows([[1.0, 2.0, 4.0], [2.0, 2.0, 2.0]], [1, 1])),
    "max": lambda v: v.scatter_max(rows([[1.0, 9.0, 4.0], [3.5, 2.0, 2.0]], [1, 1])),
    "min": lambda v: v.scatter_min(rows([[1.0, 9.0, 4.0], [3.5, 2.0, 2.0]], [1, 1])),
    "nd_sub": lambda v: v.scatter_nd_sub([[1, 1], [1, 1]], [1.0, 2.0]),
    "nd_max": lambda v: v.scatter_nd_max([[1, 1], [1, 1]], [1.0, 9.0]),
    "nd_min": lambda v: v.scatter_nd_min([[1, 1], [1, 1]], [1.0, 9.0]),
    "batch": lambda v: v.batch_scatter_update(rows([[9.0], [8.0]], [[1], [2]])),
}


@pytest.mark.parametrize("change", THROUGH.values(), ids=THROUGH)
def test_writes_go_through_a_state(change: Any) -> None:
    v, plain = (tf.Variable(tf.reshape(tf.range(6.0), [2, 3])) for _ in range(2))
    store = Store()
    with_state(store, change, v)
    change(plain)
    assert v.numpy().tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    np.testing.assert_allclose(store.values[id(v)].numpy(), plain.numpy(), rtol=1e-6)
