"""tf.data datasets as Keras's trainer reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from keras.src import tree
from keras.src.trainers.data_adapters import data_adapter_utils
from keras.src.trainers.data_adapters.data_adapter import DataAdapter

import gradtape as tf


class DatasetAdapter(DataAdapter):
    """Gives the elements of a dataset, which are batches, with weights for classes where there are any."""

    def __init__(self, dataset: Any, class_weight: Any = None):
        self._dataset, self._class_weight = dataset, class_weight

    def get_numpy_iterator(self) -> Iterator[Any]:
        return iter(self._dataset) if self._class_weight is None else map(self._weighted, self._dataset)

    def _weighted(self, batch: Any) -> Any:
        x, y, weight = data_adapter_utils.unpack_x_y_sample_weight(batch)
        if weight is not None:
            raise ValueError("You cannot `class_weight` and `sample_weight` at the same time.")
        return x, y, data_adapter_utils.class_weight_to_sample_weights(y, self._class_weight)

    def get_tf_dataset(self) -> Any:
        return self._dataset

    @property
    def num_batches(self) -> int | None:
        count = int(self._dataset.cardinality())
        return count if count >= 0 else None

    @property
    def batch_size(self) -> int | None:
        shape = tree.flatten(self._dataset.element_spec)[0].shape
        return shape[0] if shape.rank else None

    @property
    def has_partial_batch(self) -> None:
        return None

    @property
    def partial_batch_size(self) -> None:
        return None


def adapted(x: Any, y: Any = None, sample_weight: Any = None, class_weight: Any = None) -> Any:
    """A dataset as what Keras's epochs read; anything else as it is.

    Raises:
        ValueError: targets or weights beside a dataset, which holds its own.
    """
    if "gradtape.data" not in sys.modules or not isinstance(x, tf.data.Dataset):
        return x
    for name, value in (("y", y), ("sample_weight", sample_weight)):
        if value is not None:
            raise ValueError(f"When `x` is a tf.data.Dataset, `{name}` should not be passed: the dataset's elements hold it.")
    return DatasetAdapter(x, class_weight)
