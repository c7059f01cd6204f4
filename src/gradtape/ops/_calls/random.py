"""Written by `make calls` from the declarations of the random family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def rng_state(seed: TensorLike, alg: Any, name: str | None = None) -> Tensor:
    """The state that the two numbers of a seed stand for."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_state_primitive, (seed, ), {"alg": alg})
    kind = type(seed)
    if kind is Tensor:
        seed_value = seed.value
        seed_id = seed.id
    elif kind is Variable:
        seed_value = seed.value_
        seed_id = 0 if tape is None else seed.read_id if seed.reader == tape.serial else tape.read(seed)
    else:
        return careful(rng_state_primitive, (seed, ), {"alg": alg})
    out = Tensor()
    try:
        if seed_value.dtype not in rng_state_dtypes:
            raise TypeError('rng_state')
        out.value = result = rng_state_kernel(seed_value, alg=alg)
    except MISFIT:
        return careful(rng_state_primitive, (seed, ), {"alg": alg})
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
    if seed_id == 0:
        seed_id = name_tensor(seed)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (seed_id, identity, code, offset, rng_state_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_reserve(stream: Any, blocks: Any, name: str | None = None) -> Tensor:
    """The Philox state at the place where a stream stands; the stream moves on by so many blocks."""
    return careful(rng_reserve_primitive, (), {"stream": stream, "blocks": blocks})


def rng_skip(state: TensorLike, blocks: Any, alg: Any, name: str | None = None) -> Tensor:
    """The state so many blocks further on."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_skip_primitive, (state, ), {"blocks": blocks, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_skip_primitive, (state, ), {"blocks": blocks, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_skip_dtypes:
            raise TypeError('rng_skip')
        out.value = result = rng_skip_kernel(state_value, blocks=blocks, alg=alg)
    except MISFIT:
        return careful(rng_skip_primitive, (state, ), {"blocks": blocks, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, identity, code, offset, rng_skip_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_uniform(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Floats in [0, 1)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_uniform_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_uniform_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_uniform_dtypes:
            raise TypeError('rng_uniform')
        out.value = result = rng_uniform_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
    except MISFIT:
        return careful(rng_uniform_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, identity, code, offset, rng_uniform_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_normal(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Standard normals."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_normal_dtypes:
            raise TypeError('rng_normal')
        out.value = result = rng_normal_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
    except MISFIT:
        return careful(rng_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, identity, code, offset, rng_normal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_truncated_normal(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Standard normals of magnitude below 2."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_truncated_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_truncated_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_truncated_normal_dtypes:
            raise TypeError('rng_truncated_normal')
        out.value = result = rng_truncated_normal_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
    except MISFIT:
        return careful(rng_truncated_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, identity, code, offset, rng_truncated_normal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_full_int(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Integers over the whole range of the dtype."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_full_int_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_full_int_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_full_int_dtypes:
            raise TypeError('rng_full_int')
        out.value = result = rng_full_int_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
    except MISFIT:
        return careful(rng_full_int_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, identity, code, offset, rng_full_int_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_uniform_int(state: TensorLike, minval: TensorLike, maxval: TensorLike, shape: Any, alg: Any, name: str | None = None) -> Tensor:
    """Integers in [minval, maxval)."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})
    kind = type(minval)
    if kind is Tensor:
        minval_value = minval.value
        minval_id = minval.id
    elif kind is Variable:
        minval_value = minval.value_
        minval_id = 0 if tape is None else minval.read_id if minval.reader == tape.serial else tape.read(minval)
    else:
        return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})
    kind = type(maxval)
    if kind is Tensor:
        maxval_value = maxval.value
        maxval_id = maxval.id
    elif kind is Variable:
        maxval_value = maxval.value_
        maxval_id = 0 if tape is None else maxval.read_id if maxval.reader == tape.serial else tape.read(maxval)
    else:
        return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})
    out = Tensor()
    try:
        if state_value.dtype not in rng_uniform_int_dtypes:
            raise TypeError('rng_uniform_int')
        if maxval_value.dtype != minval_value.dtype:
            raise TypeError('rng_uniform_int')
        out.value = result = rng_uniform_int_kernel(state_value, minval_value, maxval_value, shape=shape, alg=alg)
    except MISFIT:
        return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})
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
    if state_id == 0:
        state_id = name_tensor(state)
    if minval_id == 0:
        minval_id = name_tensor(minval)
    if maxval_id == 0:
        maxval_id = name_tensor(maxval)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (state_id, minval_id, maxval_id, identity, code, offset, rng_uniform_int_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_permute(value: TensorLike, state: TensorLike, alg: Any, name: str | None = None) -> Tensor:
    """value with the slices of its first axis in another order."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_permute_primitive, (value, state, ), {"alg": alg})
    kind = type(value)
    if kind is Tensor:
        value_value = value.value
        value_id = value.id
    elif kind is Variable:
        value_value = value.value_
        value_id = 0 if tape is None else value.read_id if value.reader == tape.serial else tape.read(value)
    else:
        return careful(rng_permute_primitive, (value, state, ), {"alg": alg})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_permute_primitive, (value, state, ), {"alg": alg})
    out = Tensor()
    try:
        out.value = result = rng_permute_kernel(value_value, state_value, alg=alg)
    except MISFIT:
        return careful(rng_permute_primitive, (value, state, ), {"alg": alg})
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
    if value_id == 0:
        value_id = name_tensor(value)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (value_id, state_id, identity, code, offset, rng_permute_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_categorical(logits: TensorLike, state: TensorLike, num_samples: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Class indices, [rows, num_samples], from unnormalised log probabilities."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_categorical_primitive, (logits, state, ), {"num_samples": num_samples, "dtype": dtype})
    kind = type(logits)
    if kind is Tensor:
        logits_value = logits.value
        logits_id = logits.id
    elif kind is Variable:
        logits_value = logits.value_
        logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
    else:
        return careful(rng_categorical_primitive, (logits, state, ), {"num_samples": num_samples, "dtype": dtype})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_categorical_primitive, (logits, state, ), {"num_samples": num_samples, "dtype": dtype})
    out = Tensor()
    try:
        if logits_value.dtype not in rng_categorical_dtypes:
            raise TypeError('rng_categorical')
        out.value = result = rng_categorical_kernel(logits_value, state_value, num_samples=num_samples, dtype=dtype)
    except MISFIT:
        return careful(rng_categorical_primitive, (logits, state, ), {"num_samples": num_samples, "dtype": dtype})
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
    if logits_id == 0:
        logits_id = name_tensor(logits)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (logits_id, state_id, identity, code, offset, rng_categorical_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_poisson(rate: TensorLike, state: TensorLike, shape: Any, dtype: Any, name: str | None = None) -> Tensor:
    """`shape` Poisson draws for each rate: shape + the rate's shape."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_poisson_primitive, (rate, state, ), {"shape": shape, "dtype": dtype})
    kind = type(rate)
    if kind is Tensor:
        rate_value = rate.value
        rate_id = rate.id
    elif kind is Variable:
        rate_value = rate.value_
        rate_id = 0 if tape is None else rate.read_id if rate.reader == tape.serial else tape.read(rate)
    else:
        return careful(rng_poisson_primitive, (rate, state, ), {"shape": shape, "dtype": dtype})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_poisson_primitive, (rate, state, ), {"shape": shape, "dtype": dtype})
    out = Tensor()
    try:
        if rate_value.dtype not in rng_poisson_dtypes:
            raise TypeError('rng_poisson')
        out.value = result = rng_poisson_kernel(rate_value, state_value, shape=shape, dtype=dtype)
    except MISFIT:
        return careful(rng_poisson_primitive, (rate, state, ), {"shape": shape, "dtype": dtype})
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
    if rate_id == 0:
        rate_id = name_tensor(rate)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (rate_id, state_id, identity, code, offset, rng_poisson_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_binomial(counts: TensorLike, probs: TensorLike, state: TensorLike, shape: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Binomial draws; counts and probs broadcast together to the last axes of `shape`."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})
    kind = type(counts)
    if kind is Tensor:
        counts_value = counts.value
        counts_id = counts.id
    elif kind is Variable:
        counts_value = counts.value_
        counts_id = 0 if tape is None else counts.read_id if counts.reader == tape.serial else tape.read(counts)
    else:
        return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})
    kind = type(probs)
    if kind is Tensor:
        probs_value = probs.value
        probs_id = probs.id
    elif kind is Variable:
        probs_value = probs.value_
        probs_id = 0 if tape is None else probs.read_id if probs.reader == tape.serial else tape.read(probs)
    else:
        return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})
    out = Tensor()
    try:
        if counts_value.dtype not in rng_binomial_dtypes:
            raise TypeError('rng_binomial')
        if probs_value.dtype != counts_value.dtype:
            raise TypeError('rng_binomial')
        out.value = result = rng_binomial_kernel(counts_value, probs_value, state_value, shape=shape, dtype=dtype)
    except MISFIT:
        return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})
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
    if counts_id == 0:
        counts_id = name_tensor(counts)
    if probs_id == 0:
        probs_id = name_tensor(probs)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (counts_id, probs_id, state_id, identity, code, offset, rng_binomial_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_gamma(alpha: TensorLike, state: TensorLike, shape: Any, name: str | None = None) -> Tensor:
    """`shape` standard gamma draws for each alpha: shape + alpha's shape.

    They move with alpha so that each keeps its place in the distribution (Figurnov, Mohamed, Mnih, "Implicit
    reparameterization gradients", 2018): dx/dalpha = -(dP/dalpha) / p, P the distribution function and p the density.
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_gamma_primitive, (alpha, state, ), {"shape": shape})
    kind = type(alpha)
    if kind is Tensor:
        alpha_value = alpha.value
        alpha_id = alpha.id
    elif kind is Variable:
        alpha_value = alpha.value_
        alpha_id = 0 if tape is None else alpha.read_id if alpha.reader == tape.serial else tape.read(alpha)
    else:
        return careful(rng_gamma_primitive, (alpha, state, ), {"shape": shape})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_gamma_primitive, (alpha, state, ), {"shape": shape})
    out = Tensor()
    try:
        if alpha_value.dtype not in rng_gamma_dtypes:
            raise TypeError('rng_gamma')
        out.value = result = rng_gamma_kernel(alpha_value, state_value, shape=shape)
    except MISFIT:
        return careful(rng_gamma_primitive, (alpha, state, ), {"shape": shape})
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
    tracked = tape.tracked
    if alpha_id in tracked or state_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (alpha_value, result, alpha_id, state_id, identity, code, offset, rng_gamma_primitive)
        return out
    if alpha_id == 0:
        alpha_id = name_tensor(alpha)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (alpha_id, state_id, identity, code, offset, rng_gamma_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def rng_gamma_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    alpha, y, alpha_id, state_id, y_id, code, offset, primitive = record
    if alpha_id in tracked:
        if type(alpha) is ndarray:
            array = alpha
            alpha = Tensor()
            alpha.value = array
            alpha.id = alpha_id
        if type(y) is ndarray:
            array = y
            y = Tensor()
            y.value = array
            y.id = y_id
        step = rng_gamma_vjp_alpha(g, y, alpha)
        grads[alpha_id] = accumulate(grads[alpha_id], step) if alpha_id in grads else step


def rng_bounded_normal(means: TensorLike, stddevs: TensorLike, minvals: TensorLike, maxvals: TensorLike, state: TensorLike, shape: Any, name: str | None = None) -> Tensor:
    """Normals between bounds; the parameters broadcast together to the last axes of `shape`.

    A draw keeps its place in the distribution when the parameters move.  With s, a, b the draw and the bounds in
    deviations from the mean, and L = phi(a) (Phi(b) - Phi(s)) / (phi(s) (Phi(b) - Phi(a))), H its mirror image:
    dx = L dlow + H dhigh + (1 - L - H) dmean + (s - L a - H b) ddeviation.
    """
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    kind = type(means)
    if kind is Tensor:
        means_value = means.value
        means_id = means.id
    elif kind is Variable:
        means_value = means.value_
        means_id = 0 if tape is None else means.read_id if means.reader == tape.serial else tape.read(means)
    else:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    kind = type(stddevs)
    if kind is Tensor:
        stddevs_value = stddevs.value
        stddevs_id = stddevs.id
    elif kind is Variable:
        stddevs_value = stddevs.value_
        stddevs_id = 0 if tape is None else stddevs.read_id if stddevs.reader == tape.serial else tape.read(stddevs)
    else:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    kind = type(minvals)
    if kind is Tensor:
        minvals_value = minvals.value
        minvals_id = minvals.id
    elif kind is Variable:
        minvals_value = minvals.value_
        minvals_id = 0 if tape is None else minvals.read_id if minvals.reader == tape.serial else tape.read(minvals)
    else:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    kind = type(maxvals)
    if kind is Tensor:
        maxvals_value = maxvals.value
        maxvals_id = maxvals.id
    elif kind is Variable:
        maxvals_value = maxvals.value_
        maxvals_id = 0 if tape is None else maxvals.read_id if maxvals.reader == tape.serial else tape.read(maxvals)
    else:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    kind = type(state)
    if kind is Tensor:
        state_value = state.value
        state_id = state.id
    elif kind is Variable:
        state_value = state.value_
        state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
    else:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
    out = Tensor()
    try:
        if means_value.dtype not in rng_bounded_normal_dtypes:
            raise TypeError('rng_bounded_normal')
        if stddevs_value.dtype != means_value.dtype or minvals_value.dtype != means_value.dtype or maxvals_value.dtype != means_value.dtype:
            raise TypeError('rng_bounded_normal')
        out.value = result = rng_bounded_normal_kernel(means_value, stddevs_value, minvals_value, maxvals_value, state_value, shape=shape)
    except MISFIT:
        return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})
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
    tracked = tape.tracked
    if means_id in tracked or stddevs_id in tracked or minvals_id in tracked or maxvals_id in tracked or state_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (means_value, stddevs_value, minvals_value, maxvals_value, result, means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, code, offset, rng_bounded_normal_primitive)
        return out
    if means_id == 0:
        means_id = name_tensor(means)
    if stddevs_id == 0:
        stddevs_id = name_tensor(stddevs)
    if minvals_id == 0:
        minvals_id = name_tensor(minvals)
    if maxvals_id == 0:
        maxvals_id = name_tensor(maxvals)
    if state_id == 0:
        state_id = name_tensor(state)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, code, offset, rng_bounded_normal_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def truncation_hazard(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """phi(low) / (Phi(high) - Phi(low)), elementwise: the density of a normal between bounds, at the lower one."""
    context = current()
    if context is None:
        tape = None
    else:
        tape = context.lone
        if tape is None:
            return careful(truncation_hazard_primitive, (x, y, ), {})
    kind = type(x)
    if kind is Tensor:
        x_value = x.value
        x_id = x.id
    elif kind is Variable:
        x_value = x.value_
        x_id = 0 if tape is None else x.read_id if x.reader == tape.serial else tape.read(x)
    elif kind is float or kind is int:
        x_value = x
        x_id = NUMBER
    else:
        return careful(truncation_hazard_primitive, (x, y, ), {})
    kind = type(y)
    if kind is Tensor:
        y_value = y.value
        y_id = y.id
    elif kind is Variable:
        y_value = y.value_
        y_id = 0 if tape is None else y.read_id if y.reader == tape.serial else tape.read(y)
    elif kind is float or kind is int:
        if x_id == NUMBER:
            return careful(truncation_hazard_primitive, (x, y, ), {})
        y_value = y
        y_id = NUMBER
    else:
        return careful(truncation_hazard_primitive, (x, y, ), {})
    out = Tensor()
    try:
        if (x_value if x_id != NUMBER else y_value).dtype not in truncation_hazard_dtypes:
            raise TypeError('truncation_hazard')
        out.value = result = truncation_hazard_kernel(x_value, y_value)
    except MISFIT:
        return careful(truncation_hazard_primitive, (x, y, ), {})
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
    tracked = tape.tracked
    if x_id in tracked or y_id in tracked:
        out.id = identity = new_id()
        tracked.add(identity)
        records = tape.records
        records += (x_value, y_value, result, x_id, y_id, identity, code, offset, truncation_hazard_primitive)
        return out
    if x_id == 0:
        x_id = name_tensor(x)
    if y_id == 0:
        y_id = name_tensor(y)
    out.id = identity = -new_id()
    ring = tape.ring
    ring += (x_id, y_id, identity, code, offset, truncation_hazard_primitive)
    if len(ring) > RING:
        del ring[: RING // 2]
    return out


def truncation_hazard_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    a, b, y, a_id, b_id, y_id, code, offset, primitive = record
    a_shape = a.shape if type(a) is ndarray else getattr(a, 'dims', None)
    b_shape = b.shape if type(b) is ndarray else getattr(b, 'dims', None)
    if type(a) is ndarray:
        array = a
        a = Tensor()
        a.value = array
        a.id = a_id
    if type(y) is ndarray:
        array = y
        y = Tensor()
        y.value = array
        y.id = y_id
    if a_id in tracked:
        factor = truncation_hazard_d_a(a, y)
        step = zmul(g, factor)
        if step.dims != a_shape:
            step = sum_to(step, a_shape)
        grads[a_id] = accumulate(grads[a_id], step) if a_id in grads else step
    if b_id in tracked:
        if type(b) is ndarray:
            array = b
            b = Tensor()
            b.value = array
            b.id = b_id
        factor = truncation_hazard_d_b(a, b, y)
        step = zmul(g, factor)
        if step.dims != b_shape:
            step = sum_to(step, b_shape)
        grads[b_id] = accumulate(grads[b_id], step) if b_id in grads else step


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
