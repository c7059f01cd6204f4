"""tf.sparse: tensors of which only the elements that are not zero are held.

TensorFlow's names, re-exported one by one; nothing else stands here.
"""

from ..composites import sparse_operations as _operations
from ..composites.sparse import SparseTensor as SparseTensor
from ..composites.sparse_operations import concat as concat
from ..composites.sparse_operations import expand_dims as expand_dims
from ..composites.sparse_operations import eye as eye
from ..composites.sparse_operations import fill_empty_rows as fill_empty_rows
from ..composites.sparse_operations import from_dense as from_dense
from ..composites.sparse_operations import map_values as map_values
from ..composites.sparse_operations import mask as mask
from ..composites.sparse_operations import reduce_max as reduce_max
from ..composites.sparse_operations import reduce_sum as reduce_sum
from ..composites.sparse_operations import reorder as reorder
from ..composites.sparse_operations import reset_shape as reset_shape
from ..composites.sparse_operations import retain as retain
from ..composites.sparse_operations import softmax as softmax
from ..composites.sparse_operations import split as split
from ..composites.sparse_operations import to_dense as to_dense
from ..composites.sparse_operations import to_indicator as to_indicator
from ..composites.sparse_operations import transpose as transpose
from ..composites.sparse_pairs import add as add
from ..composites.sparse_pairs import maximum as maximum
from ..composites.sparse_pairs import minimum as minimum
from ..composites.sparse_pairs import sampled_addmm as sampled_addmm
from ..composites.sparse_pairs import sparse_dense_matmul as sparse_dense_matmul
from .sparse_counts import bincount as bincount
from .sparse_counts import cross as cross
from .sparse_counts import cross_hashed as cross_hashed
from .sparse_counts import segment_mean as segment_mean
from .sparse_counts import segment_sqrt_n as segment_sqrt_n
from .sparse_counts import segment_sum as segment_sum

reshape, slice = _operations.reshape_sparse, _operations.slice_sparse
