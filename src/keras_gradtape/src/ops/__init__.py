"""Keras's operations over gradtape's."""

from . import core, image, linalg, math, nn, numpy
from .core import *
