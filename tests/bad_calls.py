"""Generated bad calls at the public API: `python -m tests.bad_calls COUNT SEED` prints a line for each undocumented exception.

A call is a public function with arguments that suit it (a sample of the operation's record, or what its parameters' names ask for),
one or two of which are then replaced by something wrong. The same seed gives the same calls.
"""

from __future__ import annotations

import inspect
import random
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import numpy as np

import gradtape as tf

from .opdb import records
from .parity.names import names

ALLOWED = (tf.errors.OpError, TypeError, ValueError, IndexError)  # and RuntimeError from tapes
SECONDS, BYTES = 5, 4 << 30  # a call that takes longer hangs; an array that needs more does not fit
LEFT_OUT = {
    "print", "py_function", "numpy_function", "set_seed", "init_scope", "enable_check_numerics", "disable_check_numerics", "enable_traceback_filtering",
    "disable_traceback_filtering", "set_log_device_placement", "register_tensor_conversion_function", "set_global_generator", "no_gradient", "gradients",
    "hessians", "device", "timestamp", "Assert", "main", "install", "uninstall", "run_functions_eagerly", "experimental_enable_numpy_behavior", "TestCase", "TFRecordWriter", "save", "CheckpointManager", "checkpoints_iterator",
}  # fmt: skip


# -- arguments ------------------------------------------------------------------------------------------------
DTYPES = ("float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool", "complex64", "string")
SHAPES = ((), (1,), (3,), (2, 3), (3, 3), (2, 3, 3), (2, 4, 4, 3), (0,), (2, 0), (1, 1, 1, 1), (2, 2, 2, 2, 2))


def tensor(r: random.Random, dtype: str | None = None, shape: tuple | None = None) -> Any:
    shape = r.choice(SHAPES) if shape is None else shape
    values = np.random.default_rng(r.randrange(1 << 30)).normal(size=shape) * 2
    kind = dtype or r.choice(DTYPES)
    return tf.constant(values.astype(str), "string") if kind == "string" else tf.cast(tf.constant(values), kind)


def wrong(r: random.Random) -> Any:
    makers: list[Callable[[], Any]] = [
        lambda: tensor(r), lambda: tensor(r), lambda: tensor(r).numpy(), lambda: tf.Variable(tensor(r)),
        lambda: r.choice([None, True, False, 0, 1, -1, 2, 7, -9, 2**31, 2**40, 2**63, 2**70, -(2**63), 1.5, -0.5, 0.0, 1e308, float("nan"), float("inf")]),
        lambda: r.choice(["", "SAME", "VALID", "NHWC", "bogus", "float32", "same", "\u00e4\n", b"x"]),
        lambda: r.choice([[], [1], [1, -1], [0, 2**40], [1.5], ["a"], [None], [[1], [2, 3]], [[1, 2], [3, 4]], (), (3, 3), (-1,), [True], [-1, -1], [0, 0, 0]]),
        lambda: r.choice([{}, {"a": 1}, {1, 2}, object(), object, len, lambda *a: a, range(3), slice(1), ..., 1j]),
        lambda: r.choice([np.nan, np.float64(2), np.int64(-1), np.array(["a"]), np.array([None]), np.zeros((0, 3)), np.array(1 + 2j), np.longdouble(1), np.array([np.nan])]),
        lambda: r.choice([tf.float32, tf.int32, tf.string, tf.bool, tf.bfloat16, np.float32, int, "int33", tf.TensorShape([None]), tf.TensorShape(None), tf.TensorSpec([1])]),
        lambda: tf.constant(r.choice([np.nan, np.inf, -np.inf, 0.0])), lambda: tf.constant(r.choice([-1, 0, 5, 2**31 - 1, -(2**31)])),
        lambda: tf.IndexedSlices(tensor(r, "float32", (2, 3)), tf.constant([0, 1]), tf.constant([3, 3])), lambda: [tensor(r), tensor(r)], lambda: [tensor(r), 1.0, None],
    ]  # fmt: skip
    return r.choice(makers)()


def near(x: Any, r: random.Random) -> Any:
    """Nearly what was given: another dtype, shape or value."""
    if isinstance(x, (tf.Tensor, tf.Variable)):
        array = np.array(x)
        return r.choice((other_dtype, other_rank, other_extent, other_values))(array, r)
    if isinstance(x, bool) or x is None:
        return wrong(r)
    if isinstance(x, int):
        return r.choice((x + 1, -x - 1, x + 100, float(x), str(x), [x], None, tf.constant(x % 1000), 2**40))
    if isinstance(x, float):
        return r.choice((-x, float("nan"), float("inf"), str(x), [x, x], None, 1e300))
    if isinstance(x, (list, tuple)) and x:
        changed = list(x)
        changed[r.randrange(len(x))] = near(r.choice(x), r)
        return r.choice((x[:-1], [*x, x[-1]], changed, [x], None))
    return r.choice((x.upper(), x[:-1], x + "x")) if isinstance(x, str) else wrong(r)


def other_dtype(array: np.ndarray, r: random.Random) -> Any:
    dtype = r.choice(DTYPES)
    if dtype == "string" or array.dtype == object:
        return tf.constant(array.astype(object).astype(str))
    return tf.cast(tf.constant(array), dtype)


def other_rank(array: np.ndarray, r: random.Random) -> Any:
    return tf.constant(
        r.choice(
            (
                array[None],
                array[..., None],
                array.reshape(-1),
                array.reshape(-1)[:1].sum() if array.dtype.kind in "fiu" else array.reshape(-1),
            )
        )
    )


def other_extent(array: np.ndarray, r: random.Random) -> Any:
    axis = r.randrange(max(array.ndim, 1))
    return tf.constant(
        r.choice((np.concatenate([array, array], axis), array.take([0] if array.shape[axis] else [], axis), array.take([], axis)))
        if array.ndim
        else array[None]
    )


def other_values(array: np.ndarray, r: random.Random) -> Any:
    if array.dtype.kind == "f":
        chosen = np.random.default_rng(r.randrange(1 << 30)).random(array.shape) < 0.5
        return tf.constant(np.where(chosen, array.dtype.type(r.choice((np.nan, np.inf, -np.inf, 0.0, 1e4))), array))
    if array.dtype.kind in "iu":
        return tf.constant((array.astype(np.int64) * r.choice((-1, 0, 1000)) + r.choice((0, 5))).astype(array.dtype))
    return tf.constant(array)


def suiting(name: str, r: random.Random) -> Any:
    """What the parameter's name asks for, most of the time."""
    low = name.lower()
    for part, make in SUITING.items():
        if part in low:
            return make(r)
    shape = r.choice(((3,), (3, 3), (3, 3), (2, 3, 3), (2, 4, 4, 3)))
    return tensor(r, r.choice(("float32", "float32", "float64", "int32")), shape)


SUITING: dict[str, Callable[[random.Random], Any]] = {
    "dtype": lambda r: r.choice(("float32", tf.float64, tf.int32, tf.complex64)), "out_type": lambda r: r.choice((tf.int32, tf.int64)),
    "name": lambda r: None, "axis": lambda r: r.choice((0, -1, None, 1, [0])), "axes": lambda r: r.choice((1, [0, 1], 2)), "keepdims": lambda r: r.random() < 0.5,
    "shape": lambda r: r.choice(([2, 3], [3], [], [2, 4, 4, 3], (9,))), "size": lambda r: r.choice((2, 3, [2, 2], [1, 2, 2, 1])), "strides": lambda r: r.choice((1, 2, [1, 1, 1, 1], [1, 2, 2, 1])),
    "padding": lambda r: r.choice(("SAME", "VALID", [[0, 0], [1, 1]], [[0, 0], [1, 1], [1, 1], [0, 0]])), "data_format": lambda r: r.choice((None, "NHWC", "NCHW", "NWC")),
    "dilations": lambda r: r.choice((None, 1, 2, [1, 1, 1, 1])), "filters": lambda r: tensor(r, "float32", (2, 2, 3, 4)), "ksize": lambda r: r.choice((2, [1, 2, 2, 1])),
    "indices": lambda r: tf.constant(r.choice(([0], [0, 1], [[0, 1]], 1)), r.choice(("int32", "int64"))), "segment_ids": lambda r: tf.constant(r.choice(([0, 0, 1], [0, 1]))),
    "num": lambda r: r.choice((1, 2, 3)), "depth": lambda r: r.choice((2, 3)), "seed": lambda r: r.choice((None, 7, [1, 2])), "rate": lambda r: r.choice((0.5, 0.0)), "fn": lambda r: lambda *a: a[0],
    "func": lambda r: lambda *a: a[0], "condition": lambda r: tensor(r, "bool", (3,)), "mask": lambda r: tensor(r, "bool", (3,)), "equation": lambda r: r.choice(("ij,jk->ik", "ii->i", "ij->ji")),
    "labels": lambda r: r.choice((tensor(r, "float32", (3, 3)), tf.constant([0, 1, 2]))), "logits": lambda r: tensor(r, "float32", (3, 3)), "k": lambda r: r.choice((1, 2)), "perm": lambda r: r.choice(([1, 0], None)),
    "values": lambda r: [tensor(r, "float32", (3, 3)), tensor(r, "float32", (3, 3))], "tensors": lambda r: [tensor(r, "float32", (3,)), tensor(r, "float32", (3,))], "message": lambda r: None,
    "structure": lambda r: {"a": [1, 2]}, "multiples": lambda r: [2, 1], "minval": lambda r: 0, "maxval": lambda r: 5, "begin": lambda r: [0, 0], "num_or": lambda r: 3,
}  # fmt: skip


# -- calls ----------------------------------------------------------------------------------------------------
def functions() -> dict[str, Callable]:
    """TensorFlow's public functions and classes that are here."""
    found = {
        name.path: name.value for name in names() if name.present and callable(name.value) and name.path.split(".")[1] != "keras"
    }
    methods = {path for path in found if path.rpartition(".")[0] in found}
    return {
        path: value for path, value in found.items() if path not in methods and path.split(".")[-1] not in LEFT_OUT and fit(value)
    }


def fit(value: Any) -> bool:
    return not isinstance(value, type) or not issubclass(value, (Exception, Enum, tf.Tensor, tf.Module))


def parameters_of(function: Callable) -> list[inspect.Parameter]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return list(parameters)


def arguments(function: Callable, r: random.Random) -> tuple[list, dict]:
    """Positional and keyword arguments; one or two of them wrong."""
    positional, keywords = [], {}
    for p in parameters_of(function):
        if p.kind is p.VAR_POSITIONAL:
            positional += [suiting(p.name, r) for _ in range(r.choice((0, 1, 2)))]
        elif p.kind is p.KEYWORD_ONLY or (p.default is not p.empty and r.random() < 0.5):
            if r.random() < 0.4:
                keywords[p.name] = suiting(p.name, r)
        elif p.kind is p.POSITIONAL_OR_KEYWORD and not keywords:
            positional.append(suiting(p.name, r))
    return spoiled(positional, keywords, r)


def spoiled(positional: list, keywords: dict, r: random.Random) -> tuple[list, dict]:
    """One or two arguments replaced."""
    positional, keywords = list(positional), dict(keywords)
    for _ in range(r.choice((1, 1, 1, 2))):
        place = r.randrange(len(positional) + len(keywords) + 1)
        if place < len(positional):
            positional[place] = r.choice((wrong, lambda r, x=positional[place]: near(x, r)))(r)
        elif keywords and place < len(positional) + len(keywords):
            key = list(keywords)[place - len(positional)]
            keywords[key] = r.choice((wrong, lambda r, x=keywords[key]: near(x, r)))(r)
    if r.random() < 0.03:
        positional = positional[:-1]
    return positional, keywords


def sampled(r: random.Random) -> tuple[str, Callable, list, dict]:
    """A call that works."""
    op = r.choice(RECORDS)
    sample = r.choice(op.samples)
    args = [tf.constant(a) if isinstance(a, np.ndarray) else a for a in sample.arrays(op.seed)]
    return op.name, op.fn, args, sample.params


RECORDS = [op for op in records() if op.samples]


TENSOR_METHODS = [
    f"__{n}__"
    for n in [
        "add",
        "radd",
        "sub",
        "mul",
        "truediv",
        "floordiv",
        "mod",
        "pow",
        "rpow",
        "matmul",
        "lt",
        "ge",
        "eq",
        "and",
        "or",
        "invert",
        "getitem",
    ]
]
VARIABLE_METHODS = ["assign", "assign_add", "assign_sub", "scatter_add", "scatter_sub", "scatter_mul", "scatter_div", "scatter_max", "scatter_min", "scatter_update",
                    "scatter_nd_add", "scatter_nd_update", "batch_scatter_update", "sparse_read", "gather_nd", "count_up_to", "set_shape"]  # fmt: skip
TAPE_METHODS = ["gradient", "jacobian", "batch_jacobian", "watch"]


def calls(count: int, seed: int) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(what it looks like, the call)."""
    table = functions()
    paths = list(table)
    public = {path.rpartition(".")[2]: {p.name for p in parameters_of(f)} for path, f in table.items()}
    r = random.Random(seed)
    for _ in range(count):
        kind = r.random()
        if kind < 0.45:
            name, function, args, kwargs = sampled(r)
            args, chosen = spoiled(args, {k: v for k, v in kwargs.items() if k in public.get(name, ())}, r)
            kwargs = {**kwargs, **chosen}
            yield shown(f"record of {name}", args, kwargs), closing(function, args, kwargs, r.random() < 0.4)
        elif kind < 0.8:
            name = r.choice(paths)
            args, kwargs = arguments(table[name], r)
            taped = r.random() < 0.3
            yield shown(name, args, kwargs), closing(table[name], args, kwargs, taped)
        elif kind < 0.88:
            name, x, args = r.choice(TENSOR_METHODS), r.choice((tensor, lambda r: tf.Variable(tensor(r))))(r), [wrong(r)]
            args = [] if name == "__invert__" else args
            yield shown(f"{x!r:.60}.{name}", args, {}), closing(getattr(x, name), args, {}, r.random() < 0.3)
        elif kind < 0.94:
            name, x = r.choice(VARIABLE_METHODS), tf.Variable(tensor(r, None, r.choice(((), (3,), (2, 3)))))
            args = [wrong(r) for _ in range(2 if "nd_" in name else 1)]
            if name.startswith(("scatter", "batch")) and "nd" not in name and r.random() < 0.8:
                args = [
                    tf.IndexedSlices(
                        tensor(r), tf.constant(r.choice(([0], [0, 1], [5], [-1], [[0]])), r.choice(("int32", "int64")))
                    )
                ]
            yield shown(f"{x!r:.60}.{name}", args, {}), closing(getattr(x, name), args, {}, r.random() < 0.3)
        else:
            yield tape_call(r)


def tape_call(r: random.Random) -> tuple[str, Callable[[], Any]]:
    name, args = r.choice(TAPE_METHODS), [wrong(r) for _ in range(r.choice((1, 2, 2, 3)))]
    given = r.random()

    def call() -> None:
        x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
        with tf.GradientTape(persistent=r.random() < 0.5) as tape:
            tape.watch(x)
            y = x * x
        values = (
            [y, x, *args][: len(args)]
            if given < 0.3
            else [y, *args[1:]]
            if given < 0.6
            else [args[0], x, *args[2:]]
            if given < 0.8
            else args
        )
        getattr(tape, name)(*values)

    return shown(f"tape.{name}", args, {}), call


def closing(function: Callable, args: list, kwargs: dict, taped: bool) -> Callable[[], Any]:
    def call() -> None:
        if not taped:
            function(*args, **kwargs)
            return
        with tf.GradientTape() as tape:
            tape.watch([a for a in args if isinstance(a, tf.Tensor)])
            out = function(*args, **kwargs)
        if isinstance(out, tf.Tensor):
            tape.gradient(out, [a for a in args if isinstance(a, (tf.Tensor, tf.Variable))])

    return call


def shown(name: str, args: list, kwargs: dict) -> str:
    parts = [*(brief(a) for a in args), *(f"{k}={brief(v)}" for k, v in kwargs.items())]
    return f"{name}({', '.join(parts)})"


def brief(x: Any) -> str:
    if isinstance(x, (tf.Tensor, tf.Variable)):
        return (
            f"{type(x).__name__}({x.dtype.name}{list(x.shape)})"
            if x.ndim or x.dtype == tf.string
            else f"tf.constant({x.numpy()}, {x.dtype.name})"
        )
    if isinstance(x, np.ndarray):
        return f"array({x.dtype}{list(x.shape)})"
    return f"[{', '.join(map(brief, x))}]" if isinstance(x, list) else f"{x!r:.60}"


# -- running ----------------------------------------------------------------------------------------------------
class Hangs(BaseException):
    pass


def stop(*_: Any) -> None:
    raise Hangs


def outcome(name: str, call: Callable[[], Any]) -> str | None:
    """What is wrong with how the call ended, or None."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        call()
    except ALLOWED as error:
        said = str(error)
        return None if len(said) > 5 else f"says nothing: {type(error).__name__}"
    except RuntimeError as error:
        return (
            None if name.startswith("tape.") and not isinstance(error, (NotImplementedError, RecursionError)) else describe(error)
        )
    except (Hangs, Exception) as error:  # noqa: BLE001  # which it is, is what the test asks
        found = describe(error)
        return None if "/opdb/" in found else found  # a record's own function took its argument for a tensor
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def describe(error: BaseException) -> str:
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rpartition('gradtape/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:100]!r} at {frames[-1]}"


def main() -> int:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGALRM, stop)
    warnings.simplefilter("error")  # NumPy's warnings stay inside
    for said in (tf.UnconnectedWarning, tf.NonFiniteWarning):  # explanations are no faults
        warnings.simplefilter("ignore", said)
    faults = 0
    for name, call in calls(count, seed):
        print(f"... {name}", file=sys.stderr, flush=True)  # the last line names the call that crashed
        found = outcome(name, call)
        if found:
            faults += 1
            print(f"{name}\n    {found}", flush=True)
    print(f"{faults} faults in {count} calls")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
