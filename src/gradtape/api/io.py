"""tf.io."""

from ..records.features import FixedLenFeature as FixedLenFeature
from ..records.features import FixedLenSequenceFeature as FixedLenSequenceFeature
from ..records.features import VarLenFeature as VarLenFeature
from ..records.features import parse_example as parse_example
from ..records.features import parse_sequence_example as parse_sequence_example
from ..records.features import parse_single_example as parse_single_example
from ..records.features import parse_single_sequence_example as parse_single_sequence_example
from ..records.files import TFRecordOptions as TFRecordOptions
from ..records.files import TFRecordWriter as TFRecordWriter
