"""keras.ops.numpy over gradtape: each name in the file of its kind."""

from .arithmetic import *  # noqa: F403
from .creation import *  # noqa: F403
from .elementwise import *  # noqa: F403
from .picking import *  # noqa: F403
from .products import *  # noqa: F403
from .reduction import *  # noqa: F403
from .shaping import *  # noqa: F403
