"""Images.  TensorFlow's values are in tests/unit/test_image.py; here derivatives, batches and shapes."""

import gradtape as tf
from gradtape.ops import image

from ._record import Op, S, f

WRONG = tf.errors.InvalidArgumentError


def resampled(method, source, target, antialias=False):
    return S(f(2, source, 3), axis=1, source=source, target=target, method=method, antialias=antialias)


RECORDS = [
    Op("resample", image.resample, symbolic=False,
       samples=[resampled("bilinear", 4, 7), resampled("bicubic", 5, 3), resampled("area", 5, 3), resampled("lanczos3", 4, 6), resampled("mitchellcubic", 4, 4),
                resampled("gaussian", 6, 2, True), S(f(3, 4), axis=0, source=3, target=5, method="bilinear", antialias=True)],
       bad=[(S(f(2, 4, 3), axis=1, source=3, target=5, method="area"), WRONG)]),
    Op("resample transposed", image.resample, symbolic=False,
       samples=[S(f(2, 7, 3), axis=1, source=4, target=7, method="bilinear", transposed=True)]),
    Op("image.rgb_to_hsv", tf.image.rgb_to_hsv, samples=[S(f(2, 2, 3, low=0, high=1))],
       bad=[(S(f(2, 2)), tf.errors.FailedPreconditionError), (S(f()), WRONG)]),
    Op("image.hsv_to_rgb", tf.image.hsv_to_rgb, samples=[S(f(2, 2, 3, low=0.05, high=0.95))],
       bad=[(S(f(2, 2)), tf.errors.FailedPreconditionError)]),
    Op("image.rgb_to_yuv", tf.image.rgb_to_yuv, symbolic=False, samples=[S(f(2, 2, 3))], bad=[(S(f(2, 2)), WRONG), (S(f()), IndexError)]),
    Op("image.sobel_edges", tf.image.sobel_edges, samples=[S(f(1, 4, 5, 2))], bad=[(S(f(4, 5, 2)), WRONG)]),
    Op("image.image_gradients", lambda x: tf.image.image_gradients(x), samples=[S(f(1, 4, 5, 2))], bad=[(S(f(4, 5, 2)), ValueError)]),
    Op("image.total_variation", tf.image.total_variation, samples=[S(f(2, 3, 4, 2)), S(f(3, 4, 2))], bad=[(S(f(4, 5)), ValueError)]),
]
