"""Written by `make calls` from the declarations of the places family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def search(rows: TensorLike, values: TensorLike, side: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Where each value would be put into the sorted row (the last axis) of its own."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(rows) is Tensor:
                rows_value = rows.value
                rows_id = rows.id
            else:
                form = type(rows)
                if form is Variable:
                    rows_value = rows.value_
                    rows_id = 0 if tape is None else rows.read_id if rows.reader == tape.serial else tape.read(rows)
                else:
                    raise TypeError('rows')
            if type(values) is Tensor:
                values_value = values.value
                values_id = values.id
            else:
                form = type(values)
                if form is Variable:
                    values_value = values.value_
                    values_id = 0 if tape is None else values.read_id if values.reader == tape.serial else tape.read(values)
                else:
                    raise TypeError('values')
            out = Tensor()
            if rows_value.dtype not in search_dtypes:
                raise TypeError('search')
            if values_value.dtype != rows_value.dtype:
                raise TypeError('search')
            out.value = result = search_kernel(rows_value, values_value, side=side, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if rows_id == 0:
                rows_id = name_tensor(rows)
            if values_id == 0:
                values_id = name_tensor(values)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (rows_id, values_id, identity, frame.f_code, frame.f_lasti, search_primitive)
            else:
                ring += (rows_id, values_id, identity, *site, search_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(search_primitive, (rows, values, ), {"side": side, "dtype": dtype})


def bins(values: TensorLike, bounds: TensorLike, nbins: Any, dtype: Any, name: str | None = None) -> Tensor:
    """In which of `nbins` equal parts of the range each value falls; those outside count to the outermost."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(values) is Tensor:
                values_value = values.value
                values_id = values.id
            else:
                form = type(values)
                if form is Variable:
                    values_value = values.value_
                    values_id = 0 if tape is None else values.read_id if values.reader == tape.serial else tape.read(values)
                else:
                    raise TypeError('values')
            if type(bounds) is Tensor:
                bounds_value = bounds.value
                bounds_id = bounds.id
            else:
                form = type(bounds)
                if form is Variable:
                    bounds_value = bounds.value_
                    bounds_id = 0 if tape is None else bounds.read_id if bounds.reader == tape.serial else tape.read(bounds)
                else:
                    raise TypeError('bounds')
            out = Tensor()
            if values_value.dtype not in bins_dtypes:
                raise TypeError('bins')
            if bounds_value.dtype != values_value.dtype:
                raise TypeError('bins')
            out.value = result = bins_kernel(values_value, bounds_value, nbins=nbins, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if values_id == 0:
                values_id = name_tensor(values)
            if bounds_id == 0:
                bounds_id = name_tensor(bounds)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (values_id, bounds_id, identity, frame.f_code, frame.f_lasti, bins_primitive)
            else:
                ring += (values_id, bounds_id, identity, *site, bins_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(bins_primitive, (values, bounds, ), {"nbins": nbins, "dtype": dtype})


def tally(numbers: TensorLike, nbins: Any, name: str | None = None) -> Tensor:
    """How often each of 0 ... nbins - 1 comes along the last axis."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(numbers) is Tensor:
                numbers_value = numbers.value
                numbers_id = numbers.id
            else:
                form = type(numbers)
                if form is Variable:
                    numbers_value = numbers.value_
                    numbers_id = 0 if tape is None else numbers.read_id if numbers.reader == tape.serial else tape.read(numbers)
                else:
                    raise TypeError('numbers')
            out = Tensor()
            if numbers_value.dtype not in tally_dtypes:
                raise TypeError('tally')
            out.value = result = tally_kernel(numbers_value, nbins=nbins)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if numbers_id == 0:
                numbers_id = name_tensor(numbers)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (numbers_id, identity, frame.f_code, frame.f_lasti, tally_primitive)
            else:
                ring += (numbers_id, identity, *site, tally_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(tally_primitive, (numbers, ), {"nbins": nbins})


def unravel(indices: TensorLike, dims: Any, name: str | None = None) -> Tensor:
    """The index vectors (along the first axis) of these row numbers."""
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
            if indices_value.dtype not in unravel_dtypes:
                raise TypeError('unravel')
            out.value = result = unravel_kernel(indices_value, dims=dims)
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
                ring += (indices_id, identity, frame.f_code, frame.f_lasti, unravel_primitive)
            else:
                ring += (indices_id, identity, *site, unravel_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(unravel_primitive, (indices, ), {"dims": dims})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
