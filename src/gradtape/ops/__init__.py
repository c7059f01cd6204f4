"""The mathematics: one file a family, in layers, each closed under differentiation."""

import sys

from . import _draws, basic, indexing, operators, pieces, random, slices

operators.install()


def silence() -> None:
    """NumPy's C code warns in no module whose name is None: log(0) is -inf, whatever filters the user sets."""
    for name, module in list(sys.modules.items()):
        if name.startswith(__name__ + "."):
            vars(module)["__name__"] = None


silence()
