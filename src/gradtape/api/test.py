"""tf.test: the parts that check derivatives."""

from ..autodiff.gradcheck import check_grads as check_grads
