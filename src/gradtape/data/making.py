"""What the sources of datasets are made from: tensors, generators, ranges, nested datasets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ..core.arrays import array_of
from ..core.dtypes import as_dtype
from ..core.errors import MismatchError
from ..core.shapes import TensorShape
from ..core.tensor_spec import TensorSpec
from .node import INFINITE, Made, Node, Range, Single, Slices, Zip, row_count
from .shuffling import Epochs, draws
from .structure import COMPONENT, Composite, Row, Structure, as_component, is_composite, spec_of, substituted, take_apart

ENDLESS = 2**62
Signature = tuple[tuple[Any, ...], Structure]


def slices(tensors: Any) -> Slices:
    row, structure = take_apart(tensors, as_component)
    if not row:
        raise ValueError("Invalid `tensors`. `tensors` should not be empty.")
    for x in row:
        if x.ndim == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1: from_tensor_slices got a scalar.")
    lengths = [row_count(x) for x in row]
    if len(set(lengths)) > 1:
        other = next(n for n in lengths if n != lengths[0])
        raise ValueError(f"Dimensions {lengths[0]} and {other} are not compatible: the tensors have different first dimensions.")
    return Slices(row, structure)


def single(tensors: Any) -> Single:
    row, structure = take_apart(tensors, as_component)
    if not row and structure.kind is type(None):
        raise ValueError("Invalid `tensors`. `tensors` should not be None.")
    return Single(row, structure, tuple([spec_of(x) for x in row]))


def numbers(args: tuple[Any, ...], output_type: Any) -> Range:
    bounds = [int(as_component(x)) for x in args]
    dtype = as_dtype(output_type)
    if not (dtype.is_integer or dtype.is_floating):
        raise TypeError(f"Dataset.range: output_type must be a number, got {dtype!r}")
    if len(bounds) == 3 and bounds[2] == 0:
        raise ValueError("Dataset.range: step must not be 0")
    return Range(range(*bounds), dtype.numpy_dtype)


class Counting(Range):
    """counter: a range without an end."""

    def __init__(self, start: int, step: int, dtype: Any):
        super().__init__(range(start, start + (step or 1) * ENDLESS, step or 1), as_dtype(dtype).numpy_dtype)

    @property
    def cardinality(self) -> int:
        return INFINITE


def random_numbers(epochs: Epochs) -> Made:
    """Endless 32-bit numbers."""

    def rows() -> Iterator[Row]:
        return ((np.array(word, np.int64),) for word in draws(epochs.next()))

    return Made(rows, COMPONENT, (TensorSpec([], "int64"),), INFINITE)


def zipped(datasets: Any, node_of: Callable[[Any], Node]) -> Zip:
    row, structure = take_apart(datasets, lambda d: d)
    if not row or not all([isinstance(d, Composite) for d in row]):
        wrong = next((d for d in row if not isinstance(d, Composite)), datasets)
        raise TypeError(
            f"Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` objects. "
            f"Encountered object of type {type(wrong)}."
        )
    nodes = [node_of(d) for d in row]
    return Zip(nodes, substituted(structure, [node.structure for node in nodes]))


# -- generators ------------------------------------------------------------------------------------------------------
def signature_of(types: Any, shapes: Any, signature: Any) -> Signature:
    """What from_generator's elements will be: (specs, structure)."""
    if signature is not None:
        if types is not None or shapes is not None:
            raise TypeError("The `output_types` and `output_shapes` arguments cannot be used with `output_signature`.")
        return checked_signature(*take_apart(signature, lambda spec: spec))
    if types is None:
        raise TypeError("Either the `output_signature` argument or the `output_types` argument must be given.")
    dtypes, structure = take_apart(types, as_dtype)
    if shapes is None:
        return tuple([TensorSpec(None, d) for d in dtypes]), structure
    dims = [TensorShape(s) for s in along(structure, shapes)]
    return tuple([TensorSpec(s, d) for s, d in zip(dims, dtypes, strict=True)]), structure


def checked_signature(specs: tuple[Any, ...], structure: Structure) -> Signature:
    for spec in specs:
        if not isinstance(spec, TensorSpec) and not is_composite(spec):
            raise TypeError(f"`output_signature` must contain objects that are subclass of `tf.TypeSpec` but found {type(spec)}.")
    return specs, structure


def along(structure: Structure, value: Any) -> list[Any]:
    """What of a nested value stands where the structure has its components, in the order of a row; lists are no structure there."""
    kind, keys, children = structure
    if kind is None:
        return [value]
    if kind is type(None):
        return []
    if isinstance(value, dict) and keys:
        by_key = dict(zip(keys, children, strict=True))
        if value.keys() != by_key.keys():
            raise TypeError(f"expected the keys {list(keys)}, got {list(value)}")
        return [x for key in sorted(by_key) for x in along(by_key[key], value[key])]
    if not isinstance(value, (tuple, list)) or len(value) != len(children):
        raise TypeError(f"expected {len(children)} parts, got {value!r:.100}")
    return [x for part, child in zip(value, children, strict=True) for x in along(child, part)]


def generated(generator: Callable, args: Any, signature: Signature) -> Made:
    specs, structure = signature
    if not callable(generator):
        raise TypeError("`generator` must be a Python callable.")
    given = [as_component(a) for a in args or ()]
    plain = [(spec if not isinstance(spec, TensorSpec) else spec.dtype.numpy_dtype, spec.shape) for spec in specs]

    def rows() -> Iterator[Row]:
        values = iter(generator(*[x[()] if x.ndim == 0 else np.array(x) for x in given]))
        return map(partial(generated_row, structure, plain), values)

    return Made(rows, structure, specs)


def generated_row(structure: Structure, plain: list[Any], value: Any) -> Row:
    try:
        parts = along(structure, value)
    except TypeError as error:
        raise MismatchError(
            None,
            None,
            f"`generator` yielded an element that did not match the expected structure. The expected structure was {structure}, "
            f"but the yielded element was {value!r:.200}: {error}.",
        ) from None
    return tuple([generated_component(part, *want) for part, want in zip(parts, plain, strict=True)])


def generated_component(part: Any, dtype: Any, shape: TensorShape) -> Any:
    if not isinstance(dtype, np.dtype):
        if dtype.is_compatible_with(part):
            return part
        raise MismatchError(None, None, f"`generator` yielded {part!r:.100} where {dtype} was expected.")
    try:
        array = array_of(as_component(part) if type(part) is not np.ndarray else part, dtype)
    except (TypeError, ValueError):
        raise MismatchError(
            None,
            None,
            f"`generator` yielded an element that could not be converted to the expected type. The expected type was {dtype}, "
            f"but the yielded element was {part!r:.100}.",
        ) from None
    if shape.rank is None or array.shape == tuple(shape):
        return array
    if array.ndim != shape.rank or any([d is not None and d != n for d, n in zip(shape, array.shape, strict=True)]):
        raise MismatchError(
            None, None, f"`generator` yielded an element of shape {array.shape} where an element of shape {shape} was expected."
        )
    return array
