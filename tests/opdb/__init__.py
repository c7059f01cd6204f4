"""One record an operation; the generic tests in tests/test_ops.py run over all of them."""

from __future__ import annotations

import importlib
import pkgutil

from ._record import Op


def records() -> list[Op]:
    found = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")):
        found += importlib.import_module(f"{__name__}.{module}").RECORDS
    return found
