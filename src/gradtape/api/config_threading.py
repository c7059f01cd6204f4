"""tf.config.threading: how many threads native code uses. NumPy's own products follow OPENBLAS_NUM_THREADS."""

from __future__ import annotations

import operator

from ..exec.native import threads

LIMIT = 1 << 15  # threads: more is a mistake, and no library takes it


def get_intra_op_parallelism_threads() -> int:
    """The number of threads within an operation; 0 says that the machine decides (and OMP_NUM_THREADS, if it is set).

    >>> tf.config.threading.get_intra_op_parallelism_threads()
    0
    """
    return threads.State.asked


def set_intra_op_parallelism_threads(num_threads: int) -> None:
    """Sets the number of threads within an operation, at any time (TensorFlow: only before the first operation).

    Raises:
        ValueError: a negative number.

    >>> tf.config.threading.set_intra_op_parallelism_threads(0)
    """
    threads.set_count(checked(num_threads))


def get_inter_op_parallelism_threads() -> int:
    """What was set for operations that run beside each other; gradtape runs them one after the other.

    >>> tf.config.threading.get_inter_op_parallelism_threads()
    0
    """
    return threads.State.inter


def set_inter_op_parallelism_threads(num_threads: int) -> None:
    """Accepted and kept; operations run one after the other, each in as many threads as it may use.

    Raises:
        ValueError: a negative number.

    >>> tf.config.threading.set_inter_op_parallelism_threads(0)
    """
    threads.State.inter = checked(num_threads)


def checked(num_threads: int) -> int:
    count = operator.index(num_threads)
    if not 0 <= count < LIMIT:
        raise ValueError(f"num_threads must be 0 (the machine decides) or more, below {LIMIT}, got {count}")
    return count
