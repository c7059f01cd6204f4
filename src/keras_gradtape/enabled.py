"""What `python -m gradtape keras --enable` makes Python load when it starts: it waits for `import keras`, and is gone then.

Keras then runs on gradtape, unless KERAS_BACKEND names another back end. Nothing else is loaded before.
"""

import importlib
import os
import sys


class Watch:
    """Installs gradtape's hook just before Keras loads; it finds nothing itself."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname == "keras":
            sys.meta_path.remove(cls)
            if os.environ.get("KERAS_BACKEND") in (None, "", "gradtape"):
                importlib.import_module("gradtape")


sys.meta_path.insert(0, Watch)
