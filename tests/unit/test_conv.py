"""Convolution, pooling and patches: TensorFlow's recorded values, the arithmetic of windows, conventions and bad input."""

import importlib.util
from functools import reduce
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf
from gradtape.api import nn_conv, nn_conv_raw, nn_fractional, nn_pool, nn_space
from gradtape.core.shapes import Dim, Spec
from gradtape.graph.trace import eval_shape
from gradtape.ops import _conv_kernels, _windows, conv, pool
from tests.opdb import _loops as loops

DATA = Path(__file__).resolve().parents[1] / "data"
CASES_SPEC = importlib.util.spec_from_file_location("conv_cases", DATA / "conv_cases.py")
conv_cases = importlib.util.module_from_spec(CASES_SPEC)
CASES_SPEC.loader.exec_module(conv_cases)
RECORDED = np.load(DATA / "conv.npz")
ARRAYS_FIRST = {
    "nn.depthwise_conv2d_backprop_input": ("filter", "out_backprop"),
    "nn.depthwise_conv2d_backprop_filter": ("input", "out_backprop"),
}


def function(name):
    """tf.<name>, wherever it lives."""
    last = name.rpartition(".")[2]
    return next(getattr(m, last) for m in (nn_conv_raw, nn_conv, nn_pool, nn_fractional, nn_space) if hasattr(m, last))


def call(name, values, arguments):
    if name in ARRAYS_FIRST:
        return function(name)(**dict(zip(ARRAYS_FIRST[name], values, strict=True)), **arguments)
    return function(name)(*values, **arguments)


def ones(shape, dtype="float32"):
    return tf.constant(np.ones(shape), dtype)


def weights(shape):
    return np.cos(np.arange(np.prod(shape))).reshape(shape)


# -- recorded values --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in conv_cases.CASES if f"{name}|y0" in RECORDED])
def test_as_recorded_from_tensorflow(name):
    path, shapes, arguments = conv_cases.CASES[name]
    first = RECORDED[f"{name}|y0"]
    values = [tf.constant(a, first.dtype) for a in conv_cases.arrays(name, shapes)]
    tolerance = {"rtol": 1e-12, "atol": 1e-12} if first.dtype == np.float64 else {"rtol": 1e-5, "atol": 1e-5}
    with tf.GradientTape() as tape:
        tape.watch(values)
        ys = call(path, values, arguments)
        ys = ys if isinstance(ys, tuple) else (ys,)
        total = reduce(tf.add, [tf.reduce_sum(y * tf.constant(weights(y.shape), y.dtype)) for y in ys if y.dtype.is_floating])
    for k, y in enumerate(ys):
        expected = RECORDED[f"{name}|y{k}"]
        assert y.numpy().dtype == expected.dtype
        np.testing.assert_allclose(y.numpy(), expected, **tolerance)
    for k, g in enumerate(tape.gradient(total, values)):
        if f"{name}|g{k}" in RECORDED:
            np.testing.assert_allclose(g.numpy(), RECORDED[f"{name}|g{k}"], **tolerance)


@pytest.mark.parametrize("name", ["conv2d channels first", "conv2d channels first explicit", "conv3d dilated"])
def test_what_tensorflow_lacks_on_a_cpu(name):
    path, shapes, arguments = conv_cases.CASES[name]
    x, w = conv_cases.arrays(name, shapes)
    first = arguments.get("data_format", "").startswith("NC")
    inner = slice(2, None) if first else slice(1, -1)
    n = len(shapes[0]) - 2
    pads = arguments["padding"]
    stride, dilation = arguments["strides"], arguments.get("dilations", 1)
    expected = loops.conv(
        np.moveaxis(x, 1, -1) if first else x,
        w,
        tuple(stride[inner]) if isinstance(stride, list) else (stride,) * n,
        pads if isinstance(pads, str) else tuple(map(tuple, pads[inner])),
        tuple(dilation[inner]) if isinstance(dilation, list) else (dilation,) * n,
        x.shape[1 if first else -1] // w.shape[-2],
    )
    y = call(path, [tf.constant(x), tf.constant(w)], arguments).numpy()
    np.testing.assert_allclose(np.moveaxis(y, 1, -1) if first else y, expected, rtol=1e-12, atol=1e-12)


# -- the arithmetic of windows ----------------------------------------------------------------------------------
AXIS = st.tuples(
    st.integers(0, 9), st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.tuples(st.integers(0, 3), st.integers(0, 3))
)
PADDING = st.sampled_from(["SAME", "VALID", "pairs"])


def geometry(axes, padding):
    sizes, kernel, strides, dilations, pairs = zip(*axes, strict=True)
    return sizes, kernel, strides, dilations, pairs if padding == "pairs" else padding


def window(axes, padding):
    try:
        return _windows.window("test", *geometry(axes, padding))
    except tf.errors.InvalidArgumentError:
        return None


@given(st.lists(AXIS, min_size=1, max_size=2), PADDING)
def test_windows_read_what_the_definition_says(axes, padding):
    sizes, kernel, strides, dilations, pads = geometry(axes, padding)
    win = window(axes, padding)
    out, table = loops.reads(sizes, kernel, strides, dilations, pads)
    if win is None:
        assert 0 in out
        return
    assert win.out == out
    found = {}
    for number, places, reads in _windows.tap_slices(win):
        tap = tuple(int(i) for i in np.unravel_index(number, kernel))
        at = np.stack(np.meshgrid(*(np.arange(n)[s] for n, s in zip(sizes, reads[1:], strict=True)), indexing="ij"), -1)
        where = np.stack(np.meshgrid(*(np.arange(n)[s] for n, s in zip(out, places[1:], strict=True)), indexing="ij"), -1)
        for place, read in zip(where.reshape(-1, len(axes)).tolist(), at.reshape(-1, len(axes)).tolist(), strict=True):
            found[tuple(place), tap] = tuple(read)
    assert found == {key: at for key, at in table.items() if at is not None}


@given(st.lists(AXIS, min_size=1, max_size=3), PADDING)
def test_unknown_sizes_substitute_to_the_known_ones(axes, padding):
    sizes, kernel, strides, dilations, pads = geometry(axes, padding)
    win = window(axes, padding)
    if win is None or 0 in win.out:
        return
    names = tuple(Dim(f"n{i}") for i in range(len(sizes)))
    unknown = _windows.out_sizes("test", names, kernel, strides, dilations, pads)
    bindings = {f"n{i}": n for i, n in enumerate(sizes)}
    assert tuple(n.substitute(bindings) if isinstance(n, Dim) else n for n in unknown) == win.out


@settings(max_examples=80, deadline=None)
@given(
    st.lists(AXIS, min_size=1, max_size=3),
    PADDING,
    st.tuples(st.integers(0, 3), st.integers(1, 6), st.integers(1, 6), st.integers(1, 3)),
    st.sampled_from([(1 << 6, 1, 0), (1 << 9, 4, 4), (1 << 21, 32, 4)]),
)
def test_kernels_are_each_others_adjoints_whatever_the_blocks(axes, padding, extents, tuning):
    win = window(axes, padding)
    if win is None:
        return
    examples, groups, c, m = extents
    rng = np.random.default_rng(0)
    x = rng.normal(size=(examples, *win.sizes, groups * c))
    w = rng.normal(size=(*win.kernel, c, groups * m))
    u = rng.normal(size=(examples, *win.out, groups * m))
    y, dx, dw = tuned(tuning, x, w, u, win, groups)
    _, _, strides, dilations, pads = geometry(axes, padding)
    np.testing.assert_allclose(y, loops.conv(x, w, strides, pads, dilations, groups), atol=1e-10)
    assert (dx.shape, dw.shape) == (x.shape, w.shape)
    np.testing.assert_allclose([np.sum(dx * x), np.sum(dw * w)], np.sum(u * y), rtol=1e-8, atol=1e-8)


def tuned(tuning, x, w, u, win, groups):
    """The three kernels with other bytes a block, channels that make a group wide, and channels that are few."""
    budget, wide, few = tuning
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_windows.blocks, "__defaults__", (budget,))
        patch.setattr(_conv_kernels, "TAP_BYTES", budget)
        patch.setattr(_conv_kernels, "WIDE_GROUP", wide)
        patch.setattr(_conv_kernels, "FEW_CHANNELS", few)
        return (
            _conv_kernels.convolve(x, w, win, groups),
            _conv_kernels.convolve_input(u, w, win, groups),
            _conv_kernels.convolve_filter(x, u, win, groups),
        )


def test_arrays_in_any_memory_order():
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 3, 6, 5)).transpose(0, 2, 3, 1), rng.normal(size=(4, 3, 3, 2)).transpose(3, 2, 1, 0)
    how = {"strides": (1, 1), "padding": "SAME", "dilations": (1, 1), "groups": 1}
    y = conv.conv(tf.constant(x), tf.constant(w), **how)
    u = rng.normal(size=y.shape[:0:-1] + y.shape[:1]).transpose(3, 2, 1, 0)
    plain = conv.conv_filter(tf.constant(x.copy()), tf.constant(u.copy()), kernel=(2, 3), **how)
    np.testing.assert_allclose(
        conv.conv_filter(tf.constant(x), tf.constant(u), kernel=(2, 3), **how).numpy(), plain.numpy(), rtol=1e-12
    )
    plain = conv.conv_input(tf.constant(u.copy()), tf.constant(w.copy()), sizes=(6, 5), **how)
    np.testing.assert_allclose(
        conv.conv_input(tf.constant(u), tf.constant(w), sizes=(6, 5), **how).numpy(), plain.numpy(), rtol=1e-12
    )


def test_memory_stays_bounded():
    """The columns of one large image are 9 times the image; they are never there all at once."""
    win = _windows.window("test", (512, 512), (3, 3), (1, 1), (1, 1), "SAME")
    pieces = [columns.nbytes for _, columns in _conv_kernels.column_blocks(np.zeros((1, 512, 512, 8), np.float32), win, 1)]
    assert len(pieces) > 10
    assert max(pieces) <= _windows.COLUMN_BYTES
    assert _windows.COLUMN_BYTES <= 1 << 22


def test_fractional_pooling_without_a_seed_differs_from_call_to_call():
    x = ones([1, 40, 40, 1])
    rows = {tuple(nn_fractional.fractional_max_pool(x, 1.3)[1].numpy().tolist()) for _ in range(5)}
    assert len(rows) > 1


# -- unknown shapes ---------------------------------------------------------------------------------------------
def test_shapes_with_an_unknown_batch_and_image():
    n, h, w = Dim("n"), Dim("h"), Dim("w")
    x = Spec((n, h, w, 3), np.float32)
    kernel = Spec((3, 3, 3, 8), np.float32)
    assert eval_shape(lambda x, k: nn_conv.conv2d(x, k, 2, "SAME"), x, kernel).shape == (n, (h + 1) // 2, (w + 1) // 2, 8)
    assert eval_shape(lambda x, k: nn_conv.conv2d(x, k, 1, "VALID"), x, kernel).shape == (n, h - 2, w - 2, 8)
    assert eval_shape(lambda x: nn_pool.max_pool(x, 2, 2, "VALID"), x).shape == (n, h // 2, w // 2, 3)
    assert eval_shape(lambda x: nn_pool.avg_pool(x, 3, 2, "SAME"), x).shape == (n, (h + 1) // 2, (w + 1) // 2, 3)
    assert eval_shape(lambda x: nn_space.space_to_depth(x, 2), x).shape == (n, h // 2, w // 2, 12)

    def gradients(x, k):
        with tf.GradientTape() as tape:
            tape.watch([x, k])
            y = nn_pool.max_pool(nn_conv.conv2d(x, k, 1, "SAME"), 2, 2, "SAME")
        return tape.gradient(y, [x, k], output_gradients=y)

    assert eval_shape(gradients, x, kernel) == [x, kernel]


# -- conventions ------------------------------------------------------------------------------------------------
def row(*values, dtype=np.float32):
    return tf.constant(np.array(values, dtype).reshape(1, len(values), 1))


def test_the_first_of_equal_maxima_gets_the_gradient():
    x = tf.reshape(tf.constant([1.0, 3, 3, 2, 5, 5, 5, 0, 0, 9, 9, 1]), [1, 3, 4, 1])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = nn_pool.max_pool(x, 2, 1, "SAME")
    assert tape.gradient(y, x).numpy().ravel().tolist() == [0, 0, 0, 1, 1, 1, 1, 0, 0, 4, 2, 2]
    _, place = nn_pool.max_pool_with_argmax(x, 2, 1, "SAME")
    assert place.numpy().ravel().tolist() == [4, 5, 6, 3, 9, 9, 10, 11, 9, 9, 10, 11]


def test_maximum_of_infinities_and_nan():
    x = row(1.0, np.nan, 3.0, -np.inf, -np.inf, -np.inf)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = nn_pool.max_pool1d(x, 2, 1, "SAME")
    np.testing.assert_array_equal(y.numpy().ravel(), [np.nan, np.nan, 3.0, -np.inf, -np.inf, -np.inf])
    assert tape.gradient(y, x).numpy().sum() == 6.0  # each window has a tap, and it lies inside
    finite = row(1.0, 2.0)
    with tf.GradientTape() as tape:
        tape.watch(finite)
        y = nn_pool.max_pool1d(finite, 2, 2, "VALID")
    assert tape.gradient(y, finite, row(np.inf)).numpy().ravel().tolist() == [0.0, np.inf]


def test_padding_takes_no_part():
    x = row(-4.0, -2.0, -6.0)
    assert nn_pool.max_pool1d(x, 3, 1, "SAME").numpy().ravel().tolist() == [-2.0, -2.0, -2.0]
    assert nn_pool.avg_pool1d(x, 3, 1, "SAME").numpy().ravel().tolist() == [-3.0, -4.0, -4.0]
    assert nn_pool.max_pool1d(row(-4, -2, dtype=np.int32), 3, 1, "SAME").numpy().ravel().tolist() == [-2, -2]
    w = tf.constant(np.array([[-9.0], [1.0]], np.float32))
    y = pool.dilation(x, w, strides=(1,), padding="SAME", dilations=(1,))
    assert y.numpy().ravel().tolist() == [-1.0, -5.0, -15.0]


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_halves_are_summed_in_float32(dtype):
    x, w = ones([1, 64, 64, 1], dtype), ones([64, 64, 1, 1], dtype)
    assert float(nn_conv.conv2d(x, w, 1, "VALID")[0, 0, 0, 0]) == 4096.0
    assert float(nn_conv.conv2d_transpose(x, w, [1, 127, 127, 1], 1, "VALID")[0, 63, 63, 0]) == 4096.0
    assert float(nn_pool.avg_pool(x, 64, 1, "VALID")[0, 0, 0, 0]) == 1.0
    assert nn_conv.conv2d(x, w, 1, "VALID").dtype == dtype


def test_integers_convolve():
    x, w = ones([1, 3, 3, 2], "int32"), ones([2, 2, 2, 1], "int32")
    y = nn_conv.conv2d(x, w, 1, "VALID")
    assert y.dtype == "int32"
    assert y.numpy().ravel().tolist() == [8] * 4


def test_windows_without_a_place_and_empty_batches():
    w = ones([3, 3, 4, 8])
    assert nn_conv.conv2d(ones([2, 2, 6, 4]), w, 1, "VALID").shape == (2, 0, 4, 8)
    assert nn_pool.avg_pool(ones([1, 1, 7, 1]), [5, 1], 3, "VALID").shape == (1, 0, 3, 1)
    assert nn_conv.conv2d(ones([0, 5, 6, 4]), w, 1, "SAME").shape == (0, 5, 6, 8)
    assert nn_pool.max_pool(ones([0, 5, 6, 4]), 2, 2, "SAME").shape == (0, 3, 3, 4)
    assert nn_conv.conv2d_transpose(ones([0, 5, 6, 8]), w, [0, 5, 6, 4], 1).shape == (0, 5, 6, 4)


def test_numpy_arrays_take_the_dtype_of_the_variable():
    y = nn_conv.conv2d(np.ones((1, 3, 3, 1)), tf.Variable(ones([2, 2, 1, 1])), 1, "VALID")
    assert y.dtype == "float32"


def test_per_example_gradients_of_the_filters():
    rng = np.random.default_rng(0)
    x, w = tf.constant(rng.normal(size=(3, 1, 5, 4, 2))), tf.constant(rng.normal(size=(3, 2, 2, 4)))

    def gradient(one):
        with tf.GradientTape() as tape:
            tape.watch(w)
            y = nn_pool.max_pool(nn_conv.conv2d(one, w, 1, "SAME"), 2, 2, "SAME")
            total = tf.reduce_sum(y * y)
        return tape.gradient(total, w)

    together = tf.vectorized_map(gradient, x).numpy()
    np.testing.assert_allclose(together, [gradient(x[k]).numpy() for k in range(3)], rtol=1e-10)


# -- bad input --------------------------------------------------------------------------------------------------
INVALID, UNIMPLEMENTED = tf.errors.InvalidArgumentError, tf.errors.UnimplementedError
X, W = np.ones((2, 5, 6, 4), np.float32), np.ones((3, 3, 4, 8), np.float32)
Y, D = np.ones((2, 3, 3, 8), np.float32), np.ones((3, 3, 4, 2), np.float32)
ONES = [1, 1, 1, 1]
BAD = [
    ("nn.conv2d", (X, W, 1, "same"), INVALID, "padding 'same'"),
    ("nn.conv2d", (X, W, 1, "EXPLICIT"), ValueError, "must be a list"),
    ("nn.conv2d", (X, W, 1, None), TypeError, "padding"),
    ("nn.conv2d", (X, W, 1, [[0, 0], [1, 1], [1, 1]]), ValueError, "size 4"),
    ("nn.conv2d", (X, W, 1, [[0, 0], [1, 1, 1], [1, 1], [0, 0]]), ValueError, "size 2"),
    ("nn.conv2d", (X, W, 1, [0, 1, 1, 0]), ValueError, "size 2"),
    ("nn.conv2d", (X, W, 1, [[1, 0], [1, 1], [1, 1], [0, 0]]), INVALID, "batch or depth"),
    ("nn.conv2d", (X, W, 1, [[0, 0], [-1, 1], [1, 1], [0, 0]]), INVALID, "nonnegative"),
    ("nn.conv2d", (X, W, 0, "SAME"), INVALID, "Stride must be > 0"),
    ("nn.conv2d", (X, W, [2, 1, 1, 1], "SAME"), UNIMPLEMENTED, "batch or the channels"),
    ("nn.conv2d", (X, W, [1, 1, 1], "SAME"), ValueError, "length 1, 2 or 4"),
    ("nn.conv2d", (X, W, 1.5, "SAME"), TypeError, "integer"),
    ("nn.conv2d", (X, W, 1, "SAME", "NHCW"), INVALID, "data_format"),
    ("nn.conv2d", (X, W, 1, "SAME", "NHWC", 0), INVALID, "larger than 0"),
    ("nn.conv2d", (X, W, 1, "SAME", "NHWC", [2, 1, 1, 1]), UNIMPLEMENTED, "dilations"),
    ("nn.conv2d", (X[0], W, 1, "SAME"), INVALID, "input must be at least 4-dimensional"),
    ("nn.conv2d", (X, W[0], 1, "SAME"), INVALID, "filter must be 4-dimensional"),
    ("nn.conv2d", (X, W[:, :, :3], 1, "SAME"), INVALID, "4 vs 3"),
    ("nn.conv2d", (X, W[:, :, :2, :7], 1, "SAME"), INVALID, "7 vs 2"),
    ("nn.conv2d", (X, W[:, :, :0], 1, "SAME"), INVALID, "4 vs 0"),
    ("nn.conv2d", (X[:, :1], W, 1, "VALID"), INVALID, "Computed output size would be negative"),
    ("nn.conv2d", (tf.constant(X), tf.constant(W, "float64"), 1, "SAME"), INVALID, "one dtype"),
    ("nn.conv2d", (X.astype(np.int64), W.astype(np.int64), 1, "SAME"), INVALID, "int64"),
    ("nn.conv2d", (X > 0, W > 0, 1, "SAME"), INVALID, "bool"),
    ("nn.conv1d", (X[0], W[0], 1, "SAME", "NWX"), ValueError, "'NWC' or 'NCW'"),
    ("nn.conv3d", (X, W, [1, 1, 1, 1, 1], "SAME"), INVALID, "5-dimensional"),
    ("nn.convolution", (np.ones((1, 2, 2, 2, 2, 3)), np.ones((1, 1, 1, 1, 3, 3))), ValueError, "rank 3, 4 or 5"),
    ("nn.conv2d_transpose", (Y, W, [2, 9, 6, 4], 2), INVALID, "doesn't match computed"),
    ("nn.conv2d_transpose", (Y, W, [1, 5, 6, 4], 2), INVALID, "batch size 1"),
    ("nn.conv2d_transpose", (Y, W, [2, 5, 6, 3], 2), INVALID, "3 vs 4"),
    ("nn.conv2d_transpose", (Y, W, [2, 5, 6], 2), INVALID, "4 entries"),
    ("nn.conv2d_transpose", (Y[..., :3], W, [2, 5, 6, 4], 2), INVALID, "doesn't match computed"),
    ("nn.conv2d_transpose", (Y, W, [2, 5, -1, 4], 2), INVALID, "negative extent"),
    ("nn.conv2d_transpose", (Y, W, [2, 5, 6, 4], 2, "sme"), INVALID, "'sme'"),
    ("nn.conv_transpose", (Y, W, 5, 2), ValueError, "sized collection"),
    ("nn.conv_transpose", (Y, W, [5, 6], 2), ValueError, "length 3, 4 or 5"),
    ("nn.depthwise_conv2d", (X, D[:, :, :3], ONES, "SAME"), INVALID, "3 channels"),
    ("nn.depthwise_conv2d", (X[0], D, ONES, "SAME"), INVALID, "4-dimensional"),
    ("nn.separable_conv2d", (X, D, np.ones((2, 1, 8, 3), np.float32), ONES, "SAME"), ValueError, "pointwise_filter"),
    ("nn.separable_conv2d", (X, D, np.ones((1, 1, 7, 3), np.float32), ONES, "SAME"), INVALID, "7 channels"),
    ("nn.atrous_conv2d", (X, W, 0, "SAME"), ValueError, "positive"),
    ("nn.atrous_conv2d_transpose", (X, W, [2, 5, 6, 3], 2, "SAME"), ValueError, "output channels"),
    ("conv", (X, W, ONES, "SAME", (), "NHWC"), INVALID, "CHANNELS_LAST"),
    ("conv", (X, W, ONES, "SAME", (), "CHANNELS_LAST", (), 2), INVALID, "batch_dims"),
    ("conv", (X, W, ONES, "SAME", (), "CHANNELS_LAST", (), 1, 2), INVALID, "groups=2"),
    ("nn.max_pool", (X[0, 0], 2, 2, "SAME"), ValueError, "3, 4 or 5"),
    ("nn.max_pool", (X, 2, 2, "SAM"), INVALID, "'SAM'"),
    ("nn.max_pool", (X, 0, 2, "SAME"), INVALID, "must be positive"),
    ("nn.max_pool", (X, 2, 0, "SAME"), INVALID, "Stride must be > 0"),
    ("nn.max_pool", (X, [1, 2, 2], 2, "SAME"), ValueError, "ksize should be of length"),
    ("nn.max_pool", (X, [2, 2, 2, 1], 2, "SAME"), UNIMPLEMENTED, "ksize"),
    ("nn.max_pool", (X, [1, 2, 1, 2], [1, 1, 1, 2], "SAME"), UNIMPLEMENTED, "channels and over other axes"),
    ("nn.max_pool", (X, [1, 1, 1, 3], [1, 1, 1, 3], "SAME"), UNIMPLEMENTED, "must divide"),
    ("nn.max_pool", (X, 7, 1, "VALID"), INVALID, "Computed output size would be negative"),
    ("nn.max_pool", (X, 2, 1, [[0, 0], [2, 1], [1, 0], [0, 0]]), INVALID, "smaller than the window size 2"),
    ("nn.max_pool", (X, 2, 1, "SAME", "NCWH"), INVALID, "data_format"),
    ("nn.max_pool", (X > 0, 2, 1, "SAME"), INVALID, "bool"),
    ("nn.max_pool2d", (X[0], 2, 2, "SAME"), INVALID, "4-dimensional"),
    ("nn.avg_pool", (X.astype(np.int32), 2, 1, "SAME"), INVALID, "int32"),
    ("nn.pool", (X, [2, 2], "max"), ValueError, "'MAX' or 'AVG'"),
    ("nn.pool", (X, [2], "MAX"), ValueError, "rank 3"),
    ("nn.pool", (X, 2, "MAX"), TypeError, "list of numbers"),
    ("nn.max_pool_with_argmax", (X, 2, 1, "SAME", "NCHW"), ValueError, "NHWC"),
    ("nn.max_pool_with_argmax", (X, 2, 1, "SAME", "NHWC", "float32"), INVALID, "output_dtype"),
    ("nn.fractional_max_pool", (X, 0.5), ValueError, ">= 1.0"),
    ("nn.fractional_max_pool", (X, [1.5, 1.5, 1.5, 1.0]), ValueError, "first and last"),
    ("nn.fractional_max_pool", (X, "2"), ValueError, "number or a list"),
    ("nn.fractional_max_pool", (X[0], 1.5), INVALID, "4-dimensional"),
    ("nn.fractional_max_pool", (X, 7.0), INVALID, "cannot be pooled"),
    ("nn.fractional_avg_pool", (X, [1.0, 1.5, 1.5]), ValueError, "number or a list"),
    ("nn.dilation2d", (X, np.ones((2, 2, 3), np.float32), ONES, "SAME", "NHWC", ONES), INVALID, "same depth: 4 vs 3"),
    ("nn.dilation2d", (X, np.ones((2, 2, 4), np.float32), ONES, "SAME", "NCHW", ONES), ValueError, "NHWC"),
    ("nn.dilation2d", (X, np.ones((2, 2, 4), np.float32), ONES, "EXPLICIT", "NHWC", ONES), INVALID, "padding"),
    ("nn.dilation2d", (X, D, ONES, "SAME", "NHWC", ONES), INVALID, "3-dimensional"),
    ("nn.erosion2d", (X, D, ONES, "SAME", "NHWC", ONES), INVALID, "3-dimensional"),
    ("nn.space_to_depth", (X, "2"), TypeError, "block_size"),
    ("image.extract_patches", (X, [2, 2, 2, 1], ONES, ONES, "SAME"), UNIMPLEMENTED, "sizes"),
    ("image.extract_patches", (X, [1, 2, 2, 1], ONES, ONES, "same"), INVALID, "padding 'same'"),
    ("image.extract_patches", (X, [1, 9, 2, 1], ONES, ONES, "VALID"), INVALID, "Computed output size would be negative"),
    ("extract_volume_patches", (X[None], [1, 2, 2, 2, 1], [1, 1, 0, 1, 1], "SAME"), tf.errors.OutOfRangeError, "positive"),
]  # fmt: skip


@pytest.mark.parametrize("name, args, error, words", BAD, ids=[f"{b[0]}-{k}" for k, b in enumerate(BAD)])
def test_bad_arguments(name, args, error, words):
    with pytest.raises(error) as info:
        function(name)(*args)
    assert words in str(info.value)
