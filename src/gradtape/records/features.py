"""tf.io.parse_*: tensors from serialized tf.train.Example messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.shapes import TensorShape
from ..core.tensor import convert_to_tensor, tensor
from .protos import messages
from .uneven import READERS, STEPS
from .values import feature_of, values_of


class FixedLenFeature(NamedTuple):
    """A feature with the same shape in every example.

    Args:
        shape: of the tensor.
        dtype: tf.float32, tf.int64 or tf.string.
        default_value: for examples that lack it; without one it must be there.

    >>> tf.io.FixedLenFeature([], tf.int64)
    FixedLenFeature(shape=[], dtype=tf.int64, default_value=None)
    """

    shape: Any
    dtype: Any
    default_value: Any = None


class FixedLenSequenceFeature(NamedTuple):
    """A feature with any number of blocks of one shape; shorter ones are padded with `default_value`.

    Args:
        shape: of one block.
        dtype: tf.float32, tf.int64 or tf.string.
        allow_missing: may an example lack it?  (`parse_example` needs it to be True.)
        default_value: what pads; 0 or the empty string.
    """

    shape: Any
    dtype: Any
    allow_missing: bool = False
    default_value: Any = None


def parse_single_example(serialized: Any, features: dict[str, Any], example_names: Any = None, name: str | None = None) -> Any:
    """The features of one serialized tf.train.Example.

    Args:
        serialized: a string tensor of rank 0, or bytes.
        features: name -> FixedLenFeature, FixedLenSequenceFeature, VarLenFeature, SparseFeature or RaggedFeature.

    Returns:
        name -> tensor.

    Raises:
        ValueError: no features, or a string that is no scalar.
        InvalidArgumentError: no Example, a missing feature, one of another dtype or length.

    >>> feature = tf.train.Feature(int64_list=tf.train.Int64List(value=[3, 4]))
    >>> example = tf.train.Example(features=tf.train.Features(feature={"a": feature}))
    >>> tf.io.parse_single_example(example.SerializeToString(), {"a": tf.io.FixedLenFeature([2], tf.int64)})["a"].numpy()
    array([3, 4])
    """
    op = "ParseSingleExample"
    text = strings(serialized)
    if text.ndim:
        raise ValueError(f"Input serialized must be a scalar, got the shape {text.shape}; parse_example takes a vector")
    example = parsed("Example", text.item(), op)
    return {key: single(op, key, kind, example.features.feature) for key, kind in checked(features).items()}


def parse_example(serialized: Any, features: dict[str, Any], example_names: Any = None, name: str | None = None) -> Any:
    """The features of a vector of serialized tf.train.Example messages, stacked.

    Args:
        serialized: a string tensor of rank 1 (or 0: as parse_single_example).
        features: name -> FixedLenFeature, FixedLenSequenceFeature, VarLenFeature, SparseFeature or RaggedFeature.

    Raises:
        ValueError, InvalidArgumentError: as parse_single_example.

    >>> feature = tf.train.Feature(float_list=tf.train.FloatList(value=[0.5]))
    >>> text = tf.train.Example(features=tf.train.Features(feature={"a": feature})).SerializeToString()
    >>> tf.io.parse_example([text, text], {"a": tf.io.FixedLenFeature([1], tf.float32)})["a"].numpy()
    array([[0.5],
           [0.5]], dtype=float32)
    """
    op = "ParseExampleV2"
    text = strings(serialized)
    if text.ndim == 0:
        return parse_single_example(serialized, features)
    if text.ndim != 1:
        raise ValueError(f"Input serialized must be a scalar or vector, got the shape {text.shape}")
    maps = [parsed("Example", one, op).features.feature for one in text]
    return {key: stacked(op, key, kind, maps) for key, kind in checked(features).items()}


def parse_single_sequence_example(
    serialized: Any,
    context_features: dict[str, Any] | None = None,
    sequence_features: dict[str, Any] | None = None,
    example_name: Any = None,
    name: str | None = None,
) -> Any:
    """The context and the sequences of one serialized tf.train.SequenceExample.

    Args:
        serialized: a string tensor of rank 0, or bytes.
        context_features: name -> FixedLenFeature, VarLenFeature or RaggedFeature.
        sequence_features: name -> FixedLenSequenceFeature, VarLenFeature or RaggedFeature.

    Returns:
        (name -> tensor, name -> tensor with one row a step)

    Raises:
        ValueError, InvalidArgumentError: as parse_single_example.

    >>> step = tf.train.Feature(int64_list=tf.train.Int64List(value=[1]))
    >>> lists = tf.train.FeatureLists(feature_list={"s": tf.train.FeatureList(feature=[step, step])})
    >>> text = tf.train.SequenceExample(feature_lists=lists).SerializeToString()
    >>> kinds = {"s": tf.io.FixedLenSequenceFeature([], tf.int64)}
    >>> tf.io.parse_single_sequence_example(text, sequence_features=kinds)[1]["s"].numpy()
    array([1, 1])
    """
    op = "ParseSequenceExample"
    if not context_features and not sequence_features:
        raise ValueError("Missing: `context_features` or `sequence_features` must be given.")
    example = parsed("SequenceExample", strings(serialized).item(), op)
    context = {key: single(op, key, kind, example.context.feature) for key, kind in (context_features or {}).items()}
    lists = example.feature_lists.feature_list
    return context, {key: sequence(op, key, kind, lists) for key, kind in (sequence_features or {}).items()}


def parse_sequence_example(
    serialized: Any,
    context_features: dict[str, Any] | None = None,
    sequence_features: dict[str, Any] | None = None,
    example_names: Any = None,
    name: str | None = None,
) -> Any:
    """The contexts and sequences of a vector of serialized tf.train.SequenceExample messages.

    Sequences are padded to the longest with zeros (or empty strings).

    Args:
        serialized: a string tensor of rank 1.
        context_features: name -> FixedLenFeature, VarLenFeature or RaggedFeature.
        sequence_features: name -> FixedLenSequenceFeature, VarLenFeature or RaggedFeature.

    Returns:
        (name -> tensor, name -> tensor [examples, steps, ...], name -> number of steps of each example)

    Raises:
        ValueError, InvalidArgumentError: as parse_single_example.
    """
    op = "ParseSequenceExampleV2"
    if not context_features and not sequence_features:
        raise ValueError("Missing: `context_features` or `sequence_features` must be given.")
    examples = [parsed("SequenceExample", one, op) for one in strings(serialized).reshape(-1)]
    contexts = [example.context.feature for example in examples]
    context = {key: stacked(op, key, kind, contexts) for key, kind in (context_features or {}).items()}
    sequences, lengths = {}, {}
    for key, kind in (sequence_features or {}).items():
        lists = [example.feature_lists.feature_list for example in examples]
        if type(kind) in STEPS:
            sequences[key] = STEPS[type(kind)](op, key, kind, lists, True)
            continue
        rows = [sequence(op, key, kind, each).value for each in lists]
        sequences[key] = tensor(padded(rows, kind))
        lengths[key] = tensor(np.array([len(row) for row in rows], np.int64))
    return context, sequences, lengths


# -- what they share ----------------------------------------------------------------------------------------------
def strings(serialized: Any) -> np.ndarray:
    text = convert_to_tensor(serialized).value
    if text.dtype != object:
        raise ValueError(f"serialized must be a string tensor, got {text.dtype}")
    return text


def checked(features: Any) -> dict[str, Any]:
    if not features:
        raise ValueError("Missing: `features` argument cannot be empty.")
    return {str(key): kind for key, kind in features.items()}


def parsed(message: str, text: bytes, op: str) -> Any:
    kind = messages()[message]
    try:
        return kind.FromString(text)
    except (ValueError, RuntimeError, kind_of_decode_error()):
        raise invalid(op, f"Could not parse example input, value: {text[:60]!r}") from None


def kind_of_decode_error() -> type[Exception]:
    from google.protobuf.message import DecodeError

    return DecodeError


def single(op: str, key: str, kind: Any, features: Any) -> Any:
    if type(kind) in READERS:
        return READERS[type(kind)](op, key, kind, [features], False)
    return tensor(dense_values(op, key, kind, features))


def dense_values(op: str, key: str, kind: Any, features: Any) -> np.ndarray:
    parse = PARSERS.get(type(kind))
    if parse is None:
        raise ValueError(f"Unsupported {type(kind).__name__} {kind!r:.80} for feature {key!r}.")
    return parse(op, key, kind, features)


def fixed(op: str, key: str, kind: FixedLenFeature, features: Any) -> np.ndarray:
    shape = tuple(TensorShape([kind.shape] if isinstance(kind.shape, int) else kind.shape))
    values = values_of(op, key, kind.dtype, feature_of(features, key))
    if values is None:
        if kind.default_value is None:
            raise invalid(op, f"Feature: {key} (data type: {as_dtype(kind.dtype).name}) is required but could not be found.")
        return filled(kind.default_value, kind.dtype, shape, key)
    if values.size != int(np.prod(shape, dtype=np.int64)):
        raise invalid(
            op,
            f"Key: {key}.  Number of {as_dtype(kind.dtype).name} values != expected.  values size: {values.size} but output "
            f"shape: {list(shape)}",
        )
    return values.reshape(shape)


def filled(value: Any, dtype: Any, shape: tuple[int, ...], key: str) -> np.ndarray:
    default = convert_to_tensor(value, dtype).value
    if default.size == 1:
        return np.full(shape, default.reshape(())[()], default.dtype)
    if default.size != int(np.prod(shape, dtype=np.int64)):
        raise ValueError(f"feature {key!r}: the default value has {default.size} values, the shape {shape} needs others")
    return default.reshape(shape)


def blocks(op: str, key: str, kind: FixedLenSequenceFeature, features: Any) -> np.ndarray:
    """All values of a feature of an Example, in blocks of the shape."""
    shape = tuple(TensorShape(kind.shape))
    values = values_of(op, key, kind.dtype, feature_of(features, key))
    if values is None:
        if not kind.allow_missing:
            raise invalid(op, f"Feature: {key} is required but could not be found; allow_missing=True gives it no values.")
        values = np.empty(0, as_dtype(kind.dtype).numpy_dtype)
    size = int(np.prod(shape, dtype=np.int64))
    if size == 0 or values.size % size:
        raise invalid(op, f"Key: {key}.  Number of values ({values.size}) is not a multiple of the stride ({size}).")
    return values.reshape(-1, *shape)


def sequence(op: str, key: str, kind: Any, lists: Any) -> Any:
    """One row a step of a FeatureList."""
    if type(kind) in STEPS:
        return STEPS[type(kind)](op, key, kind, [lists], False)
    if not isinstance(kind, FixedLenSequenceFeature):
        raise ValueError(f"Unsupported {type(kind).__name__} {kind!r:.80} for the sequence {key!r}.")
    shape = tuple(TensorShape(kind.shape))
    if key not in lists:
        if not kind.allow_missing:
            raise invalid(op, f"Name: <unknown>, Feature list '{key}' is required but could not be found.")
        return tensor(np.empty((0, *shape), as_dtype(kind.dtype).numpy_dtype))
    step = FixedLenFeature(kind.shape, kind.dtype)
    rows = [fixed(op, key, step, {key: feature}) for feature in lists[key].feature]
    return tensor(np.array(rows, as_dtype(kind.dtype).numpy_dtype).reshape(len(rows), *shape))


def stacked(op: str, key: str, kind: Any, maps: Sequence[Any]) -> Any:
    if type(kind) in READERS:
        return READERS[type(kind)](op, key, kind, maps, True)
    rows = [dense_values(op, key, kind, features) for features in maps]
    if isinstance(kind, FixedLenSequenceFeature):
        return tensor(padded(rows, kind))
    dtype = as_dtype(kind.dtype).numpy_dtype
    shape = tuple(TensorShape([kind.shape] if isinstance(kind.shape, int) else kind.shape))
    return tensor(np.array(rows, dtype).reshape(len(rows), *shape))


def padded(rows: list[np.ndarray], kind: FixedLenSequenceFeature) -> np.ndarray:
    dtype = as_dtype(kind.dtype).numpy_dtype
    default: Any = kind.default_value
    if default is None:
        default = b"" if dtype.kind == "O" else 0
    longest = max([len(row) for row in rows], default=0)
    out = np.full((len(rows), longest, *TensorShape(kind.shape)), convert_to_tensor(default, kind.dtype).value[()], dtype)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out


PARSERS: dict[type, Callable[..., np.ndarray]] = {
    FixedLenFeature: fixed,
    FixedLenSequenceFeature: blocks,
}
