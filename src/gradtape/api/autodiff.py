"""tf.autodiff."""

from ..autodiff.forward import ForwardAccumulator as ForwardAccumulator
from ..autodiff.jacobian import GradientTape as GradientTape
from ..autodiff.policies import checkpoint_name as checkpoint_name
from ..autodiff.policies import offload as offload
from ..autodiff.policies import save_budget as save_budget
from ..autodiff.policies import save_names as save_names
from ..autodiff.policies import save_nothing as save_nothing
from ..autodiff.policies import save_products as save_products
