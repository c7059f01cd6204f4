"""What Keras takes from this back end."""

from keras.src.backend.common.name_scope import name_scope

from . import ops, random, rnn
from .ops.core import compute_output_spec, device_scope
from .variable import Variable

__all__ = [
    "IS_THREAD_SAFE", "SUPPORTS_COMPLEX_DTYPES", "SUPPORTS_GRADIENT", "SUPPORTS_RAGGED_TENSORS", "SUPPORTS_SPARSE_TENSORS",
    "Variable", "compute_output_spec", "device_scope", "distribution_lib", "name_scope", "ops", "random", "rnn",
]  # fmt: skip

IS_THREAD_SAFE = True
SUPPORTS_COMPLEX_DTYPES = True
SUPPORTS_GRADIENT = True
SUPPORTS_RAGGED_TENSORS = False
SUPPORTS_SPARSE_TENSORS = False

distribution_lib = None
