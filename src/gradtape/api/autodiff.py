"""tf.autodiff."""

from ..autodiff.forward import ForwardAccumulator as ForwardAccumulator
from ..autodiff.jacobian import GradientTape as GradientTape
