"""tf.data.experimental: the older spellings, and some questions about datasets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.errors import OutOfRangeError
from ..core.tensor import Tensor, tensor
from ..records.files import TFRecordWriter as RecordFile
from . import flow, mapping
from .dataset import Dataset, node_of
from .iterator import Iterator
from .iterator import Optional as Optional
from .mapping import AUTOTUNE as AUTOTUNE
from .node import INFINITE, UNKNOWN
from .options import AutoShardPolicy as AutoShardPolicy
from .options import AutotuneAlgorithm as AutotuneAlgorithm
from .options import AutotuneOptions as AutotuneOptions
from .options import DistributeOptions as DistributeOptions
from .options import ExternalStatePolicy as ExternalStatePolicy
from .options import OptimizationOptions as OptimizationOptions
from .options import ServiceOptions as ServiceOptions
from .options import ThreadingOptions as ThreadingOptions
from .structure import as_tensor, packer
from .tables import CsvDataset as CsvDataset
from .tables import make_batched_features_dataset as make_batched_features_dataset
from .tables import make_csv_dataset as make_csv_dataset
from .tables import parse_example_dataset as parse_example_dataset

INFINITE_CARDINALITY, UNKNOWN_CARDINALITY = INFINITE, UNKNOWN
Step = Callable[[Dataset], Dataset]
Counter = Dataset.counter
RandomDataset = Dataset.random
choose_from_datasets = Dataset.choose_from_datasets
load = Dataset.load
sample_from_datasets = Dataset.sample_from_datasets


def cardinality(dataset: Dataset) -> Tensor:
    """How many elements a dataset has, -1 for infinitely many, -2 where nobody knows.

    >>> tf.data.experimental.cardinality(tf.data.Dataset.range(42)).numpy()
    np.int64(42)
    """
    return tensor(np.array(node_of(dataset).cardinality, np.int64))


def assert_cardinality(expected_cardinality: Any) -> Step:
    """For `apply`: says how many elements there are, which is checked while they come.

    Raises:
        FailedPreconditionError: when it turns out to be wrong.

    >>> even = tf.data.Dataset.range(6).filter(lambda x: x % 2 == 0)
    >>> len(even.apply(tf.data.experimental.assert_cardinality(3)))
    3
    """
    return lambda dataset: Dataset(flow.Claimed(node_of(dataset), mapping.scalar(expected_cardinality, "expected_cardinality")))


def at(dataset: Dataset, index: Any) -> Any:
    """The element with this number.

    Raises:
        OutOfRangeError: there is none.

    >>> int(tf.data.experimental.at(tf.data.Dataset.range(5), 3))
    3
    """
    node = node_of(dataset)
    row = flow.at(node, mapping.scalar(index, "index"))
    if row is None:
        raise OutOfRangeError(None, None, f"Index out of range: {index} [Op:GetElementAtIndex]")
    return packer(node.structure, as_tensor)(row)


def from_list(elements: Any, name: str | None = None) -> Dataset:
    """A dataset of the elements of a list.

    >>> [int(x) for x in tf.data.experimental.from_list([1, 2])]
    [1, 2]
    """
    if not elements:
        raise ValueError("Cannot create a Dataset from an empty list.")
    parts = [Dataset.from_tensors(element) for element in elements]
    out = parts[0]
    for part in parts[1:]:
        out = out.concatenate(part)
    return out


def get_next_as_optional(iterator: Any) -> Optional:
    """The next element of an iterator, or that there is none."""
    if not isinstance(iterator, Iterator):
        raise TypeError(f"`get_next_as_optional` takes the iterator of a dataset, got {type(iterator)}")
    return iterator.get_next_as_optional()


def get_single_element(dataset: Dataset) -> Any:
    """The only element of a dataset."""
    return Dataset(node_of(dataset)).get_single_element()


def get_structure(dataset_or_iterator: Any) -> Any:
    """The element_spec."""
    if not isinstance(dataset_or_iterator, (Dataset, Iterator)):
        raise TypeError(f"`get_structure` takes a dataset or its iterator, got {type(dataset_or_iterator)}")
    return dataset_or_iterator.element_spec


def enumerate_dataset(start: Any = 0) -> Step:
    """For `apply`: Dataset.enumerate."""
    return lambda dataset: dataset.enumerate(start)


def ignore_errors(log_warning: bool = False) -> Step:
    """For `apply`: Dataset.ignore_errors."""
    return lambda dataset: dataset.ignore_errors(log_warning)


def group_by_window(
    key_func: Callable, reduce_func: Callable, window_size: Any = None, window_size_func: Callable | None = None
) -> Step:
    """For `apply`: Dataset.group_by_window."""
    return lambda dataset: dataset.group_by_window(key_func, reduce_func, window_size, window_size_func)


def bucket_by_sequence_length(
    element_length_func: Callable,
    bucket_boundaries: Any,
    bucket_batch_sizes: Any,
    padded_shapes: Any = None,
    padding_values: Any = None,
    pad_to_bucket_boundary: bool = False,
    no_padding: bool = False,
    drop_remainder: bool = False,
) -> Step:
    """For `apply`: Dataset.bucket_by_sequence_length."""
    return lambda dataset: dataset.bucket_by_sequence_length(
        element_length_func,
        bucket_boundaries,
        bucket_batch_sizes,
        padded_shapes,
        padding_values,
        pad_to_bucket_boundary,
        no_padding,
        drop_remainder,
    )


def map_and_batch(
    map_func: Callable,
    batch_size: Any,
    num_parallel_batches: Any = None,
    drop_remainder: bool = False,
    num_parallel_calls: Any = None,
) -> Step:
    """For `apply`: map, then batch."""
    return lambda dataset: dataset.map(map_func, num_parallel_calls).batch(batch_size, drop_remainder)


def parallel_interleave(
    map_func: Callable,
    cycle_length: Any,
    block_length: Any = 1,
    sloppy: Any = False,
    buffer_output_elements: Any = None,
    prefetch_input_elements: Any = None,
) -> Step:
    """For `apply`: Dataset.interleave."""
    return lambda dataset: dataset.interleave(map_func, cycle_length, block_length)


def prefetch_to_device(device: Any, buffer_size: Any = None) -> Step:
    """For `apply`: prefetch; there is one device."""
    return lambda dataset: dataset.prefetch(AUTOTUNE if buffer_size is None else buffer_size)


def copy_to_device(target_device: Any, source_device: Any = "/cpu:0") -> Step:
    """For `apply`: the dataset itself; there is one device."""
    return lambda dataset: dataset


def rejection_resample(class_func: Callable, target_dist: Any, initial_dist: Any = None, seed: Any = None) -> Step:
    """For `apply`: Dataset.rejection_resample."""
    return lambda dataset: dataset.rejection_resample(class_func, target_dist, initial_dist, seed)


def save(dataset: Dataset, path: Any, compression: Any = None, shard_func: Any = None, checkpoint_args: Any = None) -> None:
    """Dataset.save."""
    Dataset(node_of(dataset)).save(path, compression)


def scan(initial_state: Any, scan_func: Callable) -> Step:
    """For `apply`: Dataset.scan."""
    return lambda dataset: dataset.scan(initial_state, scan_func)


def shuffle_and_repeat(buffer_size: Any, count: Any = None, seed: Any = None) -> Step:
    """For `apply`: shuffle, then repeat."""
    return lambda dataset: dataset.shuffle(buffer_size, seed).repeat(count)


def snapshot(path: Any, compression: Any = "AUTO", reader_func: Any = None, shard_func: Any = None) -> Step:
    """For `apply`: Dataset.snapshot."""
    return lambda dataset: dataset.snapshot(path, compression, reader_func)


def take_while(predicate: Callable) -> Step:
    """For `apply`: Dataset.take_while."""
    return lambda dataset: dataset.take_while(predicate)


def unbatch() -> Step:
    """For `apply`: Dataset.unbatch."""
    return lambda dataset: dataset.unbatch()


def unique() -> Step:
    """For `apply`: Dataset.unique."""
    return lambda dataset: dataset.unique()


def dense_to_ragged_batch(batch_size: Any, drop_remainder: bool = False, row_splits_dtype: Any = "int64") -> Step:
    """For `apply`: Dataset.ragged_batch."""
    return lambda dataset: dataset.ragged_batch(batch_size, drop_remainder, row_splits_dtype)


def dense_to_sparse_batch(batch_size: Any, row_shape: Any) -> Step:
    """For `apply`: Dataset.sparse_batch."""
    return lambda dataset: dataset.sparse_batch(batch_size, row_shape)


def enable_debug_mode() -> None:
    """Functions run eagerly in any case: there is nothing to switch on."""


class TFRecordWriter:
    """Writes a dataset of strings to a file of records."""

    def __init__(self, filename: Any, compression_type: Any = None):
        self._filename, self._compression = filename, compression_type

    def write(self, dataset: Dataset) -> None:
        """Write every element.

        Raises:
            TypeError: elements that are no scalar strings.
        """
        if [str(s.dtype.name) for s in node_of(dataset).specs] != ["string"]:
            raise TypeError(f"`dataset` must produce scalar strings, not {dataset.element_spec}.")
        with RecordFile(self._filename, self._compression) as writer:
            for record in dataset.as_numpy_iterator():
                writer.write(record)
