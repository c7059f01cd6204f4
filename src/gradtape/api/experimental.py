"""tf.experimental."""

from . import experimental_dlpack

dlpack = experimental_dlpack
