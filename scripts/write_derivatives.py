"""Write docs/reference/derivatives.md: for every operation, which derivatives were computed and agreed, in which mode and dtype.

    GRADTAPE_FRESH_CALLS=1 python scripts/write_derivatives.py

For each operation a record of tests/opdb that runs it is differentiated along a random direction, to order 3: reverse over reverse,
forward over forward, forward over reverse, and both pure modes inside vectorized_map. A cell names the orders at which all agree.
Takes minutes; `tests/test_derivatives.py` only checks that no operation and no cell is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import gradtape as tf  # noqa: E402
from gradtape.core.primitive import REGISTRY  # noqa: E402
from gradtape.core.structures import leaves  # noqa: E402
from gradtape.ops.sorting import take_along  # noqa: E402
from tests.opdb import records  # noqa: E402
from tests.opdb._record import Op, S, pos  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "derivatives.md"
DTYPES = ("float64", "float32", "float16", "bfloat16", "complex128", "complex64")
TOLERANCE = {"float64": 1e-6, "float32": 3e-2, "float16": 0.1, "bfloat16": 0.3, "complex128": 1e-6, "complex64": 3e-2}
SMALL = {"float16": tf.float16, "bfloat16": tf.bfloat16}
ORDERS = (1, 2, 3)
DISCRETE = "its result is whole numbers, booleans or text"
REASONS = {  # of operations whose result may be floats
    **dict.fromkeys(
        ["floor", "ceil", "rint", "round", "floordiv", "truncatediv"], "a step function: 0 wherever the derivative exists"
    ),
    "stop_gradient": "it is there to cut the path",
    "range_of_data": "tf.range has no gradient, as in TensorFlow",
    **dict.fromkeys(["filled_like", "filled", "hot"], "its result does not depend on the values that go in"),
    "share_of_extreme": "a part of the rule of reduce_max and reduce_min: constant between jumps",
    **dict.fromkeys(["matches", "among_largest", "max_pool_tap", "dilation_tap"], "which elements win: constant between jumps"),
    **dict.fromkeys(["isotonic_blocks"], "which elements belong together: constant between jumps"),
    "call_python": "what a Python function does with arrays is unknown (tf.custom_gradient gives it a derivative)",
    "print_values": "it has no result",
    "reinterpret": "bits have no derivative",
    **dict.fromkeys([n for n in REGISTRY if n.startswith("check_") or n == "require"], "a check: it has no result"),
}
INTRODUCTION = """# The table of derivatives

Written by `scripts/write_derivatives.py` from runs of the records in `tests/opdb`. A cell names the orders (1, 2, 3) of derivative along a
random direction that were computed and agree with each other: reverse over reverse, forward over forward, forward over reverse;
*batched* means inside `tf.vectorized_map`, reverse and forward. Floats of 16 bits are compared with what float32 gives for the same
numbers, loosely: an order is missing where their rounding leaves too little of it, and a dtype where the operation does not take it. First and second orders are held against differences by the
tests. Operations are the primitives that everything else is made of: `tf.matmul` is `matmul`, `tf.linalg.norm` is several of them.

"""


def main() -> int:
    rows, wrong = [], []
    chosen = choose()
    for name, p in sorted(REGISTRY.items()):
        if not p.differentiable:
            reason = REASONS.get(name) or ("random numbers depend on the state alone" if name.startswith("rng_") else DISCRETE)
            rows.append(f"| `{name}` | | not differentiable: {reason} | | | |")
            continue
        cells = cells_of(chosen[name]) if name in chosen else None
        if cells is None or not all(cells):
            wrong.append((name, cells))
        rows.append(f"| `{name}` | " + " | ".join(cells or [""] * 5) + " |")
        print(rows[-1], flush=True)
    head = "| operation | dtypes | reverse | forward | forward over reverse | batched |\n|---|---|---|---|---|---|\n"
    PAGE.write_text(INTRODUCTION + head + "\n".join(rows) + "\n")
    print(f"{len(rows)} operations; not as it should be: {wrong}")
    return 1 if wrong else 0


def normal(m: Any, s: Any) -> Any:
    return tf.random.stateless_parameterized_truncated_normal([3, 2], [1, 2], m, s, m - s, m + 2.0 * s)


MORE = [
    Op("rng_gamma", lambda a: tf.random.stateless_gamma([3, 2], [1, 2], a, dtype=a.dtype), samples=[S(pos(2))]),
    Op("take_along", lambda x: take_along(x, tf.constant([[2, 0], [1, 2]]), axis=1), samples=[S(pos(2, 3))]),
    Op("rng_bounded_normal", normal, samples=[S(pos(2), pos(2))]),
]


# -- which record shows an operation --------------------------------------------------------------------------
def choose() -> dict[str, Any]:
    """For each operation the record that runs it with the fewest others around it."""
    best: dict[str, tuple[float, Any]] = {}
    for op in [*records(), *MORE]:
        for sample in op.samples if op.grad else ():
            arrays = sample.arrays(op.seed)
            if any([isinstance(a, np.ndarray) and a.size == 0 for a in arrays]):
                continue
            args = [tf.constant(a) if isinstance(a, np.ndarray) else a for a in arrays]
            watched = [a for a in args if isinstance(a, tf.Tensor) and inexact(a)]
            if not watched:
                continue
            with tf.GradientTape() as tape:
                tape.watch(watched)
                op.fn(*args, **sample.params)
            names = [node.name for node in tape.operations]
            with tf.GradientTape(persistent=True) as tape:  # some operations appear in rules alone
                tape.watch(watched)
                ys = [y for y in leaves(op.fn(*args, **sample.params)) if isinstance(y, tf.Tensor) and inexact(y)]
                if ys:
                    tape.gradient(ys, watched, unconnected_gradients="zero")
            names += [node.name for node in tape.operations]
            for name in {
                *names,
                *({op.name, op.name.rpartition(".")[2], *op.covers} & REGISTRY.keys()),
            }:  # a body leaves the names of its parts alone
                size = sum([a.size for a in arrays if isinstance(a, np.ndarray)])
                own = name in (op.name, op.name.rpartition(".")[2])
                cost = len(names) + size / 1e3 + 1e3 * (not own) + 1e4 * (not op.batch) + 1e4 * (op.order < 2)
                if name not in best or cost < best[name][0]:
                    best[name] = cost, (op, sample)
    return {name: found for name, (_, found) in best.items()}


def inexact(x: Any) -> bool:
    return x.dtype.is_floating or x.dtype.is_complex


# -- one row ------------------------------------------------------------------------------------------------------
def cells_of(chosen: Any) -> list[str]:
    op, sample = chosen
    passed: dict[str, dict[str, list[int]]] = {}
    for dtype in DTYPES:
        args = arguments(op, sample, dtype)
        if args is not None and (dtype not in SMALL or takes(op, sample, args)):
            try:
                passed[dtype] = orders_of(op, sample, args, dtype)
            except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
                print(f"{op.name} has no derivative for {dtype}: {error}", flush=True)
    columns = []
    for column in ("reverse", "forward", "forward over reverse", "batched"):
        if column == "batched" and not op.batch:
            columns.append("no: the sizes of its results depend on the values")
            continue
        found = {dtype: " ".join(map(str, by[column])) for dtype, by in passed.items()}
        columns.append(joined(found))
    return [", ".join(passed), *columns]


def joined(found: dict[str, str]) -> str:
    """The orders of each dtype; a dtype of 16 bits in which no order is sure goes without saying."""
    by_text: dict[str, list[str]] = {}
    for dtype, orders in found.items():
        if orders or dtype not in SMALL:
            by_text.setdefault(orders or "none", []).append(dtype)
    if len(by_text) == 1:
        return next(iter(by_text))
    return "; ".join(f"{orders} ({', '.join(dtypes)})" for orders, dtypes in by_text.items())


def takes(op: Any, sample: Any, args: list[Any]) -> bool:
    try:
        op.fn(*args, **sample.params)
    except (TypeError, ValueError, tf.errors.InvalidArgumentError):
        return False
    return True


def arguments(op: Any, sample: Any, dtype: str) -> list[Any] | None:
    """The sample's arguments with this dtype; None where it has none of its kind."""
    arrays = sample.arrays(op.seed)
    kind = "c" if dtype.startswith("complex") else "f"
    if not any([isinstance(a, np.ndarray) and a.dtype.kind == kind for a in arrays]):
        return None
    width = {"float64": ("f8", "c16"), "complex128": ("f8", "c16")}.get(dtype, ("f4", "c8"))
    cast = {"f": SMALL[dtype].as_numpy_dtype if dtype in SMALL else width[0], "c": width[1]}
    return [tf.constant(a.astype(cast.get(a.dtype.kind, a.dtype))) if isinstance(a, np.ndarray) else a for a in arrays]


def orders_of(op: Any, sample: Any, args: list[Any], dtype: str) -> dict[str, list[int]]:
    places = [i for i, a in enumerate(args) if isinstance(a, tf.Tensor) and inexact(a)]
    xs = [args[i] for i in places]
    rng = np.random.default_rng(1)
    vs = [tf.constant(direction(rng, x)) for x in xs]

    def f(*given: Any) -> Any:
        values = list(args)
        for i, x in zip(places, given, strict=True):
            values[i] = x
        ys = [y for y in leaves(op.fn(*values, **sample.params)) if isinstance(y, tf.Tensor) and inexact(y)]
        total = None
        for y in ys:
            part = tf.reduce_sum(tf.math.real(y) * weights(y.shape, tf.math.real(y).dtype)) + (
                tf.reduce_sum(tf.math.imag(y) * weights(y.shape, tf.math.real(y).dtype)) if y.dtype.is_complex else 0.0
            )
            total = part if total is None else total + part
        return total

    out: dict[str, list[int]] = {"reverse": [], "forward": [], "forward over reverse": [], "batched": []}
    for order in ORDERS:
        r = nested(f, [reverse] * order)(xs, vs)
        results = {"reverse": r, "forward": nested(f, [forward] * order)(xs, vs)}
        results["forward over reverse"] = nested(f, [reverse] + [forward] * (order - 1))(xs, vs) if order > 1 else None
        for mode in ("reverse", "forward"):
            rule = nested(f, [reverse if mode == "reverse" else forward] * order)
            twice = [tf.stack([x, x]) for x in xs]
            if op.batch:
                results[f"batched {mode}"] = tf.vectorized_map(lambda given, rule=rule: rule(list(given), vs), tuple(twice))[1]
        reference = float(results["forward"].numpy()) if dtype not in SMALL else wide_reference(f, xs, vs, order)
        scale = max(1.0, abs(reference))
        agree = {
            name: y is None
            or bool(np.isfinite(float(y.numpy())) and abs(float(y.numpy()) - reference) <= TOLERANCE[dtype] * scale)
            for name, y in results.items()
        }
        for mode in ("reverse", "forward"):
            if agree[mode]:
                out[mode].append(order)
        if order > 1 and agree["forward over reverse"]:
            out["forward over reverse"].append(order)
        if op.batch and agree["batched reverse"] and agree["batched forward"]:
            out["batched"].append(order)
    return out


def wide_reference(f: Callable, xs: list[Any], vs: list[Any], order: int) -> float:
    """The derivative of 16-bit numbers in float32."""
    wide = [[tf.cast(x, tf.float32) for x in values] for values in (xs, vs)]
    return float(nested(f, [forward] * order)(*wide).numpy())


def direction(rng: np.random.Generator, x: Any) -> np.ndarray:
    v = rng.normal(size=tuple(x.shape)) * 0.5
    v = v + 0.5j * rng.normal(size=v.shape) if x.dtype.is_complex else v
    return np.asarray(v, x.dtype.numpy_dtype)


def weights(shape: Any, dtype: Any) -> Any:
    size = int(np.prod(tuple(shape), dtype=int))
    return tf.constant(np.cos(np.arange(size, dtype=float)).reshape(tuple(shape)).astype(dtype.numpy_dtype))


# -- derivatives along v ----------------------------------------------------------------------------------------
def nested(f: Callable, modes: list[Callable]) -> Callable:
    """The derivative along v by each mode in turn, the first innermost."""

    def run(xs: list[Any], vs: list[Any]) -> Any:
        g = f
        for mode in modes:
            g = mode(g, vs)
        return g(*xs)

    return run


def forward(f: Callable, vs: list[Any]) -> Callable:
    def derivative(*xs: Any) -> Any:
        with tf.autodiff.ForwardAccumulator(list(xs), vs) as acc:
            y = f(*xs)
        return acc.jvp(y, "zero")

    return derivative


def reverse(f: Callable, vs: list[Any]) -> Callable:
    def derivative(*xs: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(list(xs))
            y = f(*xs)
        grads = tape.gradient(y, list(xs), unconnected_gradients="zero")
        total = None
        for g, v in zip(grads, vs, strict=True):
            g = tf.convert_to_tensor(g)
            part = tf.math.real(tf.reduce_sum(tf.math.conj(g) * v))
            total = part if total is None else total + tf.cast(part, total.dtype)
        return total

    return derivative


if __name__ == "__main__":
    sys.exit(main())
