"""tf.experimental.eval_shape: what a function returns, found without computing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.dtypes import as_dtype
from ..core.shapes import Dim, Spec
from ..core.structures import map_structure
from ..core.tensor import Tensor
from ..core.tensor_spec import TensorSpec
from ..core.variable import Variable
from ..graph.trace import eval_shape as traced_shape


def eval_shape(function: Callable, *specs: Any) -> Any:
    """What `function` returns for tensors of these specs, with a TensorSpec in the place of each tensor.

    A spec is a `TensorSpec`, or a pair (shape, dtype) whose unknown extents may have names: extents of one name are equal. The
    function runs once, on values without numbers, and the rules for shapes follow them: no operation is computed, no variable
    is written, nothing is printed.

    Raises:
        ValueError: where shapes do not fit, or an unknown extent decides what happens.

    >>> tf.experimental.eval_shape(lambda x, w: tf.nn.relu(x @ w), tf.TensorSpec([None, 4]), tf.TensorSpec([4, 8]))
    TensorSpec(shape=(None, 8), dtype=tf.float32, name=None)
    >>> tf.experimental.eval_shape(tf.add, (["batch", 1], tf.float32), (["batch", 3], tf.float32))
    TensorSpec(shape=(None, 3), dtype=tf.float32, name=None)
    """
    found = []

    def described(*symbols: Any) -> tuple[()]:
        found.append(map_structure(spec_of_result, function(*symbols)))
        return ()

    traced_shape(described, *[abstract(k, spec) for k, spec in enumerate(specs)])
    return found[0]


def abstract(position: int, spec: Any) -> Spec:
    shape, dtype = (spec.shape, spec.dtype) if isinstance(spec, TensorSpec) else spec
    return Spec(tuple([extent(f"d{position}_{axis}", d) for axis, d in enumerate(shape)]), as_dtype(dtype).numpy_dtype)


def extent(name: str, d: Any) -> Any:
    """An extent that is known, or an unknown: of its own name where it has none."""
    return Dim(name) if d is None else Dim(d) if isinstance(d, str) else d


def spec_of_result(x: Any) -> Any:
    return TensorSpec(x.shape, x.dtype) if isinstance(x, (Tensor, Variable)) else x
