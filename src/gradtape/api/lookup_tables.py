"""tf.lookup: tables from keys to values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor
from ..composites.rows import known
from ..composites.sparse import SparseTensor
from ..core.dtypes import DType, as_dtype, int64, string
from ..core.errors import FailedPreconditionError, invalid
from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from ._each_string import of_objects, whole
from ._fingerprints import fingerprint
from .lookup_files import KeyValueTensorInitializer, TextFileInitializer


def check_initializer(initializer: Any, what: str) -> None:
    if not isinstance(initializer, (KeyValueTensorInitializer, TextFileInitializer)):
        raise TypeError(
            f"{what}: initializer must be a tf.lookup.KeyValueTensorInitializer or a TextFileInitializer, got {type(initializer).__name__}."
        )


class Table:
    """What all tables share: keys of one dtype, values of one dtype and shape, in a dictionary."""

    def __init__(self, key_dtype: Any, value_dtype: Any, name: str | None):
        self._key_dtype, self._value_dtype, self._name = as_dtype(key_dtype), as_dtype(value_dtype), name
        self._entries: dict[Any, Any] = {}

    @property
    def key_dtype(self) -> DType:
        return self._key_dtype

    @property
    def value_dtype(self) -> DType:
        return self._value_dtype

    @property
    def name(self) -> str | None:
        return self._name

    @property
    def resource_handle(self) -> Any:
        """The table itself: there is no other runtime that holds it."""
        return self

    def size(self, name: str | None = None) -> Tensor:
        """How many keys there are."""
        return tensor(np.array(len(self._entries), np.int64))

    def __getitem__(self, keys: Any) -> Any:
        return self.lookup(keys)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        raise NotImplementedError

    def _keys_of(self, keys: Any) -> Any:
        """Keys as a tensor, ragged or sparse tensor of the table's dtype."""
        if isinstance(keys, (RaggedTensor, SparseTensor)) or is_tensor(keys):
            found = keys if isinstance(keys, (RaggedTensor, SparseTensor)) else convert_to_tensor(keys)
        else:
            found = convert_to_tensor(keys, None if self._key_dtype is string else self._key_dtype)
        if found.dtype is not self._key_dtype:
            raise TypeError(f"Dtype of argument `keys` must be {self._key_dtype!r}, received: {found.dtype!r}")
        return found

    def _mapped(self, keys: Any, function: Callable[[np.ndarray], np.ndarray], shape: tuple[int, ...] = ()) -> Any:
        """function of the keys, wherever they stand."""
        found = self._keys_of(keys)
        if isinstance(found, (RaggedTensor, SparseTensor)):
            return found.with_differentiated(self._mapped(found.differentiated, function, shape))
        return whole("LookupTableFind", [found], function, self._value_dtype, (*found.dims, *shape))

    def _array(self, values: list[Any], shape: tuple[int, ...]) -> np.ndarray:
        if self._value_dtype is string:
            return (
                of_objects(values, shape)
                if not values or isinstance(values[0], bytes)
                else np.array(values, object).reshape(shape)
            )
        return np.array(values, self._value_dtype.numpy_dtype).reshape(shape)

    def _insert(self, keys: Any, values: Any, shape: tuple[int, ...], op: str, once: bool) -> None:
        """Keys and their values; `once`: a key may not come again with another value."""
        k, v = known(convert_to_tensor(keys, self._key_dtype)), known(convert_to_tensor(values, self._value_dtype))
        if v.shape != (*k.shape, *shape):
            raise invalid(op, f"Expected shape {[*k.shape, *shape]} for value, got {list(v.shape)}")
        held = v.reshape(k.size, *shape)
        for key, value in zip(k.ravel().tolist(), held.tolist(), strict=True):
            if once and self._entries.get(key, value) != value:
                raise FailedPreconditionError(
                    None,
                    None,
                    f"HashTable has different value for same key. Key {shown(key)} has {shown(self._entries[key])} and trying to add "
                    f"value {shown(value)} [Op:{op}]",
                )
            self._entries[key] = value

    def _exported(self, shape: tuple[int, ...]) -> tuple[Tensor, Tensor]:
        keys = list(self._entries)
        array = of_objects(keys, len(keys)) if self._key_dtype is string else np.array(keys, self._key_dtype.numpy_dtype)
        return tensor(array), tensor(self._array(list(self._entries.values()), (len(keys), *shape)))


def shown(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


# -- tables that are filled once ---------------------------------------------------------------------------------------------------
class StaticHashTable(Table):
    """A table that its initializer fills.

    Args:
        initializer: a KeyValueTensorInitializer or TextFileInitializer.
        default_value: of keys that are not there.

    Raises:
        FailedPreconditionError: a key twice, with different values.

    >>> table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2]), default_value=-1)
    >>> table.lookup(tf.constant(["b", "z"])).numpy()
    array([ 2, -1], dtype=int32)
    """

    def __init__(self, initializer: Any, default_value: Any, name: str | None = None, experimental_is_anonymous: bool = False):
        check_initializer(initializer, "StaticHashTable")
        super().__init__(initializer.key_dtype, initializer.value_dtype, name)
        self._default = convert_to_tensor(default_value, self._value_dtype)
        initializer.initialize(self)

    @property
    def default_value(self) -> Tensor:
        return self._default

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """The values of the keys; keys may be a tensor, a ragged or a sparse tensor.

        Raises:
            TypeError: keys of another dtype.
        """
        entries, default = self._entries, known(self._default).item()

        def found(array: np.ndarray) -> np.ndarray:
            return self._array([entries.get(key, default) for key in array.ravel().tolist()], array.shape)

        return self._mapped(keys, found)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """(keys, values)."""
        return self._exported(())

    def _fill(self, keys: Any, values: Any) -> None:
        self._insert(keys, values, (), "LookupTableImportV2", once=True)


class StaticVocabularyTable(Table):
    """Numbers for the words of a vocabulary; any other word gets one of `num_oov_buckets` more, by its hash.

    Args:
        initializer: with values of int64; None: all words are hashed.
        lookup_key_dtype: of the keys that are looked up, where they are integers of another dtype.

    Raises:
        ValueError: no buckets. TypeError: values that are not int64.

    >>> words = tf.lookup.KeyValueTensorInitializer(["a", "b"], tf.constant([0, 1], tf.int64))
    >>> tf.lookup.StaticVocabularyTable(words, num_oov_buckets=3).lookup(tf.constant(["b", "zebra"])).numpy()
    array([1, 4])
    """

    def __init__(
        self,
        initializer: Any,
        num_oov_buckets: int,
        lookup_key_dtype: Any = None,
        name: str | None = None,
        experimental_is_anonymous: bool = False,
    ):
        if initializer is not None:
            check_initializer(initializer, "StaticVocabularyTable")
        if num_oov_buckets <= 0:
            raise ValueError("`num_oov_buckets` must be > 0; use StaticHashTable.")
        key_dtype = lookup_key_dtype or (string if initializer is None else initializer.key_dtype)
        super().__init__(key_dtype, int64, name)
        self._buckets = int(num_oov_buckets)
        if initializer is not None:
            self._take(initializer)

    def _take(self, initializer: Any) -> None:
        if as_dtype(initializer.value_dtype) is not int64:
            raise TypeError(f"Invalid `value_dtype`, expected {int64!r} but got {initializer.value_dtype!r}.")
        if self._key_dtype is not as_dtype(initializer.key_dtype) and not (
            self._key_dtype.is_integer and as_dtype(initializer.key_dtype).is_integer
        ):
            raise TypeError(f"Invalid `key_dtype`, expected {self._key_dtype!r} but got {initializer.key_dtype!r}.")
        self._entries = StaticHashTable(initializer, -1)._entries

    def size(self, name: str | None = None) -> Tensor:
        """How many numbers there are: words and buckets."""
        return tensor(np.array(len(self._entries) + self._buckets, np.int64))

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """The numbers of the keys; keys may be a tensor, a ragged or a sparse tensor.

        Raises:
            TypeError: keys of another dtype.
        """
        entries, first, count = self._entries, len(self._entries), self._buckets

        def number(key: Any) -> int:
            known = entries.get(key)
            return first + fingerprint(key if isinstance(key, bytes) else str(key).encode()) % count if known is None else known

        return self._mapped(
            keys, lambda array: np.array([number(k) for k in array.ravel().tolist()], np.int64).reshape(array.shape)
        )


# -- tables that grow -----------------------------------------------------------------------------------------------------------------
class MutableHashTable(Table):
    """A table that takes and loses keys.

    Args:
        default_value: of keys that are not there; its shape is that of every value.

    >>> table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, default_value=-1)
    >>> table.insert(["a", "b"], [1, 2])
    >>> table.lookup(tf.constant(["b", "c"])).numpy()
    array([ 2, -1])
    """

    def __init__(
        self,
        key_dtype: Any,
        value_dtype: Any,
        default_value: Any,
        name: str = "MutableHashTable",
        checkpoint: bool = True,
        experimental_is_anonymous: bool = False,
    ):
        super().__init__(key_dtype, value_dtype, name)
        self._default = convert_to_tensor(default_value, self._value_dtype)

    def insert(self, keys: Any, values: Any, name: str | None = None) -> None:
        """Put the values at the keys, in place of those that are there.

        Raises:
            InvalidArgumentError: values whose shape does not fit.
        """
        self._insert(keys, values, self._default.dims, "LookupTableInsertV2", once=False)

    def remove(self, keys: Any, name: str | None = None) -> None:
        """Forget these keys; those that are not there do no harm."""
        for key in known(convert_to_tensor(keys, self._key_dtype)).ravel().tolist():
            self._entries.pop(key, None)

    def lookup(self, keys: Any, dynamic_default_values: Any = None, name: str | None = None) -> Any:
        """The values of the keys; where they are not there, the default, or their own of `dynamic_default_values`."""
        shape = self._default.dims
        given = self._default if dynamic_default_values is None else convert_to_tensor(dynamic_default_values, self._value_dtype)

        def found(array: np.ndarray) -> np.ndarray:
            defaults = np.broadcast_to(known(given), (*array.shape, *shape)).reshape(array.size, *shape).tolist()
            flat = array.ravel().tolist()
            return self._array([self._entries.get(k, d) for k, d in zip(flat, defaults, strict=True)], (*array.shape, *shape))

        return self._mapped(keys, found, shape)

    def export(self, name: str | None = None) -> tuple[Tensor, Tensor]:
        """(keys, values)."""
        return self._exported(self._default.dims)


class DenseHashTable(MutableHashTable):
    """A MutableHashTable with two keys that stand for empty and deleted places, which programs may not use.

    >>> table = tf.lookup.experimental.DenseHashTable(tf.string, tf.int64, default_value=-1, empty_key="", deleted_key="$")
    >>> table.insert(["a"], [1])
    >>> table[tf.constant(["a", "b"])].numpy()
    array([ 1, -1])
    """

    def __init__(
        self,
        key_dtype: Any,
        value_dtype: Any,
        default_value: Any,
        empty_key: Any,
        deleted_key: Any,
        initial_num_buckets: Any = None,
        name: str = "MutableDenseHashTable",
        checkpoint: bool = True,
        experimental_is_anonymous: bool = False,
    ):
        super().__init__(key_dtype, value_dtype, default_value, name)
        reserved = [known(convert_to_tensor(k, self._key_dtype)).item() for k in (empty_key, deleted_key)]
        if reserved[0] == reserved[1]:
            raise invalid("MutableDenseHashTable", "Empty and deleted keys cannot be equal")
        self._reserved = dict(zip(reserved, ("empty_key", "deleted_key"), strict=True))

    def _checked(self, keys: Any, op: str) -> Any:
        found = self._keys_of(keys)
        flat = found.differentiated if isinstance(found, (RaggedTensor, SparseTensor)) else found
        bad = next((self._reserved[k] for k in known(flat).ravel().tolist() if k in self._reserved), None)
        if bad is not None:
            raise invalid(op, f"Using the {bad} as a table key is not allowed")
        return found

    def insert(self, keys: Any, values: Any, name: str | None = None) -> None:
        """Put the values at the keys, in place of those that are there.

        Raises:
            InvalidArgumentError: the empty or the deleted key, values whose shape does not fit.
        """
        super().insert(self._checked(keys, "LookupTableInsertV2"), values)

    insert_or_assign = insert

    def erase(self, keys: Any, name: str | None = None) -> None:
        """Forget these keys."""
        self.remove(self._checked(keys, "LookupTableRemoveV2"))

    def lookup(self, keys: Any, name: str | None = None) -> Any:  # type: ignore[override]  # TensorFlow's has no defaults here
        """The values of the keys, the default where they are not there."""
        return super().lookup(self._checked(keys, "LookupTableFindV2"))


__all__ = ["DenseHashTable", "MutableHashTable", "StaticHashTable", "StaticVocabularyTable"]
