"""tf.experimental."""

from ..exec.replay import Replay as Replay
from . import experimental_dlpack, experimental_safetensors

dlpack = experimental_dlpack
safetensors = experimental_safetensors
