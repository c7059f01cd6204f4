"""Python's cycle collector rests while gradtape loads: importing makes many objects and no garbage, and looking costs a tenth of it."""

import gc

WAS_ON = gc.isenabled()
gc.disable()


def over() -> None:
    """The collector goes on, if it was on before; what was loaded counts as old, so that its next pass does not walk through it."""
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
    if WAS_ON:
        gc.enable()
