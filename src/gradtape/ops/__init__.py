"""The mathematics: one file a family, in layers, each closed under differentiation."""

import sys

from . import basic as basic
from . import pieces as pieces
from . import indexing as indexing
from . import slices as slices
from . import logic as logic
from . import arithmetic as arithmetic
from . import math as math
from . import special as special
from . import bessel as bessel
from . import reduce as reduce
from . import scan as scan
from . import sorting as sorting
from . import counting as counting
from . import segment as segment
from . import moves as moves
from . import array as array
from . import create as create
from . import places as places
from . import gathering as gathering
from . import scattering as scattering
from . import growing as growing
from . import state as state
from . import linalg as linalg
from . import diagonals as diagonals
from . import solves as solves
from . import decompositions as decompositions
from . import determinants as determinants
from . import inverses as inverses
from . import matrix_functions as matrix_functions
from . import norms as norms
from . import conjugate_gradient as conjugate_gradient
from . import linear_operators as linear_operators
from . import structured_operators as structured_operators
from . import conv as conv
from . import pool as pool
from . import patches as patches
from . import random as random
from . import signal as signal
from . import softmax as softmax
from . import activations as activations
from . import losses as losses
from . import normalization as normalization
from . import clip as clip
from . import detection as detection
from . import dropout as dropout
from . import embedding as embedding
from . import image as image
from . import isotonic as isotonic
from . import ctc as ctc
from . import effects as effects
from . import operators as operators

operators.install()


def silence() -> None:
    """NumPy's C code warns in no module whose name is None: log(0) is -inf, whatever filters the user sets."""
    for name, module in list(sys.modules.items()):
        if name.startswith(__name__ + "."):
            vars(module)["__name__"] = None


silence()
