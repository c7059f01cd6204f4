"""tf.experimental."""

from ..exec.replay import Replay as Replay
from . import experimental_dlpack

dlpack = experimental_dlpack
