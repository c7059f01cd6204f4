"""tf.random."""

from ..ops._draws import categorical as categorical
from ..ops._draws import fold_in as fold_in
from ..ops._draws import gamma as gamma
from ..ops._draws import normal as normal
from ..ops._draws import poisson as poisson
from ..ops._draws import set_seed as set_seed
from ..ops._draws import shuffle as shuffle
from ..ops._draws import split as split
from ..ops._draws import stateless_binomial as stateless_binomial
from ..ops._draws import stateless_categorical as stateless_categorical
from ..ops._draws import stateless_gamma as stateless_gamma
from ..ops._draws import stateless_normal as stateless_normal
from ..ops._draws import stateless_parameterized_truncated_normal as stateless_parameterized_truncated_normal
from ..ops._draws import stateless_poisson as stateless_poisson
from ..ops._draws import stateless_truncated_normal as stateless_truncated_normal
from ..ops._draws import stateless_uniform as stateless_uniform
from ..ops._draws import truncated_normal as truncated_normal
from ..ops._draws import uniform as uniform
from ..ops._sampling import Algorithm as Algorithm
from . import random_experimental
from ._generator import Generator as Generator
from ._generator import create_rng_state as create_rng_state
from ._generator import get_global_generator as get_global_generator
from ._generator import set_global_generator as set_global_generator

experimental = random_experimental
