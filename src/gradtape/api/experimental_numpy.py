"""tf.experimental.numpy: NumPy's functions on tensors, with NumPy's promotion of dtypes, on the tape."""

from typing import Any

import numpy as np

from ..core.tensor import Tensor
from . import _tnp_random
from ._tnp_arrays import append as append
from ._tnp_arrays import atleast_1d as atleast_1d
from ._tnp_arrays import atleast_2d as atleast_2d
from ._tnp_arrays import atleast_3d as atleast_3d
from ._tnp_arrays import broadcast_arrays as broadcast_arrays
from ._tnp_arrays import broadcast_to as broadcast_to
from ._tnp_arrays import compress as compress
from ._tnp_arrays import concatenate as concatenate
from ._tnp_arrays import diag as diag
from ._tnp_arrays import diag_indices as diag_indices
from ._tnp_arrays import diagflat as diagflat
from ._tnp_arrays import diagonal as diagonal
from ._tnp_arrays import diff as diff
from ._tnp_arrays import dsplit as dsplit
from ._tnp_arrays import dstack as dstack
from ._tnp_arrays import expand_dims as expand_dims
from ._tnp_arrays import flatten as flatten
from ._tnp_arrays import flip as flip
from ._tnp_arrays import fliplr as fliplr
from ._tnp_arrays import flipud as flipud
from ._tnp_arrays import hsplit as hsplit
from ._tnp_arrays import hstack as hstack
from ._tnp_arrays import isscalar as isscalar
from ._tnp_arrays import ix_ as ix_
from ._tnp_arrays import meshgrid as meshgrid
from ._tnp_arrays import moveaxis as moveaxis
from ._tnp_arrays import ndim as ndim
from ._tnp_arrays import nonzero as nonzero
from ._tnp_arrays import pad as pad
from ._tnp_arrays import ravel as ravel
from ._tnp_arrays import repeat as repeat
from ._tnp_arrays import reshape as reshape
from ._tnp_arrays import roll as roll
from ._tnp_arrays import rot90 as rot90
from ._tnp_arrays import select as select
from ._tnp_arrays import shape as shape
from ._tnp_arrays import size as size
from ._tnp_arrays import split as split
from ._tnp_arrays import squeeze as squeeze
from ._tnp_arrays import stack as stack
from ._tnp_arrays import swapaxes as swapaxes
from ._tnp_arrays import take as take
from ._tnp_arrays import take_along_axis as take_along_axis
from ._tnp_arrays import tile as tile
from ._tnp_arrays import trace as trace
from ._tnp_arrays import transpose as transpose
from ._tnp_arrays import tril as tril
from ._tnp_arrays import triu as triu
from ._tnp_arrays import vsplit as vsplit
from ._tnp_arrays import vstack as vstack
from ._tnp_arrays import where as where
from ._tnp_behavior import experimental_enable_numpy_behavior as experimental_enable_numpy_behavior
from ._tnp_create import arange as arange
from ._tnp_create import array as array
from ._tnp_create import asanyarray as asanyarray
from ._tnp_create import asarray as asarray
from ._tnp_create import ascontiguousarray as ascontiguousarray
from ._tnp_create import copy as copy
from ._tnp_create import empty as empty
from ._tnp_create import empty_like as empty_like
from ._tnp_create import eye as eye
from ._tnp_create import full as full
from ._tnp_create import full_like as full_like
from ._tnp_create import geomspace as geomspace
from ._tnp_create import identity as identity
from ._tnp_create import linspace as linspace
from ._tnp_create import logspace as logspace
from ._tnp_create import ones as ones
from ._tnp_create import ones_like as ones_like
from ._tnp_create import tri as tri
from ._tnp_create import vander as vander
from ._tnp_create import zeros as zeros
from ._tnp_create import zeros_like as zeros_like
from ._tnp_elementwise import abs as abs
from ._tnp_elementwise import absolute as absolute
from ._tnp_elementwise import add as add
from ._tnp_elementwise import allclose as allclose
from ._tnp_elementwise import angle as angle
from ._tnp_elementwise import arccos as arccos
from ._tnp_elementwise import arccosh as arccosh
from ._tnp_elementwise import arcsin as arcsin
from ._tnp_elementwise import arcsinh as arcsinh
from ._tnp_elementwise import arctan as arctan
from ._tnp_elementwise import arctan2 as arctan2
from ._tnp_elementwise import arctanh as arctanh
from ._tnp_elementwise import around as around
from ._tnp_elementwise import array_equal as array_equal
from ._tnp_elementwise import bitwise_and as bitwise_and
from ._tnp_elementwise import bitwise_not as bitwise_not
from ._tnp_elementwise import bitwise_or as bitwise_or
from ._tnp_elementwise import bitwise_xor as bitwise_xor
from ._tnp_elementwise import cbrt as cbrt
from ._tnp_elementwise import ceil as ceil
from ._tnp_elementwise import clip as clip
from ._tnp_elementwise import conj as conj
from ._tnp_elementwise import conjugate as conjugate
from ._tnp_elementwise import cos as cos
from ._tnp_elementwise import cosh as cosh
from ._tnp_elementwise import deg2rad as deg2rad
from ._tnp_elementwise import divide as divide
from ._tnp_elementwise import divmod as divmod
from ._tnp_elementwise import equal as equal
from ._tnp_elementwise import exp as exp
from ._tnp_elementwise import exp2 as exp2
from ._tnp_elementwise import expm1 as expm1
from ._tnp_elementwise import fabs as fabs
from ._tnp_elementwise import fix as fix
from ._tnp_elementwise import float_power as float_power
from ._tnp_elementwise import floor as floor
from ._tnp_elementwise import floor_divide as floor_divide
from ._tnp_elementwise import gcd as gcd
from ._tnp_elementwise import greater as greater
from ._tnp_elementwise import greater_equal as greater_equal
from ._tnp_elementwise import heaviside as heaviside
from ._tnp_elementwise import hypot as hypot
from ._tnp_elementwise import imag as imag
from ._tnp_elementwise import isclose as isclose
from ._tnp_elementwise import iscomplex as iscomplex
from ._tnp_elementwise import iscomplexobj as iscomplexobj
from ._tnp_elementwise import isfinite as isfinite
from ._tnp_elementwise import isinf as isinf
from ._tnp_elementwise import isnan as isnan
from ._tnp_elementwise import isneginf as isneginf
from ._tnp_elementwise import isposinf as isposinf
from ._tnp_elementwise import isreal as isreal
from ._tnp_elementwise import isrealobj as isrealobj
from ._tnp_elementwise import lcm as lcm
from ._tnp_elementwise import less as less
from ._tnp_elementwise import less_equal as less_equal
from ._tnp_elementwise import log as log
from ._tnp_elementwise import log1p as log1p
from ._tnp_elementwise import log2 as log2
from ._tnp_elementwise import log10 as log10
from ._tnp_elementwise import logaddexp as logaddexp
from ._tnp_elementwise import logaddexp2 as logaddexp2
from ._tnp_elementwise import logical_and as logical_and
from ._tnp_elementwise import logical_not as logical_not
from ._tnp_elementwise import logical_or as logical_or
from ._tnp_elementwise import logical_xor as logical_xor
from ._tnp_elementwise import maximum as maximum
from ._tnp_elementwise import minimum as minimum
from ._tnp_elementwise import mod as mod
from ._tnp_elementwise import multiply as multiply
from ._tnp_elementwise import negative as negative
from ._tnp_elementwise import nextafter as nextafter
from ._tnp_elementwise import not_equal as not_equal
from ._tnp_elementwise import polyval as polyval
from ._tnp_elementwise import positive as positive
from ._tnp_elementwise import power as power
from ._tnp_elementwise import rad2deg as rad2deg
from ._tnp_elementwise import real as real
from ._tnp_elementwise import reciprocal as reciprocal
from ._tnp_elementwise import remainder as remainder
from ._tnp_elementwise import round as round
from ._tnp_elementwise import sign as sign
from ._tnp_elementwise import signbit as signbit
from ._tnp_elementwise import sin as sin
from ._tnp_elementwise import sinc as sinc
from ._tnp_elementwise import sinh as sinh
from ._tnp_elementwise import sqrt as sqrt
from ._tnp_elementwise import square as square
from ._tnp_elementwise import subtract as subtract
from ._tnp_elementwise import tan as tan
from ._tnp_elementwise import tanh as tanh
from ._tnp_elementwise import true_divide as true_divide
from ._tnp_reduce import all as all
from ._tnp_reduce import amax as amax
from ._tnp_reduce import amin as amin
from ._tnp_reduce import any as any
from ._tnp_reduce import argmax as argmax
from ._tnp_reduce import argmin as argmin
from ._tnp_reduce import argsort as argsort
from ._tnp_reduce import average as average
from ._tnp_reduce import count_nonzero as count_nonzero
from ._tnp_reduce import cross as cross
from ._tnp_reduce import cumprod as cumprod
from ._tnp_reduce import cumsum as cumsum
from ._tnp_reduce import dot as dot
from ._tnp_reduce import einsum as einsum
from ._tnp_reduce import inner as inner
from ._tnp_reduce import kron as kron
from ._tnp_reduce import matmul as matmul
from ._tnp_reduce import max as max
from ._tnp_reduce import mean as mean
from ._tnp_reduce import min as min
from ._tnp_reduce import nanmean as nanmean
from ._tnp_reduce import nanprod as nanprod
from ._tnp_reduce import nansum as nansum
from ._tnp_reduce import outer as outer
from ._tnp_reduce import prod as prod
from ._tnp_reduce import ptp as ptp
from ._tnp_reduce import sort as sort
from ._tnp_reduce import std as std
from ._tnp_reduce import sum as sum
from ._tnp_reduce import tensordot as tensordot
from ._tnp_reduce import var as var
from ._tnp_reduce import vdot as vdot
from ._tnp_values import numpy_dtype, promotion

bool_: Any
object_: Any
inexact: Any
iinfo: Any
bool_, object_, inexact, iinfo = np.bool_, np.object_, np.inexact, np.iinfo
int8: Any
int16: Any
int32: Any
int64: Any
int_: Any
int8, int16, int32, int64, int_ = np.int8, np.int16, np.int32, np.int64, np.int64
uint8: Any
uint16: Any
uint32: Any
uint64: Any
uint8, uint16, uint32, uint64 = np.uint8, np.uint16, np.uint32, np.uint64
float16: Any
float32: Any
float64: Any
float_: Any
float16, float32, float64, float_ = np.float16, np.float32, np.float64, np.float64
complex64: Any
complex128: Any
complex_: Any
complex64, complex128, complex_ = np.complex64, np.complex128, np.complex128
string_: Any
unicode_: Any
string_, unicode_ = np.bytes_, np.str_
ndarray: type[Tensor]
ndarray, random = Tensor, _tnp_random
e: float
pi: float
inf: float
newaxis: None
e, pi, inf, newaxis = np.e, np.pi, np.inf, None


def result_type(*arrays_and_dtypes: Any) -> np.dtype:
    """The dtype in which NumPy combines the arguments; Python's numbers give way to arrays.

    >>> tf.experimental.numpy.result_type(tf.constant([1, 2]), 1.5)
    dtype('float64')
    """
    return promotion(*arrays_and_dtypes)


def promote_types(type1: Any, type2: Any) -> np.dtype:
    """The smallest dtype to which both can be cast."""
    return np.promote_types(numpy_dtype(type1), numpy_dtype(type2))


def issubdtype(arg1: Any, arg2: Any) -> bool:
    """Whether a dtype is of a kind, `inexact` say."""
    return np.issubdtype(arg1, arg2)


def finfo(dtype: Any) -> Any:
    """The limits of a floating dtype."""
    return np.finfo(numpy_dtype(dtype))
