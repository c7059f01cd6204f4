"""tf.lookup: tables from keys to values.

TensorFlow's names, re-exported one by one; nothing else stands here.
"""

from . import lookup_experimental as experimental
from .lookup_files import KeyValueTensorInitializer as KeyValueTensorInitializer
from .lookup_files import TextFileIndex as TextFileIndex
from .lookup_files import TextFileInitializer as TextFileInitializer
from .lookup_tables import StaticHashTable as StaticHashTable
from .lookup_tables import StaticVocabularyTable as StaticVocabularyTable

__all__ = [
    "KeyValueTensorInitializer",
    "StaticHashTable",
    "StaticVocabularyTable",
    "TextFileIndex",
    "TextFileInitializer",
    "experimental",
]
