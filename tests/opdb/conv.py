"""Convolution, pooling, patches.  Values that TensorFlow gives are in tests/unit/test_conv.py; here the reference is loops."""

import numpy as np

import gradtape as tf
from gradtape.api import nn_conv, nn_conv_raw, nn_fractional, nn_pool, nn_space
from gradtape.ops import conv, patches, pool
from gradtape.ops.pool import Over

from . import _loops as loops
from ._record import Op, S, f, ints

WRONG = tf.errors.InvalidArgumentError
PLAIN = {"strides": (1, 1), "padding": "SAME", "dilations": (1, 1), "groups": 1}
MIXED = {"strides": (2, 1), "padding": "SAME", "dilations": (1, 2), "groups": 1}
LISTED = {"strides": (1, 2), "padding": ((2, 0), (0, 1)), "dilations": (2, 1), "groups": 1}
LINE = {"strides": (2,), "padding": "VALID", "dilations": (1,), "groups": 1}
SOLID = {"strides": (1, 2, 1), "padding": "SAME", "dilations": (1, 1, 1), "groups": 1}
IN_TWO, EACH = {**MIXED, "groups": 2}, {**PLAIN, "groups": 3}
SAME = Over((3, 2), (2, 1), "SAME", (1, 2))
TIGHT = Over((2, 2), (2, 2), "VALID", (1, 1))
EDGED = Over((2,), (1,), ((1, 0),), (2,))
SOLID_SAME = Over((2, 1, 2), (2, 1, 1), "SAME", (1, 1, 1))


def conv_input_reference(u, w, sizes, **how):
    """The adjoint by its definition: <e_i, conv(x, w)> collected for unit vectors x."""
    shape = (len(u), *sizes, w.shape[-2] * how["groups"])
    units = np.eye(int(np.prod(shape))).reshape(-1, *shape)
    return np.array([np.sum(u * loops.conv(e, w, **how)) for e in units]).reshape(shape)


def conv_filter_reference(x, u, kernel, **how):
    shape = (*kernel, x.shape[-1] // how["groups"], u.shape[-1])
    units = np.eye(int(np.prod(shape))).reshape(-1, *shape)
    return np.array([np.sum(u * loops.conv(x, e, **how)) for e in units]).reshape(shape)


RECORDS = [
    Op("conv", conv.conv, ref=loops.conv,
       samples=[S(f(2, 4, 3, 3), f(3, 2, 3, 2), **PLAIN), S(f(2, 5, 4, 2), f(3, 2, 2, 3), **MIXED), S(f(1, 4, 5, 6), f(2, 2, 6, 2), **LISTED),
                S(f(2, 5, 1), f(2, 1, 3), **LINE), S(f(1, 3, 4, 2, 2), f(2, 3, 1, 2, 2), **SOLID), S(f(2, 3, 3, 5), f(1, 1, 5, 2), **PLAIN)],
       bad=[(S(f(2, 4, 3, 3), f(3, 2, 2, 2), **PLAIN), WRONG), (S(f(2, 4, 3), f(3, 2, 3, 2), **PLAIN), WRONG),
            (S(f(2, 2, 1), f(7, 1, 3), **LINE), WRONG), (S(ints(0, 3, (2, 5, 1), np.int64), ints(0, 3, (2, 1, 3), np.int64), **LINE), WRONG),
            (S(f(2, 5, 4, 4), f(3, 2, 2, 3), **IN_TWO), WRONG), (S(f(2, 5, 1), ints(0, 3, (2, 1, 3)), **LINE), WRONG)]),
    Op("conv grouped", conv.conv, ref=loops.conv, symbolic=False,
       samples=[S(f(2, 5, 4, 4), f(3, 2, 2, 6), **IN_TWO), S(f(2, 3, 4, 3), f(2, 3, 1, 3), **EACH), S(f(1, 3, 4, 3), f(2, 3, 1, 6), **EACH),
                S(f(1, 4, 64), f(2, 16, 8), **{**LINE, "groups": 4})]),
    Op("conv_input", conv.conv_input, ref=conv_input_reference, symbolic=False,
       samples=[S(f(2, 4, 3, 2), f(3, 2, 3, 2), sizes=(4, 3), **PLAIN), S(f(2, 2, 3, 3), f(3, 2, 2, 3), sizes=(3, 3), **MIXED),
                S(f(1, 2, 3), f(2, 1, 3), sizes=(5,), **LINE), S(f(1, 2, 2, 2, 2), f(2, 1, 1, 5, 2), sizes=(2, 3, 2), **SOLID),
                S(f(1, 2, 3, 4), f(3, 2, 2, 4), sizes=(3, 3), **IN_TWO), S(f(1, 2, 2, 6), f(2, 2, 1, 6), sizes=(2, 2), **EACH),
                S(f(1, 2, 8), f(2, 16, 8), sizes=(4,), **{**LINE, "groups": 4})],
       bad=[(S(f(2, 4, 3, 2), f(3, 2, 3, 2), sizes=(5, 3), **PLAIN), WRONG), (S(f(2, 4, 3, 3), f(3, 2, 3, 2), sizes=(4, 3), **PLAIN), WRONG)]),
    Op("conv_filter", conv.conv_filter, ref=conv_filter_reference, symbolic=False,
       samples=[S(f(2, 4, 3, 3), f(2, 4, 3, 2), kernel=(3, 2), **PLAIN), S(f(2, 3, 3, 2), f(2, 2, 3, 3), kernel=(3, 2), **MIXED),
                S(f(2, 5, 1), f(2, 2, 3), kernel=(2,), **LINE), S(f(1, 3, 3, 4), f(1, 2, 3, 4), kernel=(2, 1), **IN_TWO),
                S(f(1, 2, 2, 3), f(1, 2, 2, 6), kernel=(2, 2), **EACH),
                S(f(1, 4, 64), f(1, 2, 8), kernel=(2,), **{**LINE, "groups": 4})],
       bad=[(S(f(2, 4, 3, 3), f(2, 3, 3, 2), kernel=(3, 2), **PLAIN), WRONG), (S(f(2, 4, 3, 3), f(1, 4, 3, 2), kernel=(3, 2), **PLAIN), WRONG)]),
    Op("max_pool", pool.max_pool, ref=loops.max_pool, covers=("max_pool_tap", "spread_tap", "pick_tap"),
       samples=[S(f(2, 5, 4, 3), over=SAME), S(f(2, 5, 4, 2), over=TIGHT), S(f(2, 5, 2), over=EDGED), S(f(1, 3, 2, 3, 2), over=SOLID_SAME)],
       bad=[(S(f(2, 5, 4), over=SAME), WRONG), (S(f(2, 1, 4, 2), over=Over((3, 2), (1, 1), "VALID", (1, 1))), WRONG)]),
    Op("spread_tap", lambda u, tap: pool.spread_tap(u, tap, (4, 3), TIGHT), samples=[S(f(2, 2, 1, 3), ints(0, 4, (2, 2, 1, 3), np.uint8))],
       symbolic=False, bad=[(S(f(2, 2, 1, 3), ints(0, 4, (2, 1, 1, 3), np.uint8)), WRONG)]),
    Op("pick_tap", pool.pick_tap,
       samples=[S(f(2, 4, 3, 3), ints(0, 4, (2, 2, 1, 3), np.uint8), over=TIGHT), S(f(2, 5, 4, 2), ints(0, 6, (2, 3, 4, 2), np.uint8), over=SAME)],
       bad=[(S(f(2, 4, 3, 3), ints(0, 4, (2, 2, 2, 3), np.uint8), over=TIGHT), WRONG)]),
    Op("sum_tap", lambda u, tap: pool.sum_tap(u, tap, (2, 2)), samples=[S(f(2, 3, 2, 3), ints(0, 4, (2, 3, 2, 3)))],
       bad=[(S(f(2, 3, 2, 3), ints(0, 4, (2, 3, 2, 1))), WRONG)]),
    Op("pick_weight", pool.pick_weight, samples=[S(f(2, 2, 3), ints(0, 4, (2, 3, 2, 3)))]),
    Op("avg_pool", pool.avg_pool, ref=loops.avg_pool,
       samples=[S(f(2, 5, 4, 3), over=SAME), S(f(2, 5, 4, 2), over=TIGHT), S(f(2, 5, 2), over=EDGED), S(f(1, 3, 2, 3, 2), over=SOLID_SAME)],
       bad=[(S(f(2, 5, 4), over=SAME), WRONG), (S(ints(0, 9, (2, 5, 4, 3)), over=SAME), WRONG)]),
    Op("avg_pool_input", lambda u: pool.avg_pool_input(u, (5, 4), SAME), samples=[S(f(2, 3, 4, 3))], symbolic=False,
       bad=[(S(f(2, 5, 4, 3)), WRONG)]),
    Op("dilation", pool.dilation, covers=("dilation_tap",),
       samples=[S(f(2, 4, 3, 2), f(3, 2, 2), strides=(1, 1), padding="SAME", dilations=(1, 1)),
                S(f(2, 5, 4, 3), f(2, 2, 3), strides=(2, 1), padding="VALID", dilations=(2, 1)),
                S(f(2, 5, 1), f(3, 1), strides=(1,), padding="SAME", dilations=(1,))],
       bad=[(S(f(2, 4, 3, 2), f(3, 2, 1), strides=(1, 1), padding="SAME", dilations=(1, 1)), WRONG),
            (S(f(2, 4, 3, 2), f(3, 2), strides=(1, 1), padding="SAME", dilations=(1, 1)), WRONG)]),
    Op("extract_patches", patches.extract_patches, ref=loops.extract_patches,
       samples=[S(f(2, 5, 4, 3), over=SAME), S(f(2, 5, 4, 2), over=TIGHT), S(f(2, 5, 2), over=EDGED)],
       bad=[(S(f(2, 5, 4), over=SAME), WRONG)]),
    Op("add_patches", lambda u: patches.add_patches(u, (5, 4), SAME), samples=[S(f(2, 3, 4, 12))], symbolic=False,
       bad=[(S(f(2, 3, 3, 12)), WRONG)]),
    Op("space_to_batch", nn_space.space_to_batch,
       samples=[S(f(2, 5, 6, 3), block_shape=[2, 3], paddings=[[1, 0], [1, 2]]), S(f(2, 6), block_shape=[3], paddings=[[0, 0]]),
                S(f(2, 3), block_shape=[], paddings=[])],
       bad=[(S(f(2, 5, 6, 3), block_shape=[2, 3], paddings=[[0, 0], [0, 0]]), WRONG),
            (S(f(2, 5), block_shape=[2, 3], paddings=[[1, 0], [0, 0]]), WRONG), (S(f(2, 5, 6, 3), block_shape=2, paddings=[[1, 0]]), WRONG),
            (S(f(2, 5, 6, 3), block_shape=[0, 3], paddings=[[1, 0], [0, 0]]), WRONG),
            (S(f(2, 5, 6, 3), block_shape=[1, 3], paddings=[[-1, 0], [0, 0]]), WRONG),
            (S(f(2, 5, 6, 3), block_shape=[1, 3], paddings=[[0, 0]]), WRONG)]),
    Op("batch_to_space", nn_space.batch_to_space,
       samples=[S(f(12, 3, 2, 3), block_shape=[2, 3], crops=[[1, 0], [0, 2]]), S(f(4, 2, 3), block_shape=[2], crops=[[0, 0]]),
                S(f(4, 1, 2, 3), block_shape=2, crops=[[0, 0], [1, 0]])],
       bad=[(S(f(7, 2, 3, 4), block_shape=[2, 2], crops=[[0, 0], [0, 0]]), WRONG), (S(f(4, 2, 3, 1), block_shape=2, crops=[[3, 2], [0, 0]]), WRONG),
            (S(f(4, 2, 3, 1), block_shape=2, crops=[[-1, 2], [0, 0]]), WRONG)]),
    Op("space_to_depth", nn_space.space_to_depth,
       samples=[S(f(2, 4, 6, 3), block_size=2), S(f(1, 2, 3, 3), block_size=3, data_format="NCHW")],
       bad=[(S(f(2, 5, 6, 3), block_size=2), WRONG), (S(f(2, 4, 6, 3), block_size=1), WRONG), (S(f(4, 6, 3), block_size=2), WRONG),
            (S(f(2, 4, 6, 3), block_size=2, data_format="NCH"), WRONG)]),
    Op("depth_to_space", nn_space.depth_to_space, symbolic=False,
       samples=[S(f(2, 1, 3, 8), block_size=2), S(f(1, 9, 1, 2), block_size=3, data_format="NCHW")],
       bad=[(S(f(2, 1, 3, 6), block_size=2), WRONG), (S(f(2, 4, 6, 4), block_size=0), WRONG)]),
    Op("nn.conv2d channels first", nn_conv.conv2d,
       samples=[S(f(2, 3, 4, 3), f(3, 2, 3, 2), strides=[1, 1, 2, 1], padding="SAME", data_format="NCHW")]),
    Op("nn.conv2d_transpose", nn_conv.conv2d_transpose, symbolic=False,
       samples=[S(f(2, 2, 3, 3), f(3, 2, 2, 3), output_shape=(2, 4, 3, 2), strides=[2, 1]),
                S(f(2, 3, 2, 3), f(3, 2, 2, 3), output_shape=(2, 2, 4, 3), strides=[2, 1], data_format="NCHW")]),
    Op("nn.depthwise_conv2d", nn_conv.depthwise_conv2d, symbolic=False,
       samples=[S(f(2, 4, 3, 3), f(2, 2, 3, 2), strides=[1, 1, 1, 1], padding="SAME")]),
    Op("nn.separable_conv2d", nn_conv.separable_conv2d, order=1, symbolic=False,
       samples=[S(f(2, 4, 3, 2), f(2, 2, 2, 2), f(1, 1, 4, 3), strides=[1, 2, 2, 1], padding="SAME"),
                S(f(2, 2, 4, 3), f(2, 2, 2, 2), f(1, 1, 4, 3), strides=1, padding="SAME", data_format="NCHW")]),
    Op("nn.depthwise_conv2d_backprop_filter", lambda x, u: nn_conv.depthwise_conv2d_backprop_filter(x, (2, 3, 3, 2), u, 1, "SAME", dilations=[1, 2]),
       ref=lambda x, u: conv_filter_reference(x, u, (2, 3), **{**EACH, "dilations": (1, 2)}).reshape(2, 3, 3, 2), symbolic=False,
       samples=[S(f(1, 4, 5, 3), f(1, 4, 5, 6))]),
    Op("nn.depthwise_conv2d_backprop_input", lambda w, u: nn_conv.depthwise_conv2d_backprop_input((1, 4, 5, 3), w, u, 1, "SAME", dilations=[1, 2]),
       ref=lambda w, u: conv_input_reference(u, w.reshape(2, 3, 1, 6), (4, 5), **{**EACH, "dilations": (1, 2)}), symbolic=False,
       samples=[S(f(2, 3, 3, 2), f(1, 4, 5, 6))]),
    Op("conv2d_backprop_filter_v2", lambda x, w, u: nn_conv_raw.conv2d_backprop_filter_v2(x, w, u, 1, "SAME"), grad=False, batch=False,
       samples=[S(f(2, 3, 3, 2), f(2, 2, 2, 3), f(2, 3, 3, 3))]),
    Op("conv2d_backprop_input_v2", lambda x, w, u: nn_conv_raw.conv2d_backprop_input_v2(x, w, u, 1, "SAME"), grad=False, batch=False,
       samples=[S(f(2, 3, 3, 2), f(2, 2, 2, 3), f(2, 3, 3, 3))]),
    Op("nn.max_pool over channels", nn_pool.max_pool, symbolic=False,
       samples=[S(f(2, 2, 3, 4), ksize=[1, 1, 1, 2], strides=[1, 1, 1, 2], padding="SAME")]),
    Op("nn.max_pool_with_argmax", nn_pool.max_pool_with_argmax, covers=("tap_position",), grad=False,
       samples=[S(f(2, 4, 3, 2), ksize=2, strides=1, padding="SAME", include_batch_in_index=True)]),
    Op("nn.fractional_max_pool", lambda x, **p: nn_fractional.fractional_max_pool(x, **p)[0], symbolic=False,
       samples=[S(f(2, 5, 6, 2), pooling_ratio=1.5, seed=3), S(f(1, 5, 6, 2), pooling_ratio=[1.2, 1.6], overlapping=True, seed=3)]),
    Op("nn.fractional_avg_pool", lambda x, **p: nn_fractional.fractional_avg_pool(x, **p)[0], symbolic=False,
       samples=[S(f(2, 5, 6, 2), pooling_ratio=1.5, seed=3), S(f(1, 5, 6, 2), pooling_ratio=[1.2, 1.6], overlapping=True, seed=3)]),
    Op("nn.erosion2d", nn_pool.erosion2d,
       samples=[S(f(2, 4, 3, 2), f(3, 2, 2), strides=[1, 1, 1, 1], padding="SAME", data_format="NHWC", dilations=[1, 1, 1, 1])]),
]
