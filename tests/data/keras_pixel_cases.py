"""Programs over keras.ops whose results tests/data/make_keras_pixels.py records with Keras on TensorFlow.

name -> (program over keras, arrays)
"""

import numpy as np


def shades(*shape, seed=7):
    return np.random.default_rng(seed).uniform(size=shape).astype(np.float32)


PHOTO = shades(2, 7, 9, 3)
BYTES = (255 * shades(6, 8, 3, seed=8)).astype(np.uint8)
FIRST = shades(2, 3, 6, 8, seed=9)
TURNED = np.array([[0.9, 0.3, -1.2, -0.2, 1.1, 0.7, 0.01, -0.02]] * 2, np.float32)
SHIFTED = np.array([1.0, 0.0, -3.3, 0.0, 1.0, 4.6, 0.0, 0.0], np.float32)
START = np.array([[[0.0, 0.0], [0.0, 8.0], [6.0, 0.0], [6.0, 8.0]]] * 2, np.float32)
END = START + shades(2, 4, 2, seed=10)
PLACES = 12.0 * shades(3, 5, 4, seed=11) - 3.0
SIGNAL = shades(2, 50, seed=12) - 0.5


def pair(values):
    return [*values]


CASES = {
    "fft": (lambda k, a, b: pair(k.ops.fft((a, b))), [SIGNAL, SIGNAL[::-1].copy()]),
    "fft2": (lambda k, a, b: pair(k.ops.fft2((a, b))), [SIGNAL, SIGNAL[::-1].copy()]),
    "ifft2": (lambda k, a, b: pair(k.ops.ifft2((a, b))), [SIGNAL, SIGNAL[::-1].copy()]),
    "rfft": (lambda k, a: pair(k.ops.rfft(a)), [SIGNAL]),
    "rfft padded": (lambda k, a: pair(k.ops.rfft(a, 64)), [SIGNAL]),
    "irfft": (lambda k, a, b: k.ops.irfft((a, b)), [SIGNAL, SIGNAL[::-1].copy()]),
    "irfft cropped": (lambda k, a, b: k.ops.irfft((a, b), 31), [SIGNAL, SIGNAL[::-1].copy()]),
    "stft": (lambda k, a: pair(k.ops.stft(a, 10, 4, 16)), [SIGNAL]),
    "stft plain": (lambda k, a: pair(k.ops.stft(a, 16, 5, 16, window=None, center=False)), [SIGNAL]),
    "istft": (lambda k, a: k.ops.istft(k.ops.stft(a, 10, 4, 16), 10, 4, 16), [SIGNAL]),
    "istft hamming": (
        lambda k, a: k.ops.istft(k.ops.stft(a, 12, 3, 12, "hamming"), 12, 3, 12, length=40, window="hamming"),
        [SIGNAL],
    ),
    "istft given": (
        lambda k, a: k.ops.istft(
            k.ops.stft(a, 8, 4, 8, window=np.arange(1, 9.0), center=False), 8, 4, 8, None, np.arange(1, 9.0), False
        ),
        [SIGNAL],
    ),
    "grayscale": (lambda k, x: k.ops.image.rgb_to_grayscale(x), [PHOTO]),
    "grayscale of bytes": (lambda k, x: k.ops.image.rgb_to_grayscale(x), [BYTES]),
    "grayscale channels first": (lambda k, x: k.ops.image.rgb_to_grayscale(x, data_format="channels_first"), [FIRST]),
    "hsv": (lambda k, x: k.ops.image.rgb_to_hsv(x), [PHOTO]),
    "hsv channels first": (lambda k, x: k.ops.image.rgb_to_hsv(x, data_format="channels_first"), [FIRST]),
    "rgb": (lambda k, x: k.ops.image.hsv_to_rgb(x), [PHOTO[0]]),
    "sobel": (lambda k, x: k.ops.image.sobel_edges(x), [PHOTO]),
    "sobel channels first": (lambda k, x: k.ops.image.sobel_edges(x, data_format="channels_first"), [FIRST]),
    "blur": (lambda k, x: k.ops.image.gaussian_blur(x, (5, 5), (1.5, 1.5)), [PHOTO]),
    "blur channels first": (lambda k, x: k.ops.image.gaussian_blur(x, data_format="channels_first"), [FIRST[0]]),
    "crop to aspect": (lambda k, x: k.ops.image.resize(x, (4, 4), crop_to_aspect_ratio=True), [PHOTO]),
    "pad to aspect": (lambda k, x: k.ops.image.resize(x, (12, 4), pad_to_aspect_ratio=True, fill_value=0.5), [PHOTO]),
    "resize one": (lambda k, x: k.ops.image.resize(x, (4, 5), "nearest"), [BYTES]),
    "resize channels first": (
        lambda k, x: k.ops.image.resize(x, (4, 11), "bicubic", True, data_format="channels_first"),
        [FIRST],
    ),
    "perspective": (lambda k, x, a, b: k.ops.image.perspective_transform(x, a, b), [PHOTO, START, END]),
    "perspective filled": (
        lambda k, x, a, b: k.ops.image.perspective_transform(x, a, b, "nearest", 0.25),
        [PHOTO[0], START[0], END[0]],
    ),
    "elastic": (lambda k, x: k.ops.image.elastic_transform(x, 3.0, 1.2, fill_mode="nearest", seed=4), [PHOTO]),
    "elastic nearest": (
        lambda k, x: k.ops.image.elastic_transform(x, 2.0, 1.0, "nearest", "constant", 0.5, 5, "channels_first"),
        [FIRST[0]],
    ),
    "scale": (
        lambda k, x, s, t: k.ops.image.scale_and_translate(x, (2, 5, 12, 3), s, t, (1, 2), "linear"),
        [PHOTO, np.array([0.8, 1.4], np.float32), np.array([-0.5, 1.5], np.float32)],
    ),
    "scale lanczos": (
        lambda k, x, s, t: k.ops.image.scale_and_translate(x, (2, 5, 12, 3), s, t, (1, 2), "lanczos3", False),
        [PHOTO, np.array([0.8, 1.4], np.float32), np.array([-0.5, 1.5], np.float32)],
    ),
    "scale cubic": (
        lambda k, x, s, t: k.ops.image.scale_and_translate(x, (9, 5, 3), s, t, (0, 1), "cubic"),
        [PHOTO[0], np.array([1.3, 0.6], np.float32), np.array([0.0, 0.2], np.float32)],
    ),
}
for method in ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area"):
    for anti in (False, True):
        CASES[f"resize {method} {anti}"] = (
            lambda k, x, method=method, anti=anti: k.ops.image.resize(x, (4, 12), method, anti),
            [PHOTO],
        )
for how in ("nearest", "bilinear"):
    for mode in ("constant", "nearest", "reflect"):
        CASES[f"affine {how} {mode}"] = (
            lambda k, x, t, how=how, mode=mode: k.ops.image.affine_transform(x, t, how, mode, 0.3),
            [PHOTO, TURNED],
        )
        CASES[f"affine far {how} {mode}"] = (
            lambda k, x, t, how=how, mode=mode: k.ops.image.affine_transform(x, t, how, mode, data_format="channels_first"),
            [FIRST, 3 * SHIFTED + np.array([-2, 0, 0, 0, -2, 0, 0, 0], np.float32)],
        )
for order in (0, 1):
    for mode in ("constant", "nearest", "wrap"):
        CASES[f"coordinates {order} {mode}"] = (
            lambda k, x, c, order=order, mode=mode: k.ops.image.map_coordinates(x, c, order, mode, 0.4),
            [PHOTO[0], PLACES],
        )
CASES["coordinates of bytes"] = (lambda k, x, c: k.ops.image.map_coordinates(x, c, 1), [BYTES, PLACES])


def results(keras, program, arrays):
    values = program(keras, *[keras.ops.convert_to_tensor(a) for a in arrays])
    return [np.asarray(v) for v in (values if isinstance(values, list) else [values])]
