"""tf.nn.experimental."""

from ..ops.dropout import general_dropout as general_dropout
from ..ops.dropout import stateless_dropout as stateless_dropout
