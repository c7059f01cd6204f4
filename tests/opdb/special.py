"""Layer 2: special functions.  tests/data/special.npz holds TensorFlow's values, and those of mpmath for derivatives in parameters."""

import numpy as np
import scipy.special as sp

import gradtape as tf
from gradtape.ops import bessel, special

from ._record import Op, S, binary, dotted, f, ints, unary

INVALID = tf.errors.InvalidArgumentError


def m(name, ref, low=-2.0, high=2.0, where="math", **facts):
    return unary(name, ref, low, high, fn=dotted(f"{where}.{name}"), bad=[(S(ints(1, 3, (2,))), INVALID)], **facts)


def s(name, ref, low=-2.0, high=2.0, **facts):
    return m(name, ref, low, high, "math.special", **facts)


def family(name, ref, low, high, orders=(0, 1, 2, 3)):
    fn = getattr(bessel, name)
    return Op(
        name, lambda x, n: fn(x, n), ref=lambda x, n: ref(n, x), samples=[S(f(2, 3, low=low, high=high), n=n) for n in orders]
    )


A, B, X = f(2, 3, low=0.5, high=3.0), f(3, low=0.5, high=3.0), f(2, 1, low=0.2, high=0.8)

RECORDS = [
    m("erf", sp.erf),
    m("erfc", sp.erfc),
    m("erfinv", sp.erfinv, -0.9, 0.9),
    m("erfcinv", sp.erfcinv, 0.2, 1.8),
    m("ndtri", sp.ndtri, 0.1, 0.9),
    m("lgamma", sp.gammaln, 0.3, 4.0),
    m("digamma", sp.psi, 0.3, 4.0),
    Op("polygamma", lambda x, n: tf.math.polygamma(float(n), x), ref=lambda x, n: sp.polygamma(n, x),
       samples=[S(f(2, 3, low=0.5, high=4.0), n=n) for n in (0, 1, 2, 3)], gtol=1e-4),
    binary("zeta", lambda a, b: np.asarray(sp.zeta(a, b)), 1.5, 4.0, low2=0.5, high2=3.0, fn=dotted("math.zeta"), gtol=1e-4),
    Op("zeta_derivative", lambda a, b, order: special.zeta_derivative(a, b, order), gtol=1e-4, order=1,
       samples=[S(f(2, 3, low=1.6, high=4.0), f(3, low=0.5, high=3.0), order=n) for n in (1, 2)]),
    binary("igamma", sp.gammainc, 0.5, 4.0, fn=dotted("math.igamma")),
    binary("igammac", sp.gammaincc, 0.5, 4.0, fn=dotted("math.igammac")),
    Op("igamma_grad_a", lambda a, b, order: special.igamma_grad_a(a, b, order), order=1, samples=[S(A, B, order=n) for n in (1, 2)]),
    Op("gamma_density", lambda a, b, order, shift: special.gamma_density(a, b, order, shift), order=1,
       samples=[S(A, B, order=n, shift=i) for n, i in ((0, 0), (1, 0), (0, 1), (1, 2), (2, 1))], gtol=1e-4),
    Op("betainc", lambda a, b, x: tf.math.betainc(a, b, x), ref=sp.betainc, samples=[S(A, B, X), S(f(low=1, high=2), B, X)],
       bad=[(S(f(2), f(3), f(2)), INVALID)], gtol=1e-4),
    Op("betainc_grad", lambda a, b, x, orders: special.betainc_grad(a, b, x, orders), order=1,
       samples=[S(A, B, X, orders=o) for o in ((1, 0), (0, 1), (1, 1))]),
    Op("beta_density", lambda a, b, x, **p: special.beta_density(a, b, x, **p), order=1, gtol=1e-3,
       samples=[S(A, B, X, orders=o, shifts=i) for o, i in (((0, 0), (0, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 1)))]),
    Op("lbeta", lambda x: tf.math.lbeta(x), ref=lambda x: sp.gammaln(x).sum(-1) - sp.gammaln(x.sum(-1)),
       samples=[S(f(2, 3, low=0.5, high=3.0)), S(f(3, low=0.5, high=3.0))], bad=[(S(f()), INVALID)]),
    family("bessel_i", sp.iv, -3.0, 3.0),
    family("bessel_ie", sp.ive, 0.1, 3.0),
    family("bessel_j", sp.jv, -3.0, 3.0),
    family("bessel_y", sp.yv, 0.8, 3.0),
    family("bessel_k", sp.kv, 0.8, 3.0, (0, 1, 2)),
    family("bessel_ke", sp.kve, 0.8, 3.0, (0, 1, 2)),
    *(s(f"bessel_{n}", getattr(sp, n), 0.8, 3.0) for n in ("i0", "i0e", "i1", "i1e", "j0", "j1", "y0", "y1", "k0", "k0e", "k1", "k1e")),
    s("dawsn", sp.dawsn),
    s("expint", sp.expi, 0.4, 3.0),
    s("fresnel_cos", lambda x: sp.fresnel(x)[1]),
    s("fresnel_sin", lambda x: sp.fresnel(x)[0]),
    s("spence", sp.spence, 0.2, 3.0),
    Op("log_quotient", lambda x, order: special.log_quotient(x, order), gtol=1e-4,
       samples=[S(f(2, 3, low=0.3, high=3.0), order=n) for n in (0, 1, 2)]),
]  # fmt: skip
