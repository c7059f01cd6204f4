"""keras.ops.nn over gradtape: each name in the file of its kind."""

from .activations import *
from .convolution import *
from .ctc import *
from .losses import *
from .normalization import *
