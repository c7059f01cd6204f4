"""What tests/data/make_nn.py records from TensorFlow and tests/unit/test_nn.py compares with: name -> a function without arguments.

`cases(tf, tf.nn.experimental)` builds them for either module.
"""

import numpy as np

DTYPES = ("float16", "bfloat16", "float32", "float64")
RNG = np.random.default_rng(5)
X, Z = RNG.normal(size=(3, 4)), RNG.uniform(size=(3, 4))
ONE_HOT = Z / Z.sum(1, keepdims=True)
LABELS = np.array([0, 3, 1], np.int32)
IMAGES = RNG.normal(size=(1, 2, 2, 4))
TABLE = RNG.normal(size=(7, 3)).astype("f4")
FRAMES = RNG.normal(size=(9, 4, 5)).astype("f4")
SPELLED = np.array([[1, 2, 1], [2, 2, 0], [3, 0, 0], [4, 1, 3]], np.int32)
EDGES = np.array([-np.inf, -100.0, -6.0, -1.0, -1e-3, 0.0, 1e-3, 1.0, 5.0, 6.0, 7.0, 100.0])
TIED = np.array([3.0, 1.0, 2.0, 2.0, 0.5, 1.5, -1.0])


def cases(tf, experimental):
    found = draws(tf, experimental)
    for part in (activations, softmaxes, losses, averages, normalizations, clips, lookups, sequences, initializers):
        found.update(part(tf))
    return found


def taped(tf, f, *arrays, dtype=None):
    """The results of f and the gradients of a weighted sum of them."""

    def run():
        xs = [tf.constant(a) if dtype is None else tf.cast(tf.constant(a), dtype) for a in arrays]
        floats = [x for x in xs if x.dtype.is_floating]
        with tf.GradientTape() as tape:
            tape.watch(floats)
            ys = [y for y in tf.nest.flatten(f(*xs)) if y is not None]
            total = sum(tf.reduce_sum(y * weights(tf, y)) for y in ys if y.dtype.is_floating)
        return [*ys, *tape.gradient(total, floats)]

    return run


def weights(tf, y):
    w = np.cos(np.arange(int(np.prod(y.shape)), dtype="f4")).reshape(y.shape)
    return tf.cast(tf.constant(w), y.dtype)


def activations(tf):
    names = ("relu", "relu6", "elu", "selu", "leaky_relu", "gelu", "silu", "softplus", "softsign", "crelu")
    functions = {n: getattr(tf.nn, n) for n in names}
    functions["gelu tanh"] = lambda x: tf.nn.gelu(x, approximate=True)
    functions["leaky_relu steep"] = lambda x: tf.nn.leaky_relu(x, alpha=1.5)
    functions["silu beta"] = lambda x: tf.nn.silu(x, beta=2.0)
    out = {f"{n} {d}": taped(tf, f, X, dtype=d) for n, f in functions.items() for d in DTYPES}
    out |= {f"{n} edges": taped(tf, f, EDGES[1:] if n in ("gelu", "gelu tanh", "silu", "silu beta", "softsign") else EDGES, dtype="float32")
            for n, f in functions.items()}  # fmt: skip
    out |= {f"{n} empty": taped(tf, f, np.zeros((2, 0)), dtype="float32") for n, f in functions.items()}
    out |= {
        f"{n} {d}": (lambda n=n, d=d: getattr(tf.nn, n)(tf.cast([-3, 0, 7], d)))
        for n in ("relu", "relu6")
        for d in ("int32", "int64")
    }
    out["leaky_relu int32"] = lambda: tf.nn.leaky_relu(tf.constant([-3, 0, 7]))
    out["silu beta gradient"] = taped(tf, lambda x, b: tf.nn.silu(x, b), X, np.array(1.5))
    refusals = {"int32": [1, 2], "string": "a", "complex64": [1j], "bool": [True]}
    for n in ("relu", "elu", "selu", "gelu", "softplus"):
        for d, value in refusals.items():
            if (n, d) != ("relu", "int32"):
                out[f"{n} refuses {d}"] = lambda n=n, d=d, v=value: getattr(tf.nn, n)(tf.constant(v, d))
    out["leaky_relu refuses alpha"] = lambda: tf.nn.leaky_relu(tf.constant([1.0]), alpha=tf.constant(0.5))
    return out


def softmaxes(tf):
    out = {}
    for n in ("softmax", "log_softmax"):
        f = getattr(tf.nn, n)
        out |= {f"{n} {d}": taped(tf, f, X, dtype=d) for d in DTYPES if (n, d) != ("log_softmax", "bfloat16")}
        out |= {f"{n} axis {a}": taped(tf, lambda x, f=f, a=a: f(x, axis=a), X) for a in (0, 1, -1, -2, None)}
        out |= {
            f"{n} rank 1": taped(tf, f, X[0]),
            f"{n} rank 3": taped(tf, lambda x, f=f: f(x, 1), X.reshape(3, 2, 2)),
            f"{n} one class": taped(tf, f, X[:, :1]),
            f"{n} large": taped(tf, f, X * 200, dtype="float32"),
            f"{n} some -inf": taped(tf, f, np.array([[0.0, -np.inf, 1.0]])),
            f"{n} all -inf": lambda f=f: f([[-np.inf, -np.inf]]),
            f"{n} no rows": taped(tf, f, X[:0]),
            f"{n} no axis": lambda f=f: f(X, axis=2),
            f"{n} ints": lambda f=f: f([1, 2]),
        }
    return out


def losses(tf):
    dense, sparse = tf.nn.softmax_cross_entropy_with_logits, tf.nn.sparse_softmax_cross_entropy_with_logits
    sigmoid, weighted, poisson = (
        tf.nn.sigmoid_cross_entropy_with_logits,
        tf.nn.weighted_cross_entropy_with_logits,
        tf.nn.log_poisson_loss,
    )
    out = {}
    for d in DTYPES:
        out[f"dense {d}"] = lambda d=d: dense(tf.cast(ONE_HOT, d), tf.cast(X, d))
        out[f"sparse {d}"] = lambda d=d: taped(tf, lambda x: sparse(LABELS, x), X, dtype=d)()
        out[f"sigmoid {d}"] = taped(tf, sigmoid, Z, X, dtype=d)
        out[f"poisson {d}"] = taped(tf, lambda z, x: poisson(z, x), Z * 3, X, dtype=d)
        out[f"l2 {d}"] = taped(tf, tf.nn.l2_loss, X, dtype=d)
    big, sides = np.array([1e3, 1e3, -1e3, -1e3, 0.0]), np.array([0.0, 1.0, 0.0, 1.0, 0.5])
    return out | {
        "dense gradient": taped(tf, dense, ONE_HOT, X),
        "dense axis 0": taped(tf, lambda z, x: dense(z, x, axis=0), ONE_HOT / ONE_HOT.sum(0), X),
        "dense rank 1": taped(tf, dense, ONE_HOT[0], X[0]),
        "dense large": taped(
            tf, dense, np.eye(3), np.array([[1e3, -1e3, 0.0], [0.0, 0.0, 0.0], [-1e3, 1e3, 50.0]]), dtype="float32"
        ),
        "dense int labels": lambda: dense(tf.constant([[0, 1]]), [[0.0, 1.0]]),
        "dense wide labels": lambda: dense(tf.constant([[0.0, 1.0]], tf.float64), [[0.0, 1.0]]),
        "dense no rows": taped(tf, dense, ONE_HOT[:0], X[:0]),
        "dense int logits": lambda: dense([[0, 1]], [[0, 1]]),
        "dense scalar": lambda: dense(1.0, 2.0),
        "dense mismatch": lambda: dense(Z, X[:2]),
        "dense no axis": lambda: dense(Z, X, axis=9),
        "dense None": lambda: dense(None, X),
        "sparse int64": lambda: sparse(LABELS.astype(np.int64), X),
        "sparse rank 1": taped(tf, lambda x: sparse(2, x), X[0]),
        "sparse rank 3": taped(tf, lambda x: sparse([[0, 1], [1, 1], [1, 0]], x), X.reshape(3, 2, 2)),
        "sparse -inf": taped(tf, lambda x: sparse([1], x), np.array([[-np.inf, 0.0, 1.0]])),
        "sparse impossible": taped(tf, lambda x: sparse([0], x), np.array([[-np.inf, 0.0, 1.0]])),
        "sparse no rows": taped(tf, lambda x: sparse(LABELS[:0], x), X[:0]),
        "sparse too large": lambda: sparse([4], [[0.0, 1.0]]),
        "sparse negative": lambda: sparse([-1], [[0.0, 1.0]]),
        "sparse no classes": lambda: sparse(LABELS[:0], X[:0, :0]),
        "sparse scalar": lambda: sparse(1, 2.0),
        "sparse mismatch": lambda: sparse([1, 1], [[1.0, 2.0]]),
        "sparse rank mismatch": lambda: sparse([[1]], [[1.0, 2.0]]),
        "sparse float labels": lambda: sparse([1.0], [[1.0, 2.0]]),
        "sparse int logits": lambda: sparse([1], [[1, 2]]),
        "sparse None": lambda: sparse(None, X),
        "sigmoid large": taped(tf, sigmoid, sides, big, dtype="float32"),
        "sigmoid infinite": taped(tf, sigmoid, np.array([0.0, 1.0]), np.array([-np.inf, np.inf])),
        "sigmoid mismatch": lambda: sigmoid(Z, X[:1]),
        "sigmoid None": lambda: sigmoid(None, X),
        "weighted": taped(tf, weighted, Z, X, np.array(1.5)),
        "weighted vector": taped(tf, weighted, Z, X, np.array([1.0, 2.0, 3.0, 4.0])),
        "weighted large": taped(tf, lambda z, x: weighted(z, x, 2.0), sides[:4], big[:4], dtype="float32"),
        "weighted mismatch": lambda: weighted(Z, X[:1], 1.0),
        "weighted None": lambda: weighted(Z, X, None),
        "poisson full": taped(tf, lambda z, x: poisson(z, x, True), Z * 3 + 0.1, X),
        "poisson mismatch": lambda: poisson(Z, X[:1]),
        "l2 ints": lambda: tf.nn.l2_loss([1, 2]),
        "l2 empty": lambda: tf.nn.l2_loss(np.zeros((0, 2), "f4")),
    }


def averages(tf):
    f = tf.nn.compute_average_loss
    arguments = {
        "plain": ([1.0, 3.0],),
        "weights": ([1.0, 3.0], [1.0, 2.0]),
        "scalar weight": ([1.0, 3.0], 2.0),
        "rows": ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0]),
        "columns": ([[1.0, 2.0], [3.0, 4.0]], [[1.0], [2.0]]),
        "size": ([1.0, 3.0], None, 4),
        "size tensor": ([1.0, 3.0], None, tf.constant(4)),
        "ints": ([1, 3],),
        "empty": (np.zeros(0, "f4"),),
        "size 0": ([1.0, 3.0], None, 0),
        "wide": (tf.constant([1.0, 3.0], tf.float64), tf.constant([1.0, 2.0])),
        "scalar": (1.0,),
        "negative size": ([1.0, 3.0], None, -1),
        "float size": ([1.0, 3.0], None, 2.0),
        "size of rank 1": ([1.0, 3.0], None, [1]),
        "wide weights": ([1.0, 2.0], [[1.0, 2.0], [3.0, 4.0]]),
    }
    return {f"average {n}": (lambda a=a: f(*a)) for n, a in arguments.items()} | {
        "scale_regularization_loss": lambda: tf.nn.scale_regularization_loss([1.0, 2.0])
    }


def normalizations(tf):
    n, out = tf.nn, {}
    for d in DTYPES:
        out[f"moments {d}"] = taped(tf, lambda x: n.moments(x, [0]), X, dtype=d)
        out[f"moments kept {d}"] = taped(tf, lambda x: n.moments(x, [1], keepdims=True), X, dtype=d)
        out[f"batch_normalization {d}"] = taped(
            tf, lambda *a: n.batch_normalization(*a, 1e-3), X, X[0], X[1] ** 2, X[2], X[1], dtype=d
        )
        out[f"bias_add {d}"] = taped(tf, n.bias_add, X, X[0], dtype=d)
    out |= {
        "weighted_moments": taped(tf, lambda x, w: n.weighted_moments(x, [0], w), X, Z),
        "weighted_moments broadcast": taped(tf, lambda x, w: n.weighted_moments(x, [0], w), X, Z[:, :1]),
        "weighted_moments nothing": lambda: n.weighted_moments(X, [0], np.zeros((3, 1))),
        "weighted_moments ints": lambda: n.weighted_moments(X, [0], np.array([[1], [2], [3]])),
        "sufficient_statistics": taped(tf, lambda x: n.sufficient_statistics(x, [0]), X),
        "sufficient_statistics shift": taped(
            tf, lambda x: n.sufficient_statistics(x, [0, 1], shift=tf.constant(1.5, tf.float64), keepdims=True)[:3], X
        ),
        "normalize_moments": taped(tf, lambda m, v: n.normalize_moments(tf.constant(4.0, tf.float64), m, v, None), X[0], Z[0]),
        "batch_normalization plain": taped(tf, lambda x, m, v: n.batch_normalization(x, m, v, None, None, 1e-3), X, X[0], Z[0]),
        "batch_normalization mixed": lambda: n.batch_normalization(
            tf.cast(X, "float16"), X[0].astype("f4"), Z[0].astype("f4"), None, None, 1e-3
        ),
        "batch_normalization mismatch": lambda: n.batch_normalization(X, X[:2], X[0], None, None, 1e-3),
        "global normalization": lambda: n.batch_norm_with_global_normalization(IMAGES, X[0], Z[0], X[1], X[2], 1e-3, True),
        "global normalization unscaled": lambda: n.batch_norm_with_global_normalization(
            IMAGES, X[0], Z[0], X[1], X[2], 1e-3, False
        ),
        "l2_normalize": taped(tf, lambda x: n.l2_normalize(x, 1), X),
        "l2_normalize all": taped(tf, n.l2_normalize, X),
        "l2_normalize zero": taped(tf, n.l2_normalize, np.zeros(3)),
        "l2_normalize complex": lambda: n.l2_normalize(X + 1j * X[::-1], 1),
        "l2_normalize both": lambda: n.l2_normalize(X, axis=0, dim=1),
        "l2_normalize no axis": lambda: n.l2_normalize(X, 3),
        "lrn": taped(tf, n.lrn, IMAGES, dtype="float32"),
        "lrn near": taped(tf, lambda x: n.local_response_normalization(x, 1, 1.5, 0.5, 0.75), IMAGES, dtype="float32"),
        "lrn rank": lambda: n.lrn(IMAGES[0].astype("f4")),
        "lrn negative": lambda: n.lrn(IMAGES.astype("f4"), depth_radius=-1),
        "bias_add first": taped(tf, lambda x, b: n.bias_add(x, b, "NCHW"), X.reshape(1, 3, 2, 2), X[:, 0]),
        "bias_add first of 3": taped(tf, lambda x, b: n.bias_add(x, b, "NCW"), X.reshape(1, 3, 4), X[:, 0]),
        "bias_add rank": lambda: n.bias_add([1.0, 2.0], [1.0, 2.0]),
        "bias_add length": lambda: n.bias_add(X, X[0][:3]),
        "bias_add matrix": lambda: n.bias_add(X, X),
        "bias_add format": lambda: n.bias_add(X, X[0], "XX"),
        "moments no axis": lambda: n.moments(X, [5]),
        "moments empty": lambda: n.moments(X[:0].astype("f4"), [0]),
    }
    return out


def clips(tf):
    slices = tf.IndexedSlices(tf.constant([[3.0, 4.0]]), tf.constant([1]), tf.constant([3, 2]))
    one, every = tf.clip_by_norm, tf.clip_by_global_norm
    return {
        "clip_by_norm": taped(tf, lambda x: one(x, 1.0), X),
        "clip_by_norm axis": taped(tf, lambda x: one(x, 1.5, [1]), X),
        "clip_by_norm tensor": taped(tf, one, X, np.array(1.0)),
        "clip_by_norm zero": taped(tf, lambda x: one(x, 1.0), np.zeros(2)),
        "clip_by_norm negative": lambda: one([3.0, 4.0], -1.0),
        "clip_by_norm slices": lambda: one(slices, 1.0).values,
        "clip_by_norm wide": lambda: one(tf.constant([3.0, 4.0]), tf.constant(1.0, tf.float64)),
        "clip_by_norm ints": lambda: one([3, 4], 1.0),
        "clip_by_norm larger": lambda: one(tf.constant([3.0, 4.0]), tf.constant([[1.0], [2.0]])),
        "clip_by_norm no axis": lambda: one(X, 1.0, axes=4),
        "clip_by_value": taped(tf, lambda x: tf.clip_by_value(x, -0.5, 0.5), X),
        "clip_by_value edges": taped(tf, lambda x: tf.clip_by_value(x, 0.0, 1.0), np.array([0.0, 1.0, 0.5, 2.0, -1.0])),
        "clip_by_value limits": taped(tf, tf.clip_by_value, X, np.array(-0.5), X[0]),
        "clip_by_value ints": lambda: tf.clip_by_value([3, -4], -1, 1),
        "clip_by_value mixed": lambda: tf.clip_by_value(tf.constant([1.0, 2.0]), tf.constant(0.0, tf.float64), 1.0),
        "clip_by_global_norm": taped(tf, lambda x, y: every([x, y], 1.0), X, X[0]),
        "clip_by_global_norm none": lambda: every([tf.constant([3.0]), None, tf.constant([4.0])], 1.0)[1],
        "clip_by_global_norm small": lambda: every([[0.3, 0.4]], 1.0),
        "clip_by_global_norm infinite": lambda: every([tf.constant([np.inf, 1.0])], 1.0),
        "clip_by_global_norm slices": lambda: every([slices], 1.0)[0][0].values,
        "clip_by_global_norm use_norm": lambda: every([tf.constant([3.0, 4.0])], 1.0, use_norm=tf.constant(10.0)),
        "clip_by_global_norm one": lambda: every(tf.constant([1.0]), 1.0),
        "clip_by_global_norm wide": lambda: every([tf.constant([3.0, 4.0])], tf.constant(1.0, tf.float64)),
        "clip_by_global_norm ints": lambda: every([tf.constant([1, 2])], 1),
        "global_norm": taped(tf, lambda x, y: tf.linalg.global_norm([x, y]), X, X[0]),
        "global_norm empty": lambda: tf.linalg.global_norm([]),
        "global_norm slices": lambda: tf.linalg.global_norm([slices]),
    }


def draws(tf, experimental):
    n = tf.nn
    x = X.astype("f4")

    def seeded(f):
        def run():
            tf.random.set_seed(7)
            return f()

        return run

    out = {
        "dropout seed": seeded(lambda: [n.dropout(x, 0.3, seed=5) for _ in range(3)]),
        "dropout global": seeded(lambda: [n.dropout(x, 0.3) for _ in range(3)]),
        "dropout 0 takes a seed": seeded(lambda: [n.dropout(x, 0), n.dropout(x, 0.5), n.dropout(x, 0.0), n.dropout(x, 0.5)]),
        "dropout noise": seeded(
            lambda: [n.dropout(x, 0.5, noise_shape=s, seed=1) for s in ([3, 1], [None, 1], (3, None), [4], [])]
        ),
        "dropout tensor noise": seeded(lambda: n.dropout(x, 0.5, noise_shape=tf.constant([3, 1]), seed=1)),
        "dropout tensor rate": seeded(lambda: n.dropout(x, tf.constant(0.3), seed=1)),
        "dropout gradient": seeded(taped(tf, lambda v, r: n.dropout(v, r, seed=2), x, np.float32(0.4))),
        "dropout not finite": seeded(lambda: n.dropout([np.nan, np.inf, 1.0, 2.0], 0.5, seed=3)),
    }
    out |= {f"dropout {d}": seeded(lambda d=d: [n.dropout(tf.cast(x, d), 0.3, seed=5) for _ in range(2)]) for d in DTYPES}
    out |= {
        f"stateless_dropout {a}": (lambda a=a: experimental.stateless_dropout(x, 0.4, [3, 4], rng_alg=a))
        for a in ("philox", "auto_select")
    }
    bad = {
        "1": 1,
        "negative": -0.1,
        "word": "a",
        "vector": tf.constant([0.3]),
        "wide": tf.constant(0.3, tf.float64),
        "array": np.array(0.3, "f4"),
    }
    out |= {f"dropout rate {k}": (lambda r=r: n.dropout(x, r)) for k, r in bad.items()}
    return out | {
        "dropout ints": lambda: n.dropout([1, 2], 0.5),
        "dropout noise mismatch": lambda: n.dropout(x, 0.3, noise_shape=[2, 1]),
        "general_dropout": lambda: experimental.general_dropout(x, 0.4, lambda shape, dtype: tf.fill(shape, tf.cast(0.4, dtype))),
    }


def lookups(tf):
    f = tf.nn.embedding_lookup
    shards = [TABLE[:3], TABLE[3:5], TABLE[5:]]

    def gradient(parts, ids):
        variables = [tf.Variable(p) for p in parts]
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(f(variables if len(parts) > 1 else variables[0], ids) ** 2)
        return [v for g in tape.gradient(loss, variables) for v in (g.values, g.indices)]

    return {
        "embedding": lambda: f(TABLE, [[1, 5], [0, 6]]),
        "embedding scalar": lambda: f(TABLE, 3),
        "embedding norm": lambda: f(TABLE, [[1, 5]], max_norm=0.5),
        "embedding shards": lambda: f([tf.constant(s) for s in shards], [[0, 6], [3, 4]], max_norm=0.5),
        "embedding gradient": lambda: gradient([TABLE], [1, 5, 1]),
        "embedding gradient of shards": lambda: gradient(shards, [1, 5, 1]),
        "embedding outside": lambda: f(TABLE, [7]),
        "embedding outside shards": lambda: f([tf.constant(s) for s in shards], [7]),
        "embedding float ids": lambda: f(TABLE, [1.0]),
        "embedding None": lambda: f(None, [1]),
        "embedding nothing": lambda: f([], [1]),
    }


def sequences(tf):
    n = tf.nn
    lengths = np.array([3, 2, 1, 3], np.int32), np.array([9, 7, 9, 5], np.int32)

    def ctc(labels=SPELLED, logits=FRAMES, dtype="float32", **more):
        return taped(tf, lambda x: n.ctc_loss(labels, x, *lengths, **more), logits, dtype=dtype)

    return {
        "ctc": ctc(),
        "ctc float16": ctc(dtype="float16"),
        "ctc last blank": ctc(SPELLED % 4, blank_index=-1),
        "ctc inner blank": ctc(np.where(SPELLED == 2, 4, SPELLED), blank_index=2),
        "ctc batch first": ctc(logits=FRAMES.transpose(1, 0, 2), logits_time_major=False),
        "ctc large": ctc(logits=FRAMES * 100),
        "ctc no labels": lambda: n.ctc_loss(SPELLED, FRAMES, [0, 1, 1, 0], lengths[1]),
        "ctc unique": lambda: n.ctc_loss(SPELLED, FRAMES, *lengths, unique=n.ctc_unique_labels(SPELLED)),
        "ctc float labels": lambda: n.ctc_loss(SPELLED.astype("f4"), FRAMES, *lengths),
        "ctc int logits": lambda: n.ctc_loss([[1]], np.ones((2, 1, 3), np.int32), [1], [2]),
        "ctc no lengths": lambda: n.ctc_loss(SPELLED, FRAMES, None, lengths[1]),
        "unique labels": lambda: n.ctc_unique_labels([[3, 4, 4, 3], [1, 2, 3, 0]]),
        "unique labels of a vector": lambda: n.ctc_unique_labels([3, 4]),
        "collapse": lambda: n.collapse_repeated([[1, 1, 2, 2, 1], [1, 2, 3, 4, 4]], [3, 5]),
        "collapse to nothing": lambda: n.collapse_repeated([[1, 1]], [0]),
        "collapse a vector": lambda: n.collapse_repeated([1, 1, 2], [3]),
        "collapse mismatch": lambda: n.collapse_repeated([[1, 1, 2]], [3, 2]),
        "isotonic": taped(tf, lambda x: n.isotonic_regression(x), TIED[None]),
        "isotonic up": taped(tf, lambda x: n.isotonic_regression(x, decreasing=False), TIED[None]),
        "isotonic vector": lambda: n.isotonic_regression(TIED),
        "isotonic axis": taped(tf, lambda x: n.isotonic_regression(x, axis=0), X),
        "isotonic ints": lambda: [n.isotonic_regression(tf.constant([3, 1, 2], d)) for d in ("int8", "int32")],
        "isotonic no axis": lambda: n.isotonic_regression(X, axis=2),
    }


def initializers(tf):
    plain = {"zeros": tf.zeros_initializer, "ones": tf.ones_initializer}
    random = {"normal": tf.random_normal_initializer, "uniform": tf.random_uniform_initializer}
    fixed = tf.constant_initializer
    out = {}
    for name, make in plain.items():
        out |= {f"initializer {name} {d}": (lambda m=make, d=d: m()([2, 3], d)) for d in (*DTYPES, "int32", "complex64")}
        out |= {
            f"initializer {name} part": lambda m=make: m()([4, 2], partition_shape=[2, 2], partition_offset=[2, 0]),
            f"initializer {name} string": lambda m=make: m()([2], "string"),
            f"initializer {name} negative": lambda m=make: m()([-1]),
            f"initializer {name} keyword": lambda m=make: m()([2], other=1),
        }
    for name, make in random.items():
        out |= {f"initializer {name} {d}": (lambda m=make, d=d: m(seed=3)([2, 3], d)) for d in DTYPES}
        out |= {
            f"initializer {name} again": lambda m=make: (lambda i: [i([2]), i([2])])(m(seed=3)),
            f"initializer {name} bounds": lambda m=make: m(1.0, 2.0, seed=3)([3]),
            f"initializer {name} bool": lambda m=make: m(seed=3)([2], "bool"),
            f"initializer {name} keyword": lambda m=make: m(seed=3)([2], other=1),
        }

    def unseeded():
        tf.random.set_seed(7)
        return [make()([2]) for make in random.values()]

    return out | {
        "initializer unseeded": unseeded,
        "initializer uniform ints": lambda: tf.random_uniform_initializer(0, 10, seed=3)([5], tf.int32),
        "initializer normal ints": lambda: tf.random_normal_initializer(seed=3)([5], tf.int32),
        "initializer constant": lambda: fixed(3.5)([2, 2]),
        "initializer constant list": lambda: fixed([1, 2, 3, 4])([2, 2], tf.int64),
        "initializer constant part": lambda: fixed(1.0)([4, 2], partition_shape=[2, 2]),
        "initializer constant too few": lambda: fixed([1, 2])([2, 2]),
        "initializer constant tensor": lambda: fixed(tf.constant(1.0)),
    }
