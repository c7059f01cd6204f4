"""tf.*: shapes, slicing, gathering and scattering, under TensorFlow's names."""

from ..ops.array import (
    concat,
    expand_dims,
    meshgrid,
    pad,
    parallel_stack,
    repeat,
    reverse,
    split,
    squeeze,
    stack,
    transpose,
    unstack,
)
from ..ops.create import (
    broadcast_dynamic_shape,
    broadcast_static_shape,
    ensure_shape,
    fill,
    linspace,
    one_hot,
    ones,
    ones_like,
    rank,
    required_space_to_batch_paddings,
    sequence_mask,
    shape,
    shape_n,
    size,
    zeros,
    zeros_like,
)
from ..ops.create import range_of as range
from ..ops.gathering import gather, gather_nd
from ..ops.indexing import boolean_mask, strided_slice, where
from ..ops.indexing import slice_of as slice
from ..ops.moves import reverse_sequence, roll, tile
from ..ops.places import histogram_fixed_width, histogram_fixed_width_bins, searchsorted, unravel_index
from ..ops.scattering import (
    dynamic_partition,
    dynamic_stitch,
    scatter_nd,
    tensor_scatter_nd_add,
    tensor_scatter_nd_max,
    tensor_scatter_nd_min,
    tensor_scatter_nd_sub,
    tensor_scatter_nd_update,
)

newaxis = None

__all__ = [
    "boolean_mask", "broadcast_dynamic_shape", "broadcast_static_shape", "concat", "dynamic_partition", "dynamic_stitch", "ensure_shape",
    "expand_dims", "fill", "gather", "gather_nd", "histogram_fixed_width", "histogram_fixed_width_bins",
    "linspace", "meshgrid", "newaxis", "one_hot", "ones", "ones_like", "pad", "parallel_stack", "range", "rank", "repeat",
    "required_space_to_batch_paddings", "reverse", "reverse_sequence", "roll", "scatter_nd", "searchsorted", "sequence_mask", "shape", "shape_n",
    "size", "slice", "split", "squeeze", "stack", "strided_slice", "tensor_scatter_nd_add", "tensor_scatter_nd_max", "tensor_scatter_nd_min",
    "tensor_scatter_nd_sub", "tensor_scatter_nd_update", "tile", "transpose", "unravel_index", "unstack", "where", "zeros", "zeros_like",
]  # fmt: skip
