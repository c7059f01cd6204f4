"""tf.math.* and tf.*: what reduces, scans, sorts and counts, under TensorFlow's names."""

from ..ops.basic import reduce_sum
from ..ops.counting import bincount, confusion_matrix
from ..ops.reduce import (
    argmax,
    argmin,
    count_nonzero,
    reduce_all,
    reduce_any,
    reduce_euclidean_norm,
    reduce_logsumexp,
    reduce_max,
    reduce_mean,
    reduce_min,
    reduce_prod,
    reduce_std,
    reduce_variance,
    zero_fraction,
)
from ..ops.scan import cumprod, cumsum, cumulative_logsumexp
from ..ops.segment import (
    segment_max,
    segment_mean,
    segment_min,
    segment_prod,
    segment_sum,
    unsorted_segment_max,
    unsorted_segment_mean,
    unsorted_segment_min,
    unsorted_segment_prod,
    unsorted_segment_sqrt_n,
    unsorted_segment_sum,
)
from ..ops.sorting import (
    approx_max_k,
    approx_min_k,
    argsort,
    in_top_k,
    is_non_decreasing,
    is_strictly_increasing,
    sort,
    top_k,
    unique,
    unique_with_counts,
)

__all__ = [
    "approx_max_k", "approx_min_k", "argmax", "argmin", "argsort", "bincount", "confusion_matrix", "count_nonzero", "cumprod", "cumsum",
    "cumulative_logsumexp", "in_top_k", "is_non_decreasing", "is_strictly_increasing", "reduce_all", "reduce_any", "reduce_euclidean_norm",
    "reduce_logsumexp", "reduce_max", "reduce_mean", "reduce_min", "reduce_prod", "reduce_std", "reduce_sum", "reduce_variance",
    "segment_max", "segment_mean", "segment_min", "segment_prod", "segment_sum", "sort", "top_k", "unique", "unique_with_counts",
    "unsorted_segment_max", "unsorted_segment_mean", "unsorted_segment_min", "unsorted_segment_prod", "unsorted_segment_sqrt_n",
    "unsorted_segment_sum", "zero_fraction",
]  # fmt: skip
