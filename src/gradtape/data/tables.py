"""Datasets of files with columns: comma-separated values, and records of tf.train.Example."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from ..core.dtypes import DType, as_dtype, float32, float64, int32, int64, string
from ..core.tensor_spec import TensorSpec
from ..records.csv import COLUMN_TYPES, default_of, fields_of, values_of_record, whole_records
from ..records.features import parse_example
from .dataset import Dataset
from .files import lines, matching, names_in, of_files
from .node import Made
from .readers import TFRecordDataset
from .structure import COMPONENT, Row, Structure

OP = "CSVDataset"


def records_of(name: str, compression: Any, quotes: bool, header: bool) -> Iterator[bytes]:
    """The records of a file, without the first where that names the columns."""
    return islice(whole_records(lines(compression)(name), quotes), int(header), None)


def column_default(k: int, given: Any) -> tuple[DType, Any]:
    """(dtype, the default or None) of a column that is given by a dtype, a value or a list of one."""
    if isinstance(given, DType) or (isinstance(given, type) and given not in (str, bytes, int, float)):
        dtype = as_dtype(given)
        if dtype.name not in COLUMN_TYPES:
            raise TypeError(f"record_defaults[{k}] must be one of {', '.join(COLUMN_TYPES)}, got {dtype.name}")
        return dtype, None
    return default_of(OP, k, given)


class CsvDataset(Dataset):
    """The records of files of comma-separated values, each a tuple of its columns.

    Args:
        filenames: one or several names, or a dataset of them.
        record_defaults: for each column a dtype (the field must be there), or a value that stands where it is empty.
        header: does the first line of each file name the columns?
        select_cols, exclude_cols: only these columns, or all but these, in rising order.

    Raises:
        InvalidArgumentError: when it comes to a record with another number of fields, or a field that does not fit.

    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.csv")
    >>> with open(path, "w") as file:
    ...     _ = file.write("x,name\\n1,a\\n,b\\n")
    >>> [(int(x), name.numpy()) for x, name in tf.data.experimental.CsvDataset(path, [[7], tf.string], header=True)]
    [(1, b'a'), (7, b'b')]
    """

    __slots__ = ()

    def __init__(
        self,
        filenames: Any,
        record_defaults: Any,
        compression_type: Any = None,
        buffer_size: Any = None,
        header: bool = False,
        field_delim: str = ",",
        use_quote_delim: bool = True,
        na_value: str = "",
        select_cols: Sequence[int] | None = None,
        exclude_cols: Sequence[int] | None = None,
    ):
        if select_cols is not None and exclude_cols is not None:
            raise ValueError("CsvDataset: select_cols and exclude_cols cannot both be given")
        defaults = [column_default(k, value) for k, value in enumerate(record_defaults)]
        numbered = partial(records_of, compression=compression_type, quotes=use_quote_delim, header=header)
        texts = of_files(filenames if not isinstance(filenames, Dataset) else names_of(filenames), numbered)

        def rows() -> Iterator[Row]:
            for number, (record,) in enumerate(texts.rows()):
                fields = fields_of(OP, number, record.item(), field_delim.encode(), use_quote_delim)
                if exclude_cols is not None:
                    fields = [f for k, f in enumerate(fields) if k not in exclude_cols]
                values = values_of_record(OP, number, fields, defaults, na_value.encode(), select_cols)
                yield tuple([as_array(v, d) for v, (d, _) in zip(values, defaults, strict=True)])

        structure = Structure(tuple, (), tuple([COMPONENT] * len(defaults)))
        super().__init__(Made(rows, structure, tuple([TensorSpec([], dtype) for dtype, _ in defaults])))


def names_of(dataset: Dataset) -> Callable[[], Iterator[str]]:
    return lambda: (name for element in dataset.as_numpy_iterator() for name in names_in(element))


def as_array(value: Any, dtype: DType) -> np.ndarray:
    out = np.empty((), dtype.numpy_dtype)
    out[()] = value
    return out


# -- make_csv_dataset ------------------------------------------------------------------------------------------------------------------
def make_csv_dataset(
    file_pattern: Any,
    batch_size: int,
    column_names: Sequence[str] | None = None,
    column_defaults: Sequence[Any] | None = None,
    label_name: str | None = None,
    select_columns: Sequence[Any] | None = None,
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    header: bool = True,
    num_epochs: int | None = None,
    shuffle: bool = True,
    shuffle_buffer_size: int = 10000,
    shuffle_seed: int | None = None,
    prefetch_buffer_size: int | None = None,
    num_parallel_reads: int | None = None,
    sloppy: bool = False,
    num_rows_for_inference: int | None = 100,
    compression_type: str | None = None,
    ignore_errors: bool = False,
    encoding: str = "utf-8",
) -> Dataset:
    """Batches of the columns of files of comma-separated values: dicts from the columns' names, with the label apart where one is named.

    Args:
        column_names: without them the first line says them.
        column_defaults: a dtype or default for each column; without them the first rows tell whether a column holds integers, floats
            or strings.
        label_name: the column that comes beside the dict.
        select_columns: only these columns, by name or number.
        num_epochs: how often the files are read; for ever where nothing is said.

    Raises:
        ValueError: an unknown label, columns that do not fit. InvalidArgumentError: no such files.

    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "a.csv")
    >>> with open(path, "w") as file:
    ...     _ = file.write("x,y\\n1,2.5\\n3,4.5\\n")
    >>> batches = tf.data.experimental.make_csv_dataset(path, 2, label_name="y", num_epochs=1, shuffle=False)
    >>> [(dict(columns)["x"].numpy().tolist(), label.numpy().tolist()) for columns, label in batches]
    [([1, 3], [2.5, 4.5])]
    """
    files = [name.decode() for name in matching(file_pattern)]
    split = partial(fields_of, OP, 0, delimiter=field_delim.encode(), quotes=use_quote_delim)
    if column_names is None:
        if not header:
            raise ValueError("Expected `column_names` or `header` arguments. Neither is provided.")
        column_names = names_of_header(files, compression_type, use_quote_delim, split, encoding)
    if len(set(column_names)) < len(column_names):
        raise ValueError("Cannot have duplicate column names.")
    chosen = selected(select_columns, column_names)
    kinds = column_defaults
    if kinds is None:
        samples = [records_of(f, compression_type, use_quote_delim, header) for f in files]
        kinds = inferred([islice(s, num_rows_for_inference) for s in samples], split, chosen, na_value.encode())
    elif select_columns is None and len(kinds) != len(column_names):
        raise ValueError("If `select_columns` is not provided, `column_defaults` and `column_names` must have the same length.")
    names = [column_names[k] for k in chosen]
    if label_name is not None and label_name not in names:
        raise ValueError(f"`label_name` provided must be one of the columns: {names}. Received: {label_name}.")
    data = CsvDataset(
        files,
        kinds,
        compression_type,
        None,
        header,
        field_delim,
        use_quote_delim,
        na_value,
        None if select_columns is None else chosen,
    )
    data = data.ignore_errors() if ignore_errors else data
    data = mixed(data, shuffle, shuffle_buffer_size, shuffle_seed, num_epochs)
    batches = data.batch(batch_size, drop_remainder=num_epochs is None)
    out = batches.map(lambda *columns: named(names, columns, label_name))
    return out if prefetch_buffer_size is None else out.prefetch(prefetch_buffer_size)


def mixed(data: Any, shuffle: bool, size: int, seed: Any, epochs: Any) -> Any:
    data = data.shuffle(size, seed) if shuffle else data
    return data if epochs == 1 else data.repeat(epochs)


def named(names: Sequence[str], columns: Sequence[Any], label: str | None) -> Any:
    found = OrderedDict(zip(names, columns, strict=True))
    return found if label is None else (found, found.pop(label))


def names_of_header(files: Sequence[str], compression: Any, quotes: bool, split: Any, encoding: str) -> list[str]:
    """What the first lines say; all files must agree."""
    heads = [next(records_of(f, compression, quotes, False), b"") for f in files]
    names = [[field.decode(encoding) for field in split(record=head)] for head in heads]
    if any(other != names[0] for other in names):
        raise ValueError("All input CSV files must have the same column names in the header row.")
    return names[0]


def selected(columns: Sequence[Any] | None, names: Sequence[str]) -> list[int]:
    """The numbers of the columns, in rising order."""
    if columns is None:
        return list(range(len(names)))
    numbers = [c if isinstance(c, int) else names.index(c) if c in names else -1 for c in columns]
    if any(not 0 <= k < len(names) for k in numbers):
        raise ValueError(
            f"Value {next(c for c, k in zip(columns, numbers, strict=True) if k < 0)!r} not found in list of column names."
        )
    if len(set(numbers)) < len(numbers):
        raise ValueError("`select_columns` contains duplicate columns")
    return sorted(numbers)


def inferred(samples: Sequence[Iterator[bytes]], split: Any, chosen: Sequence[int], empty: bytes) -> list[list[Any]]:
    """A default for each column: 0, 0.0 or the empty string, of the narrowest dtype that holds all that was read."""
    found: list[DType | None] = [None] * len(chosen)
    for record in (record for sample in samples for record in sample):
        fields = split(record=record)
        found = [wider(kind, fields[k], empty) for kind, k in zip(found, chosen, strict=True)]
    return [blank(kind or string) for kind in found]


ORDER = (int32, int64, float32, float64, string)


def wider(kind: DType | None, field: bytes, empty: bytes) -> DType | None:
    if field in (b"", empty):
        return kind
    start = 0 if kind is None else ORDER.index(kind)
    return next(dtype for dtype in ORDER[start:] if holds(dtype, field))


def holds(dtype: DType, field: bytes) -> bool:
    if dtype is string:
        return True
    try:
        if dtype.is_integer:
            return bool(np.iinfo(dtype.numpy_dtype).min <= int(field) <= np.iinfo(dtype.numpy_dtype).max)
        return bool(abs(float(field)) <= np.finfo(dtype.numpy_dtype).max or not np.isfinite(float(field)))
    except ValueError:
        return False


def blank(dtype: DType) -> Any:
    return [""] if dtype is string else np.zeros(1, dtype.numpy_dtype)


# -- records of examples -------------------------------------------------------------------------------------------------------------------
def make_batched_features_dataset(
    file_pattern: Any,
    batch_size: int,
    features: dict[str, Any],
    reader: Any = None,
    label_key: str | None = None,
    reader_args: Any = None,
    num_epochs: int | None = None,
    shuffle: bool = True,
    shuffle_buffer_size: int = 10000,
    shuffle_seed: int | None = None,
    prefetch_buffer_size: int | None = None,
    reader_num_threads: int | None = None,
    parser_num_threads: int | None = None,
    sloppy_ordering: bool = False,
    drop_final_batch: bool = False,
) -> Dataset:
    """Batches of the features of files of tf.train.Example records, with the label apart where one is named.

    Args:
        features: name -> FixedLenFeature, VarLenFeature, …, as tf.io.parse_example takes them.
        reader: the dataset of a file; tf.data.TFRecordDataset where nothing is said.
        label_key: the feature that comes beside the dict.
        num_epochs: how often the files are read; for ever where nothing is said.

    Raises:
        ValueError: a label that is no feature. InvalidArgumentError: no such files.
    """
    if label_key is not None and label_key not in features:
        raise ValueError(f"The `label_key` provided ({label_key!r}) must be one of the `features` keys: {list(features)}.")
    files = [name.decode() for name in matching(file_pattern)]
    data = (reader or TFRecordDataset)(files, *(reader_args or ()))
    batches = mixed(data, shuffle, shuffle_buffer_size, shuffle_seed, num_epochs).batch(
        batch_size, drop_remainder=drop_final_batch or num_epochs is None
    )
    parsed = batches.map(lambda texts: parse_example(texts, features))
    out = parsed if label_key is None else parsed.map(lambda found: (found, found.pop(label_key)))
    return out if prefetch_buffer_size is None else out.prefetch(prefetch_buffer_size)


def parse_example_dataset(features: dict[str, Any], num_parallel_calls: int = 1, deterministic: Any = None) -> Callable[..., Any]:
    """For `apply`: tf.io.parse_example of each batch of serialized examples."""
    if features is None:
        raise ValueError("Argument `features` is required, but not specified.")
    return lambda dataset: dataset.map(lambda texts: parse_example(texts, features))


__all__ = ["CsvDataset", "make_batched_features_dataset", "make_csv_dataset", "parse_example_dataset"]
