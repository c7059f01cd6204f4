"""Written by `make calls` from the declarations of the reduce family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def reduce_mean(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The mean over the given axes (all, where none is given); of integers, the integer next to it towards zero.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_mean(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([2., 3.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_mean_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_mean_dtypes:
                raise TypeError('reduce_mean')
            out.value = result = reduce_mean_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value.shape, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_mean_primitive)
                else:
                    records += (input_tensor_value.shape, axis, input_tensor_id, identity, *site, reduce_mean_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_mean_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_mean_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_mean_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_mean_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = reduce_mean_vjp_x(g, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def spread_mean(x: TensorLike, shape: Any, axis: Any, name: str | None = None) -> Tensor:
    """What reduced to x, if every element had the same share: x / n, repeated along the axes that were reduced."""
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
            out = Tensor()
            if x_value.dtype not in spread_mean_dtypes:
                raise TypeError('spread_mean')
            out.value = result = spread_mean_kernel(x_value, shape=shape, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value.shape, axis, x_id, identity, frame.f_code, frame.f_lasti, spread_mean_primitive)
                else:
                    records += (x_value.shape, axis, x_id, identity, *site, spread_mean_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, spread_mean_primitive)
            else:
                ring += (x_id, identity, *site, spread_mean_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(spread_mean_primitive, (x, ), {"shape": shape, "axis": axis})


def spread_mean_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x_shape, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = spread_mean_vjp_x(g, x_shape, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_max(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The largest value over the given axes (all, where none is given); elements that tie share the gradient.

    Of nothing: -inf, or the lowest integer. NaN wins.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_max(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([5., 4.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_max_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_max_dtypes:
                raise TypeError('reduce_max')
            out.value = result = reduce_max_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_max_primitive)
                else:
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, *site, reduce_max_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_max_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_max_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_max_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_max_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = reduce_max_vjp_x(g, x, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_min(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The smallest value over the given axes (all, where none is given); elements that tie share the gradient.

    Of nothing: inf, or the highest integer. NaN wins.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_min(tf.constant([[1.0, 5.0], [3.0, 4.0]]), axis=1).numpy()
    array([1., 3.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_min_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_min_dtypes:
                raise TypeError('reduce_min')
            out.value = result = reduce_min_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_min_primitive)
                else:
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, *site, reduce_min_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_min_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_min_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_min_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_min_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = reduce_min_vjp_x(g, x, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def matches(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """x == y, where NaN equals NaN."""
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
            if type(y) is Tensor:
                y_value = y.value
                y_id = y.id
            else:
                form = type(y)
                if form is Variable:
                    y_value = y.value_
                    y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
                else:
                    raise TypeError('y')
            out = Tensor()
            if x_value.dtype not in matches_dtypes:
                raise TypeError('matches')
            out.value = result = matches_kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if y_id == 0:
                y_id = name_tensor(y)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, matches_primitive)
            else:
                ring += (x_id, y_id, identity, *site, matches_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(matches_primitive, (x, y, ), {})


def share_of_extreme(x: TensorLike, top: TensorLike, axis: Any, name: str | None = None) -> Tensor:
    """1/n for the n elements of x that equal top, their extreme; top has ones for the reduced axes."""
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
            if type(top) is Tensor:
                top_value = top.value
                top_id = top.id
            else:
                form = type(top)
                if form is Variable:
                    top_value = top.value_
                    top_id = 0 if tape is None else top.read_id if top.reader == tape.serial else tape.read(top)
                else:
                    raise TypeError('top')
            out = Tensor()
            if x_value.dtype not in share_of_extreme_dtypes:
                raise TypeError('share_of_extreme')
            out.value = result = share_of_extreme_kernel(x_value, top_value, axis=axis)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            if top_id == 0:
                top_id = name_tensor(top)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, top_id, identity, frame.f_code, frame.f_lasti, share_of_extreme_primitive)
            else:
                ring += (x_id, top_id, identity, *site, share_of_extreme_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(share_of_extreme_primitive, (x, top, ), {"axis": axis})


def reduce_prod(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The product over the given axes (all, where none is given); 1 of nothing. Its gradient is right at zeros, too.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_prod(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=1).numpy()
    array([ 2., 12.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_prod_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_prod_dtypes:
                raise TypeError('reduce_prod')
            out.value = result = reduce_prod_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_prod_primitive)
                else:
                    records += (input_tensor_value, axis, input_tensor_id, identity, *site, reduce_prod_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_prod_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_prod_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_prod_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_prod_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = reduce_prod_vjp_x(g, x, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_variance(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The mean squared distance from the mean, over the given axes (all, where none is given); real for complex x.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating or complex.

    >>> tf.math.reduce_variance(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([1., 1.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_variance_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_variance_dtypes:
                raise TypeError('reduce_variance')
            out.value = result = reduce_variance_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_variance_primitive)
                else:
                    records += (input_tensor_value, axis, input_tensor_id, identity, *site, reduce_variance_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_variance_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_variance_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_variance_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_variance_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        step = reduce_variance_vjp_x(g, x, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_std(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The square root of `reduce_variance`; where all values are equal its gradient is 0.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating or complex.

    >>> tf.math.reduce_std(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([1., 1.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_std_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_std_dtypes:
                raise TypeError('reduce_std')
            out.value = result = reduce_std_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_std_primitive)
                else:
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, *site, reduce_std_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_std_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_std_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_std_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_std_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = reduce_std_vjp_x(g, x, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def inverse_or_zero(x: TensorLike, name: str | None = None) -> Tensor:
    """1 / x, and 0 at 0: the factor of norms, whose gradient is 0 where they are."""
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
            out = Tensor()
            if x_value.dtype not in inverse_or_zero_dtypes:
                raise TypeError('inverse_or_zero')
            out.value = result = inverse_or_zero_kernel(x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (result, x_id, identity, frame.f_code, frame.f_lasti, inverse_or_zero_primitive)
                else:
                    records += (result, x_id, identity, *site, inverse_or_zero_primitive)
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, inverse_or_zero_primitive)
            else:
                ring += (x_id, identity, *site, inverse_or_zero_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(inverse_or_zero_primitive, (x, ), {})


def inverse_or_zero_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    y, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        factor = inverse_or_zero_d_x(y)
        if g.kind == "c":
            factor = conj_factor(factor)
        step = zmul(g, factor)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_euclidean_norm(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """The square root of the sum of squares over the given axes (all, where none is given); its gradient at 0 is 0.

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.math.reduce_euclidean_norm(tf.constant([[3.0, 4.0], [0.0, 0.0]]), axis=1).numpy()
    array([5., 0.], dtype=float32)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_euclidean_norm_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_euclidean_norm_dtypes:
                raise TypeError('reduce_euclidean_norm')
            out.value = result = reduce_euclidean_norm_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_euclidean_norm_primitive)
                else:
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, *site, reduce_euclidean_norm_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_euclidean_norm_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_euclidean_norm_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_euclidean_norm_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_euclidean_norm_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = reduce_euclidean_norm_vjp_x(g, x, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_logsumexp(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """log(sum(exp(x))) over the given axes (all, where none is given), without overflow.

    Where all are -inf the result is -inf and the gradient 0.

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not floating.

    >>> tf.reduce_logsumexp(tf.constant([1000.0, 1000.0])).numpy()
    np.float32(1000.6932)
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_logsumexp_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_logsumexp_dtypes:
                raise TypeError('reduce_logsumexp')
            out.value = result = reduce_logsumexp_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if input_tensor_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_logsumexp_primitive)
                else:
                    records += (input_tensor_value, result, axis, input_tensor_id, identity, *site, reduce_logsumexp_primitive)
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_logsumexp_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_logsumexp_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_logsumexp_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_logsumexp_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    x, y, axis, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        if type(x) is ndarray:
            array = x
            x = Tensor()
            x.value = array
            x.id = x_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = reduce_logsumexp_vjp_x(g, x, y, axis)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def reduce_any(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """Is any true, over the given axes (all, where none is given)?

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not bool.

    >>> tf.reduce_any(tf.constant([[True, False], [False, False]]), axis=1).numpy()
    array([ True, False])
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_any_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_any_dtypes:
                raise TypeError('reduce_any')
            out.value = result = reduce_any_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_any_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_any_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_any_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def reduce_all(input_tensor: TensorLike, axis: Any = None, keepdims: Any = False, name: str | None = None) -> Tensor:
    """Are all true, over the given axes (all, where none is given)?

    Raises:
        InvalidArgumentError: an axis that x does not have, or a dtype that is not bool.

    >>> tf.reduce_all(tf.constant([[True, True], [False, True]]), axis=1).numpy()
    array([ True, False])
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input_tensor) is Tensor:
                input_tensor_value = input_tensor.value
                input_tensor_id = input_tensor.id
            else:
                form = type(input_tensor)
                if form is Variable:
                    input_tensor_value = input_tensor.value_
                    input_tensor_id = 0 if tape is None else input_tensor.read_id if input_tensor.reader == tape.serial else tape.read(input_tensor)
                else:
                    raise TypeError('input_tensor')
            out = Tensor()
            if axis is not None or keepdims is not False:
                params = reduce_all_canonical(input_tensor_value, axis=axis, keepdims=keepdims)
                axis = params['axis']
                keepdims = params['keepdims']
            if input_tensor_value.dtype not in reduce_all_dtypes:
                raise TypeError('reduce_all')
            out.value = result = reduce_all_kernel(input_tensor_value, axis=axis, keepdims=keepdims)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if input_tensor_id == 0:
                input_tensor_id = name_tensor(input_tensor)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_tensor_id, identity, frame.f_code, frame.f_lasti, reduce_all_primitive)
            else:
                ring += (input_tensor_id, identity, *site, reduce_all_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(reduce_all_primitive, (input_tensor, ), {"axis": axis, "keepdims": keepdims})


def is_nonzero(x: TensorLike, name: str | None = None) -> Tensor:
    """x != 0; of strings, not empty."""
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
            out = Tensor()
            out.value = result = is_nonzero_kernel(x_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if x_id == 0:
                x_id = name_tensor(x)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (x_id, identity, frame.f_code, frame.f_lasti, is_nonzero_primitive)
            else:
                ring += (x_id, identity, *site, is_nonzero_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(is_nonzero_primitive, (x, ), {})


def index_of_max(input: TensorLike, axis: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Where the largest value along an axis stands."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input) is Tensor:
                input_value = input.value
                input_id = input.id
            else:
                form = type(input)
                if form is Variable:
                    input_value = input.value_
                    input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
                else:
                    raise TypeError('input')
            out = Tensor()
            params = index_of_max_canonical(input_value, axis=axis, dtype=dtype)
            axis = params['axis']
            dtype = params['dtype']
            if input_value.dtype not in index_of_max_dtypes:
                raise TypeError('index_of_max')
            out.value = result = index_of_max_kernel(input_value, axis=axis, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, index_of_max_primitive)
            else:
                ring += (input_id, identity, *site, index_of_max_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(index_of_max_primitive, (input, ), {"axis": axis, "dtype": dtype})


def index_of_min(input: TensorLike, axis: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Where the smallest value along an axis stands."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(input) is Tensor:
                input_value = input.value
                input_id = input.id
            else:
                form = type(input)
                if form is Variable:
                    input_value = input.value_
                    input_id = 0 if tape is None else input.read_id if input.reader == tape.serial else tape.read(input)
                else:
                    raise TypeError('input')
            out = Tensor()
            params = index_of_min_canonical(input_value, axis=axis, dtype=dtype)
            axis = params['axis']
            dtype = params['dtype']
            if input_value.dtype not in index_of_min_dtypes:
                raise TypeError('index_of_min')
            out.value = result = index_of_min_kernel(input_value, axis=axis, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if input_id == 0:
                input_id = name_tensor(input)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (input_id, identity, frame.f_code, frame.f_lasti, index_of_min_primitive)
            else:
                ring += (input_id, identity, *site, index_of_min_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(index_of_min_primitive, (input, ), {"axis": axis, "dtype": dtype})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
