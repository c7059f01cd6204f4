"""tf.math."""

from ..ops.arithmetic import atan2 as atan2
from ..ops.arithmetic import ceil as ceil
from ..ops.arithmetic import divide_no_nan as divide_no_nan
from ..ops.arithmetic import floor as floor
from ..ops.arithmetic import floordiv as floordiv
from ..ops.arithmetic import floormod as floormod
from ..ops.arithmetic import maximum as maximum
from ..ops.arithmetic import minimum as minimum
from ..ops.arithmetic import multiply_no_nan as multiply_no_nan
from ..ops.arithmetic import rint as rint
from ..ops.arithmetic import round as round
from ..ops.arithmetic import xdivy as xdivy
from ..ops.arithmetic import xlog1py as xlog1py
from ..ops.arithmetic import xlogy as xlogy
from ..ops.basic import add as add
from ..ops.basic import divide as divide
from ..ops.basic import equal as equal
from ..ops.basic import greater as greater
from ..ops.basic import greater_equal as greater_equal
from ..ops.basic import less as less
from ..ops.basic import less_equal as less_equal
from ..ops.basic import multiply as multiply
from ..ops.basic import negative as negative
from ..ops.basic import not_equal as not_equal
from ..ops.basic import subtract as subtract
from ..ops.bessel import bessel_i0 as bessel_i0
from ..ops.bessel import bessel_i0e as bessel_i0e
from ..ops.bessel import bessel_i1 as bessel_i1
from ..ops.bessel import bessel_i1e as bessel_i1e
from ..ops.logic import is_finite as is_finite
from ..ops.logic import is_inf as is_inf
from ..ops.logic import is_nan as is_nan
from ..ops.logic import logical_and as logical_and
from ..ops.logic import logical_not as logical_not
from ..ops.logic import logical_or as logical_or
from ..ops.logic import logical_xor as logical_xor
from ..ops.logic import nextafter as nextafter
from ..ops.math import abs as abs
from ..ops.math import acos as acos
from ..ops.math import acosh as acosh
from ..ops.math import asin as asin
from ..ops.math import asinh as asinh
from ..ops.math import atan as atan
from ..ops.math import atanh as atanh
from ..ops.math import cos as cos
from ..ops.math import cosh as cosh
from ..ops.math import exp as exp
from ..ops.math import expm1 as expm1
from ..ops.math import log as log
from ..ops.math import log1p as log1p
from ..ops.math import log_sigmoid as log_sigmoid
from ..ops.math import pow as pow
from ..ops.math import reciprocal as reciprocal
from ..ops.math import rsqrt as rsqrt
from ..ops.math import sigmoid as sigmoid
from ..ops.math import sign as sign
from ..ops.math import sin as sin
from ..ops.math import sinh as sinh
from ..ops.math import softplus as softplus
from ..ops.math import softsign as softsign
from ..ops.math import sqrt as sqrt
from ..ops.math import square as square
from ..ops.math import squared_difference as squared_difference
from ..ops.math import tan as tan
from ..ops.math import tanh as tanh
from ..ops.special import betainc as betainc
from ..ops.special import digamma as digamma
from ..ops.special import erf as erf
from ..ops.special import erfc as erfc
from ..ops.special import erfcinv as erfcinv
from ..ops.special import erfinv as erfinv
from ..ops.special import igamma as igamma
from ..ops.special import igammac as igammac
from ..ops.special import lbeta as lbeta
from ..ops.special import lgamma as lgamma
from ..ops.special import ndtri as ndtri
from ..ops.special import polygamma as polygamma
from ..ops.special import zeta as zeta
from . import math_special
from .elementwise import accumulate_n as accumulate_n
from .elementwise import add_n as add_n
from .elementwise import angle as angle
from .elementwise import conj as conj
from .elementwise import imag as imag
from .elementwise import polyval as polyval
from .elementwise import real as real
from .elementwise import reciprocal_no_nan as reciprocal_no_nan
from .elementwise import scalar_mul as scalar_mul
from .elementwise import zero_fraction as zero_fraction

mod = floormod
special = math_special
truediv = divide

# -- reductions, cumulative functions, segments and order: re-exported from .math_reduce here ------------------
