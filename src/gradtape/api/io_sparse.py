"""tf.io: sparse tensors as strings, and Examples written as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..composites.sparse import SparseTensor, as_sparse, sparse
from ..composites.sparse_operations import row_of
from ..core.dtypes import as_dtype, string
from ..core.errors import invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ..ops.pieces import concatenate
from ..records.protos import messages
from ._each_string import each, of_objects
from .io_values import parse_tensor, serialize_tensor


def serialize_sparse(sp_input: Any, out_type: Any = string, name: str | None = None) -> Tensor:
    """A sparse tensor as three strings: indices, values and dense shape, each a TensorProto message.

    >>> tf.io.serialize_sparse(tf.sparse.from_dense([[1, 0]])).shape
    TensorShape([3])
    """
    strings_only("serialize_sparse", out_type)
    return tensor(of_objects(parts_of(as_sparse(sp_input, "serialize_sparse")), (3,)))


def strings_only(op: str, out_type: Any) -> None:
    if as_dtype(out_type) is not string:
        raise ValueError(f"{op}: out_type must be tf.string, got {as_dtype(out_type).name}")


def parts_of(x: SparseTensor) -> list[bytes]:
    return [serialize_tensor(c).numpy() for c in (x.indices, x.values, x.dense_shape)]


def serialize_many_sparse(sp_input: Any, out_type: Any = string, name: str | None = None) -> Tensor:
    """Each row of a sparse tensor as three strings.

    >>> tf.io.serialize_many_sparse(tf.sparse.from_dense([[1, 0], [2, 3]])).shape
    TensorShape([2, 3])
    """
    strings_only("serialize_many_sparse", out_type)
    x = as_sparse(sp_input, "serialize_many_sparse")
    if x.ndim < 2:
        raise invalid("SerializeManySparse", f"Rank of input SparseTensor should be > 1, but saw rank: {x.ndim}")
    rows = [parts_of(row_of(x, k)) for k in range(x.extents[0])]
    return tensor(of_objects([part for row in rows for part in row], (len(rows), 3)))


def deserialize_many_sparse(serialized_sparse: Any, dtype: Any, rank: Any = None, name: str | None = None) -> SparseTensor:
    """The sparse tensor whose rows `tf.io.serialize_many_sparse` wrote; the extents are the largest among the rows.

    >>> text = tf.io.serialize_many_sparse(tf.sparse.from_dense([[1, 0], [2, 3]]))
    >>> tf.io.deserialize_many_sparse(text, tf.int32).values.numpy()
    array([1, 2, 3], dtype=int32)
    """
    op, array = "DeserializeManySparse", convert_to_tensor(serialized_sparse, string).numpy()
    if array.ndim != 2 or array.shape[1] != 3:
        raise invalid(op, f"Serialized sparse must have 3 columns, got the shape {list(array.shape)}")
    kinds = ("int64", dtype, "int64")
    rows = [[parse_tensor(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in array]
    if not rows:
        raise invalid(op, f"{op}: there are no rows")
    extents = np.max([shape.numpy() for _, _, shape in rows], axis=0)
    if rank is not None and int(rank) != len(extents):
        raise invalid(op, f"{op}: the rows have rank {len(extents)}, not {rank}")
    places = np.concatenate([np.insert(indices.numpy(), 0, k, axis=1) for k, (indices, _, _) in enumerate(rows)])
    return sparse(places, concatenate(*[values for _, values, _ in rows], axis=0), (len(rows), *extents.tolist()))


def decode_json_example(json_examples: Any, name: str | None = None) -> Tensor:
    """Serialized tf.train.Example messages of their JSON.

    Raises:
        InvalidArgumentError: no JSON of an Example.

    >>> text = '{"features": {"feature": {"a": {"int64List": {"value": [1]}}}}}'
    >>> tf.train.Example.FromString(tf.io.decode_json_example(text).numpy()).features.feature["a"].int64_list.value[0]
    1
    """
    return each("DecodeJSONExample", json_examples, from_json)


def from_json(text: bytes) -> bytes:
    from google.protobuf import json_format

    try:
        return json_format.Parse(text, messages()["Example"]()).SerializeToString(deterministic=True)
    except json_format.ParseError as error:
        raise invalid("DecodeJSONExample", f"Error while parsing JSON: {error}") from None


__all__ = ["decode_json_example", "deserialize_many_sparse", "serialize_many_sparse", "serialize_sparse"]
