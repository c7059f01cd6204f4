"""tf.experimental.numpy: every function against NumPy, gradients against differences, dtypes against TensorFlow 2.21."""

import json
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.api import _tnp_behavior
from tests.data import tnp_cases

tnp = tf.experimental.numpy
RECORDED = json.loads((Path(tnp_cases.__file__).with_name("tnp.json")).read_text(encoding="utf-8"))
THERE = {row.split("\t")[0].split(".")[3] for row in Path(tnp_cases.__file__).with_name("tf_api_2.21.tsv").read_text().splitlines()
         if row.startswith("tf.experimental.numpy.")}  # fmt: skip
CASES = [pytest.param(name, *call, id=f"{name}-{n}") for name, calls in tnp_cases.CALLS.items() for n, call in enumerate(calls)]


def expected(name, args, kwargs):
    """What NumPy gives, where its name or its rules are others."""
    if name == "size" and len(args) == 2:
        return args[0].shape[args[1]]
    if name == "isscalar":
        return np.ndim(args[0]) == 0
    if name == "empty" or name == "empty_like":
        return np.zeros_like(np.empty(args[0])) if name == "empty" else np.zeros_like(args[0])
    if name == "flatten":
        return args[0].flatten(*args[1:])
    if name == "cross" and len(args[0]) == len(args[1]) == 2 and np.ndim(args[0]) == 1:
        return args[0][0] * args[1][1] - args[0][1] * args[1][0]
    if name == "cross" and len(args[0]) == 2 and np.ndim(args[0]) == 1:
        return np.cross(np.append(args[0], 0.0), args[1])
    if name == "take_along_axis" and args[2] is None:
        return np.take_along_axis(args[0].ravel(), args[1], None)
    if name == "full_like" and kwargs:
        return np.full_like(args[0], args[1], shape=kwargs["shape"])
    return getattr(np, name)(*args, **kwargs)


def arrays_of(value):
    return [np.asarray(v) for v in value] if isinstance(value, (list, tuple)) else [np.asarray(value)]


def test_every_name_is_covered():
    assert {*tnp_cases.CALLS, *tnp_cases.VALUES, *tnp_cases.TYPES, *tnp_cases.OTHERS} == THERE
    assert sorted(THERE - set(dir(tnp))) == []


@pytest.mark.parametrize(("name", "args", "kwargs"), CASES)
def test_numpys_values(name, args, kwargs):
    if name == "finfo":
        assert tnp.finfo(*args).eps == np.finfo(*args).eps
        return
    found, wanted = getattr(tnp, name)(*args, **kwargs), expected(name, args, kwargs)
    if (
        isinstance(wanted, (np.dtype, bool, int, tuple))
        and not isinstance(found, (tf.Tensor, list))
        and name not in ("ix_", "diag_indices", "nonzero", "divmod")
    ):
        assert found == wanted
        return
    ours, theirs = arrays_of(found), arrays_of(wanted)
    assert [x.shape for x in ours] == [x.shape for x in theirs]
    for x, y in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(x, y, rtol=1e-13, atol=1e-14)


def differentiable(args):
    """The place of the first array of floats; of NaN a difference says nothing."""
    floats = (i for i, x in enumerate(args) if isinstance(x, np.ndarray) and x.dtype == np.float64 and not np.isnan(x).any())
    return next(floats, None)


WITH_FLOATS = [case for case in CASES if differentiable(case.values[1]) is not None]


@pytest.mark.parametrize(("name", "args", "kwargs"), WITH_FLOATS)
def test_gradients(name, args, kwargs):
    place = differentiable(args)
    function = getattr(tnp, name)

    def loss(x):
        results = function(*args[:place], x, *args[place + 1 :], **kwargs)
        results = results if isinstance(results, (list, tuple)) else [results]
        terms = [
            tf.reduce_sum(tf.math.real(r) * weights_like(r)) for r in results if isinstance(r, tf.Tensor) and r.dtype.is_floating
        ]
        return tf.add_n(terms) if terms else None

    x = tf.constant(args[place])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = loss(x)
    if y is None:
        return
    found = tape.gradient(y, x, unconnected_gradients="zero").numpy()
    np.testing.assert_allclose(found, differences(loss, args[place]), rtol=1e-5, atol=1e-6)


def weights_like(r):
    return tf.constant(np.linspace(0.5, 1.5, int(np.prod(r.shape))).reshape(r.shape), r.dtype)


def differences(loss, x, step=1e-6):
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i], down[i] = up[i] + step, down[i] - step
        out[i] = (loss(tf.constant(up)).numpy() - loss(tf.constant(down)).numpy()) / (2 * step)
    return out


# where TensorFlow's own functions refuse, or keep to what its kernels can do, gradtape does what NumPy does
OTHERWISE = {
    "divide": "TensorFlow divides int8 and uint8 in float32; here, as other integers, in float64",
    "true_divide": "the same",
    "angle": "TensorFlow gives float32 for float64",
    "log2": "TensorFlow gives float64 for float32",
    "log10": "the same",
    "logaddexp2": "the same",
    "hypot": "TensorFlow takes complex numbers, NumPy does not",
}


def same(ours, theirs):
    return [(o, t) for o, t in zip(ours, theirs, strict=True) if t is not None and o != t]


@pytest.fixture(scope="module")
def ours():
    return tnp_cases.dtypes(tnp)


@pytest.mark.parametrize("kind", ["one", "two", "numbers"])
def test_tensorflows_dtypes(ours, kind):
    different = {name: same(ours[kind][name], found) for name, found in RECORDED[kind].items()}
    assert {name: pairs for name, pairs in different.items() if pairs and name not in OTHERWISE} == {}


# -- NumPy's behaviour ----------------------------------------------------------------------------------------------
@pytest.fixture
def numpys_behavior():
    tnp.experimental_enable_numpy_behavior()
    yield
    _tnp_behavior.disable()


def test_operators_promote(numpys_behavior):
    x, n = tf.constant([1.0, 2.0]), tf.constant([1, 2])
    assert (x + n).dtype == (n + x).dtype == (n + 1.5).dtype == (1.5 + n).dtype == tf.float64
    assert (x + 1.5).dtype == (x + 1).dtype == tf.float32 and (n + 1).dtype == tf.int32
    assert (x == n).numpy().tolist() == [True, True] and (n / n).dtype == tf.float64
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(v * n * np.float64(2))
    assert tape.gradient(y, v).numpy().tolist() == [2.0, 4.0]


def test_methods_and_indices(numpys_behavior):
    m = tf.reshape(tf.range(6), (2, 3))
    assert m.T.shape == (3, 2) and m.reshape(3, 2).shape == (3, 2) and m.ravel().shape == (6,) and m.size == 6
    assert m.astype(np.float32).dtype == tf.float32 and m.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert m.clip(1, 4).max().numpy() == 4 and m.mean(axis=0).numpy().tolist() == [1.5, 2.5, 3.5]
    assert m[[0, 1], [1, 2]].numpy().tolist() == [1, 5] and m[:, np.array([2, 0])].numpy().tolist() == [[2, 0], [5, 3]]
    assert m[m > 2].numpy().tolist() == [3, 4, 5] and m[:, (True, False, True)].numpy().tolist() == [[0, 2], [3, 5]]
    assert m[tf.constant([1, 0])][0, 0].numpy() == 3 and m[1, 2].numpy() == 5
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        y = x[[0, 0, 2]].max() + tf.reduce_sum(x[[0, 0, 2]])
    assert tape.gradient(y, x).numpy().tolist() == [2.0, 0.0, 2.0]


def test_it_is_off_by_default_and_after():
    x = tf.constant([1.0, 2.0])
    assert not hasattr(x, "T") and not hasattr(x, "reshape")
    with pytest.raises(tf.errors.InvalidArgumentError):
        x + tf.constant([1, 2])


def test_modes_and_preference():
    with pytest.raises(ValueError, match="legacy"):
        tnp.experimental_enable_numpy_behavior(dtype_conversion_mode="all")
    tnp.experimental_enable_numpy_behavior(prefer_float32=True)
    try:
        assert (
            tnp.asarray(1.0).dtype == tf.float32 and tnp.asarray(1).dtype == tf.int64 and tnp.ones([2], float).dtype == tf.float32
        )
        assert tnp.asarray(np.ones(2)).dtype == tf.float64
    finally:
        _tnp_behavior.disable()


def test_random_numbers():
    tnp.random.seed(3)
    first = tnp.random.randn(2, 3)
    tnp.random.seed(3)
    assert np.array_equal(tnp.random.randn(2, 3), first) and first.dtype == tf.float64
    assert tnp.random.rand(4).shape == (4,) and float(tnp.random.uniform(2.0, 3.0)) >= 2.0 and tnp.random.random().shape == ()
    drawn = tnp.random.randint(2, 5, size=100)
    assert drawn.dtype == tf.int64 and set(drawn.numpy()) == {2, 3, 4} and tnp.random.randint(3, dtype=np.int32).dtype == tf.int32
    assert tnp.random.poisson(4.0, [3]).shape == (3,) and tnp.random.standard_normal(5).shape == (5,)
    with pytest.raises(ValueError, match="int32"):
        tnp.random.randint(3, dtype=np.int8)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tnp.gcd([1.5], [2.5]), "must be integers"),
        (lambda: tnp.clip([1.0], None, None), "a_min"),
        (lambda: tnp.split(tnp.ones(5), 2), "equal parts"),
        (lambda: tnp.take([1], 0, mode="no"), "mode"),
        (lambda: tnp.pad([1.0], 1, "edge"), "mode"),
        (lambda: tnp.matmul(2.0, [1.0]), "scalar"),
        (lambda: tnp.reshape([1.0], (1,), "K"), "order"),
        (lambda: tnp.mean([1.0], out=1), "out="),
        (lambda: tnp.sign([1.0], where=True), "leave them out"),
        (lambda: tnp.select([], []), "at least one"),
        (lambda: tnp.average([[1.0, 2.0]], weights=[1.0, 2.0]), "weights"),
        (lambda: tnp.where([True], 1.0), "Both x and y"),
        (lambda: tnp.sort([2, 1], kind="heapsort"), "kind"),
    ],
)
def test_what_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_in_a_function_and_at_second_order():
    @tf.function
    def f(x):
        return tnp.sum(tnp.sinc(x) * tnp.logaddexp(x, 0.5))

    x = tf.constant([0.0, 0.3, 0.5])
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        slope = inner.gradient(y, x)
    assert slope.shape == (3,) and np.isfinite(outer.gradient(slope, x).numpy()).all()
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tnp.sinc(x)
        slope = inner.gradient(y, x)
    assert outer.gradient(slope, x).numpy()[0] == pytest.approx(-(np.pi**2) / 3, rel=1e-6)
