"""tf.test: the parts that check derivatives."""

from ..autodiff.compute_gradient import compute_gradient as compute_gradient
from ..autodiff.gradcheck import check_grads as check_grads
