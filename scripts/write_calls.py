"""Write src/gradtape/ops/_calls/: the public function and backward step of every operation, from the declarations.

    GRADTAPE_FRESH_CALLS=1 python scripts/write_calls.py [--check]

With --check nothing is written; the exit status says whether the committed files are fresh.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

os.environ["GRADTAPE_FRESH_CALLS"] = "1"

from gradtape import ops
from gradtape.ops import _calls, _declare

for module in pkgutil.iter_modules(ops.__path__):  # some families load on first use
    import_module(f"gradtape.ops.{module.name}")


def main() -> int:
    folder = Path(_calls.__path__[0])
    wanted = {f"{family}.py": text for family, text in _declare.TEXTS.items()}
    present = {p.name: p.read_text() for p in folder.glob("*.py") if p.name != "__init__.py"}
    stale = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in sys.argv:
        print("\n".join(f"stale: {name}" for name in stale) or "fresh")
        return 1 if stale else 0
    for name in stale:
        path = folder / name
        if name in wanted:
            path.write_text(wanted[name])
        else:
            path.unlink()
        print(f"{'wrote' if name in wanted else 'removed'} {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
