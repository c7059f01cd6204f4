"""What tests/data/make_conv.py records from TensorFlow and tests/unit/test_conv.py compares with: (name, function, shapes, arguments).

Arrays are drawn from the case's name.
"""

import zlib

import numpy as np


def arrays(name, shapes):
    """Distinct values on a coarse grid, so that a maximum is unique and float32 is exact enough."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return [rng.permutation(np.linspace(-2.0, 2.0, max(int(np.prod(s)), 1)))[: int(np.prod(s))].reshape(s) for s in shapes]


def conv(kind, padding, **more):
    sizes = {"1": (7,), "2": (6, 5), "3": (4, 5, 3)}[kind]
    kernel = {"1": (3,), "2": (3, 2), "3": (2, 3, 2)}[kind]
    strides = more.pop("strides", 1 if kind != "3" else [1, 1, 1, 1, 1])
    key = "stride" if kind == "1" else "strides"
    return f"nn.conv{kind}d", [(2, *sizes, 4), (*kernel, more.pop("depth", 4), 6)], {key: strides, "padding": padding, **more}


CASES = {
    "conv1d same": conv("1", "SAME"),
    "conv1d valid stride": conv("1", "VALID", strides=2),
    "conv1d dilated": conv("1", "SAME", dilations=2),
    "conv1d list stride": conv("1", "SAME", strides=[1, 3, 1]),
    "conv1d more batch axes": ("nn.conv1d", [(2, 3, 7, 2), (3, 2, 4)], {"stride": 2, "padding": "SAME"}),
    "conv2d same": conv("2", "SAME"),
    "conv2d valid": conv("2", "VALID"),
    "conv2d strides": conv("2", "SAME", strides=[2, 3]),
    "conv2d dilated": conv("2", "SAME", dilations=[2, 1]),
    "conv2d dilated and strided": conv("2", "VALID", strides=2, dilations=[1, 2]),
    "conv2d explicit": conv("2", [[0, 0], [2, 1], [0, 3], [0, 0]], strides=2),
    "conv2d groups": conv("2", "SAME", depth=2, strides=2),
    "conv2d channels first": ("nn.conv2d", [(2, 4, 6, 5), (3, 2, 4, 6)], {"strides": 2, "padding": "SAME", "data_format": "NCHW"}),
    "conv2d channels first explicit": (
        "nn.conv2d", [(2, 4, 6, 5), (3, 2, 4, 6)], {"strides": 1, "padding": [[0, 0], [0, 0], [1, 0], [2, 2]], "data_format": "NCHW"}),
    "conv2d more batch axes": ("nn.conv2d", [(2, 1, 2, 5, 4, 3), (2, 2, 3, 2)], {"strides": 1, "padding": "VALID"}),
    "conv2d one by one": ("nn.conv2d", [(2, 4, 4, 3), (1, 1, 3, 5)], {"strides": 1, "padding": "SAME"}),
    "conv2d one by one strided": ("nn.conv2d", [(2, 5, 4, 3), (1, 1, 3, 5)], {"strides": 2, "padding": "SAME"}),
    "conv2d one channel": ("nn.conv2d", [(3, 7, 7, 1), (3, 3, 1, 4)], {"strides": 1, "padding": "SAME"}),
    "conv3d same": conv("3", "SAME"),
    "conv3d strides": conv("3", "VALID", strides=[1, 2, 2, 1, 1]),
    "conv3d dilated": conv("3", "SAME", dilations=[1, 1, 2, 1, 1]),
    "convolution": ("nn.convolution", [(2, 6, 5, 3), (3, 2, 3, 4)], {"padding": "SAME", "dilations": [2, 2]}),
    "conv1d_transpose": ("nn.conv1d_transpose", [(2, 4, 6), (3, 4, 6)], {"output_shape": [2, 8, 4], "strides": 2}),
    "conv2d_transpose": ("nn.conv2d_transpose", [(2, 3, 3, 6), (3, 2, 4, 6)], {"output_shape": [2, 6, 5, 4], "strides": 2}),
    "conv2d_transpose valid": (
        "nn.conv2d_transpose", [(2, 2, 4, 6), (3, 2, 4, 6)], {"output_shape": [2, 6, 5, 4], "strides": [2, 1], "padding": "VALID"}),
    "conv2d_transpose explicit": (
        "nn.conv2d_transpose", [(2, 3, 3, 6), (3, 2, 4, 6)],
        {"output_shape": [2, 5, 5, 4], "strides": 2, "padding": [[0, 0], [1, 1], [1, 0], [0, 0]]}),
    "conv2d_transpose channels first": (
        "nn.conv2d_transpose", [(2, 6, 3, 3), (3, 2, 4, 6)], {"output_shape": [2, 4, 6, 5], "strides": 2, "data_format": "NCHW"}),
    "conv3d_transpose": (
        "nn.conv3d_transpose", [(1, 2, 3, 2, 4), (2, 2, 2, 3, 4)], {"output_shape": [1, 4, 6, 4, 3], "strides": 2}),
    "conv_transpose": ("nn.conv_transpose", [(2, 3, 3, 6), (3, 2, 4, 6)], {"output_shape": [2, 6, 5, 4], "strides": 2}),
    "depthwise": ("nn.depthwise_conv2d", [(2, 5, 6, 3), (3, 2, 3, 2)], {"strides": [1, 1, 1, 1], "padding": "SAME"}),
    "depthwise one each": ("nn.depthwise_conv2d", [(2, 5, 6, 4), (3, 3, 4, 1)], {"strides": [1, 2, 2, 1], "padding": "SAME"}),
    "depthwise dilated": (
        "nn.depthwise_conv2d", [(2, 5, 6, 3), (2, 2, 3, 2)], {"strides": [1, 1, 1, 1], "padding": "VALID", "dilations": [2, 2]}),
    "depthwise explicit": (
        "nn.depthwise_conv2d", [(2, 5, 6, 3), (3, 2, 3, 2)], {"strides": [1, 1, 1, 1], "padding": [[0, 0], [1, 2], [0, 1], [0, 0]]}),
    "depthwise backprop input": (
        "nn.depthwise_conv2d_backprop_input", [(3, 2, 3, 2), (2, 5, 6, 6)],
        {"input_sizes": [2, 5, 6, 3], "strides": [1, 1, 1, 1], "padding": "SAME"}),
    "depthwise backprop filter": (
        "nn.depthwise_conv2d_backprop_filter", [(2, 5, 6, 3), (2, 3, 3, 6)],
        {"filter_sizes": [3, 2, 3, 2], "strides": [1, 2, 2, 1], "padding": "SAME"}),
    "separable": (
        "nn.separable_conv2d", [(2, 5, 6, 3), (3, 2, 3, 2), (1, 1, 6, 4)], {"strides": [1, 2, 2, 1], "padding": "SAME"}),
    "atrous": ("nn.atrous_conv2d", [(2, 7, 6, 3), (3, 2, 3, 4)], {"rate": 2, "padding": "SAME"}),
    "atrous transpose": (
        "nn.atrous_conv2d_transpose", [(2, 7, 6, 4), (3, 2, 3, 4)], {"output_shape": [2, 7, 6, 3], "rate": 2, "padding": "SAME"}),
    "conv": ("conv", [(2, 5, 6, 3), (3, 2, 3, 4)], {"strides": [1, 2, 1, 1], "padding": "SAME"}),
    "conv explicit": (
        "conv", [(2, 5, 6, 3), (3, 2, 3, 4)],
        {"strides": [1, 1, 1, 1], "padding": "EXPLICIT", "explicit_paddings": [0, 0, 1, 0, 2, 1, 0, 0]}),
    "max_pool same": ("nn.max_pool", [(2, 5, 6, 3)], {"ksize": 2, "strides": 2, "padding": "SAME"}),
    "max_pool overlapping": ("nn.max_pool", [(2, 5, 6, 3)], {"ksize": [3, 2], "strides": [1, 2], "padding": "VALID"}),
    "max_pool explicit": ("nn.max_pool", [(2, 5, 6, 3)], {"ksize": 3, "strides": 2, "padding": [[0, 0], [1, 2], [0, 1], [0, 0]]}),
    "max_pool over channels": ("nn.max_pool", [(2, 3, 3, 6)], {"ksize": [1, 1, 1, 2], "strides": [1, 1, 1, 2], "padding": "SAME"}),
    "max_pool1d": ("nn.max_pool1d", [(2, 7, 3)], {"ksize": 3, "strides": 2, "padding": "SAME"}),
    "max_pool1d explicit": ("nn.max_pool1d", [(2, 7, 3)], {"ksize": 3, "strides": 2, "padding": [[0, 0], [1, 2], [0, 0]]}),
    "max_pool2d": ("nn.max_pool2d", [(2, 5, 6, 3)], {"ksize": (2, 3), "strides": (1, 2), "padding": "SAME"}),
    "max_pool3d": ("nn.max_pool3d", [(2, 3, 4, 5, 2)], {"ksize": 2, "strides": 2, "padding": "SAME"}),
    "max_pool_with_argmax": ("nn.max_pool_with_argmax", [(2, 5, 6, 3)], {"ksize": 2, "strides": 2, "padding": "SAME"}),
    "max_pool_with_argmax padded": ("nn.max_pool_with_argmax", [(2, 5, 7, 3)], {"ksize": 3, "strides": 2, "padding": "SAME"}),
    "max_pool_with_argmax batch": (
        "nn.max_pool_with_argmax", [(2, 5, 6, 3)], {"ksize": 3, "strides": 1, "padding": "VALID", "include_batch_in_index": True}),
    "avg_pool same": ("nn.avg_pool", [(2, 5, 6, 3)], {"ksize": 3, "strides": 2, "padding": "SAME"}),
    "avg_pool valid": ("nn.avg_pool", [(2, 5, 6, 3)], {"ksize": [2, 3], "strides": 1, "padding": "VALID"}),
    "avg_pool1d": ("nn.avg_pool1d", [(2, 7, 3)], {"ksize": 3, "strides": 2, "padding": "SAME"}),
    "avg_pool2d": ("nn.avg_pool2d", [(2, 5, 6, 3)], {"ksize": 2, "strides": 2, "padding": "SAME"}),
    "avg_pool3d": ("nn.avg_pool3d", [(2, 3, 4, 5, 2)], {"ksize": 2, "strides": 2, "padding": "SAME"}),
    "pool max dilated": ("nn.pool", [(2, 7, 6, 3)], {"window_shape": [2, 3], "pooling_type": "MAX", "dilations": [2, 1]}),
    "pool avg dilated": ("nn.pool", [(2, 7, 3)], {"window_shape": [3], "pooling_type": "AVG", "dilations": [2]}),
    "fractional_max_pool": ("nn.fractional_max_pool", [(2, 9, 11, 2)], {"pooling_ratio": 1.5, "seed": 3}),
    "fractional_max_pool overlapping": (
        "nn.fractional_max_pool",
        [(2, 10, 17, 2)],
        {"pooling_ratio": [1.0, 1.44, 1.73, 1.0], "pseudo_random": True, "overlapping": True, "seed": 7},
    ),
    "fractional_avg_pool": (
        "nn.fractional_avg_pool",
        [(2, 10, 17, 2)],
        {"pooling_ratio": [1.0, 1.44, 1.73, 1.0], "overlapping": True, "seed": 123456789},
    ),
    "fractional_avg_pool pseudo-random": (
        "nn.fractional_avg_pool",
        [(2, 9, 11, 2)],
        {"pooling_ratio": [1.0, 1.5, 2.5, 1.0], "pseudo_random": True, "seed": -5},
    ),
    "dilation2d": (
        "nn.dilation2d", [(2, 5, 6, 3), (2, 3, 3)],
        {"strides": [1, 1, 1, 1], "padding": "SAME", "data_format": "NHWC", "dilations": [1, 1, 1, 1]}),
    "dilation2d sparse": (
        "nn.dilation2d", [(2, 7, 6, 3), (2, 3, 3)],
        {"strides": [1, 2, 1, 1], "padding": "VALID", "data_format": "NHWC", "dilations": [1, 3, 2, 1]}),
    "erosion2d": (
        "nn.erosion2d", [(2, 5, 6, 3), (2, 3, 3)],
        {"strides": [1, 2, 1, 1], "padding": "SAME", "data_format": "NHWC", "dilations": [1, 2, 1, 1]}),
    "space_to_batch": ("space_to_batch", [(2, 5, 6, 3)], {"block_shape": [2, 3], "paddings": [[1, 0], [1, 2]]}),
    "space_to_batch no rest": ("space_to_batch", [(2, 6)], {"block_shape": [3], "paddings": [[0, 0]]}),
    "batch_to_space": ("batch_to_space", [(12, 3, 2, 3)], {"block_shape": [2, 3], "crops": [[1, 0], [0, 2]]}),
    "space_to_depth": ("nn.space_to_depth", [(2, 4, 6, 3)], {"block_size": 2}),
    "depth_to_space": ("nn.depth_to_space", [(2, 2, 3, 12)], {"block_size": 2}),
    "extract_patches": (
        "image.extract_patches", [(2, 7, 6, 3)],
        {"sizes": [1, 3, 2, 1], "strides": [1, 2, 1, 1], "rates": [1, 2, 2, 1], "padding": "VALID"}),
    "extract_patches same": (
        "image.extract_patches", [(2, 5, 6, 3)],
        {"sizes": [1, 3, 2, 1], "strides": [1, 2, 3, 1], "rates": [1, 1, 1, 1], "padding": "SAME"}),
    "extract_volume_patches": (
        "extract_volume_patches", [(1, 4, 5, 3, 2)], {"ksizes": [1, 2, 3, 2, 1], "strides": [1, 2, 1, 1, 1], "padding": "SAME"}),
}  # fmt: skip
