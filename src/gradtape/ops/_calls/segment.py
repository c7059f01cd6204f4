"""Written by `make calls` from the declarations of the segment family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def end_to_end(segment_ids: TensorLike, num: Any, axis: Any = 0, name: str | None = None) -> Tensor:
    """Ids into the segments of all samples (those of an axis) laid end to end; negative ones stay negative."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if segment_ids_value.dtype not in end_to_end_dtypes:
                raise TypeError('end_to_end')
            out.value = result = end_to_end_kernel(segment_ids_value, num=num, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (segment_ids_id, identity, frame.f_code, frame.f_lasti, end_to_end_primitive)
            else:
                ring += (segment_ids_id, identity, *site, end_to_end_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(end_to_end_primitive, (segment_ids, ), {"num": num, "axis": axis})


def segments_sum(data: TensorLike, segment_ids: TensorLike, num: Any, name: str | None = None) -> Tensor:
    """The sum of the rows of each id."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(data) is Tensor:
                data_value = data.value
                data_id = data.id
            else:
                form = type(data)
                if form is Variable:
                    data_value = data.value_
                    data_id = 0 if tape is None else data.read_id if data.reader == tape.serial else tape.read(data)
                else:
                    raise TypeError('data')
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if data_value.dtype not in segments_sum_dtypes:
                raise TypeError('segments_sum')
            out.value = result = segments_sum_kernel(data_value, segment_ids_value, num=num)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if data_id in tracked or segment_ids_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (segment_ids_value, data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_sum_primitive)
                else:
                    records += (segment_ids_value, data_id, segment_ids_id, identity, *site, segments_sum_primitive)
                return out
            if data_id == 0:
                data_id = name_tensor(data)
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_sum_primitive)
            else:
                ring += (data_id, segment_ids_id, identity, *site, segments_sum_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(segments_sum_primitive, (data, segment_ids, ), {"num": num})


def segments_sum_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    segment_ids, data_id, segment_ids_id, y_id, code, offset, primitive = record
    if data_id in tracked:
        if type(segment_ids) is ndarray:
            array = segment_ids
            segment_ids = Tensor()
            segment_ids.value = array
            segment_ids.id = segment_ids_id
        step = segments_sum_vjp_data(g, segment_ids)
        grads[data_id] = accumulate(grads[data_id], step) if data_id in grads else step


def rows_of_segments(x: TensorLike, segment_ids: TensorLike, name: str | None = None) -> Tensor:
    """The row of x at each id; zeros for negative ones."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(x) is Tensor:
                x_value = x.value
                x_id = x.id
            else:
                form = type(x)
                if form is Variable:
                    x_value = x.value_
                    x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
                else:
                    raise TypeError('x')
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if x_value.dtype not in rows_of_segments_dtypes:
                raise TypeError('rows_of_segments')
            out.value = result = rows_of_segments_kernel(x_value, segment_ids_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or segment_ids_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (segment_ids_value, x_value.shape, x_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, rows_of_segments_primitive)
                else:
                    records += (segment_ids_value, x_value.shape, x_id, segment_ids_id, identity, *site, rows_of_segments_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, rows_of_segments_primitive)
            else:
                ring += (x_id, segment_ids_id, identity, *site, rows_of_segments_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rows_of_segments_primitive, (x, segment_ids, ), {})


def rows_of_segments_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    segment_ids, x_shape, x_id, segment_ids_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(segment_ids) is ndarray:
            array = segment_ids
            segment_ids = Tensor()
            segment_ids.value = array
            segment_ids.id = segment_ids_id
        step = rows_of_segments_vjp_x(g, segment_ids, x_shape)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def segment_sizes(segment_ids: TensorLike, num: Any, dtype: Any, root: Any, name: str | None = None) -> Tensor:
    """How many rows each id has, at least 1, as divisors; `root`: the square root of that."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if segment_ids_value.dtype not in segment_sizes_dtypes:
                raise TypeError('segment_sizes')
            out.value = result = segment_sizes_kernel(segment_ids_value, num=num, dtype=dtype, root=root)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (segment_ids_id, identity, frame.f_code, frame.f_lasti, segment_sizes_primitive)
            else:
                ring += (segment_ids_id, identity, *site, segment_sizes_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(segment_sizes_primitive, (segment_ids, ), {"num": num, "dtype": dtype, "root": root})


def segments_max(data: TensorLike, segment_ids: TensorLike, num: Any, zero: Any = False, name: str | None = None) -> Tensor:
    """The largest of the rows of each id; of none the lowest finite number, or 0."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(data) is Tensor:
                data_value = data.value
                data_id = data.id
            else:
                form = type(data)
                if form is Variable:
                    data_value = data.value_
                    data_id = 0 if tape is None else data.read_id if data.reader == tape.serial else tape.read(data)
                else:
                    raise TypeError('data')
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if data_value.dtype not in segments_max_dtypes:
                raise TypeError('segments_max')
            out.value = result = segments_max_kernel(data_value, segment_ids_value, num=num, zero=zero)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if data_id in tracked or segment_ids_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (data_value, segment_ids_value, result, data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_max_primitive)
                else:
                    records += (data_value, segment_ids_value, result, data_id, segment_ids_id, identity, *site, segments_max_primitive)
                return out
            if data_id == 0:
                data_id = name_tensor(data)
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_max_primitive)
            else:
                ring += (data_id, segment_ids_id, identity, *site, segments_max_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(segments_max_primitive, (data, segment_ids, ), {"num": num, "zero": zero})


def segments_max_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    data, segment_ids, y, data_id, segment_ids_id, y_id, code, offset, primitive = record
    if data_id in tracked:
        if type(data) is ndarray:
            array = data
            data = Tensor()
            data.value = array
            data.id = data_id
        if type(segment_ids) is ndarray:
            array = segment_ids
            segment_ids = Tensor()
            segment_ids.value = array
            segment_ids.id = segment_ids_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = segments_max_vjp_data(g, data, segment_ids, y)
        grads[data_id] = accumulate(grads[data_id], step) if data_id in grads else step


def segments_min(data: TensorLike, segment_ids: TensorLike, num: Any, zero: Any = False, name: str | None = None) -> Tensor:
    """The smallest of the rows of each id; of none the highest finite number, or 0."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(data) is Tensor:
                data_value = data.value
                data_id = data.id
            else:
                form = type(data)
                if form is Variable:
                    data_value = data.value_
                    data_id = 0 if tape is None else data.read_id if data.reader == tape.serial else tape.read(data)
                else:
                    raise TypeError('data')
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if data_value.dtype not in segments_min_dtypes:
                raise TypeError('segments_min')
            out.value = result = segments_min_kernel(data_value, segment_ids_value, num=num, zero=zero)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if data_id in tracked or segment_ids_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (data_value, segment_ids_value, result, data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_min_primitive)
                else:
                    records += (data_value, segment_ids_value, result, data_id, segment_ids_id, identity, *site, segments_min_primitive)
                return out
            if data_id == 0:
                data_id = name_tensor(data)
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_min_primitive)
            else:
                ring += (data_id, segment_ids_id, identity, *site, segments_min_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(segments_min_primitive, (data, segment_ids, ), {"num": num, "zero": zero})


def segments_min_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    data, segment_ids, y, data_id, segment_ids_id, y_id, code, offset, primitive = record
    if data_id in tracked:
        if type(data) is ndarray:
            array = data
            data = Tensor()
            data.value = array
            data.id = data_id
        if type(segment_ids) is ndarray:
            array = segment_ids
            segment_ids = Tensor()
            segment_ids.value = array
            segment_ids.id = segment_ids_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = segments_min_vjp_data(g, data, segment_ids, y)
        grads[data_id] = accumulate(grads[data_id], step) if data_id in grads else step


def segments_prod(data: TensorLike, segment_ids: TensorLike, num: Any, name: str | None = None) -> Tensor:
    """The product of the rows of each id; 1 of none."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(data) is Tensor:
                data_value = data.value
                data_id = data.id
            else:
                form = type(data)
                if form is Variable:
                    data_value = data.value_
                    data_id = 0 if tape is None else data.read_id if data.reader == tape.serial else tape.read(data)
                else:
                    raise TypeError('data')
            if type(segment_ids) is Tensor:
                segment_ids_value = segment_ids.value
                segment_ids_id = segment_ids.id
            else:
                form = type(segment_ids)
                if form is Variable:
                    segment_ids_value = segment_ids.value_
                    segment_ids_id = 0 if tape is None else segment_ids.read_id if segment_ids.reader == tape.serial else tape.read(segment_ids)
                else:
                    raise TypeError('segment_ids')
            out = Tensor()
            if data_value.dtype not in segments_prod_dtypes:
                raise TypeError('segments_prod')
            out.value = result = segments_prod_kernel(data_value, segment_ids_value, num=num)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if data_id in tracked or segment_ids_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (data_value, segment_ids_value, data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_prod_primitive)
                else:
                    records += (data_value, segment_ids_value, data_id, segment_ids_id, identity, *site, segments_prod_primitive)
                return out
            if data_id == 0:
                data_id = name_tensor(data)
            if segment_ids_id == 0:
                segment_ids_id = name_tensor(segment_ids)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (data_id, segment_ids_id, identity, frame.f_code, frame.f_lasti, segments_prod_primitive)
            else:
                ring += (data_id, segment_ids_id, identity, *site, segments_prod_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(segments_prod_primitive, (data, segment_ids, ), {"num": num})


def segments_prod_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    data, segment_ids, data_id, segment_ids_id, y_id, code, offset, primitive = record
    if data_id in tracked:
        if type(data) is ndarray:
            array = data
            data = Tensor()
            data.value = array
            data.id = data_id
        if type(segment_ids) is ndarray:
            array = segment_ids
            segment_ids = Tensor()
            segment_ids.value = array
            segment_ids.id = segment_ids_id
        step = segments_prod_vjp_data(g, data, segment_ids)
        grads[data_id] = accumulate(grads[data_id], step) if data_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
