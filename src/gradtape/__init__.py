"""gradtape: tf.GradientTape's world without TensorFlow."""

from . import ops as _ops
from .api import autodiff as autodiff
from .api import linalg as linalg
from .api import math as math
from .api import test as test
from .autodiff.checkpoint import recompute_grad as recompute_grad
from .autodiff.custom import custom_gradient as custom_gradient
from .autodiff.custom import grad_pass_through as grad_pass_through
from .autodiff.jacobian import GradientTape as GradientTape
from .autodiff.unconnected import UnconnectedGradients as UnconnectedGradients
from .batching import vectorized_map as vectorized_map
from .core import errors as errors
from .core.dtypes import DType as DType
from .core.dtypes import as_dtype as as_dtype
from .core.indexed_slices import IndexedSlices as IndexedSlices
from .core.shapes import TensorShape as TensorShape
from .core.tensor import Tensor as Tensor
from .core.tensor import constant as constant
from .core.tensor import convert_to_tensor as convert_to_tensor
from .core.tensor import is_tensor as is_tensor
from .core.variable import Variable as Variable
from .ops.basic import *
from .ops.decompositions import eig as eig
from .ops.decompositions import eigvals as eigvals
from .ops.diagonals import eye as eye
from .ops.linalg import einsum as einsum
from .ops.linalg import matmul as matmul
from .ops.linalg import tensordot as tensordot
from .ops.norms import norm as norm
