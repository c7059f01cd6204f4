"""tf.math.special."""

from ..ops._calls.special import dawsn as dawsn
from ..ops._calls.special import expint as expint
from ..ops._calls.special import fresnel_cos as fresnel_cos
from ..ops._calls.special import fresnel_sin as fresnel_sin
from ..ops._calls.special import spence as spence
from ..ops.bessel import bessel_i0 as bessel_i0
from ..ops.bessel import bessel_i0e as bessel_i0e
from ..ops.bessel import bessel_i1 as bessel_i1
from ..ops.bessel import bessel_i1e as bessel_i1e
from ..ops.bessel import bessel_j0 as bessel_j0
from ..ops.bessel import bessel_j1 as bessel_j1
from ..ops.bessel import bessel_k0 as bessel_k0
from ..ops.bessel import bessel_k0e as bessel_k0e
from ..ops.bessel import bessel_k1 as bessel_k1
from ..ops.bessel import bessel_k1e as bessel_k1e
from ..ops.bessel import bessel_y0 as bessel_y0
from ..ops.bessel import bessel_y1 as bessel_y1
