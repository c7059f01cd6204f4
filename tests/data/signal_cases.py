"""What tests/data/make_signal.py records from TensorFlow and tests/unit/test_signal.py compares with.

name -> (program over tf and tensors, arrays)
"""

import numpy as np


def numbers(*shape, seed=3):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def waves(*shape, seed=5):
    return (numbers(*shape, seed=seed) + 1j * numbers(*shape, seed=seed + 1)).astype(np.complex64)


HALF = np.array([[1, 2 + 1j, 0.5, -1j, 3], [0.5 + 1j, 2, 1, 1 + 1j, 0.25]], np.complex64)

CASES = {
    "fft": (lambda tf, x: tf.signal.fft(x), [waves(2, 6)]),
    "ifft": (lambda tf, x: tf.signal.ifft(x), [waves(2, 5)]),
    "fft double": (lambda tf, x: tf.signal.fft(x), [waves(7).astype(np.complex128)]),
    "fft2d": (lambda tf, x: tf.signal.fft2d(x), [waves(2, 3, 4)]),
    "ifft2d": (lambda tf, x: tf.signal.ifft2d(x), [waves(3, 4)]),
    "fft3d": (lambda tf, x: tf.signal.fft3d(x), [waves(2, 3, 4)]),
    "ifft3d": (lambda tf, x: tf.signal.ifft3d(x), [waves(2, 3, 4)]),
    "rfft": (lambda tf, x: tf.signal.rfft(x), [numbers(2, 6)]),
    "rfft odd": (lambda tf, x: tf.signal.rfft(x), [numbers(5)]),
    "rfft cropped": (lambda tf, x: tf.signal.rfft(x, [4]), [numbers(2, 6)]),
    "rfft padded": (lambda tf, x: tf.signal.rfft(x, [9]), [numbers(2, 6)]),
    "rfft2d": (lambda tf, x: tf.signal.rfft2d(x, [4, 5]), [numbers(3, 6)]),
    "rfft3d": (lambda tf, x: tf.signal.rfft3d(x), [numbers(2, 3, 4)]),
    "irfft": (lambda tf, x: tf.signal.irfft(x), [HALF]),
    "irfft odd": (lambda tf, x: tf.signal.irfft(x, [7]), [waves(2, 4)]),
    "irfft cropped": (lambda tf, x: tf.signal.irfft(x, [5]), [waves(2, 6)]),
    "irfft padded": (lambda tf, x: tf.signal.irfft(x, [12]), [waves(2, 4)]),
    "irfft2d": (lambda tf, x: tf.signal.irfft2d(x), [waves(3, 4)]),
    "irfft3d": (lambda tf, x: tf.signal.irfft3d(x, [2, 3, 5]), [waves(2, 3, 3)]),
    "fftshift": (lambda tf, x: tf.signal.fftshift(x), [numbers(3, 4)]),
    "ifftshift": (lambda tf, x: tf.signal.ifftshift(x, [1]), [numbers(4, 5)]),
    "frame": (lambda tf, x: tf.signal.frame(x, 3, 2), [numbers(2, 8)]),
    "frame padded": (lambda tf, x: tf.signal.frame(x, 5, 3, pad_end=True, pad_value=2.0), [numbers(2, 8)]),
    "frame along the first": (lambda tf, x: tf.signal.frame(x, 2, 3, axis=0), [numbers(8, 2)]),
    "frame in the middle": (lambda tf, x: tf.signal.frame(x, 2, 1, pad_end=True, axis=1), [numbers(2, 4, 3)]),
    "frame short": (lambda tf, x: tf.signal.frame(x, 9, 2), [numbers(2, 8)]),
    "overlap_and_add": (lambda tf, x: tf.signal.overlap_and_add(x, 2), [numbers(2, 3, 5)]),
    "overlap_and_add apart": (lambda tf, x: tf.signal.overlap_and_add(x, 7), [numbers(3, 5)]),
    "stft": (lambda tf, x: tf.signal.stft(x, 6, 3), [numbers(2, 20)]),
    "stft hamming": (lambda tf, x: tf.signal.stft(x, 5, 2, 16, tf.signal.hamming_window, True), [numbers(20)]),
    "stft no window": (lambda tf, x: tf.signal.stft(x, 8, 4, 4, None), [numbers(20)]),
    "inverse_stft": (lambda tf, x: tf.signal.inverse_stft(x, 8, 4), [waves(2, 3, 5)]),
    "inverse_stft short": (lambda tf, x: tf.signal.inverse_stft(x, 6, 4, 8), [waves(3, 5)]),
    "inverse_stft long": (
        lambda tf, x: tf.signal.inverse_stft(x, 10, 4, 8, tf.signal.inverse_stft_window_fn(4, tf.signal.hamming_window)),
        [waves(3, 5)],
    ),
    "inverse_stft_window_fn": (lambda tf: tf.signal.inverse_stft_window_fn(3)(8, tf.float32), []),
    "hann": (lambda tf: tf.signal.hann_window(7), []),
    "hann periodic": (lambda tf: tf.signal.hann_window(8), []),
    "hann symmetric": (lambda tf: tf.signal.hann_window(8, False, tf.float64), []),
    "hamming": (lambda tf: tf.signal.hamming_window(8), []),
    "kaiser": (lambda tf: tf.signal.kaiser_window(9, 5.0), []),
    "kaiser_bessel_derived": (lambda tf: tf.signal.kaiser_bessel_derived_window(10), []),
    "kaiser_bessel_derived odd": (lambda tf: tf.signal.kaiser_bessel_derived_window(7, 3.0), []),
    "vorbis": (lambda tf: tf.signal.vorbis_window(9), []),
    "dct cropped": (lambda tf, x: tf.signal.dct(x, 2, 3), [numbers(2, 5)]),
    "dct padded": (lambda tf, x: tf.signal.dct(x, 3, 8), [numbers(2, 5)]),
    "mdct": (lambda tf, x: tf.signal.mdct(x, 8), [numbers(2, 24)]),
    "mdct ortho": (lambda tf, x: tf.signal.mdct(x, 8, tf.signal.vorbis_window, True, "ortho"), [numbers(21)]),
    "inverse_mdct": (lambda tf, x: tf.signal.inverse_mdct(x), [numbers(2, 3, 4)]),
    "inverse_mdct ortho": (lambda tf, x: tf.signal.inverse_mdct(x, tf.signal.vorbis_window, "ortho"), [numbers(3, 4)]),
    "mel": (lambda tf: tf.signal.linear_to_mel_weight_matrix(), []),
    "mel wide": (lambda tf: tf.signal.linear_to_mel_weight_matrix(7, 33, 16000, 20.0, 7600.0, tf.float64), []),
    "mfcc": (lambda tf, x: tf.signal.mfccs_from_log_mel_spectrograms(x), [numbers(3, 7)]),
}
for kind in (1, 2, 3, 4):
    for norm in (None, "ortho"):
        if kind > 1 or norm is None:
            for op in ("dct", "idct"):
                CASES[f"{op} {kind} {norm}"] = (
                    lambda tf, x, op=op, kind=kind, norm=norm: getattr(tf.signal, op)(x, kind, norm=norm),
                    [numbers(2, 6)],
                )


def weights(shape):
    return np.cos(np.arange(np.prod(shape))).reshape(shape)


def values_and_gradients(tf, program, arrays):
    """The result, and the gradient of a weighted sum of it by each input that is not an integer."""
    tensors = [tf.constant(a) for a in arrays]
    watched = [t for t in tensors if t.dtype.is_floating or t.dtype.is_complex]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        y = program(tf, *tensors)
        total = tf.reduce_sum(y * tf.constant(weights(y.shape), y.dtype)) if y.dtype.is_floating or y.dtype.is_complex else None
        if total is not None and total.dtype.is_complex:
            total = tf.math.real(total) + 2.0 * tf.math.imag(total)
    return [y.numpy()] + [
        g.numpy() for g in (tape.gradient(total, watched) if watched and total is not None else []) if g is not None
    ]
