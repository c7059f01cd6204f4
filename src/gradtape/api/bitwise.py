"""tf.bitwise."""

from ..ops._calls.logic import bitwise_and as bitwise_and
from ..ops._calls.logic import bitwise_or as bitwise_or
from ..ops._calls.logic import bitwise_xor as bitwise_xor
from ..ops._calls.logic import invert as invert
from ..ops._calls.logic import left_shift as left_shift
from ..ops._calls.logic import right_shift as right_shift
