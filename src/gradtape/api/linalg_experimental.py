"""tf.linalg.experimental."""

from ..ops.conjugate_gradient import conjugate_gradient as conjugate_gradient
