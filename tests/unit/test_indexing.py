"""x[key] against NumPy, for random keys: values, gradients, assignment, errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf
from gradtape.core.shapes import Dim, Spec
from gradtape.graph.trace import eval_shape

ARRAY = np.arange(120.0).reshape(4, 5, 6)
QUICK = settings(max_examples=150, deadline=None)


def bounds(n: int) -> st.SearchStrategy:
    return st.one_of(st.none(), st.integers(-n - 2, n + 2))


def entry(n: int) -> st.SearchStrategy:
    steps = st.one_of(st.none(), st.integers(1, 3), st.integers(-3, -1))
    return st.one_of(st.integers(-n, n - 1), st.builds(slice, bounds(n), bounds(n), steps))


@st.composite
def keys(draw: Any) -> tuple:
    """Entries for some axes, perhaps an ellipsis with entries for the last axes after it, new axes anywhere."""
    first = draw(st.integers(0, 3))
    last = draw(st.integers(0, 3 - first)) if draw(st.booleans()) else None
    key = [draw(entry(n)) for n in ARRAY.shape[:first]]
    if last is not None:
        key += [..., *[draw(entry(n)) for n in ARRAY.shape[3 - last :]]]
    for _ in range(draw(st.integers(0, 2))):
        key.insert(draw(st.integers(0, len(key))), None)
    return tuple(key)


def as_tensors(key: tuple, kind: Any) -> tuple:
    """The same key with other kinds of integers in it."""

    def replaced(k: Any) -> Any:
        if isinstance(k, slice):
            return slice(*map(replaced, (k.start, k.stop, k.step)))
        return kind(k) if isinstance(k, int) else k

    return tuple(map(replaced, key))


@QUICK
@given(keys(), st.sampled_from([int, np.int64, tf.constant, tf.Variable, np.array]))
def test_values(key: tuple, kind: Any) -> None:
    np.testing.assert_array_equal(tf.constant(ARRAY)[as_tensors(key, kind)].numpy(), ARRAY[key])


@QUICK
@given(keys())
def test_gradients(key: tuple) -> None:
    v = tf.Variable(ARRAY)
    weights = np.cos(np.arange(ARRAY[key].size)).reshape(ARRAY[key].shape)
    with tf.GradientTape() as tape:
        y = v[key] * weights
    expected = np.zeros_like(ARRAY)
    expected[key] = weights
    np.testing.assert_array_equal(tape.gradient(y, v).numpy(), expected)


@QUICK
@given(keys())
def test_batched(key: tuple) -> None:
    together = tf.vectorized_map(lambda x: x[key], tf.constant(np.stack([ARRAY, -ARRAY])))
    np.testing.assert_array_equal(together.numpy(), np.stack([ARRAY[key], -ARRAY[key]]))


@QUICK
@given(keys())
def test_shapes_with_unknown_extents(key: tuple) -> None:
    named = tuple(Dim(f"n{n}") for n in ARRAY.shape)
    found = eval_shape(lambda x: x[key], Spec(named, np.float64))
    sizes = {f"n{n}": n for n in ARRAY.shape}
    known = tuple(d.substitute(sizes) if isinstance(d, Dim) else d for d in found.shape)
    empty = any(isinstance(k, slice) and ARRAY[key].size == 0 for k in key)  # an unknown extent is never taken for 0
    clipped = any(isinstance(k, slice) and beyond(k) for k in key)
    assert known == ARRAY[key].shape or empty or clipped


def beyond(k: slice) -> bool:
    """Does a bound reach past the end of some axis?  What is left depends on an extent that is not known."""
    return any(b is not None and abs(b) > min(ARRAY.shape) - 1 for b in (k.start, k.stop))


@QUICK
@given(keys(), st.sampled_from(["assign", "assign_add", "assign_sub"]), st.booleans())
def test_assignment(key: tuple, method: str, whole: bool) -> None:
    v, expected = tf.Variable(ARRAY), ARRAY.copy()
    part = ARRAY[key]
    value = np.sin(np.arange(part.size)).reshape(part.shape) if whole else np.float64(3.0)
    getattr(v[key], method)(value)
    if method == "assign":
        expected[key] = value
    else:
        expected[key] += value if method == "assign_add" else -value
    np.testing.assert_array_equal(v.numpy(), expected)


@QUICK
@given(st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_masks(rank: int, seed: int) -> None:
    mask = np.random.default_rng(seed).random(ARRAY.shape[:rank]) < 0.5
    v = tf.Variable(ARRAY)
    with tf.GradientTape() as tape:
        y = v[mask] ** 2
    np.testing.assert_array_equal(y.numpy(), ARRAY[mask] ** 2)
    np.testing.assert_array_equal(
        tape.gradient(y, v).numpy(), np.where(mask.reshape(*mask.shape, *(1,) * (3 - rank)), 2 * ARRAY, 0)
    )


@QUICK
@given(st.lists(st.one_of(st.integers(-9, 9), st.just(None), st.just(...), st.builds(slice, st.integers(-9, 9), st.integers(-9, 9),
                                                                                    st.integers(-1, 1)),
                          st.floats(), st.text(max_size=2), st.booleans(), st.just([0, 1]), st.just(np.array([0]))), max_size=5))  # fmt: skip
def test_bad_keys_raise_what_is_documented(key: list) -> None:
    x = tf.constant(ARRAY)
    for k in (tuple(key), key, key[0] if key else ()):
        try:
            y = x[k]
        except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
            assert len(str(error)) > 15
        else:
            assert y.ndim <= 3 + 5


MESSAGES = [
    (lambda x: x[4], tf.errors.InvalidArgumentError, "slice index 4 of dimension 0 out of bounds"),
    (lambda x: x[0, -6], tf.errors.InvalidArgumentError, "slice index -6 of dimension 1 out of bounds"),
    (lambda x: x[0, 0, 0, 0], tf.errors.InvalidArgumentError, "input has only 3 dims"),
    (lambda x: x[..., ...], tf.errors.InvalidArgumentError, "Multiple ellipses"),
    (lambda x: x[::0], tf.errors.InvalidArgumentError, "must be non-zero"),
    (lambda x: x[0, 0, 0][0], tf.errors.InvalidArgumentError, "scalar"),
    (lambda x: x[[True, False, True, True]], tf.errors.InvalidArgumentError, "mask"),
    (lambda x: x[1.5], TypeError, "Only integers, slices"),
    (lambda x: x[tf.constant([0, 1])], TypeError, "Only integers, slices"),
    (lambda x: x[True], ValueError, "scalar"),
    (lambda x: x[np.array([True])], ValueError, "incompatible"),
]


@pytest.mark.parametrize("call, error, text", MESSAGES)
def test_messages(call: Any, error: Any, text: str) -> None:
    for x in (tf.constant(ARRAY), tf.Variable(ARRAY)):
        with pytest.raises(error, match=text):
            call(x)


def test_iteration_ends() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    assert [row.numpy().tolist() for row in x] == [[1.0, 2.0], [3.0, 4.0]]
    a, b = tf.Variable([5.0, 6.0])
    assert (float(a), float(b)) == (5.0, 6.0)


def test_slices_of_huge_numbers() -> None:
    x = tf.constant([1.0, 2.0, 3.0])
    assert x[: 2**70].numpy().tolist() == [1.0, 2.0, 3.0]
    assert x[-(2**70) :].numpy().tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(tf.errors.InvalidArgumentError):
        x[2**70]
