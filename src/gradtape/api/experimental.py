"""tf.experimental."""

from ..exec.replay import Replay as Replay
from . import experimental_dlpack, experimental_safetensors
from .experimental_shapes import eval_shape as eval_shape

dlpack = experimental_dlpack
safetensors = experimental_safetensors
