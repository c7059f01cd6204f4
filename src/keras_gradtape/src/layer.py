"""What every Keras layer inherits from this back end: nothing so far."""

from __future__ import annotations


class BackendLayer:
    """A layer needs no help: tapes see its operations and its variables by themselves."""
