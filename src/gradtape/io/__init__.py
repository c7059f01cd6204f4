"""tf.io: files of records, and the examples in them."""

from .features import FixedLenFeature as FixedLenFeature
from .features import FixedLenSequenceFeature as FixedLenSequenceFeature
from .features import VarLenFeature as VarLenFeature
from .features import parse_example as parse_example
from .features import parse_sequence_example as parse_sequence_example
from .features import parse_single_example as parse_single_example
from .features import parse_single_sequence_example as parse_single_sequence_example
from .records import TFRecordOptions as TFRecordOptions
from .records import TFRecordWriter as TFRecordWriter
