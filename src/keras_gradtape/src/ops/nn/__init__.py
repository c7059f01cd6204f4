"""keras.ops.nn over gradtape: each name in the file of its kind."""

from .activations import *  # noqa: F403
from .convolution import *  # noqa: F403
from .losses import *  # noqa: F403
from .normalization import *  # noqa: F403
