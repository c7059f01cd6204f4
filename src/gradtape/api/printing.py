"""tf.print, and Python functions as operations: tf.py_function, tf.numpy_function."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import DType, as_dtype
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Spec
from ..core.structures import flatten, pack
from ..core.tensor import Tensor, constant, convert_to_tensor, is_tensor, to_tensor
from ..core.tensor_spec import TensorSpec
from ..graph.afterwards import present_trace
from ..graph.python import Tensors, run_python, traced_python
from ..graph.trace import Trace
from ..ops._text import entries_shown
from ..ops.effects import call_python, print_values

MARK = "\0"  # stands in a text for a tensor


class Placeholder:
    """A tensor's place in a structure that pprint lays out."""

    def __repr__(self) -> str:
        return MARK


def print(*inputs: Any, **kwargs: Any) -> None:
    """Write values to a stream, tensors as their entries.

    Args:
        inputs: tensors, structures that hold tensors, and anything else.
        output_stream: sys.stderr (where nothing is said), another text stream, a function of a string such as logging.info, or
            "file://path", to which the text is appended.
        summarize: how many entries stand at each end of an axis, 3 where nothing is said; -1: all.
        sep, end: between the inputs, and after them.

    Raises:
        ValueError: an output_stream or keyword of another kind.
        TypeError: a sep or end that is not a string.

    >>> import sys
    >>> tf.print("x =", tf.range(10), output_stream=sys.stdout)
    x = [0 1 2 ... 7 8 9]
    """
    options = {"output_stream": sys.stderr, "summarize": 3, "sep": " ", "end": os.linesep, "name": None}
    unknown = {k: v for k, v in kwargs.items() if k not in options}
    if unknown:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {unknown}")
    options.update(kwargs)
    for key in ("sep", "end"):
        if not isinstance(options[key], str):
            raise TypeError(f"tf.print: Expected string for argument '{key}' not {options[key]!r}.")
    tensors: list[Tensor] = []
    text = options["sep"].join([input_text(x, tensors) for x in inputs])
    lone = len(inputs) == 1 and is_tensor(inputs[0]) and tensors[0].ndim == 0
    write = writer(options["output_stream"], options["end"])
    print_values(
        *tensors, pieces=tuple(text.split(MARK)), quoted=not lone, summarize=entries_shown(options["summarize"]), write=write
    )


def input_text(x: Any, tensors: list[Tensor]) -> str:
    """The text of one input, marks standing for the tensors that are added to the list."""
    if isinstance(x, str):
        return x.replace(MARK, "")
    flat, treedef = flatten(x)
    found = [is_tensor(leaf) for leaf in flat]
    tensors += [
        to_tensor(leaf.values if isinstance(leaf, IndexedSlices) else leaf)
        for leaf, is_one in zip(flat, found, strict=True)
        if is_one
    ]
    if found == [True] and flat[0] is x:
        return MARK
    shown = pack(treedef, [Placeholder() if is_one else leaf for leaf, is_one in zip(flat, found, strict=True)])
    import pprint  # on first use, since few programs print structures

    return pprint.pformat(shown)


def writer(stream: Any, end: str) -> Callable[[str], Any]:
    """The function that takes the finished text."""
    if isinstance(stream, str) and stream.startswith("file://"):
        return FileWriter(stream.removeprefix("file://"), end)
    if isinstance(stream, io.TextIOBase) or stream is sys.stdout or stream is sys.stderr:
        return StreamWriter(stream, end)
    if callable(stream):
        return stream
    raise ValueError(
        f"tf.print: Unsupported output stream, logging level, or file: {stream!r}. Supported are sys.stdout, sys.stderr, "
        "another text stream, a function of a string such as logging.info, and 'file://<filename>'."
    )


class StreamWriter:
    """Writes to an open text stream."""

    stream: Any
    end: str

    def __init__(self, stream: Any, end: str):
        self.stream, self.end = stream, end

    def __call__(self, text: str) -> None:
        self.stream.write(text + self.end)


class FileWriter:
    """Appends to a file."""

    path: str
    end: str

    def __init__(self, path: str, end: str):
        self.path, self.end = path, end

    def __call__(self, text: str) -> None:
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(text + self.end)


def py_function(func: Any = None, inp: Any = None, Tout: Any = None, name: str | None = None) -> Any:
    """func of tensors, with results of the dtypes Tout: in eager mode simply a call, so it is differentiable to every order.

    Args:
        func: takes tensors; returns what can become tensors of the dtypes Tout.
        inp: its arguments, a list.
        Tout: a dtype (or TensorSpec), or a list of them where func returns several results.

    Raises:
        InvalidArgumentError: another number of results, or a result of another dtype. What func raises passes through.

    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.py_function(lambda v: v * v, [x], tf.float32)
    >>> float(tape.gradient(y, x))
    6.0

    With Tout alone it is a decorator: `@tf.py_function(Tout=tf.float32)`.
    """
    if func is None:
        return decorator(py_function, Tout)
    several = isinstance(Tout, (list, tuple))
    kinds = list(Tout) if several else [Tout]
    wanted = [dtype_of(t) for t in kinds]
    trace, xs = present_trace(), [convert_to_tensor(x) for x in inp]
    outs = list(py_function_node(trace, func, xs, kinds)) if trace is not None else results_of(func, func(*xs), wanted)
    return outs if several else outs[0]


def decorator(operation: Callable[..., Any], Tout: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What makes a function of a Python function: its arguments, by position or name, become `inp`."""

    def decorate(func: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(func)
        def call(*args: Any, **kwargs: Any) -> Any:
            given = signature(func).bind(*args, **kwargs)
            count, names = len(given.args), list(given.kwargs)

            def positional(*xs: Any) -> Any:
                return func(*xs[:count], **dict(zip(names, xs[count:], strict=True)))

            return operation(positional if names else func, [*given.args, *given.kwargs.values()], Tout)

        return call

    return decorate


def py_function_node(trace: Trace, func: Callable[..., Any], xs: list[Any], kinds: list[Any]) -> tuple[Any, ...]:
    """The node of a graph that calls func each time."""
    wanted = [dtype_of(t) for t in kinds]
    function = Tensors(lambda *tensors: results_of(func, func(*tensors), wanted))
    first, specs = traced_python(trace, function, xs, [known_spec(t) for t in kinds], "py_function")
    if first is not function:
        function.first = first
    return run_python(xs, function, specs)


def known_spec(kind: Any) -> Any:
    """A Spec where Tout says the shape, else the dtype."""
    if isinstance(kind, TensorSpec) and kind.shape.is_fully_defined():
        return Spec(tuple(kind.shape), kind.dtype.numpy_dtype)
    return dtype_of(kind)


def results_of(func: Callable[..., Any], result: Any, wanted: list[DType]) -> list[Tensor]:
    found = list(result) if isinstance(result, (list, tuple)) else [] if result is None else [result]
    if len(found) != len(wanted):
        raise invalid(
            "py_function", f"py_function: {func!r} returns {len(found)} values, but expects to see {len(wanted)} values"
        )
    return [as_result(value, dtype) for value, dtype in zip(found, wanted, strict=True)]


def dtype_of(spec: Any) -> DType:
    return spec.dtype if isinstance(spec, TensorSpec) else as_dtype(spec)


def as_result(value: Any, dtype: DType) -> Tensor:
    if not is_tensor(value):
        return constant(value, dtype)
    out = to_tensor(value)
    if out.dtype != dtype:
        raise invalid(
            "py_function",
            f"py_function: the function returned a {out.dtype.name} where Tout says {dtype.name}; "
            f"write tf.cast(result, tf.{dtype.name})",
        )
    return out


@library
def numpy_function(func: Any = None, inp: Any = None, Tout: Any = None, stateful: bool = True, name: str | None = None) -> Any:
    """func of NumPy arrays, as an operation without a gradient; inside vectorized_map it runs once an element.

    Args:
        func: takes arrays; returns an array, or a list of them, whose dtypes are the results'.
        inp: its arguments, a list.
        Tout: the dtypes of the results.

    >>> import numpy as np
    >>> tf.numpy_function(np.sinh, [tf.constant(0.0)], tf.float32).numpy()
    np.float32(0.0)

    With Tout alone it is a decorator: `@tf.numpy_function(Tout=tf.float32)`.
    """
    if func is None:
        return decorator(numpy_function, Tout)
    xs, trace = [convert_to_tensor(x) for x in inp], present_trace()
    if trace is not None:
        return numpy_function_node(trace, func, xs, Tout)
    forms: list[bool] = []

    def noted(*arrays: Any) -> Any:
        out = func(*arrays)
        forms.append(isinstance(out, (list, tuple)))
        return out

    outs = call_python(*xs, function=noted)
    if forms[-1]:
        return list(outs)
    return outs[0] if outs else None


def numpy_function_node(trace: Trace, func: Callable[..., Any], xs: list[Any], Tout: Any) -> Any:
    several = isinstance(Tout, (list, tuple))
    kinds = list(Tout) if several else [Tout]

    def in_a_list(*arrays: Any) -> list[Any]:
        out = func(*arrays)
        return [np.asarray(v) for v in (out if isinstance(out, (list, tuple)) else [] if out is None else [out])]

    function, specs = traced_python(trace, in_a_list, xs, [known_spec(t) for t in kinds], "numpy_function")
    outs = call_python(*xs, function=function, specs=specs)
    return list(outs) if several else outs[0]


__all__ = ["numpy_function", "print", "py_function"]
