"""TensorFlow's random numbers, recorded: `python tests/data/make_random.py`, where TensorFlow 2.21 is installed, writes random.npz.

A case is a function of a namespace (`tf`: TensorFlow when recording, gradtape when testing) and of `jit`, which runs a function: compiled
by XLA when recording (TensorFlow has ThreeFry nowhere else on a CPU), as it is when testing.  It returns a list of tensors.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("random.npz")
FLOATS = ("float16", "bfloat16", "float32", "float64")
INTS = ("int32", "int64")
FIELDS = ("float16", "float32", "float64", "int32", "int64", "uint32", "uint64")
SEEDS = ((1, 2), (-3, 2**31 - 1), (0, 0))
SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (7,), (3, 5), (2, 1, 3), (0, 2))
CASES: dict[str, Callable] = {}


def case(name: str, function: Callable) -> None:
    assert name not in CASES, name
    CASES[name] = function


def shapes_text(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "scalar"


# -- stateless ------------------------------------------------------------------------------------------------------
for kind in ("uniform", "normal", "truncated_normal"):
    for dtype in FLOATS:
        case(
            f"stateless_{kind} {dtype}",
            lambda tf, jit, k=kind, d=dtype: [
                getattr(tf.random, f"stateless_{k}")(shape, seed, dtype=d) for shape in SHAPES for seed in SEEDS
            ],
        )
        case(
            f"stateless_{kind} {dtype} threefry",
            lambda tf, jit, k=kind, d=dtype: [
                jit(lambda s=shape, r=seed: getattr(tf.random, f"stateless_{k}")(s, r, dtype=d, alg="threefry"))
                for shape in SHAPES
                for seed in SEEDS[:2]
            ],
        )
    case(
        f"stateless_{kind} long",
        lambda tf, jit, k=kind: [
            getattr(tf.random, f"stateless_{k}")([n], (5, 6), dtype=d)[-9:]
            for n in (65539, 150001)
            for d in ("float32", "float64")
        ],
    )
for dtype in INTS:
    case(
        f"stateless_uniform {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_uniform(shape, seed, low, high, dtype=d)
            for shape in SHAPES
            for seed in SEEDS
            for low, high in ((0, 10), (-7, 2**31 - 1), (-(2**31), 2**31 - 1))
        ],
    )
    case(
        f"stateless_uniform {dtype} threefry",
        lambda tf, jit, d=dtype: [
            jit(lambda s=shape: tf.random.stateless_uniform(s, (1, -2), -7, 1000, dtype=d, alg="threefry")) for shape in SHAPES
        ],
    )
for dtype in ("int32", "int64", "uint32", "uint64"):
    case(
        f"stateless_uniform full {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_uniform(shape, seed, None, None, dtype=d) for shape in SHAPES for seed in SEEDS
        ],
    )
    case(
        f"stateless_uniform full {dtype} threefry",
        lambda tf, jit, d=dtype: [
            jit(lambda s=shape: tf.random.stateless_uniform(s, (1, -2), None, None, dtype=d, alg="threefry")) for shape in SHAPES
        ],
    )
for dtype in FLOATS:
    case(
        f"stateless_uniform bounds {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_uniform([50], (1, 2), -1.3, 2.7, dtype=d),
            tf.random.stateless_uniform([4, 3], (1, 2), tf.constant([0.1, 0.2, 0.3], d), tf.constant(7, d), dtype=d),
        ],
    )
    case(
        f"stateless_normal scaled {dtype}",
        lambda tf, jit, d=dtype: [tf.random.stateless_normal([4, 3], (1, 2), tf.constant([0.1, -2.0, 0.3], d), 2.5, dtype=d)],
    )
case(
    "stateless_uniform int64 seeds",
    lambda tf, jit: [tf.random.stateless_uniform([5], tf.constant(s, "int64")) for s in ([2**40, -5], [-1, -(2**63)])],
)
case(
    "stateless alg",
    lambda tf, jit: [
        tf.random.stateless_uniform([3], (1, 2), alg=a)
        for a in ("philox", "auto_select", 1, None, tf.random.Algorithm.PHILOX, "Auto-Select")
    ],
)
ALPHAS = [1e-3, 0.02, 0.3, 0.999, 1.0, 1.5, 7.0, 200.0, 1e4]
RATES = [0.0, 0.1, 1.0, 5.0, 9.99, 10.0, 11.0, 50.0, 1000.0, 3e4]
LOGITS = np.round(np.random.RandomState(0).randn(6, 5), 3)
LOGITS[1, 3], LOGITS[2, :], LOGITS[3, 0], LOGITS[4, 1] = -np.inf, -np.inf, np.nan, np.inf
for dtype in ("float16", "float32", "float64"):
    case(
        f"stateless_gamma {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_gamma([20, len(ALPHAS)], (1, 2), np.array(ALPHAS, d), dtype=d),
            tf.random.stateless_gamma([3, 2, 2], (3, 4), np.array([[0.5], [2.0]], d), np.array([1.0, 4.0], d), dtype=d),
            tf.random.stateless_gamma([2], (3, 4), 0.7, dtype=d),
        ],
    )
    case(
        f"stateless_parameterized_truncated_normal {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_parameterized_truncated_normal(shape, (1, 2), *(np.array(p, d) for p in parameters))
            for shape, parameters in (
                ([20], (0.0, 1.0, -2.0, 2.0)),
                (
                    [15, 6],
                    ([0, 0, 0, 0, 0, 3], [1, 1, 1, 1, 1, 2], [-2, 1, 0.5, -np.inf, 3, -1], [2, 1.25, np.inf, -1, 4, 1]),
                ),
                ([3, 4, 2, 3], ([[0.0], [1.0]], [1, 2, 3], -1.0, [[9.0], [8.0]])),
            )
        ],
    )
for dtype in ("float16", "float32", "float64", "int32", "int64"):
    case(
        f"stateless_poisson {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_poisson([20, len(RATES)], (1, 2), np.array(RATES, r), dtype=d)
            for r in ("float16", "float32", "float64", "int32", "int64")
        ],
    )
for dtype in FLOATS:
    case(
        f"stateless_categorical {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_categorical(tf.cast(tf.constant(LOGITS), d), n, (1, 2), dtype=i) for n in (1, 5, 30) for i in INTS
        ],
    )
COUNTS, PROBS = [0, 1, 5, 20, 100, 1000, 30000], [0.0, 0.01, 0.3, 0.5, 0.6, 0.97, 1.0]
for dtype in ("float16", "float32", "float64", "int32", "int64"):
    case(
        f"stateless_binomial {dtype}",
        lambda tf, jit, d=dtype: [
            tf.random.stateless_binomial([10, 7, 7], (1, 2), np.array(COUNTS, p)[:, None], np.array(PROBS, p), d)
            for p in ("float16", "float32", "float64")
        ],
    )
case(
    "stateless_shuffle",
    lambda tf, jit: [
        tf.random.experimental.stateless_shuffle(np.arange(n).reshape(shape), (1, 2))
        for n, shape in ((50, (50,)), (60, (20, 3)), (6, (2, 3)), (3, (1, 3)), (0, (0,)))
    ],
)
case(
    "split and fold_in",
    lambda tf, jit: [
        *(f(s, 3) for f in (tf.random.split, tf.random.experimental.stateless_split) for s in ((1, 2), np.array([1, 2]))),
        *(tf.random.fold_in((1, 2), data) for data in (3, np.int64(3))),
        jit(lambda: tf.random.split((1, 2), 3, alg="threefry")),
        jit(lambda: tf.random.experimental.stateless_fold_in((1, 2), 3, alg="threefry")),
    ],
)


def slopes(tf: Any, draw: Callable, *parameters: Any) -> list:
    """The gradients of the sum of some draws."""
    values = [tf.constant(p, "float64") for p in parameters]
    with tf.GradientTape() as tape:
        tape.watch(values)
        x = draw(*values)
    return tape.gradient(x, values)


case(
    "stateless_gamma gradient",
    lambda tf, jit: slopes(tf, lambda a, b: tf.random.stateless_gamma([9, 8], (1, 2), a, b, "float64"), ALPHAS[1:], 2.0),
)
case(
    "bounds gradient",  # those to the mean and the deviation are others in TensorFlow, where the bounds move along
    lambda tf, jit: slopes(
        tf,
        lambda low, high: tf.random.stateless_parameterized_truncated_normal(
            [9, 3], (1, 2), tf.constant(0.5, "float64"), tf.constant(2.0, "float64"), low, high
        ),
        [-1.0, 0.0, 1.0],
        [0.5, 2.0, 7.0],
    ),
)


# -- Generator ------------------------------------------------------------------------------------------------------
def generator_draws(tf: Any, g: Any) -> list:
    return [
        *(draw([2, 3], dtype=d) for draw in (g.normal, g.truncated_normal, g.uniform) for d in FLOATS),
        *(g.uniform([5], -5, 1000, dtype=d) for d in INTS),
        *(g.uniform_full_int([5], dtype=d) for d in ("int32", "int64", "uint32", "uint64")),
        g.uniform([], None, None, dtype="int32"),
        g.normal([], 1.5, 0.5),
        g.uniform([0]),
        g.make_seeds(3),
        g.state.read_value(),
    ]


for seed in (1, 2**70 + 5, -1, [7, 8], [1, 2, 3, 4, 5]):
    case(f"Generator from_seed {seed}", lambda tf, jit, s=seed: generator_draws(tf, tf.random.Generator.from_seed(s)))
case(
    "Generator from_key_counter",
    lambda tf, jit: generator_draws(tf, tf.random.Generator.from_key_counter(2**63 + 5, [2**64 - 2000, 3], "philox")),
)
case("Generator from_state", lambda tf, jit: generator_draws(tf, tf.random.Generator.from_state([1, -2, 3], "auto_select")))


def generator_steps(tf: Any, jit: Callable) -> list:
    g = tf.random.Generator.from_seed(99)
    copy = tf.random.Generator(copy_from=g)
    out = [g.skip(5), g.state.read_value(), g.skip(-1), g.state.read_value(), g.key]
    for part in g.split(2):
        out += [part.state.read_value(), part.normal([2])]
    g.reset_from_seed(3)
    out += [g.uniform([2])]
    g.reset([3, 2, 1])
    out += [g.uniform([2])]
    g.reset_from_key_counter(4, [5, 6])
    out += [g.uniform([2]), copy.state.read_value()]
    tf.random.set_global_generator(tf.random.Generator.from_seed(12))
    return [*out, tf.random.get_global_generator().uniform([2])]


def generator_threefry(tf: Any, jit: Callable) -> list:
    g = tf.random.Generator.from_seed([1234, 5678], alg="threefry")

    def draws() -> tuple:
        return g.uniform([3]), g.normal([2, 3]), g.uniform_full_int([3], "uint32"), g.uniform([3], 0, 9, "int32"), g.make_seeds(2)

    return [*jit(draws), *jit(draws), g.state.read_value()]


case("Generator steps", generator_steps)
case("Generator threefry", generator_threefry)
case(
    "create_rng_state",
    lambda tf, jit: [
        tf.random.create_rng_state(s, a)
        for a in ("philox", "threefry")
        for s in (1, 2**70 + 5, -1, [1], [[1, 2], [3, 4]], [2**63 + 1, 2])
    ],
)


# -- functions with a state -------------------------------------------------------------------------------------------
def each_function(tf: Any, seed: int | None) -> list:
    r = tf.random
    return [
        *(draw([2, 3], dtype=d, seed=seed) for draw in (r.normal, r.truncated_normal, r.uniform) for d in FLOATS),
        *(r.uniform([5], -5, 1000, dtype=d, seed=seed) for d in INTS),
        *(r.gamma([3], [0.5, 2.0], dtype=d, seed=seed) for d in ("float32", "float64")),
        *(r.poisson([3], [0.5, 20.0], dtype=d, seed=seed) for d in ("float32", "int64")),
        *(r.categorical(tf.constant(LOGITS[:2], "float32"), 3, dtype=d, seed=seed) for d in INTS),
        r.shuffle(np.arange(20), seed=seed),
        r.shuffle(np.arange(20).reshape(10, 2), seed=seed),
        r.normal([2], 1.5, 0.5, seed=seed),
        r.uniform([2], -1.0, 3.0, seed=seed),
        r.uniform(np.array([2, 2]), seed=seed),
        r.uniform([2, 2], seed=seed),
    ]


def seeded(tf: Any, global_seed: Any, seeds: tuple) -> list:
    """The functions in turn, so that equal operations meet their streams again; then once more from the start."""
    out = []
    for _ in range(2):
        tf.random.set_seed(global_seed)
        for seed in seeds:
            out += each_function(tf, seed)
    return out


for global_seed in (0, 5, -3, 2**40, 1.5):
    case(f"set_seed {global_seed}", lambda tf, jit, g=global_seed: seeded(tf, g, (None, 1, None, 1, 0, 2**31)))
case("operation seeds alone", lambda tf, jit: seeded(tf, None, (1, 7, 1, -2)))


def results(tf: Any, name: str, jit: Callable) -> list[np.ndarray]:
    """What a case gives; bfloat16 as float32."""
    values = [tf.convert_to_tensor(x) for x in CASES[name](tf, jit)]
    return [np.asarray((tf.cast(x, "float32") if x.dtype == "bfloat16" else x).numpy()) for x in values]


def packed(name: str, values: list[np.ndarray]) -> dict[str, np.ndarray]:
    """The values of a case, those of one dtype end to end, and what they were."""
    dtypes = sorted({x.dtype.name for x in values})
    out = {f"{name}/{d}": np.concatenate([x.reshape(-1) for x in values if x.dtype == d]) for d in dtypes}
    return out | {f"{name}/shapes": np.array(json.dumps([[x.dtype.name, *x.shape] for x in values]))}


def unpacked(recorded: Any, name: str) -> list[np.ndarray]:
    out, places = [], dict.fromkeys(FIELDS, 0)
    for dtype, *shape in json.loads(str(recorded[f"{name}/shapes"])):
        start, size = places[dtype], int(np.prod(shape))
        out.append(recorded[f"{name}/{dtype}"][start : start + size].reshape(shape))
        places[dtype] += size
    return out


def record() -> None:
    import tensorflow as tf

    def jit(function: Callable) -> Any:
        return tf.function(function, jit_compile=True)()

    recorded = {}
    for name in CASES:
        recorded |= packed(name, results(tf, name, jit))
    np.savez_compressed(FILE, **recorded)
    print(f"TensorFlow {tf.__version__}: {len(CASES)} cases, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    record()
