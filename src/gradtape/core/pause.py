"""Python's cycle collector rests while gradtape loads: importing makes many objects and no garbage, and looking costs a tenth of it."""

import gc

WAS_ON = gc.isenabled()
gc.disable()


def over() -> None:
    """The collector goes on, if it was on before."""
    if WAS_ON:
        gc.enable()
