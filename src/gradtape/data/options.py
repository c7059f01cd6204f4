"""Options of a dataset: TensorFlow's settings of its runtime, which change speed, never elements.  They are kept and shown."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Any


class AutoShardPolicy(IntEnum):
    """How a dataset would be divided among workers; there is one."""

    OFF = -1
    AUTO = 0
    FILE = 1
    DATA = 2
    HINT = 3


class ExternalStatePolicy(Enum):
    """What happens to state outside when a pipeline is saved."""

    WARN = 0
    IGNORE = 1
    FAIL = 2


class AutotuneAlgorithm(Enum):
    """How TensorFlow tunes its runtime."""

    DEFAULT = 0
    HILL_CLIMB = 1
    GRADIENT_DESCENT = 2
    MAX_PARALLELISM = 3
    STAGE_BASED = 4


class Settings:
    """Attributes that may be set to anything, None at first."""

    names: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        for name in cls.names:
            setattr(cls, name, None)

    def __init__(self) -> None:
        for name in self.names:
            object.__setattr__(self, name, None)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in vars(self):
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}; it has {', '.join(vars(self))}.")
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        given = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if v is not None)
        return f"{type(self).__name__}({given})"

    def merged(self, other: Any) -> Any:
        """These settings, with what `other` says instead."""
        out = type(self)()
        for name in vars(out):
            mine, theirs = getattr(self, name), getattr(other, name)
            object.__setattr__(
                out, name, mine.merged(theirs) if isinstance(mine, Settings) else mine if theirs is None else theirs
            )
        return out


class ThreadingOptions(Settings):
    """How many threads TensorFlow's runtime would use."""

    names = ("max_intra_op_parallelism", "private_threadpool_size")


class AutotuneOptions(Settings):
    """How TensorFlow's runtime would tune itself."""

    names = ("autotune_algorithm", "cpu_budget", "enabled", "initial_parallelism", "min_parallelism", "ram_budget")


class DistributeOptions(Settings):
    """How a dataset would be divided among workers."""

    names = ("auto_shard_policy", "num_devices")


class OptimizationOptions(Settings):
    """Which rewritings TensorFlow would apply."""

    names = (
        "apply_default_optimizations", "filter_fusion", "filter_parallelization", "inject_prefetch", "map_and_batch_fusion",
        "map_and_filter_fusion", "map_fusion", "map_parallelization", "noop_elimination", "parallel_batch", "seq_interleave_prefetch",
        "shuffle_and_repeat_fusion",
    )  # fmt: skip


class ServiceOptions(Settings):
    """How a data service would behave."""

    names = ("pinned",)


class Options(Settings):
    """The settings of a dataset, as `with_options` takes them.

    >>> options = tf.data.Options()
    >>> options.deterministic = False
    >>> tf.data.Dataset.range(3).with_options(options).options().deterministic
    False
    """

    names = (
        "dataset_name", "deterministic", "experimental_deterministic", "experimental_external_state_policy",
        "experimental_slack", "experimental_symbolic_checkpoint", "experimental_warm_start", "framework_type",
    )  # fmt: skip

    groups = (
        ("autotune", AutotuneOptions), ("experimental_distribute", DistributeOptions), ("experimental_optimization", OptimizationOptions),
        ("experimental_service", ServiceOptions), ("threading", ThreadingOptions),
    )  # fmt: skip
    autotune: Any = None
    experimental_distribute: Any = None
    experimental_optimization: Any = None
    experimental_service: Any = None
    experimental_threading: Any = None
    threading: Any = None

    def __init__(self) -> None:
        super().__init__()
        for name, kind in self.groups:
            object.__setattr__(self, name, kind())
        object.__setattr__(self, "experimental_threading", self.threading)

    def merge(self, options: Options) -> Options:
        """These settings, with what `options` says instead."""
        return self.merged(options)
