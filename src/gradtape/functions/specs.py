"""input_signature: calls are brought into the form of the specs, or refused."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.indexed_slices import IndexedSlices
from ..core.structures import flatten, pack
from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from ..core.tensor_spec import TensorSpec
from ..core.variable import Variable


def flat_specs(signature: Sequence[Any]) -> list[TensorSpec]:
    return [spec for spec in flatten(tuple(signature))[0] if isinstance(spec, TensorSpec)]


def checked_signature(signature: Any) -> tuple[Any, ...] | None:
    if signature is None:
        return None
    if not isinstance(signature, (list, tuple)):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(signature)}.")
    wrong = [x for x in flatten(tuple(signature))[0] if not isinstance(x, TensorSpec)]
    if wrong:
        raise TypeError(f"input_signature must be a possibly nested sequence of TensorSpec objects, got {wrong[0]!r}.")
    return tuple(signature)


def fitted(bound: Any, specs: Sequence[Any], signature: inspect.Signature | None, name: str) -> Any:
    """The values of a call as tensors of the specs' dtypes; what stands behind the specs must be the parameters' defaults."""
    args, kwargs = bound
    if len(args) < len(specs):
        raise TypeError(
            f"Binding inputs to tf.function failed: {name} has an input_signature of {len(specs)} values, got {len(args)}."
        )
    taken = [fitted_value(x, spec, name) for x, spec in zip(args, specs, strict=False)]
    return (*taken, *args[len(specs) :]), kwargs


def fitted_value(value: Any, spec: Any, name: str) -> Any:
    leaves, structure = flatten(spec)
    if isinstance(spec, TensorSpec):
        return fitted_tensor(value, spec, name)
    given, found = flatten(value)
    if found != structure:
        raise TypeError(f"Binding inputs to tf.function failed: {name} takes the structure {spec}, got {value!r:.200}.")
    return pack(structure, [fitted_tensor(x, s, name) for x, s in zip(given, leaves, strict=True)])


def fitted_tensor(value: Any, spec: TensorSpec, name: str) -> Any:
    try:
        out = convert_to_tensor(value, None if is_tensor(value) else spec.dtype)
    except (TypeError, ValueError) as error:
        raise TypeError(f"Binding inputs to tf.function failed: {name} takes {spec}: {error}") from None
    if not spec.is_compatible_with(out):
        raise TypeError(
            f"Binding inputs to tf.function failed due to `Can not cast TensorSpec(shape={tuple(out.shape)}, dtype={out.dtype!r}, "
            f"name=None) to {spec}`, the input_signature of {name}."
        )
    return out


def placeholder(x: Any) -> Any:
    """A tensor that stands for a spec: 2 in place of each unknown extent, and of unknown rank 0."""
    if not isinstance(x, TensorSpec):
        return x
    dims = [] if x.shape.rank is None else [Unknown.next() if n is None else n for n in x.shape]
    return tensor(np.broadcast_to(np.zeros((), x.dtype.numpy_dtype), dims))


class Unknown:
    """Extents for stand-ins: far from those that programs use, all alike."""

    @staticmethod
    def next() -> int:
        return 2


def spec_text(x: Any) -> str:
    """How a value stands in the text of a signature."""
    if isinstance(x, (Tensor, Variable, np.ndarray, np.generic, IndexedSlices)):
        return f"TensorSpec(shape={tuple(x.shape)}, dtype={convert_to_tensor(x).dtype!r}, name=None)"
    return f"Literal[{x!r}]"
