"""tf.data: pipelines of elements. Loads on first use."""

from . import experimental as experimental
from .dataset import Dataset as Dataset
from .iterator import DatasetSpec as DatasetSpec
from .iterator import Iterator as Iterator
from .iterator import IteratorSpec as IteratorSpec
from .iterator import NumpyIterator as NumpyIterator
from .mapping import AUTOTUNE as AUTOTUNE
from .node import INFINITE as INFINITE_CARDINALITY
from .node import UNKNOWN as UNKNOWN_CARDINALITY
from .options import Options as Options
from .options import ThreadingOptions as ThreadingOptions
from .readers import FixedLengthRecordDataset as FixedLengthRecordDataset
from .readers import TextLineDataset as TextLineDataset
from .readers import TFRecordDataset as TFRecordDataset
