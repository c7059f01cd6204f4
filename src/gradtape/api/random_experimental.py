"""tf.random.experimental."""

from ..ops._draws import fold_in as stateless_fold_in
from ..ops._draws import split as stateless_split
from ..ops._draws import stateless_shuffle as stateless_shuffle
from ..ops._sampling import Algorithm as Algorithm
from ._generator import Generator as Generator
from ._generator import create_rng_state as create_rng_state
from ._generator import get_global_generator as get_global_generator
from ._generator import set_global_generator as set_global_generator

__all__ = [
    "Algorithm",
    "Generator",
    "create_rng_state",
    "get_global_generator",
    "set_global_generator",
    "stateless_fold_in",
    "stateless_shuffle",
    "stateless_split",
]
