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
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(ravel_index_primitive, (indices, ), {"dims": dims, "lenient": lenient})
    kind = type(indices)
    if kind is Tensor:
        indices_value = indices.value
        indices_id = indices.id
    elif kind is Variable:
        indices_value = indices.value_
        indices_id = 0 if tape is None else indices.read_id if indices.reader == tape.serial else tape.read(indices)
    else:
        return careful(ravel_index_primitive, (indices, ), {"dims": dims, "lenient": lenient})
    out = Tensor()
    try:
        if indices_value.dtype not in ravel_index_dtypes:
            raise TypeError('ravel_index')
        out.value = result = ravel_index_kernel(indices_value, dims=dims, lenient=lenient)
    except MISFIT:
        return careful(ravel_index_primitive, (indices, ), {"dims": dims, "lenient": lenient})
    if tape is None:
        out.id = 0
        return out
    site = context.site
    if site is None:
        frame = getframe(1)
        code = frame.f_code
        offset = frame.f_lasti
    else:
        code, offset = site
    if indices_id == 0:
        indices_id = name_tensor(indices)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (indices_id, identity, code, offset, ravel_index_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
