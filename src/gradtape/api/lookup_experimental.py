"""tf.lookup.experimental: tables that grow."""

from .lookup_tables import DenseHashTable as DenseHashTable
from .lookup_tables import MutableHashTable as MutableHashTable
