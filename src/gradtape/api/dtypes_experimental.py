"""tf.dtypes.experimental."""

from ..core.dtypes import float8_e4m3fn as float8_e4m3fn
from ..core.dtypes import float8_e5m2 as float8_e5m2
