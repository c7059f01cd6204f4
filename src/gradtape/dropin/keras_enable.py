"""`python -m gradtape keras`: Keras on gradtape for programs that only say `import keras`.

Keras's list of plug-in back ends is closed, so its seam needs a hook before Keras loads. Importing gradtape installs it;
programs that never do so get it from one file among the installed packages, which Python reads when it starts.
"""

from __future__ import annotations

import sysconfig
from pathlib import Path

FILE = "gradtape_keras.pth"
LINE = 'exec("try:\\n    import keras_gradtape.enabled\\nexcept ImportError:\\n    pass")\n'  # gradtape may be uninstalled
# Python runs the lines of such a file that begin with `import`.
TEXT = f"import sys; {LINE}"


def path() -> Path:
    """The file that switches it on in this environment."""
    return Path(sysconfig.get_path("purelib")) / FILE


def enable() -> int:
    """Write the file and say so; 1 where that is not allowed."""
    try:
        path().write_text(TEXT, encoding="utf-8")
    except OSError as error:
        print(f"cannot write {path()}: {error.strerror}. A virtual environment of your own can be written to.")
        return 1
    print(f"wrote {path()}")
    print("`import keras` runs on gradtape here, unless KERAS_BACKEND names another back end.")
    print("`python -m gradtape keras --disable` removes the file.")
    return 0


def disable() -> int:
    """Remove the file and say so; 1 where that is not allowed."""
    try:
        path().unlink()
    except FileNotFoundError:
        print(f"there is no {path()}")
    except OSError as error:
        print(f"cannot remove {path()}: {error.strerror}")
        return 1
    else:
        print(f"removed {path()}")
    return 0


def state() -> int:
    """Say whether the file is there."""
    print(f"{path()} is {'there: import keras runs on gradtape' if path().exists() else 'not there'}")
    return 0
