"""Keras's operations over gradtape's."""

from types import FunctionType, ModuleType

from . import core, image, linalg, math, nn, numpy
from .core import *


def drop_annotations(module: ModuleType) -> None:
    """Keras compares the signatures of its operations with a back end's, and its own bear no types."""
    for function in vars(module).values():
        if isinstance(function, FunctionType) and function.__module__.startswith(__name__):
            function.__annotations__ = {}


for module in (core, image, linalg, math, nn, numpy):
    drop_annotations(module)
