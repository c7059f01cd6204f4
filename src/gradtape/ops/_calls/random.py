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
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(seed) is Tensor:
                seed_value = seed.value
                seed_id = seed.id
            else:
                form = type(seed)
                if form is Variable:
                    seed_value = seed.value_
                    seed_id = 0 if tape is None else seed.read_id if seed.reader == tape.serial else tape.read(seed)
                else:
                    raise TypeError('seed')
            out = Tensor()
            if seed_value.dtype not in rng_state_dtypes:
                raise TypeError('rng_state')
            out.value = result = rng_state_kernel(seed_value, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if seed_id == 0:
                seed_id = name_tensor(seed)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (seed_id, identity, frame.f_code, frame.f_lasti, rng_state_primitive)
            else:
                ring += (seed_id, identity, *site, rng_state_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_state_primitive, (seed, ), {"alg": alg})


def rng_reserve(stream: Any, blocks: Any, name: str | None = None) -> Tensor:
    """The Philox state at the place where a stream stands; the stream moves on by so many blocks."""
    return careful(rng_reserve_primitive, (), {"stream": stream, "blocks": blocks})


def rng_skip(state: TensorLike, blocks: Any, alg: Any, name: str | None = None) -> Tensor:
    """The state so many blocks further on."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if state_value.dtype not in rng_skip_dtypes:
                raise TypeError('rng_skip')
            out.value = result = rng_skip_kernel(state_value, blocks=blocks, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, identity, frame.f_code, frame.f_lasti, rng_skip_primitive)
            else:
                ring += (state_id, identity, *site, rng_skip_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_skip_primitive, (state, ), {"blocks": blocks, "alg": alg})


def rng_uniform(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Floats in [0, 1)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if state_value.dtype not in rng_uniform_dtypes:
                raise TypeError('rng_uniform')
            out.value = result = rng_uniform_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, identity, frame.f_code, frame.f_lasti, rng_uniform_primitive)
            else:
                ring += (state_id, identity, *site, rng_uniform_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_uniform_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})


def rng_normal(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Standard normals."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if state_value.dtype not in rng_normal_dtypes:
                raise TypeError('rng_normal')
            out.value = result = rng_normal_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, identity, frame.f_code, frame.f_lasti, rng_normal_primitive)
            else:
                ring += (state_id, identity, *site, rng_normal_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})


def rng_truncated_normal(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Standard normals of magnitude below 2."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if state_value.dtype not in rng_truncated_normal_dtypes:
                raise TypeError('rng_truncated_normal')
            out.value = result = rng_truncated_normal_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, identity, frame.f_code, frame.f_lasti, rng_truncated_normal_primitive)
            else:
                ring += (state_id, identity, *site, rng_truncated_normal_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_truncated_normal_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})


def rng_full_int(state: TensorLike, shape: Any, dtype: Any, alg: Any, name: str | None = None) -> Tensor:
    """Integers over the whole range of the dtype."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if state_value.dtype not in rng_full_int_dtypes:
                raise TypeError('rng_full_int')
            out.value = result = rng_full_int_kernel(state_value, shape=shape, dtype=dtype, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, identity, frame.f_code, frame.f_lasti, rng_full_int_primitive)
            else:
                ring += (state_id, identity, *site, rng_full_int_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_full_int_primitive, (state, ), {"shape": shape, "dtype": dtype, "alg": alg})


def rng_uniform_int(state: TensorLike, minval: TensorLike, maxval: TensorLike, shape: Any, alg: Any, name: str | None = None) -> Tensor:
    """Integers in [minval, maxval)."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            if type(minval) is Tensor:
                minval_value = minval.value
                minval_id = minval.id
            else:
                form = type(minval)
                if form is Variable:
                    minval_value = minval.value_
                    minval_id = 0 if tape is None else minval.read_id if minval.reader == tape.serial else tape.read(minval)
                else:
                    raise TypeError('minval')
            if type(maxval) is Tensor:
                maxval_value = maxval.value
                maxval_id = maxval.id
            else:
                form = type(maxval)
                if form is Variable:
                    maxval_value = maxval.value_
                    maxval_id = 0 if tape is None else maxval.read_id if maxval.reader == tape.serial else tape.read(maxval)
                else:
                    raise TypeError('maxval')
            out = Tensor()
            if state_value.dtype not in rng_uniform_int_dtypes:
                raise TypeError('rng_uniform_int')
            if maxval_value.dtype != minval_value.dtype:
                raise TypeError('rng_uniform_int')
            out.value = result = rng_uniform_int_kernel(state_value, minval_value, maxval_value, shape=shape, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if state_id == 0:
                state_id = name_tensor(state)
            if minval_id == 0:
                minval_id = name_tensor(minval)
            if maxval_id == 0:
                maxval_id = name_tensor(maxval)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (state_id, minval_id, maxval_id, identity, frame.f_code, frame.f_lasti, rng_uniform_int_primitive)
            else:
                ring += (state_id, minval_id, maxval_id, identity, *site, rng_uniform_int_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_uniform_int_primitive, (state, minval, maxval, ), {"shape": shape, "alg": alg})


def rng_permute(value: TensorLike, state: TensorLike, alg: Any, name: str | None = None) -> Tensor:
    """value with the slices of its first axis in another order."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(value) is Tensor:
                value_value = value.value
                value_id = value.id
            else:
                form = type(value)
                if form is Variable:
                    value_value = value.value_
                    value_id = 0 if tape is None else value.read_id if value.reader == tape.serial else tape.read(value)
                else:
                    raise TypeError('value')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            out.value = result = rng_permute_kernel(value_value, state_value, alg=alg)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if value_id == 0:
                value_id = name_tensor(value)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (value_id, state_id, identity, frame.f_code, frame.f_lasti, rng_permute_primitive)
            else:
                ring += (value_id, state_id, identity, *site, rng_permute_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_permute_primitive, (value, state, ), {"alg": alg})


def rng_categorical(logits: TensorLike, state: TensorLike, num_samples: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Class indices, [rows, num_samples], from unnormalised log probabilities."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(logits) is Tensor:
                logits_value = logits.value
                logits_id = logits.id
            else:
                form = type(logits)
                if form is Variable:
                    logits_value = logits.value_
                    logits_id = 0 if tape is None else logits.read_id if logits.reader == tape.serial else tape.read(logits)
                else:
                    raise TypeError('logits')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if logits_value.dtype not in rng_categorical_dtypes:
                raise TypeError('rng_categorical')
            out.value = result = rng_categorical_kernel(logits_value, state_value, num_samples=num_samples, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if logits_id == 0:
                logits_id = name_tensor(logits)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (logits_id, state_id, identity, frame.f_code, frame.f_lasti, rng_categorical_primitive)
            else:
                ring += (logits_id, state_id, identity, *site, rng_categorical_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_categorical_primitive, (logits, state, ), {"num_samples": num_samples, "dtype": dtype})


def rng_poisson(rate: TensorLike, state: TensorLike, shape: Any, dtype: Any, name: str | None = None) -> Tensor:
    """`shape` Poisson draws for each rate: shape + the rate's shape."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(rate) is Tensor:
                rate_value = rate.value
                rate_id = rate.id
            else:
                form = type(rate)
                if form is Variable:
                    rate_value = rate.value_
                    rate_id = 0 if tape is None else rate.read_id if rate.reader == tape.serial else tape.read(rate)
                else:
                    raise TypeError('rate')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if rate_value.dtype not in rng_poisson_dtypes:
                raise TypeError('rng_poisson')
            out.value = result = rng_poisson_kernel(rate_value, state_value, shape=shape, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if rate_id == 0:
                rate_id = name_tensor(rate)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (rate_id, state_id, identity, frame.f_code, frame.f_lasti, rng_poisson_primitive)
            else:
                ring += (rate_id, state_id, identity, *site, rng_poisson_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_poisson_primitive, (rate, state, ), {"shape": shape, "dtype": dtype})


def rng_binomial(counts: TensorLike, probs: TensorLike, state: TensorLike, shape: Any, dtype: Any, name: str | None = None) -> Tensor:
    """Binomial draws; counts and probs broadcast together to the last axes of `shape`."""
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(counts) is Tensor:
                counts_value = counts.value
                counts_id = counts.id
            else:
                form = type(counts)
                if form is Variable:
                    counts_value = counts.value_
                    counts_id = 0 if tape is None else counts.read_id if counts.reader == tape.serial else tape.read(counts)
                else:
                    raise TypeError('counts')
            if type(probs) is Tensor:
                probs_value = probs.value
                probs_id = probs.id
            else:
                form = type(probs)
                if form is Variable:
                    probs_value = probs.value_
                    probs_id = 0 if tape is None else probs.read_id if probs.reader == tape.serial else tape.read(probs)
                else:
                    raise TypeError('probs')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if counts_value.dtype not in rng_binomial_dtypes:
                raise TypeError('rng_binomial')
            if probs_value.dtype != counts_value.dtype:
                raise TypeError('rng_binomial')
            out.value = result = rng_binomial_kernel(counts_value, probs_value, state_value, shape=shape, dtype=dtype)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            if counts_id == 0:
                counts_id = name_tensor(counts)
            if probs_id == 0:
                probs_id = name_tensor(probs)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (counts_id, probs_id, state_id, identity, frame.f_code, frame.f_lasti, rng_binomial_primitive)
            else:
                ring += (counts_id, probs_id, state_id, identity, *site, rng_binomial_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_binomial_primitive, (counts, probs, state, ), {"shape": shape, "dtype": dtype})


def rng_gamma(alpha: TensorLike, state: TensorLike, shape: Any, name: str | None = None) -> Tensor:
    """`shape` standard gamma draws for each alpha: shape + alpha's shape.

    They move with alpha so that each keeps its place in the distribution (Figurnov, Mohamed, Mnih, "Implicit
    reparameterization gradients", 2018): dx/dalpha = -(dP/dalpha) / p, P the distribution function and p the density.
    """
    context = current()
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(alpha) is Tensor:
                alpha_value = alpha.value
                alpha_id = alpha.id
            else:
                form = type(alpha)
                if form is Variable:
                    alpha_value = alpha.value_
                    alpha_id = 0 if tape is None else alpha.read_id if alpha.reader == tape.serial else tape.read(alpha)
                else:
                    raise TypeError('alpha')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if alpha_value.dtype not in rng_gamma_dtypes:
                raise TypeError('rng_gamma')
            out.value = result = rng_gamma_kernel(alpha_value, state_value, shape=shape)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if alpha_id in tracked or state_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (alpha_value, result, alpha_id, state_id, identity, frame.f_code, frame.f_lasti, rng_gamma_primitive)
                else:
                    records += (alpha_value, result, alpha_id, state_id, identity, *site, rng_gamma_primitive)
                return out
            if alpha_id == 0:
                alpha_id = name_tensor(alpha)
            if state_id == 0:
                state_id = name_tensor(state)
            out.id = identity = -new_id()
            ring = tape.ring
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (alpha_id, state_id, identity, frame.f_code, frame.f_lasti, rng_gamma_primitive)
            else:
                ring += (alpha_id, state_id, identity, *site, rng_gamma_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_gamma_primitive, (alpha, state, ), {"shape": shape})


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
    tape = None if context is None else context.lone
    if tape is not None or context is None:
        try:
            if type(means) is Tensor:
                means_value = means.value
                means_id = means.id
            else:
                form = type(means)
                if form is Variable:
                    means_value = means.value_
                    means_id = 0 if tape is None else means.read_id if means.reader == tape.serial else tape.read(means)
                else:
                    raise TypeError('means')
            if type(stddevs) is Tensor:
                stddevs_value = stddevs.value
                stddevs_id = stddevs.id
            else:
                form = type(stddevs)
                if form is Variable:
                    stddevs_value = stddevs.value_
                    stddevs_id = 0 if tape is None else stddevs.read_id if stddevs.reader == tape.serial else tape.read(stddevs)
                else:
                    raise TypeError('stddevs')
            if type(minvals) is Tensor:
                minvals_value = minvals.value
                minvals_id = minvals.id
            else:
                form = type(minvals)
                if form is Variable:
                    minvals_value = minvals.value_
                    minvals_id = 0 if tape is None else minvals.read_id if minvals.reader == tape.serial else tape.read(minvals)
                else:
                    raise TypeError('minvals')
            if type(maxvals) is Tensor:
                maxvals_value = maxvals.value
                maxvals_id = maxvals.id
            else:
                form = type(maxvals)
                if form is Variable:
                    maxvals_value = maxvals.value_
                    maxvals_id = 0 if tape is None else maxvals.read_id if maxvals.reader == tape.serial else tape.read(maxvals)
                else:
                    raise TypeError('maxvals')
            if type(state) is Tensor:
                state_value = state.value
                state_id = state.id
            else:
                form = type(state)
                if form is Variable:
                    state_value = state.value_
                    state_id = 0 if tape is None else state.read_id if state.reader == tape.serial else tape.read(state)
                else:
                    raise TypeError('state')
            out = Tensor()
            if means_value.dtype not in rng_bounded_normal_dtypes:
                raise TypeError('rng_bounded_normal')
            if stddevs_value.dtype != means_value.dtype or minvals_value.dtype != means_value.dtype or maxvals_value.dtype != means_value.dtype:
                raise TypeError('rng_bounded_normal')
            out.value = result = rng_bounded_normal_kernel(means_value, stddevs_value, minvals_value, maxvals_value, state_value, shape=shape)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if means_id in tracked or stddevs_id in tracked or minvals_id in tracked or maxvals_id in tracked or state_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (means_value, stddevs_value, minvals_value, maxvals_value, result, means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, frame.f_code, frame.f_lasti, rng_bounded_normal_primitive)
                else:
                    records += (means_value, stddevs_value, minvals_value, maxvals_value, result, means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, *site, rng_bounded_normal_primitive)
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
            site = context.site
            if site is None:
                frame = getframe(1)
                ring += (means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, frame.f_code, frame.f_lasti, rng_bounded_normal_primitive)
            else:
                ring += (means_id, stddevs_id, minvals_id, maxvals_id, state_id, identity, *site, rng_bounded_normal_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(rng_bounded_normal_primitive, (means, stddevs, minvals, maxvals, state, ), {"shape": shape})


def truncation_hazard(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor:
    """phi(low) / (Phi(high) - Phi(low)), elementwise: the density of a normal between bounds, at the lower one."""
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
                elif form is float or form is int:
                    x_value = x
                    x_id = NUMBER
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
                elif form is float or form is int:
                    y_value = y
                    y_id = NUMBER
                    if x_id == NUMBER:
                        raise TypeError('y')
                else:
                    raise TypeError('y')
            out = Tensor()
            if (x_value if x_id != NUMBER else y_value).dtype not in truncation_hazard_dtypes:
                raise TypeError('truncation_hazard')
            out.value = result = truncation_hazard_kernel(x_value, y_value)
        except MISFIT:
            pass
        else:
            if tape is None:
                out.id = 0
                return out
            tracked = tape.tracked
            if x_id in tracked or y_id in tracked:
                out.id = identity = new_id()
                tracked.add(identity)
                records = tape.records
                site = context.site
                if site is None:
                    frame = getframe(1)
                    records += (x_value, y_value, result, x_id, y_id, identity, frame.f_code, frame.f_lasti, truncation_hazard_primitive)
                else:
                    records += (x_value, y_value, result, x_id, y_id, identity, *site, truncation_hazard_primitive)
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
                ring += (x_id, y_id, identity, frame.f_code, frame.f_lasti, truncation_hazard_primitive)
            else:
                ring += (x_id, y_id, identity, *site, truncation_hazard_primitive)
            if len(ring) > RING:
                del ring[: RING // 2]
            return out
    return careful(truncation_hazard_primitive, (x, y, ), {})


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
