"""keras.ops against NumPy and SciPy, Keras's promotion of dtypes, and what does not exist yet."""

import itertools

import keras
import numpy as np
import pytest
import scipy.special
from keras import ops

import gradtape as tf

random = np.random.default_rng(0)
A, B = random.normal(size=(3, 4)).astype("float32"), random.normal(size=(3, 4)).astype("float32")
P, Q = np.abs(A) + np.float32(0.1), np.abs(B) + np.float32(0.1)
U = np.clip(A, -0.9, 0.9)
I, J = random.integers(1, 9, (3, 4)).astype("int32"), random.integers(1, 9, (3, 4)).astype("int32")  # noqa: E741
HOLES = np.where(A > 0.7, np.float32(np.nan), A)
BITS = A > 0
CUBE = random.normal(size=(2, 3, 4)).astype("float32")
SQUARE = (A[:, :3] + 3 * np.eye(3)).astype("float32")


def same(got, want, rtol=2e-5):
    got = got if isinstance(got, (list, tuple)) else [got]
    want = want if isinstance(want, (list, tuple)) else [want]
    assert len(got) == len(want)
    for g, w in zip(got, want, strict=True):
        assert np.shape(g) == np.shape(w)
        np.testing.assert_allclose(np.array(g, "float64"), np.array(w, "float64"), rtol=rtol, atol=1e-5)


ONE = {
    "sin cos tan sinh cosh tanh exp exp2 expm1 arctan arcsinh sinc deg2rad rad2deg negative absolute fabs sign square i0": A,
    "floor ceil round trunc cbrt signbit isreal real imag conj angle ravel transpose flip flipud fliplr rot90 argsort sort": A,
    "log log2 log10 log1p sqrt reciprocal": P,
    "arcsin arccos arctanh": U,
    "isnan isfinite isinf nansum nanprod nanmax nanmin nanmean nanstd nanvar nanmedian nancumsum nanargmax": HOLES,
    "sum prod mean var std max min median argmax argmin any all count_nonzero ptp cumsum cumprod": A,
    "bitwise_not bitwise_invert": I,
    "logical_not": BITS,
    "diff trace diagonal diag tril triu cov corrcoef squeeze copy nan_to_num diagflat zeros_like ones_like": A,
}


@pytest.mark.parametrize(("name", "x"), [(n, x) for names, x in ONE.items() for n in names.split()])
def test_one_argument(name, x):
    same(getattr(ops, name)(x), getattr(np, name)(x))


TWO = {
    "add subtract multiply divide maximum minimum arctan2 hypot logaddexp logaddexp2 copysign heaviside fmax fmin fmod mod": (
        A,
        B,
    ),
    "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor isclose allclose": (A, B),
    "floor_divide true_divide nextafter outer inner kron vdot append": (A, B),
    "power float_power": (P, B),
    "matmul dot": (A, B.T.copy()),
    "bitwise_and bitwise_or bitwise_xor left_shift right_shift gcd lcm": (I, J),
    "ldexp": (A, I),
    "cross": (A[:, :3], B[:, :3]),
    "correlate": (A[0], B[0, :3]),
    "isin": (I, J[0]),
    "searchsorted": (np.sort(A[0]), B[0]),
    "digitize": (A[0], np.sort(B[0])),
    "quantile nanquantile": (A, np.float32(0.3)),
    "percentile": (A, np.float32(70)),
    "bincount": (I[0], Q[0]),
}


@pytest.mark.parametrize(("name", "xs"), [(n, xs) for names, xs in TWO.items() for n in names.split()])
def test_two_arguments(name, xs):
    same(getattr(ops, name)(*xs), getattr(np, name)(*xs))


WITH_ARGUMENTS = {
    "sum axes": lambda: (ops.sum(CUBE, axis=(0, 2), keepdims=True), CUBE.sum((0, 2), keepdims=True)),
    "max initial": lambda: (ops.max(A, axis=1, initial=0.5), A.max(1, initial=0.5)),
    "argmax keepdims": lambda: (ops.argmax(A, axis=1, keepdims=True), A.argmax(1, keepdims=True)),
    "average": lambda: (ops.average(A, axis=1, weights=P[0]), np.average(A, axis=1, weights=P[0])),
    "quantiles": lambda: (ops.quantile(A, [0.25, 0.5], axis=1), np.quantile(A, [0.25, 0.5], axis=1)),
    "quantile lower": lambda: (ops.quantile(A, 0.3, axis=0, method="lower"), np.quantile(A, 0.3, axis=0, method="lower")),
    "trapezoid": lambda: (ops.trapezoid(A, dx=0.5, axis=0), np.trapezoid(A, dx=0.5, axis=0)),
    "clip": lambda: (ops.clip(A, -0.5, 0.5), A.clip(-0.5, 0.5)),
    "round": lambda: (ops.round(A * 100, -1), np.round(A * 100, -1)),
    "reshape": lambda: (ops.reshape(A, (2, -1)), A.reshape(2, -1)),
    "transpose": lambda: (ops.transpose(CUBE, (2, 0, 1)), CUBE.transpose(2, 0, 1)),
    "moveaxis": lambda: (ops.moveaxis(CUBE, (0, 1), (-1, 0)), np.moveaxis(CUBE, (0, 1), (-1, 0))),
    "swapaxes": lambda: (ops.swapaxes(CUBE, 0, -1), CUBE.swapaxes(0, -1)),
    "expand_dims": lambda: (ops.expand_dims(A, (0, -1)), np.expand_dims(A, (0, -1))),
    "concatenate": lambda: (ops.concatenate([A, B], 1), np.concatenate([A, B], 1)),
    "stack": lambda: (ops.stack([A, B], -1), np.stack([A, B], -1)),
    "hstack": lambda: (ops.hstack([A, B]), np.hstack([A, B])),
    "vstack": lambda: (ops.vstack([A[0], B[0]]), np.vstack([A[0], B[0]])),
    "dstack": lambda: (ops.dstack([A, B]), np.dstack([A, B])),
    "column_stack": lambda: (ops.column_stack([A[0], B[0]]), np.column_stack([A[0], B[0]])),
    "split": lambda: (ops.split(A, [1, 3], 1), np.split(A, [1, 3], 1)),
    "array_split": lambda: (ops.array_split(A, 3, 1), np.array_split(A, 3, 1)),
    "hsplit": lambda: (ops.hsplit(A, 2), np.hsplit(A, 2)),
    "tile": lambda: (ops.tile(A[0], (2, 1, 3)), np.tile(A[0], (2, 1, 3))),
    "repeat": lambda: (ops.repeat(A, 2, 1), A.repeat(2, 1)),
    "pad": lambda: (ops.pad(A, ((1, 0), (0, 2)), constant_values=7), np.pad(A, ((1, 0), (0, 2)), constant_values=7)),
    "pad reflect": lambda: (ops.pad(A, 1, "reflect"), np.pad(A, 1, "reflect")),
    "pad edge": lambda: (ops.pad(A, 2, "edge"), np.pad(A, 2, "edge")),
    "roll": lambda: (ops.roll(A, (1, 2), (0, 1)), np.roll(A, (1, 2), (0, 1))),
    "rot90": lambda: (ops.rot90(CUBE, 3, (1, 2)), np.rot90(CUBE, 3, (1, 2))),
    "take": lambda: (ops.take(A, [[0, -1], [2, 1]], 1), A.take([[0, -1], [2, 1]], 1)),
    "take_along_axis": lambda: (ops.take_along_axis(A, A.argsort(1), 1), np.take_along_axis(A, A.argsort(1), 1)),
    "where": lambda: (ops.where(BITS, A, 0), np.where(BITS, A, 0)),
    "nonzero": lambda: (ops.nonzero(BITS), np.nonzero(BITS)),
    "select": lambda: (ops.select([A > 1, A > 0], [A, B], 5.0), np.select([A > 1, A > 0], [A, B], 5.0)),
    "unique": lambda: (
        ops.unique(I, return_inverse=True, return_counts=True),
        np.unique(I, return_inverse=True, return_counts=True),
    ),
    "unravel_index": lambda: (ops.unravel_index(I, (3, 5)), np.unravel_index(I, (3, 5))),
    "histogram": lambda: (ops.histogram(A[0], 4), np.histogram(A[0], 4)),
    "einsum": lambda: (ops.einsum("ij,kj->ik", A, B), A @ B.T),
    "tensordot": lambda: (ops.tensordot(CUBE, A, ((1, 2), (0, 1))), np.tensordot(CUBE, A, ((1, 2), (0, 1)))),
    "meshgrid": lambda: (ops.meshgrid(A[0], B[0], indexing="ij"), np.meshgrid(A[0], B[0], indexing="ij")),
    "arange": lambda: (ops.arange(1, 7, 2), np.arange(1, 7, 2)),
    "linspace": lambda: (ops.linspace(A[0], B[0], 5, endpoint=False), np.linspace(A[0], B[0], 5, endpoint=False)),
    "logspace": lambda: (ops.logspace(0.0, 2.0, 4), np.logspace(0, 2, 4)),
    "geomspace": lambda: (ops.geomspace(1.0, 100.0, 4), np.geomspace(1, 100, 4)),
    "eye": lambda: (ops.eye(3, 4, k=1), np.eye(3, 4, k=1)),
    "vander": lambda: (ops.vander(A[0], 3), np.vander(A[0], 3)),
    "hamming": lambda: (ops.hamming(7), np.hamming(7)),
    "kaiser": lambda: (ops.kaiser(7, 3.0), np.kaiser(7, 3.0)),
    "full_like": lambda: (ops.full_like(A, 2), np.full_like(A, 2)),
    "logsumexp": lambda: (ops.logsumexp(A, axis=1), scipy.special.logsumexp(A, axis=1)),
    "erf": lambda: (ops.erf(A), scipy.special.erf(A)),
    "erfinv": lambda: (ops.erfinv(U), scipy.special.erfinv(U)),
    "lgamma": lambda: (ops.lgamma(P), scipy.special.gammaln(P)),
    "segment_sum": lambda: (ops.segment_sum(A[0], np.array([0, 1, 0, 2]), 4), np.array([A[0, 0] + A[0, 2], A[0, 1], A[0, 3], 0])),
    "segment_max": lambda: (ops.segment_max(A[0], np.array([0, 0, 0, 2]), 3)[1], -np.inf),
    "top_k": lambda: (ops.top_k(A, 2)[0], np.sort(A, 1)[:, ::-1][:, :2]),
    "in_top_k": lambda: (ops.in_top_k(A.argmax(1), A, 1), np.ones(3)),
    "cdist": lambda: (ops.cdist(A, B), np.linalg.norm(A[:, None] - B, axis=-1)),
    "extract_sequences": lambda: (ops.extract_sequences(A, 2, 1), np.lib.stride_tricks.sliding_window_view(A, 2, 1)),
    "norm nuc": lambda: (ops.norm(SQUARE, "nuc"), np.linalg.norm(SQUARE, "nuc")),
    "norm 3": lambda: (ops.norm(A, 3, axis=1), np.linalg.norm(A, 3, axis=1)),
    "norm inf": lambda: (ops.norm(A, np.inf, axis=(0, 1), keepdims=True), np.linalg.norm(A, np.inf, (0, 1), keepdims=True)),
    "det": lambda: (ops.det(SQUARE), np.linalg.det(SQUARE)),
    "inv": lambda: (ops.inv(SQUARE), np.linalg.inv(SQUARE)),
    "solve": lambda: (ops.solve(SQUARE, A[:, 0]), np.linalg.solve(SQUARE, A[:, 0])),
    "lstsq": lambda: (ops.lstsq(B.T, A[0]), np.linalg.lstsq(B.T, A[0], rcond=None)[0]),
    "pinv": lambda: (ops.pinv(A), np.linalg.pinv(A)),
    "matrix_power": lambda: (ops.matrix_power(SQUARE, -3), np.linalg.matrix_power(SQUARE, -3)),
    "matrix_rank": lambda: (ops.matrix_rank(A), np.linalg.matrix_rank(A)),
    "cholesky": lambda: (ops.cholesky(SQUARE @ SQUARE.T), np.linalg.cholesky(SQUARE @ SQUARE.T)),
    "slogdet": lambda: (ops.slogdet(SQUARE), tuple(np.linalg.slogdet(SQUARE))),
    "svd": lambda: (ops.svd(A, compute_uv=False), np.linalg.svd(A, compute_uv=False)),
    "vectorize": lambda: (keras.ops.vectorize(lambda x, y: x * y + 1.0)(A, B), A * B + 1),
    "one_hot": lambda: (ops.one_hot([0, 2, -1], 3), np.eye(3)[[0, 2, 0]] * [[1], [1], [0]]),
    "multi_hot": lambda: (ops.multi_hot([[0, 2], [1, 1]], 3), np.array([[1, 0, 1], [0, 1, 0]])),
    "fold": lambda: (ops.fold(ops.unfold(np.ones((1, 1, 4, 4)), 2, stride=2), 4, 2, stride=2), np.ones((1, 1, 4, 4))),
    "sparsemax": lambda: (ops.sum(ops.sparsemax(A), -1), np.ones(3)),
}


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
def test_with_arguments(name):
    same(*WITH_ARGUMENTS[name]())


def test_lu_and_qr_and_eigh_put_together_again():
    lu, swaps = (np.array(v) for v in ops.lu_factor(SQUARE))
    product = (np.tril(lu, -1) + np.eye(3)) @ np.triu(lu)
    for step, other in reversed(list(enumerate(swaps))):
        product[[step, other]] = product[[other, step]]
    same(product, SQUARE)
    q, r = ops.qr(A)
    same(ops.matmul(q, r), A)
    values, vectors = ops.eigh(SQUARE + SQUARE.T)
    same(ops.matmul(vectors * values, ops.transpose(vectors)), SQUARE + SQUARE.T)


@pytest.mark.parametrize("shape", [(4, 3), (3, 4), (2, 5, 2)])
def test_lu_of_oblong_matrices(shape):
    a = random.normal(size=shape).astype("float32")
    rows, columns = shape[-2:]
    lu, swaps = (np.array(v) for v in ops.lu_factor(a))
    lu, swaps = lu.reshape(-1, rows, columns), swaps.reshape(-1, min(rows, columns))
    for packed, steps, matrix in zip(lu, swaps, a.reshape(-1, rows, columns), strict=True):
        size = min(rows, columns)
        product = (np.tril(packed[:, :size], -1) + np.eye(rows, size)) @ np.triu(packed[:size])
        for step, other in reversed(list(enumerate(steps))):
            product[[step, other]] = product[[other, step]]
        same(product, matrix)
        assert np.abs(np.tril(packed[:, :size], -1)).max() <= 1.0
    with tf.GradientTape() as tape:
        tape.watch(x := tf.constant(a))
        packed = ops.lu_factor(x)[0]
    assert np.isfinite(np.array(tape.gradient(packed, x))).all()


# -- layers' operations, against the definition -----------------------------------------------------------------
def test_convolutions_and_pooling():
    x, k = random.normal(size=(2, 6, 5, 4)).astype("float32"), random.normal(size=(3, 2, 4, 6)).astype("float32")
    want = np.einsum("bhwcij,ijco->bhwo", np.lib.stride_tricks.sliding_window_view(x, (3, 2), (1, 2)), k)
    same(ops.conv(x, k), want, 1e-4)
    first = ops.conv(x.transpose(0, 3, 1, 2), k, data_format="channels_first")
    same(ops.transpose(first, (0, 2, 3, 1)), want, 1e-4)
    grouped = ops.conv(x, k[:, :, :2])
    parts = [ops.conv(x[..., 2 * g : 2 * g + 2], k[:, :, :2, 3 * g : 3 * g + 3]) for g in (0, 1)]
    same(grouped, ops.concatenate(parts, -1), 1e-4)
    depthwise = ops.depthwise_conv(x, k[:, :, :, :1], padding="same")
    same(depthwise[..., 1:2], ops.conv(x[..., 1:2], k[:, :, 1:2, :1], padding="same"), 1e-4)
    up = ops.conv_transpose(x, k.transpose(0, 1, 3, 2), strides=2, padding="same")
    assert up.shape == (2, 12, 10, 6)
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 2), (1, 2))[:, ::2, ::2]
    same(ops.max_pool(x, 2), windows.max((-1, -2)))
    same(ops.average_pool(x, 2), windows.mean((-1, -2)))
    same(ops.adaptive_average_pool(x, (3, 5)), x.reshape(2, 3, 2, 5, 4).mean(2))
    same(ops.adaptive_max_pool(x, 1), x.max((1, 2), keepdims=True))
    assert ops.space_to_depth(x[:, :, :4], 2).shape == (2, 3, 2, 16)


def test_attention():
    q, k, v = (random.normal(size=(2, 3, 4, 5)).astype("float32") for _ in range(3))
    scores = np.einsum("btnh,bsnh->bnts", q, k) / np.sqrt(5)
    scores = np.where(np.tri(3, dtype=bool), scores, -np.inf)
    weights = scipy.special.softmax(scores, -1)
    same(ops.dot_product_attention(q, k, v, is_causal=True), np.einsum("bnts,bsnh->btnh", weights, v), 1e-4)
    shared = ops.dot_product_attention(q, k[:, :, :2], v[:, :, :2])
    assert shared.shape == (2, 3, 4, 5)


def test_gradients_flow_through():
    x = tf.constant(A)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = ops.quantile(x, 0.5, axis=1) + ops.unique(x[0])[:3] + ops.norm(x, axis=1) + ops.take(x, [0, 1, 2], axis=1)[0]
    gradient = np.array(tape.gradient(y, x))
    assert np.isfinite(gradient).all() and gradient.any()


# -- dtypes -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("int32", "float32", "float32"),
        ("int8", "uint8", "int16"),
        ("float16", "bfloat16", "float32"),
        ("bool", "int8", "int8"),
        ("uint8", 1, "uint8"),
        ("int32", 1.5, "float32"),
        ("bool", 2, "int32"),
        ("float16", 2.5, "float16"),
        ("float32", "complex64", "complex64"),
        ("float64", "float64", "float64"),
        ("int64", 1, "int64"),
        (1, 2.5, "float32"),
    ],
)
def test_promotion(x, y, expected):
    x, y = (ops.ones(2, v) if isinstance(v, str) else v for v in (x, y))
    for op in (ops.add, ops.multiply, ops.subtract):
        assert op(x, y).dtype == expected and op(y, x).dtype == expected


def test_promotion_follows_keras_where_gradtape_is_strict():
    v = keras.Variable([1, 2], dtype="int32")
    assert (v * 1.5).dtype == tf.float32 and (v / v).dtype == tf.float32
    assert ops.add(np.ones(2, "float64"), tf.ones(2)).dtype == tf.float32
    assert ops.sum(ops.ones(3, "int8")).dtype == tf.int32 and ops.mean(ops.ones(3, "int32")).dtype == tf.float32
    assert ops.add(ops.ones(2, "bool"), ops.zeros(2, "bool")).dtype == tf.bool
    assert ops.exp(ops.ones(2, "int32")).dtype == tf.float32
    assert ops.matmul(ops.ones((2, 2), "int8"), ops.ones((2, 2), "int8")).dtype == tf.int32
    with pytest.raises(ValueError, match="float8"):
        ops.add(ops.ones(2, "float8_e4m3fn"), ops.ones(2))


def test_ctc():
    scores = np.log(np.array([[[0.1, 0.8, 0.1], [0.2, 0.7, 0.1], [0.8, 0.1, 0.1], [0.1, 0.2, 0.7]]], "float32"))
    labels, unlikely = ops.ctc_decode(scores, [4])
    assert labels.numpy().tolist() == [[[1, 2, -1, -1]]]
    same(unlikely, -np.log([[0.8 * 0.7 * 0.8 * 0.7]]))
    paths = [p for p in itertools.product(range(3), repeat=4) if [k for k, _ in itertools.groupby(p) if k] == [1, 2]]
    likely = sum(np.exp(sum(scores[0, t, c] for t, c in enumerate(path))) for path in paths)
    same(ops.ctc_loss(np.array([[1, 2]]), scores, np.array([2]), np.array([4])), -np.log(np.array([likely])))
    with pytest.raises(ValueError, match="beam_search"):
        ops.ctc_decode(scores, [4], strategy="best")


def test_beam_search_finds_the_likeliest_readings():
    scores = random.normal(size=(2, 5, 3)).astype("float32")
    lengths = [5, 3]
    labels, logs = (np.array(v) for v in ops.ctc_decode(scores, lengths, "beam_search", top_paths=4, mask_index=1))
    shares = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    for row, length in enumerate(lengths):
        chances: dict = {}
        for path in itertools.product(range(3), repeat=length):
            reading = tuple(k for k, _ in itertools.groupby(path) if k != 1)
            chances[reading] = chances.get(reading, 0) + np.prod([shares[row, t, c] for t, c in enumerate(path)])
        best = sorted(chances, key=lambda reading: -chances[reading])[:4]
        assert [tuple(k for k in reading if k >= 0) for reading in labels[:, row].tolist()] == best
        same(logs[row], np.log([chances[reading] for reading in best]))
