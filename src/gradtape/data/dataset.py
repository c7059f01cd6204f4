"""Dataset: TensorFlow's spelling of pipelines."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.context import current, under
from ..core.dtypes import int64
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor
from ..core.tensor_spec import TensorSpec
from . import batching, files, flow, making, mapping, order, saving, selecting, uneven
from .arguments import common_specs, positive
from .iterator import DatasetSpec, Iterator, NumpyIterator
from .mapping import scalar
from .node import INFINITE, UNKNOWN, Made, Node
from .options import Options
from .shuffling import Epochs
from .structure import COMPONENT, Composite, as_tensor, pack_specs, packer


class Dataset(Composite):
    """A sequence of elements, each made when it is asked for.

    An element is a tensor, or nested tuples and dicts of tensors. Made by the functions `from_…`, `range`, `zip`, …, never by
    calling the class; every method gives a new dataset.

    >>> ds = tf.data.Dataset.from_tensor_slices([1, 2, 3, 4]).map(lambda x: x * x).batch(3)
    >>> for batch in ds:
    ...     print(batch.numpy())
    [1 4 9]
    [16]
    """

    __slots__ = ("__weakref__", "_node")

    def __init__(self, variant_tensor: Any):
        if not isinstance(variant_tensor, Node):
            raise TypeError("a Dataset is made by tf.data.Dataset.from_tensor_slices and its kin, not by calling the class")
        self._node = variant_tensor

    # -- what it is -----------------------------------------------------------------------------------------------
    def __iter__(self) -> Iterator:
        return Iterator(self._node)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        n = self._node.cardinality
        if n < 0:
            raise TypeError("The dataset is infinite." if n == INFINITE else "The dataset length is unknown.")
        return n

    def __repr__(self) -> str:
        return f"<{type(self).__name__} element_spec={self.element_spec!r}>"

    @property
    def element_spec(self) -> Any:
        """A TensorSpec for each component.

        After `map` it comes from a trace of the function, or, where that cannot be traced, from its first result.

        >>> tf.data.Dataset.from_tensor_slices(np.zeros([5, 2])).batch(2).element_spec
        TensorSpec(shape=(None, 2), dtype=tf.float64, name=None)
        """
        return pack_specs(self._node.structure, self._node.specs)

    @property
    def _type_spec(self) -> DatasetSpec:
        return DatasetSpec(self.element_spec)

    def cardinality(self) -> Tensor:
        """How many elements there are: an int64; INFINITE_CARDINALITY (-1), UNKNOWN_CARDINALITY (-2).

        >>> tf.data.Dataset.range(5).repeat().cardinality().numpy()
        np.int64(-1)
        """
        return tensor(np.array(self._node.cardinality, np.int64))

    def as_numpy_iterator(self) -> NumpyIterator:
        """The elements as NumPy arrays.

        >>> list(tf.data.Dataset.range(3).as_numpy_iterator())
        [np.int64(0), np.int64(1), np.int64(2)]
        """
        return NumpyIterator(self)

    def get_single_element(self, name: str | None = None) -> Any:
        """The only element.

        Raises:
            InvalidArgumentError: there are none or several.
        """
        found = [row for row, _ in zip(self._node.rows(), (0, 1), strict=False)]
        if len(found) != 1:
            raise invalid("DatasetToSingleElement", "Dataset was empty." if not found else "Dataset had more than one element.")
        return packer(self._node.structure, as_tensor)(found[0])

    def options(self) -> Options:
        """The settings that `with_options` gave, to it or what it reads."""
        return options_of(self._node)

    def fingerprint(self) -> Tensor:
        """A number that equal pipelines share."""
        return tensor(np.array(saving.fingerprint(self._node), np.uint64))

    # -- sources ----------------------------------------------------------------------------------------------------
    @staticmethod
    def from_tensor_slices(tensors: Any, name: str | None = None) -> Dataset:
        """The slices of tensors along their first axis; nested tuples and dicts stay so.

        Raises:
            ValueError: a scalar, or first dimensions that differ.

        >>> [x.numpy().tolist() for x in tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]])]
        [[1, 2], [3, 4]]
        """
        return Dataset(making.slices(tensors))

    @staticmethod
    def from_tensors(tensors: Any, name: str | None = None) -> Dataset:
        """One element.

        >>> next(iter(tf.data.Dataset.from_tensors([1, 2]))).numpy().tolist()
        [1, 2]
        """
        return Dataset(making.single(tensors))

    @staticmethod
    def from_generator(
        generator: Callable,
        output_types: Any = None,
        output_shapes: Any = None,
        args: Any = None,
        output_signature: Any = None,
        name: str | None = None,
    ) -> Dataset:
        """What `generator(*args)` yields; it is called anew for every iteration.

        Args:
            output_signature: nested tf.TensorSpec, as the elements nest (output_types and output_shapes say the same in parts).

        Raises:
            TypeError: no signature; InvalidArgumentError: an element that does not fit it.

        >>> def count():
        ...     yield 1
        ...     yield 2
        >>> ds = tf.data.Dataset.from_generator(count, output_signature=tf.TensorSpec([], tf.int32))
        >>> [int(x) for x in ds]
        [1, 2]
        """
        return Dataset(making.generated(generator, args, making.signature_of(output_types, output_shapes, output_signature)))

    @staticmethod
    def range(*args: Any, **kwargs: Any) -> Dataset:
        """The numbers of Python's range(*args), as int64 or `output_type`.

        >>> [int(x) for x in tf.data.Dataset.range(1, 6, 2)]
        [1, 3, 5]
        """
        kwargs.pop("name", None)
        return Dataset(making.numbers(args, kwargs.pop("output_type", int64)))

    @staticmethod
    def counter(start: Any = 0, step: Any = 1, dtype: Any = int64, name: str | None = None) -> Dataset:
        """start, start + step, … without end."""
        return Dataset(making.Counting(scalar(start, "start"), scalar(step, "step"), dtype))

    @staticmethod
    def random(seed: Any = None, rerandomize_each_iteration: Any = None, name: str | None = None) -> Dataset:
        """Endless random integers in [0, 2**32), as int64; the same in every iteration unless rerandomized."""
        return Dataset(making.random_numbers(Epochs(seed, bool(rerandomize_each_iteration))))

    @staticmethod
    def zip(*args: Any, datasets: Any = None, name: str | None = None) -> Dataset:
        """Elements of several datasets side by side, as many as the shortest has.

        >>> a, b = tf.data.Dataset.range(2), tf.data.Dataset.range(5, 9)
        >>> [(int(x), int(y)) for x, y in tf.data.Dataset.zip(a, b)]
        [(0, 5), (1, 6)]
        """
        if not args and datasets is None:
            raise TypeError("Must pass at least one dataset to `zip`.")
        if args and datasets is not None:
            raise TypeError("Both `*args` and `datasets` cannot be set.")
        nested = datasets if datasets is not None else args[0] if len(args) == 1 else tuple(args)
        return Dataset(making.zipped(nested, node_of))

    @staticmethod
    def list_files(file_pattern: Any, shuffle: Any = None, seed: Any = None, name: str | None = None) -> Dataset:
        """The names of the files that match a pattern or one of several, shuffled unless `shuffle` is False.

        Raises:
            InvalidArgumentError: none matches.
        """
        found = files.matching(file_pattern)
        dataset = Dataset.from_tensor_slices(found)
        return dataset if shuffle is not None and not shuffle else dataset.shuffle(len(found), seed=seed)

    @staticmethod
    def sample_from_datasets(
        datasets: Any,
        weights: Any = None,
        seed: Any = None,
        stop_on_empty_dataset: bool = False,
        rerandomize_each_iteration: Any = None,
    ) -> Dataset:
        """Elements drawn from several datasets with these weights; the same for the same seed."""
        if isinstance(weights, Dataset):
            raise TypeError("sample_from_datasets: weights that are a dataset are not supported; give a list of numbers")
        parts, weights = selecting.with_weight([node_of(d) for d in datasets], weights)
        if len(parts) == 1:
            return Dataset(parts[0])
        choices = selecting.weighted(weights, Epochs(seed, bool(rerandomize_each_iteration)))
        return Dataset(selecting.Chosen(parts, choices, stop_on_empty_dataset, common_specs(parts)))

    @staticmethod
    def choose_from_datasets(datasets: Any, choice_dataset: Any, stop_on_empty_dataset: bool = True) -> Dataset:
        """Elements from the datasets that `choice_dataset` (int64 numbers) names one after the other.

        >>> parts = [tf.data.Dataset.from_tensors(t).repeat() for t in ("a", "b")]
        >>> [x.numpy() for x in tf.data.Dataset.choose_from_datasets(parts, tf.data.Dataset.range(2))]
        [b'a', b'b']
        """
        parts, choices = [node_of(d) for d in datasets], node_of(choice_dataset)
        if choices.specs != (TensorSpec([], int64),):
            raise TypeError(f"`choice_dataset` must be a dataset of scalar tf.int64 tensors, got {choices.specs}")
        numbers = lambda: (int(row[0]) for row in choices.rows())  # noqa: E731
        return Dataset(selecting.Chosen(parts, numbers, stop_on_empty_dataset, common_specs(parts)))

    @staticmethod
    def load(
        path: Any, element_spec: Any = None, compression: Any = None, reader_func: Callable | None = None, wait: bool = False
    ) -> Dataset:
        """What `save` wrote in the folder `path`.

        Raises:
            NotFoundError: nothing is there.
            DataLossError: a broken file; the message has its name and the offset.
        """
        return with_reader(Dataset(saving.load(files.path_of(path), compression)), reader_func)

    # -- elements -------------------------------------------------------------------------------------------------------
    def map(
        self,
        map_func: Callable,
        num_parallel_calls: Any = None,
        deterministic: Any = None,
        synchronous: Any = None,
        use_unbounded_threadpool: bool = False,
        name: str | None = None,
    ) -> Dataset:
        """map_func of every element; the items of a tuple are separate arguments.

        The function runs eagerly, once for each element, in Python. Where its code shows that nobody could tell the difference
        (it calls operations of tf on its arguments and on constants, and does nothing else), a whole batch may go through at
        once. With `num_parallel_calls` several threads run it once it turns out to be slow; the order stays. An exception
        says which element and which line it was.

        >>> [int(y) for y in tf.data.Dataset.range(3).map(lambda x: x + 1)]
        [1, 2, 3]
        """
        return Dataset(mapping.Map(self._node, map_func, None if num_parallel_calls is None else int(num_parallel_calls)))

    def filter(self, predicate: Callable, name: str | None = None) -> Dataset:
        """The elements for which predicate is true.

        >>> [int(x) for x in tf.data.Dataset.range(5).filter(lambda x: x % 2 == 0)]
        [0, 2, 4]
        """
        return Dataset(mapping.Filter(self._node, predicate))

    def flat_map(self, map_func: Callable, name: str | None = None) -> Dataset:
        """The elements of the datasets that map_func returns, one dataset after the other.

        >>> [int(x) for x in tf.data.Dataset.range(3).flat_map(tf.data.Dataset.range)]
        [0, 0, 1]
        """
        return Dataset(mapping.FlatMap(self._node, map_func))

    def interleave(
        self,
        map_func: Callable,
        cycle_length: Any = None,
        block_length: Any = None,
        num_parallel_calls: Any = None,
        deterministic: Any = None,
        name: str | None = None,
    ) -> Dataset:
        """`block_length` elements of each of `cycle_length` of map_func's datasets in turn.

        >>> of = lambda x: tf.data.Dataset.from_tensors(x).repeat(2)
        >>> [int(x) for x in tf.data.Dataset.range(3).interleave(of, cycle_length=2)]
        [0, 1, 0, 1, 2, 2]
        """
        if cycle_length is not None and cycle_length != mapping.AUTOTUNE:
            positive(cycle_length, "cycle_length")
        return Dataset(mapping.Interleave(self._node, map_func, cycle_length, block_length))

    def scan(self, initial_state: Any, scan_func: Callable, name: str | None = None) -> Dataset:
        """(state, element) goes into scan_func, (new state, result) comes out; the dataset is the results.

        >>> running = tf.data.Dataset.range(4).scan(np.int64(0), lambda total, x: (total + x, total + x))
        >>> [int(x) for x in running]
        [0, 1, 3, 6]
        """
        return Dataset(mapping.Scan(self._node, initial_state, scan_func))

    def take_while(self, predicate: Callable, name: str | None = None) -> Dataset:
        """The elements before the first one for which predicate is false."""
        return Dataset(mapping.TakeWhile(self._node, predicate))

    def reduce(self, initial_state: Any, reduce_func: Callable, name: str | None = None) -> Any:
        """The last state of state = reduce_func(state, element).

        >>> int(tf.data.Dataset.range(5).reduce(np.int64(0), lambda total, x: total + x))
        10
        """
        if current() is None:
            return mapping.reduced(self._node, initial_state, reduce_func)
        return under((), None, mapping.reduced, self._node, initial_state, reduce_func)

    def apply(self, transformation_func: Callable) -> Dataset:
        """transformation_func of this dataset."""
        out = transformation_func(self)
        if not isinstance(out, Dataset):
            raise TypeError(f"`transformation_func` must return a `tf.data.Dataset` object. Got {type(out)}.")
        return out

    # -- batches -----------------------------------------------------------------------------------------------------
    def batch(
        self,
        batch_size: Any,
        drop_remainder: Any = False,
        num_parallel_calls: Any = None,
        deterministic: Any = None,
        name: str | None = None,
    ) -> Dataset:
        """`batch_size` elements stacked along a new first axis; the last batch may be smaller.

        Raises:
            ValueError: a size that is not positive; InvalidArgumentError: elements of different shapes.
        """
        return Dataset(batching.Batched(self._node, positive(batch_size, "batch_size"), bool(drop_remainder)))

    def padded_batch(
        self,
        batch_size: Any,
        padded_shapes: Any = None,
        padding_values: Any = None,
        drop_remainder: Any = False,
        name: str | None = None,
    ) -> Dataset:
        """Batches of elements that are padded at their ends to one shape.

        Args:
            padded_shapes: one a component, None for the longest of the batch (the default for unknown dimensions).
            padding_values: one for all or one a component; 0 or the empty string.

        >>> ds = tf.data.Dataset.range(1, 4).map(lambda n: tf.fill([n], n)).padded_batch(3)
        >>> next(iter(ds)).numpy().tolist()
        [[1, 0, 0], [2, 2, 0], [3, 3, 3]]
        """
        size = positive(batch_size, "batch_size")
        return Dataset(batching.Padded(self._node, size, bool(drop_remainder), padded_shapes, padding_values))

    def ragged_batch(
        self, batch_size: Any, drop_remainder: Any = False, row_splits_dtype: Any = int64, name: str | None = None
    ) -> Dataset:
        """Batches of elements of different lengths, as ragged tensors.

        >>> next(iter(tf.data.Dataset.range(1, 4).map(tf.range).ragged_batch(3)))
        <tf.RaggedTensor [[0], [0, 1], [0, 1, 2]]>
        """
        size = positive(batch_size, "batch_size")
        return Dataset(uneven.RaggedBatched(self._node, size, bool(drop_remainder), row_splits_dtype))

    def sparse_batch(self, batch_size: Any, row_shape: Any, name: str | None = None) -> Dataset:
        """Batches of elements of different lengths, as sparse tensors with rows of the shape `row_shape`."""
        return Dataset(uneven.SparseBatched(self._node, positive(batch_size, "batch_size"), row_shape))

    def unbatch(self, name: str | None = None) -> Dataset:
        """The slices of every element along its first axis."""
        return Dataset(batching.Unbatched(self._node))

    def rebatch(self, batch_size: Any, drop_remainder: Any = False, name: str | None = None) -> Dataset:
        """Batches of another size."""
        return Dataset(batching.Rebatched(self._node, positive(batch_size, "batch_size"), bool(drop_remainder)))

    def window(
        self, size: Any, shift: Any = None, stride: Any = 1, drop_remainder: Any = False, name: str | None = None
    ) -> Dataset:
        """Datasets of `size` elements (every `stride`-th one), each beginning `shift` after the one before.

        >>> [[int(x) for x in w] for w in tf.data.Dataset.range(4).window(2)]
        [[0, 1], [2, 3]]
        """
        width = positive(size, "size")
        shift = width if shift is None else positive(shift, "shift")
        window = flow.Window(self._node, width, shift, positive(stride, "stride"), bool(drop_remainder))
        return Dataset(flow.Windows(window, Dataset, DatasetSpec))

    def group_by_window(
        self,
        key_func: Callable,
        reduce_func: Callable,
        window_size: Any = None,
        window_size_func: Callable | None = None,
        name: str | None = None,
    ) -> Dataset:
        """Elements with one key gather to windows of `window_size`; reduce_func(key, window) gives a dataset for each."""
        if (window_size is None) == (window_size_func is None):
            raise ValueError("Either the `window_size` argument or the `window_size_func` argument must be specified.")
        size_of = lambda key: scalar(window_size if window_size_func is None else window_size_func(key), "window_size")  # noqa: E731
        held = lambda rows: Dataset(flow.Held(rows, self._node.structure, self._node))  # noqa: E731
        return Dataset(selecting.GroupedByWindow(self._node, key_func, reduce_func, size_of, held))

    def bucket_by_sequence_length(
        self,
        element_length_func: Callable,
        bucket_boundaries: Any,
        bucket_batch_sizes: Any,
        padded_shapes: Any = None,
        padding_values: Any = None,
        pad_to_bucket_boundary: bool = False,
        no_padding: bool = False,
        drop_remainder: bool = False,
        name: str | None = None,
    ) -> Dataset:
        """Padded batches of elements of similar length: bucket i holds lengths from boundary i - 1 up to below boundary i.

        Raises:
            ValueError: not one batch size more than boundaries.
        """
        if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
            raise ValueError(
                f"`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but `len(bucket_batch_sizes)="
                f"{len(bucket_batch_sizes)}` and `len(bucket_boundaries)={len(bucket_boundaries)}`."
            )
        bucket, batch = selecting.buckets(
            element_length_func, list(bucket_boundaries), bucket_batch_sizes, (padded_shapes, padding_values),
            (pad_to_bucket_boundary, no_padding, drop_remainder),
        )  # fmt: skip
        out = self.group_by_window(bucket, batch, window_size_func=lambda key: bucket_batch_sizes[int(key)])
        out._node.known = (self.batch(1) if no_padding else self.padded_batch(1, padded_shapes, padding_values))._node  # type: ignore
        return out

    # -- order ---------------------------------------------------------------------------------------------------------
    def shuffle(
        self, buffer_size: Any, seed: Any = None, reshuffle_each_iteration: Any = True, name: str | None = None
    ) -> Dataset:
        """Each element is drawn from a buffer of the next `buffer_size`, in TensorFlow's own order for the same seed.

        Args:
            seed: see `tf.random.set_seed`.
            reshuffle_each_iteration: is every iteration shuffled anew?

        >>> sorted(int(x) for x in tf.data.Dataset.range(4).shuffle(4, seed=1))
        [0, 1, 2, 3]
        """
        size = scalar(buffer_size, "buffer_size")
        size = making.ENDLESS if size == UNKNOWN else positive(size, "buffer_size")
        return Dataset(order.Shuffle(self._node, size, Epochs(seed, reshuffle_each_iteration in (None, True))))

    def repeat(self, count: Any = None, name: str | None = None) -> Dataset:
        """The elements `count` times; for ever where it is None or -1."""
        return Dataset(order.Repeat(self._node, None if count is None else scalar(count, "count")))

    def take(self, count: Any, name: str | None = None) -> Dataset:
        """The first `count` elements; all where it is -1."""
        return Dataset(order.take(self._node, scalar(count, "count")))

    def skip(self, count: Any, name: str | None = None) -> Dataset:
        """What comes after the first `count` elements; nothing where it is -1."""
        return Dataset(order.skip(self._node, scalar(count, "count")))

    def shard(self, num_shards: Any, index: Any, name: str | None = None) -> Dataset:
        """Every `num_shards`-th element, from number `index` on.

        Raises:
            InvalidArgumentError: index is not in [0, num_shards).
        """
        shards, index = scalar(num_shards, "num_shards"), scalar(index, "index")
        if not 0 <= index < shards:
            raise invalid("ShardDataset", f"Index must be between 0 and {shards - 1} (currently index = {index}).")
        return Dataset(order.shard(self._node, shards, index))

    def concatenate(self, dataset: Dataset, name: str | None = None) -> Dataset:
        """These elements, then those of `dataset`.

        Raises:
            TypeError: elements of another structure or dtype.
        """
        parts = self._node, node_of(dataset)
        return Dataset(order.Concatenate(*parts, common_specs(list(parts))))

    def enumerate(self, start: Any = 0, name: str | None = None) -> Dataset:
        """(number, element), the numbers int64 from `start`.

        >>> [(int(i), x.numpy()) for i, x in tf.data.Dataset.from_tensor_slices(["a", "b"]).enumerate(5)]
        [(5, b'a'), (6, b'b')]
        """
        return Dataset(order.Enumerate(self._node, scalar(start, "start")))

    def unique(self, name: str | None = None) -> Dataset:
        """Every element once, in the order of first appearance; elements are integers or strings."""
        specs = self._node.specs
        if len(specs) != 1 or specs[0].dtype.name not in ("int32", "int64", "string"):
            raise TypeError(f"`tf.data.Dataset.unique` only supports one tensor of tf.int32, tf.int64 or tf.string, got {specs}")
        return Dataset(flow.Unique(self._node))

    def rejection_resample(
        self, class_func: Callable, target_dist: Any, initial_dist: Any = None, seed: Any = None, name: str | None = None
    ) -> Dataset:
        """(class, element) of a part of the elements, so that the classes come as often as target_dist says.

        Args:
            class_func: the class of an element, an integer.
            initial_dist: how often the classes come now; counted on the way where it is not given.
        """
        return Dataset(selecting.Resampled(self._node, class_func, target_dist, initial_dist, Epochs(seed)))

    # -- when ------------------------------------------------------------------------------------------------------------
    def cache(self, filename: Any = "", name: str | None = None) -> Dataset:
        """Keeps the elements of the first complete iteration, in memory or in a file of this name, for all later ones."""
        path = files.path_of(filename)
        return Dataset(saving.FileCached(self._node, f"{path}.cache") if path else flow.Cached(self._node))

    def prefetch(self, buffer_size: Any, name: str | None = None) -> Dataset:
        """A thread makes up to `buffer_size` elements ahead (AUTOTUNE: 8)."""
        return Dataset(flow.Prefetch(self._node, scalar(buffer_size, "buffer_size")))

    def ignore_errors(self, log_warning: bool = False, name: str | None = None) -> Dataset:
        """Leaves out the elements that raise."""

        def tell(error: BaseException) -> None:
            if log_warning:
                warnings.warn(f"Dataset.ignore_errors leaves out an element: {error}", RuntimeWarning, stacklevel=4)

        return Dataset(flow.IgnoreErrors(self._node, tell))

    def with_options(self, options: Options, name: str | None = None) -> Dataset:
        """The same elements, with settings of TensorFlow's runtime, which have no effect here but are remembered."""
        return Dataset(flow.Passing(self._node, options))

    def save(self, path: Any, compression: Any = None, shard_func: Any = None, checkpoint_args: Any = None) -> None:
        """Writes all elements to the folder `path`, for `load`."""
        if current() is None:
            saving.save(self._node, files.path_of(path), compression or "")
        else:
            under((), None, saving.save, self._node, files.path_of(path), compression or "")

    def snapshot(
        self,
        path: Any,
        compression: Any = "AUTO",
        reader_func: Callable | None = None,
        shard_func: Any = None,
        name: str | None = None,
    ) -> Dataset:
        """Writes the elements of the first complete iteration to the folder `path`; later ones read them."""
        kind = "" if compression in ("AUTO", None, "SNAPPY") else compression
        return with_reader(Dataset(saving.FileCached(self._node, f"{files.path_of(path)}/{saving.ROWS}", kind)), reader_func)


# -- arguments -----------------------------------------------------------------------------------------------------------
def node_of(dataset: Any) -> Node:
    if not isinstance(dataset, Dataset):
        raise TypeError(f"expected a tf.data.Dataset, got {type(dataset)}")
    return dataset._node


def with_reader(dataset: Dataset, reader: Callable | None) -> Dataset:
    """TensorFlow hands a dataset of shards to `reader_func`; there is one shard."""
    return dataset if reader is None else dataset.apply(lambda d: reader(one_shard(d)))


def one_shard(dataset: Dataset) -> Dataset:
    return Dataset(Made(lambda: iter(((dataset,),)), COMPONENT, (dataset._type_spec,), 1))


def options_of(node: Node) -> Options:
    out = Options()
    for source in node.inputs:
        out = out.merge(options_of(source))
    return out.merge(node.options) if isinstance(node, flow.Passing) else out
