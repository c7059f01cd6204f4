"""Images.  TensorFlow's values are in tests/unit/test_image.py; here derivatives, batches and shapes."""

import numpy as np

import gradtape as tf
from gradtape.ops import detection, image

from ._record import Op, S, f, ints, pos

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
    Op("image.crop_and_resize", lambda x, b: tf.image.crop_and_resize(x, b, [0, 1, 1], [3, 2]), symbolic=False, gtol=2e-2, eps=1e-3, order=1,
       samples=[S(f(2, 4, 5, 2), np.array([[0.11, 0.2, 0.83, 0.9], [0.93, 0.1, 0.21, 0.6], [0.2, 0.3, 0.4, 0.55]]))],
       bad=[(S(f(4, 5, 2), f(3, 4)), WRONG), (S(f(2, 4, 5, 2), f(3, 3)), WRONG), (S(f(2, 4, 5, 2), f(2, 4)), WRONG),
            (S(f(1, 4, 5, 2), f(3, 4)), tf.errors.OutOfRangeError)]),
    Op("image.adjust_hue", tf.image.adjust_hue, samples=[S(f(2, 2, 3, low=0, high=1), delta=0.17)],
       bad=[(S(f(2, 3), delta=0.1), WRONG), (S(f(2, 2, 2), delta=0.1), WRONG), (S(f(2, 2, 3), delta=1.1), ValueError)]),
    Op("image.adjust_saturation", tf.image.adjust_saturation, samples=[S(f(2, 2, 3, low=0, high=1), saturation_factor=0.6)]),
    Op("image.adjust_contrast", tf.image.adjust_contrast, samples=[S(f(2, 2, 3), contrast_factor=1.6)], bad=[(S(f(2, 2), contrast_factor=1.0), WRONG)]),
    Op("image.adjust_gamma", tf.image.adjust_gamma, samples=[S(pos(2, 2, 3), gamma=1.6, gain=0.9)], bad=[(S(pos(2, 2, 3), gamma=-1.0), ValueError)]),
    Op("image.psnr", lambda a, b: tf.image.psnr(a, b, 1.0), f32=False, gtol=2e-2, eps=1e-2, order=1, symbolic=False,
       samples=[S(f(3, 3, 1, low=0, high=1), f(3, 3, 1, low=0, high=1))], bad=[(S(f(3, 3), f(3, 3)), WRONG)]),
    Op("image.ssim", lambda a, b: tf.image.ssim(a, b, 1.0, 4), f32=False, gtol=3e-2, eps=1e-2, order=1, symbolic=False,
       samples=[S(f(6, 5, 2, low=0, high=1), f(6, 5, 2, low=0, high=1))],
       bad=[(S(f(3, 3, 1), f(3, 3, 1)), WRONG), (S(f(3, 3), f(3, 3)), ValueError), (S(f(5, 5, 1), f(5, 6, 1)), ValueError)]),
    Op("image.ssim_multiscale", lambda a, b: tf.image.ssim_multiscale(a, b, 1.0, (0.4, 0.6), 3), grad=False, batch=False, f32=False, symbolic=False,
       samples=[S(f(8, 9, 2, low=0, high=1), f(8, 9, 2, low=0, high=1))], bad=[(S(f(4, 4, 1), f(4, 4, 1)), WRONG)]),
    Op("image.rot90", tf.image.rot90, samples=[S(f(2, 3, 2), k=1), S(f(2, 2, 3, 2), k=-1), S(f(2, 3, 1), k=2)], bad=[(S(f(2, 3)), ValueError)]),
    Op("image.flip_left_right", tf.image.flip_left_right, samples=[S(f(2, 3, 2)), S(f(2, 2, 3, 2))], bad=[(S(f(2, 3)), ValueError), (S(f(0, 3, 1)), ValueError)]),
    Op("image.resize_with_crop_or_pad", tf.image.resize_with_crop_or_pad, symbolic=False, samples=[S(f(3, 5, 2), target_height=5, target_width=2)],
       bad=[(S(f(3, 5), target_height=2, target_width=2), ValueError), (S(f(3, 5, 1), target_height=0, target_width=2), ValueError)]),
    Op("suppress_boxes", lambda b, s, **p: detection.suppress_boxes(b, s, **p), grad=False, batch=False, symbolic=False,
       samples=[S(f(6, 4, low=0, high=1), f(6, low=0, high=1), count=4, overlap=0.3, score=0.2)],
       bad=[(S(f(6, 3), f(6), count=4, overlap=0.3, score=0.2), WRONG), (S(f(6, 4), f(5), count=4, overlap=0.3, score=0.2), WRONG)]),
    Op("suppress_overlaps", lambda o, s, **p: detection.suppress_overlaps(o, s, **p), grad=False, batch=False, symbolic=False,
       samples=[S(f(6, 6, low=0, high=1), f(6, low=0, high=1), count=4, overlap=0.3, score=0.2)],
       bad=[(S(f(6, 3), f(6), count=4, overlap=0.3, score=0.2), WRONG), (S(f(6, 6), f(5), count=4, overlap=0.3, score=0.2), WRONG)]),
    Op("image.draw_bounding_boxes", lambda x, b: tf.image.draw_bounding_boxes(tf.cast(x, tf.float32), b, [[0.5]]), covers=("box_outlines",),
       grad=False, f32=False, samples=[S(f(2, 4, 5, 1), f(2, 3, 4, low=0, high=1))], symbolic=False,
       bad=[(S(f(4, 5, 1), f(2, 3, 4)), WRONG), (S(f(2, 4, 5, 2), f(2, 3, 4)), WRONG), (S(f(2, 4, 5, 1), f(1, 3, 4)), WRONG), (S(f(2, 4, 5, 1), f(2, 3, 3)), WRONG)]),
    Op("distorted_crop", lambda o, s: detection.distorted_crop(o, s, height=9, width=8, covered=0.1, ratios=(0.7, 1.3), areas=(0.1, 0.9), attempts=9),
       grad=False, samples=[S(np.array([[1, 2, 7, 6]], np.int32), ints(0, 2**40, (3,), np.int64))]),
]
