"""Values made of several tensors: ragged and sparse ones, and what operations mean on them."""

from . import ragged as ragged
from . import ragged_index as ragged_index
from . import ragged_make as ragged_make
from . import ragged_map as ragged_map
from . import ragged_operations as ragged_operations
from . import sparse as sparse
from . import sparse_operations as sparse_operations
from . import sparse_pairs as sparse_pairs
