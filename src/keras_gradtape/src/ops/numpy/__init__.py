"""keras.ops.numpy over gradtape: each name in the file of its kind."""

from .arithmetic import *
from .creation import *
from .elementwise import *
from .picking import *
from .products import *
from .reduction import *
from .shaping import *
