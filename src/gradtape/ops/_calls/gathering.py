"""Written by `make calls` from the declarations of the gathering family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def ravel_index(indices: TensorLike, dims: Any, lenient: Any = False, name: str | None = None) -> Tensor:
    """The row number of each index vector (the last axis) in an array of these extents; lenient: one past the end where outside."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(indices) is Tensor:
                indices_value = indices.value
                indices_id = indices.id
            else:
                form = type(indices)
                if form is Variable:
                    indices_value = indices.value_
                    indices_id = 0 if tape is None else indices.read_id if indices.reader == tape.serial else tape.read(indices)
                else:
                    raise TypeError('indices')
            out = Tensor()
            if indices_value.dtype not in ravel_index_dtypes:
                raise TypeError('ravel_index')
            out.value = result = ravel_index_kernel(indices_value, dims=dims, lenient=lenient)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if indices_id == 0:
                indices_id = name_tensor(indices)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (indices_id, identity, frame.f_code, frame.f_lasti, ravel_index_primitive)
            else:
                ring += (indices_id, identity, *site, ravel_index_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(ravel_index_primitive, (indices, ), {"dims": dims, "lenient": lenient})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
