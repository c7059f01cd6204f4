"""What tests/data/make_io.py records from TensorFlow and tests/unit/test_io.py compares with: name -> program over tf."""

import gzip
import zlib

import numpy as np

ROWS, COLUMNS = np.mgrid[:12, :10]
PICTURE = np.stack([COLUMNS * 20, ROWS * 18, (ROWS + COLUMNS) * 9], -1).astype(np.uint8)
WIDE = np.tile(PICTURE, (3, 4, 1))[:33, :35]
ACCURATE = {"dct_method": "INTEGER_ACCURATE"}
SOUND = np.array([[0.5, -0.5], [0.25, 1.2], [-3.0, 1e-5], [0.1, -0.1]], np.float32)


def png(tf, depth, **settings):
    return tf.io.decode_png(tf.io.encode_png(np.concatenate([PICTURE, 255 - PICTURE], -1)[..., :depth]), **settings)


def jpeg(tf, quality=95, channels=0, ratio=1, **settings):
    return tf.io.decode_jpeg(tf.io.encode_jpeg(WIDE, quality=quality, **settings), channels, ratio, **ACCURATE)


CASES = {
    "png 1": lambda tf: [png(tf, 1)],
    "png 2": lambda tf: [png(tf, 2)],
    "png 3": lambda tf: [png(tf, 3)],
    "png 4": lambda tf: [png(tf, 4)],
    "png as grey": lambda tf: [png(tf, 1, channels=3)],
    "png with alpha": lambda tf: [png(tf, 3, channels=4)],
    "png deep": lambda tf: [tf.io.decode_png(tf.io.encode_png(WIDE[..., :1].astype(np.uint16) * 200), dtype=tf.uint16)],
    "png deepened": lambda tf: [png(tf, 3, dtype=tf.uint16)],
    "png image": lambda tf: [tf.io.decode_image(tf.io.encode_png(PICTURE), dtype=tf.float32)],
    "png many": lambda tf: [tf.io.decode_png(tf.io.encode_png(np.stack([PICTURE, PICTURE]))[1])],
    "png frame": lambda tf: [tf.io.decode_gif(tf.io.encode_png(PICTURE))],
    "png by jpeg": lambda tf: [tf.io.decode_jpeg(tf.io.encode_png(PICTURE))],
    "jpeg": lambda tf: [jpeg(tf)],
    "jpeg coarse": lambda tf: [jpeg(tf, 30)],
    "jpeg full colour": lambda tf: [jpeg(tf, 60, chroma_downsampling=False)],
    "jpeg progressive": lambda tf: [jpeg(tf, 60, progressive=True, optimize_size=True)],
    "jpeg of grey": lambda tf: [tf.io.decode_jpeg(tf.io.encode_jpeg(WIDE[..., :1]), **ACCURATE)],
    "jpeg grey as colour": lambda tf: [tf.io.decode_jpeg(tf.io.encode_jpeg(WIDE[..., :1]), 3, **ACCURATE)],
    "jpeg as grey": lambda tf: [jpeg(tf, channels=1)],
    "jpeg window": lambda tf: [tf.io.decode_and_crop_jpeg(tf.io.encode_jpeg(WIDE[..., :1]), [3, 5, 7, 9], **ACCURATE)],
    "jpeg halved": lambda tf: [tf.shape(jpeg(tf, ratio=2)), tf.shape(jpeg(tf, ratio=8))],
    "jpeg shape": lambda tf: [tf.io.extract_jpeg_shape(tf.io.encode_jpeg(WIDE), tf.int64)],
    "is_jpeg": lambda tf: [tf.io.is_jpeg(tf.io.encode_jpeg(WIDE)), tf.io.is_jpeg("no")],
    "raw": lambda tf: [tf.io.decode_raw(b"\1\0\2\0", tf.int16), tf.io.decode_raw([b"\1\0\2\0", b"abcd"], tf.uint8)],
    "raw big": lambda tf: [tf.io.decode_raw(b"\1\0\2\3", tf.int16, little_endian=False)],
    "raw fixed": lambda tf: [tf.io.decode_raw([b"ab", b"abcde"], tf.uint8, fixed_length=4)],
    "raw empty": lambda tf: [tf.io.decode_raw("", tf.float32)],
    "csv": lambda tf: tf.io.decode_csv(["1,2.5,a", "3,,b c"], [[0], [1.5], [""]]),
    "csv quotes": lambda tf: tf.io.decode_csv('1,"x,""y""",z', [[0], [""], [""]]),
    "csv delimiter": lambda tf: tf.io.decode_csv([["1|NA|3"]], [[0], [7.0]], "|", na_value="NA", select_cols=[0, 1]),
    "csv plain quotes": lambda tf: tf.io.decode_csv('a"b,c', [[""], [""]], use_quote_delim=False),
    "csv last empty": lambda tf: tf.io.decode_csv("5,", [np.array([0], np.int64), ["?"]]),
    "csv spaces": lambda tf: tf.io.decode_csv(" 1, 2.5", [[0], np.array([0.0])]),
    "base64": lambda tf: [tf.io.encode_base64("ab?>"), tf.io.encode_base64(["a", "bc"], pad=True), tf.io.decode_base64("YQ")],
    "compressed": lambda tf: [
        tf.io.decode_compressed(zlib.compress(b"abc"), "ZLIB"),
        tf.io.decode_compressed(gzip.compress(b"abc"), "GZIP"),
    ],
    "wav": lambda tf: [tf.audio.encode_wav(SOUND, 8000), *tf.audio.decode_wav(tf.audio.encode_wav(SOUND, 44100))],
    "wav mono": lambda tf: [tf.audio.decode_wav(tf.audio.encode_wav(SOUND, 8000), 1, 2)[0]],
    "wav more": lambda tf: [tf.audio.decode_wav(tf.audio.encode_wav(SOUND, 8000), 3, 6)[0]],
    "wav empty": lambda tf: [tf.audio.encode_wav(np.zeros((0, 1), np.float32), 8000)],
}
TENSORS = {
    "floats": lambda tf: tf.constant([[1.0, 2.0], [3.0, 4.0]]),
    "strings": lambda tf: tf.constant(["a", "bc", ""]),
    "string": lambda tf: tf.constant("abc"),
    "booleans": lambda tf: tf.constant([[True, False]]),
    "empty": lambda tf: tf.zeros([0, 3]),
    "number": lambda tf: tf.constant(-3, tf.int64),
    "bfloat16": lambda tf: tf.constant([1.0, 2.5], tf.bfloat16),
    "half": lambda tf: tf.constant([1.0, 2.5], tf.float16),
    "complex": lambda tf: tf.constant([1j, 2.0], tf.complex64),
    "bytes": lambda tf: tf.constant([1, 200], tf.uint8),
    "doubles": lambda tf: tf.constant(2.5, tf.float64),
}
for kind, make in TENSORS.items():
    CASES[f"tensor {kind}"] = lambda tf, make=make: [
        tf.io.serialize_tensor(make(tf)),
        tf.io.parse_tensor(tf.io.serialize_tensor(make(tf)), make(tf).dtype),
    ]


def recorded(values):
    """Tensors as what JSON holds: dtype, shape, numbers or bytes."""
    return [[v.dtype.name, list(v.shape), listed(v)] for v in values]


def listed(value):
    flat = np.ravel(value.numpy())
    if value.dtype.name == "string":
        return [item.hex() for item in flat]
    if value.dtype.is_complex:
        return [[float(x.real), float(x.imag)] for x in flat]
    return flat.astype(float).tolist() if value.dtype.is_floating else flat.tolist()
