"""tf.strings: hash buckets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.dtypes import int64
from ..core.errors import invalid
from ..ops._arguments import static
from ._each_string import each
from ._fingerprints import fingerprint, murmur, siphash


def to_hash_bucket(input: Any, num_buckets: Any, name: str | None = None) -> Any:
    """A bucket below `num_buckets` for each string, by TensorFlow's own hash, which may differ between its versions.

    >>> tf.strings.to_hash_bucket(["Hello", "TensorFlow"], 3).numpy()
    array([2, 0])
    """
    return buckets("StringToHashBucket", input, num_buckets, murmur)


def to_hash_bucket_fast(input: Any, num_buckets: Any, name: str | None = None) -> Any:
    """A bucket below `num_buckets` for each string, by FarmHash's fingerprint: the same on every machine.

    >>> tf.strings.to_hash_bucket_fast(["Hello", "TensorFlow", "2.x"], 3).numpy()
    array([0, 2, 2])
    """
    return buckets("StringToHashBucketFast", input, num_buckets, fingerprint)


def to_hash_bucket_strong(input: Any, num_buckets: Any, key: Any, name: str | None = None) -> Any:
    """A bucket below `num_buckets` for each string, by SipHash with a key of two numbers: nobody who lacks the key can guess it.

    >>> tf.strings.to_hash_bucket_strong(["Hello", "TF"], 3, [1, 2]).numpy()
    array([2, 0])
    """
    words = [int(k) for k in static(key)]
    if len(words) != 2:
        raise invalid("StringToHashBucketStrong", "Key must have 2 elements")
    both = (words[0] % 2**64, words[1] % 2**64)
    return buckets("StringToHashBucketStrong", input, num_buckets, lambda s: siphash(s, both))


def buckets(op: str, value: Any, num_buckets: Any, function: Callable[[bytes], int]) -> Any:
    count = int(static(num_buckets))
    if count < 1:
        raise invalid(op, f"Value for attr 'num_buckets' of {count} must be at least minimum 1")
    return each(op, value, lambda s: function(s) % count, int64)


__all__ = ["to_hash_bucket", "to_hash_bucket_fast", "to_hash_bucket_strong"]
