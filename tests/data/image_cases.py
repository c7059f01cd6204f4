"""What tests/data/make_signal.py records from TensorFlow and tests/unit/test_image.py compares with.

name -> (program over tf and tensors, arrays)
"""

import numpy as np


def shades(*shape, seed=7):
    return np.random.default_rng(seed).uniform(size=shape).astype(np.float32)


def bytes_of(*shape, seed=8):
    return (255 * shades(*shape, seed=seed)).astype(np.uint8)


PHOTO, BYTES, ONE = shades(2, 6, 5, 3), bytes_of(2, 6, 5, 3), shades(5, 7, 3, seed=9)
LARGE = shades(2, 40, 37, 2, seed=11)
WRONG = np.clip(LARGE + 0.2 * shades(2, 40, 37, 2, seed=12) - 0.1, 0, 1).astype(np.float32)
BOXES = np.array([[0.13, 0.2, 0.87, 0.9], [0.93, 0.1, 0.21, 0.6], [-0.3, 0.4, 0.5, 1.4]], np.float32)
NUMBERS = np.array([0, 1, 0], np.int32)
RIVALS = np.array(
    [[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, -0.1, 1, 0.9], [0, 10, 1, 11], [0, 10.1, 1, 11.1], [1, 101, 0, 100], [0, 0, 0, 0]],
    np.float32,
)
SCORES = np.array([0.9, 0.75, 0.6, 0.95, 0.5, 0.3, 0.85], np.float32)
OBJECTS = np.array([[[0.1, 0.2, 0.6, 0.9], [0.5, 0.5, 0.7, 0.6]]], np.float32)

CASES = {
    "hsv": (lambda tf, x: tf.image.rgb_to_hsv(x), [PHOTO]),
    "hsv ties": (
        lambda tf, x: tf.image.rgb_to_hsv(x),
        [np.array([[0.5, 0.5, 0.2], [0.3, 0.7, 0.7], [0.6, 0.1, 0.6], [0, 0, 0]], np.float32)],
    ),
    "rgb": (lambda tf, x: tf.image.hsv_to_rgb(tf.stop_gradient(x)), [1.2 * PHOTO]),
    "yiq": (lambda tf, x: tf.image.rgb_to_yiq(x), [PHOTO]),
    "from yiq": (lambda tf, x: tf.image.yiq_to_rgb(x), [PHOTO]),
    "yuv": (lambda tf, x: tf.image.rgb_to_yuv(x), [PHOTO]),
    "from yuv": (lambda tf, x: tf.image.yuv_to_rgb(x), [PHOTO]),
    "grey": (lambda tf, x: tf.image.rgb_to_grayscale(x), [PHOTO]),
    "grey bytes": (lambda tf, x: tf.image.rgb_to_grayscale(x), [BYTES]),
    "from grey": (lambda tf, x: tf.image.grayscale_to_rgb(x), [PHOTO[..., :1]]),
    "sobel": (lambda tf, x: tf.image.sobel_edges(x), [PHOTO]),
    "gradients": (lambda tf, x: tf.stack(tf.image.image_gradients(x)), [PHOTO]),
    "variation": (lambda tf, x: tf.image.total_variation(x), [PHOTO]),
    "variation of one": (lambda tf, x: tf.image.total_variation(x), [ONE]),
    "standardized": (lambda tf, x: tf.image.per_image_standardization(x), [PHOTO]),
    "standardized bytes": (lambda tf, x: tf.image.per_image_standardization(x), [BYTES]),
    "standardized flat": (lambda tf, x: tf.image.per_image_standardization(x), [np.ones((2, 3, 3, 1), np.float32)]),
    "brightness": (lambda tf, x: tf.image.adjust_brightness(x, 0.3), [PHOTO]),
    "brightness bytes": (lambda tf, x: tf.image.adjust_brightness(x, -0.3), [BYTES]),
    "contrast": (lambda tf, x: tf.image.adjust_contrast(x, 1.7), [PHOTO]),
    "contrast bytes": (lambda tf, x: tf.image.adjust_contrast(x, 2.3), [BYTES]),
    "gamma": (lambda tf, x: tf.image.adjust_gamma(x, 0.7, 1.2), [PHOTO]),
    "gamma bytes": (lambda tf, x: tf.image.adjust_gamma(x, 1.8), [BYTES]),
    "hue": (lambda tf, x: tf.image.adjust_hue(tf.stop_gradient(x), 0.37), [PHOTO]),
    "hue back": (lambda tf, x: tf.image.adjust_hue(tf.stop_gradient(x), -0.9), [ONE]),
    "hue bytes": (lambda tf, x: tf.image.adjust_hue(x, 0.2), [BYTES]),
    "saturation": (lambda tf, x: tf.image.adjust_saturation(tf.stop_gradient(x), 1.6), [PHOTO]),
    "saturation bytes": (lambda tf, x: tf.image.adjust_saturation(x, 0.4), [BYTES]),
    "psnr": (lambda tf, a, b: tf.image.psnr(a, b, 1.0), [LARGE, WRONG]),
    "psnr bytes": (lambda tf, a, b: tf.image.psnr(a, b, 255), [BYTES, bytes_of(2, 6, 5, 3, seed=3)]),
    "ssim": (lambda tf, a, b: tf.image.ssim(a, b, 1.0), [LARGE, WRONG]),
    "ssim small": (lambda tf, a, b: tf.image.ssim(a, b, 2.0, 4, 0.8, 0.02, 0.05), [LARGE[0], WRONG[0]]),
    "ssim map": (lambda tf, a, b: tf.image.ssim(a, b, 1.0, return_index_map=True), [LARGE, WRONG]),
    "ssim bytes": (lambda tf, a, b: tf.image.ssim(a, b, 255, 5), [BYTES, bytes_of(2, 6, 5, 3, seed=3)]),
    "ssim_multiscale": (lambda tf, a, b: tf.image.ssim_multiscale(a, b, 1.0, (0.3, 0.3, 0.4), 7), [LARGE, WRONG]),
    "flip columns": (lambda tf, x: tf.image.flip_left_right(x), [PHOTO]),
    "flip rows": (lambda tf, x: tf.image.flip_up_down(x), [ONE]),
    "transposed": (lambda tf, x: tf.image.transpose(x), [PHOTO]),
    "central": (lambda tf, x: tf.image.central_crop(x, 0.5), [ONE]),
    "central of batch": (lambda tf, x: tf.image.central_crop(x, 0.35), [PHOTO]),
    "cropped": (lambda tf, x: tf.image.crop_to_bounding_box(x, 1, 2, 3, 2), [PHOTO]),
    "padded": (lambda tf, x: tf.image.pad_to_bounding_box(x, 1, 2, 9, 8), [PHOTO]),
    "crop or pad": (lambda tf, x: tf.image.resize_with_crop_or_pad(x, 3, 8), [PHOTO]),
    "crop or pad odd": (lambda tf, x: tf.image.resize_with_crop_or_pad(x, 8, 4), [ONE]),
    "fitted": (lambda tf, x: tf.image.resize_with_pad(x, 7, 9), [PHOTO]),
    "fitted nearest": (lambda tf, x: tf.image.resize_with_pad(x, 4, 9, "nearest"), [BYTES]),
    "fitted antialiased": (lambda tf, x: tf.image.resize_with_pad(tf.stop_gradient(x), 3, 4, "bicubic", True), [ONE]),
    "keep ratio": (lambda tf, x: tf.image.resize(x, [9, 4], preserve_aspect_ratio=True), [ONE]),
    "boxes": (lambda tf, x, b: tf.image.crop_and_resize(x, b, NUMBERS, [4, 3]), [PHOTO, BOXES]),
    "boxes small": (lambda tf, x, b: tf.image.crop_and_resize(x, b, NUMBERS, [1, 2], extrapolation_value=7.0), [PHOTO, BOXES]),
    "boxes nearest": (lambda tf, x: tf.image.crop_and_resize(x, BOXES, NUMBERS, [3, 3], "nearest"), [PHOTO]),
    "boxes of bytes": (lambda tf, x: tf.image.crop_and_resize(x, BOXES, NUMBERS, [3, 3]), [BYTES]),
    "outlines": (
        lambda tf, x: tf.image.draw_bounding_boxes(tf.stop_gradient(x), np.stack([BOXES, BOXES[::-1]]), None),
        [shades(2, 9, 8, 3)],
    ),
    "outlines coloured": (
        lambda tf, x: tf.image.draw_bounding_boxes(tf.stop_gradient(x), np.stack([BOXES, BOXES[::-1]]), [[0.5, 2, 3], [1, 0, 0]]),
        [shades(2, 9, 8, 3)],
    ),
    "outlines grey": (lambda tf, x: tf.image.draw_bounding_boxes(tf.stop_gradient(x), BOXES[None], None), [shades(1, 9, 8, 1)]),
    "glimpse": (
        lambda tf, x: tf.image.extract_glimpse(tf.stop_gradient(x), [2, 3], [[0.3, -0.4], [0.9, -0.9]], noise="zero"),
        [PHOTO],
    ),
    "glimpse shares": (
        lambda tf, x: tf.image.extract_glimpse(tf.stop_gradient(x), [3, 2], [[0.1, 0.2], [-0.2, 0.7]], False, True, "zero"),
        [PHOTO],
    ),
    "glimpse pixels": (
        lambda tf, x: tf.image.extract_glimpse(tf.stop_gradient(x), [3, 2], [[1.0, 2.0], [-2.0, 9.0]], True, False, "zero"),
        [PHOTO],
    ),
    "suppression": (lambda tf, b, s: tf.image.non_max_suppression(b, s, 5, 0.5), [RIVALS, SCORES]),
    "suppression by score": (lambda tf, b, s: tf.image.non_max_suppression(b, s, 5, 0.9, 0.55), [RIVALS, SCORES]),
    "suppression padded": (
        lambda tf, b, s: tf.image.non_max_suppression_padded(b, s, 6, 0.5, pad_to_max_output_size=True)[0],
        [RIVALS[:6], SCORES[:6]],
    ),
    "suppression padded count": (
        lambda tf, b, s: tf.image.non_max_suppression_padded(b, s, 6, 0.5, pad_to_max_output_size=True)[1],
        [RIVALS[:6], SCORES[:6]],
    ),
    "suppression batched": (
        lambda tf, b, s: tf.image.non_max_suppression_padded(b, s, 6, 0.5, pad_to_max_output_size=True)[0],
        [np.stack([RIVALS[:6], RIVALS[5::-1]]), np.stack([SCORES[:6], SCORES[:6]])],
    ),
    "suppression overlaps": (
        lambda tf, o, s: tf.image.non_max_suppression_overlaps(o, s, 4, 0.4),
        [shades(6, 6, seed=5), shades(6, seed=6)],
    ),
    "soft": (lambda tf, b, s: tf.image.non_max_suppression_with_scores(b, s, 6, 0.5, 0.1, 0.5)[0], [RIVALS, SCORES]),
    "soft scores": (lambda tf, b, s: tf.image.non_max_suppression_with_scores(b, s, 6, 0.5, 0.1, 0.5)[1], [RIVALS, SCORES]),
    "soft many": (
        lambda tf, b, s: tf.image.non_max_suppression_with_scores(b, s, 30, 1.0, 0.2, 0.3)[1],
        [shades(40, 4, seed=2), shades(40, seed=1)],
    ),
    "jpeg": (lambda tf, x: tf.image.adjust_jpeg_quality(x, 40, dct_method="INTEGER_ACCURATE"), [bytes_of(16, 18, 3)]),
}
for part in range(4):
    for pads in (False, True):
        CASES[f"combined {part} {pads}"] = (
            lambda tf, b, s, part=part, pads=pads: tf.image.combined_non_max_suppression(b, s, 3, 7, 0.5, 0.35, pads)[part],
            [
                np.stack([RIVALS, RIVALS[::-1]])[:, :, None],
                np.stack([SCORES, 0.99 * SCORES[::-1], SCORES / 2], -1).astype(np.float32)[None].repeat(2, 0),
            ],
        )
for turns in range(-1, 4):
    CASES[f"turned {turns}"] = (lambda tf, x, turns=turns: tf.image.rot90(x, turns), [PHOTO if turns % 2 else ONE])
for method in ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    for anti in (False, True):
        for size in ([4, 11], [13, 3], [6, 5]):
            CASES[f"resize {method} {anti} {size}"] = (
                lambda tf, x, method=method, anti=anti, size=size: tf.image.resize(
                    tf.stop_gradient(x) if method == "area" else x, size, method, antialias=anti
                ),
                [PHOTO],
            )
for have, image in (("bytes", BYTES[0]), ("shorts", (BYTES[0].astype(np.int16) - 50) * 100), ("floats", 1.4 * ONE - 0.2)):
    for want in ("uint8", "int16", "float32", "float64", "uint16"):
        for holds in (False, True):
            if holds or have == "bytes":
                CASES[f"{have} as {want} {holds}"] = (
                    lambda tf, x, want=want, holds=holds: tf.image.convert_image_dtype(tf.stop_gradient(x), want, holds),
                    [image],
                )
RANDOM = {
    "flip_left_right": (),
    "flip_up_down": (),
    "brightness": (0.4,),
    "contrast": (0.3, 1.8),
    "hue": (0.4,),
    "saturation": (0.3, 1.8),
    "crop": ([2, 3, 4, 3],),
}


def drawn(tf, x, name, numbers, stateless):
    if stateless:
        return getattr(tf.image, f"stateless_random_{name}")(x, *numbers, seed=[3, 5])
    tf.random.set_seed(11)
    draw = getattr(tf.image, f"random_{name}")
    return tf.stack([draw(x, *numbers, seed=7), draw(x, *numbers, seed=7), draw(x, *numbers)])


for what, numbers in RANDOM.items():
    for stateless in (False, True):
        CASES[f"random {what} {stateless}"] = (
            lambda tf, x, what=what, numbers=numbers, stateless=stateless: drawn(
                tf, tf.stop_gradient(x), what, numbers, stateless
            ),
            [shades(5, 6, 5, 3, seed=4) if what.startswith("flip") else PHOTO],
        )


def crops(tf, **limits):
    tf.random.set_seed(4)
    draw = tf.image.sample_distorted_bounding_box
    found = [draw([40, 57, 3], OBJECTS, seed=9, **limits) for _ in range(4)]
    for k in range(6):
        found.append(tf.image.stateless_sample_distorted_bounding_box([40, 57, 3], OBJECTS, [k, 2], **limits))
    return tf.stack([tf.concat([f[0], f[1]], 0) for f in found])


CASES["random boxes"] = (lambda tf: crops(tf), [])
CASES["random boxes narrow"] = (
    lambda tf: crops(tf, min_object_covered=0.6, aspect_ratio_range=[0.4, 2.5], area_range=[0.1, 0.5], max_attempts=12),
    [],
)
CASES["random box"] = (lambda tf: tf.image.stateless_sample_distorted_bounding_box([40, 57, 3], OBJECTS, [1, 2])[2], [])
