"""Fourier and cosine transforms, frames.  TensorFlow's values are in tests/unit/test_signal.py; here the reference is NumPy and SciPy."""

import numpy as np
import scipy.fft

import gradtape as tf
from gradtape.ops import signal

from ._record import Op, S, cplx, f, ints

WRONG = tf.errors.InvalidArgumentError


def transposed_cosine(x, kind):
    return scipy.fft.dct(np.eye(x.shape[-1]), kind) @ x if x.ndim == 1 else x @ scipy.fft.dct(np.eye(x.shape[-1]), kind).T


def added(x, step):
    out = np.zeros((*x.shape[:-2], (x.shape[-2] - 1) * step + x.shape[-1]), x.dtype)
    for i in range(x.shape[-2]):
        out[..., i * step : i * step + x.shape[-1]] += x[..., i, :]
    return out


def framed(x, frame_length, frame_step):
    count = max((x.shape[-1] - frame_length) // frame_step + 1, 0)
    rows = [x[..., i * frame_step : i * frame_step + frame_length] for i in range(count)]
    return np.stack(rows, -2) if rows else np.zeros((*x.shape[:-1], 0, frame_length))


RECORDS = [
    Op("fourier", signal.fourier, ref=lambda x: np.fft.fft(x), samples=[S(cplx(5)), S(cplx(2, 4)), S(cplx(1))],
       bad=[(S(f(3)), WRONG), (S(cplx()), WRONG), (S(cplx(2, 0)), WRONG)]),
    Op("signal.fft2d", tf.signal.fft2d, ref=np.fft.fft2, samples=[S(cplx(3, 4))], bad=[(S(cplx(3)), WRONG)]),
    Op("signal.ifft", tf.signal.ifft, ref=np.fft.ifft, samples=[S(cplx(2, 5))]),
    Op("signal.ifft3d", tf.signal.ifft3d, ref=lambda x: np.fft.ifftn(x, axes=(-3, -2, -1)), samples=[S(cplx(2, 3, 2, 2))]),
    Op("signal.fftnd", tf.signal.fftnd, ref=lambda x, axes, norm: np.fft.fftn(x, axes=axes, norm=norm),
       samples=[S(cplx(3, 2, 4), axes=[0, -1], norm="ortho"), S(cplx(3, 2), axes=[0], norm="forward")],
       bad=[(S(cplx(3, 2), axes=[0, 0], norm=None), WRONG), (S(cplx(3, 2), axes=[2], norm=None), WRONG), (S(cplx(3), axes=[0], norm="l2"), WRONG)]),
    Op("signal.ifftnd", tf.signal.ifftnd, ref=lambda x, fft_length, axes, norm: np.fft.ifftn(x, fft_length, axes, norm), symbolic=False,
       samples=[S(cplx(3, 4), fft_length=[5, 2], axes=[1, 0], norm="ortho"), S(cplx(3, 4), fft_length=[2, 6], axes=[0, 1], norm="forward")],
       bad=[(S(cplx(3, 4), fft_length=[5], axes=[1, 0], norm=None), WRONG)]),
    Op("real_fourier", signal.real_fourier, ref=np.fft.rfft, samples=[S(f(5)), S(f(2, 4)), S(f(1)), S(f(2))], bad=[(S(f()), WRONG), (S(f(0)), WRONG)]),
    Op("real_fourier doubled", lambda x: signal.real_fourier(x, doubled=True), samples=[S(f(5)), S(f(2, 4))]),
    Op("signal.rfft", tf.signal.rfft, ref=lambda x, fft_length: np.fft.rfft(x, fft_length[0]), symbolic=False,
       samples=[S(f(2, 5), fft_length=[4]), S(f(2, 5), fft_length=[7])],
       bad=[(S(f(5), fft_length=[0]), WRONG), (S(f(5), fft_length=[2, 2]), WRONG), (S(ints(0, 3, (4,)), fft_length=[4]), ValueError)]),
    Op("signal.rfft2d", tf.signal.rfft2d, ref=np.fft.rfft2, samples=[S(f(3, 4)), S(f(2, 2, 5))]),
    Op("signal.rfftnd", tf.signal.rfftnd, ref=lambda x, axes, norm: np.fft.rfftn(x, axes=axes, norm=norm),
       samples=[S(f(3, 2, 5), axes=[2, 0], norm="ortho")]),
    Op("inverse_real_fourier", lambda x, n: signal.inverse_real_fourier(x, n), ref=np.fft.irfft, symbolic=False,
       samples=[S(cplx(3), n=4), S(cplx(2, 3), n=5), S(cplx(1), n=1)], bad=[(S(cplx(3), n=6), WRONG), (S(cplx(3), n=0), WRONG)]),
    Op("inverse_real_fourier halved", lambda x, n: signal.inverse_real_fourier(x, n, halved=True), symbolic=False,
       samples=[S(cplx(3), n=4), S(cplx(2, 3), n=5)]),
    Op("signal.irfft", tf.signal.irfft, ref=np.fft.irfft, samples=[S(cplx(5)), S(cplx(2, 4))],
       bad=[(S(cplx(1)), WRONG), (S(f(4)), ValueError), (S(cplx()), WRONG)]),
    Op("signal.irfft2d", tf.signal.irfft2d, ref=lambda x, fft_length: np.fft.irfft2(x, fft_length), symbolic=False,
       samples=[S(cplx(3, 4), fft_length=[3, 5]), S(cplx(3, 4), fft_length=[2, 8])]),
    Op("signal.irfftnd", tf.signal.irfftnd, ref=lambda x, axes, norm: np.fft.irfftn(x, axes=axes, norm=norm),
       samples=[S(cplx(3, 2, 4), axes=[2, 0], norm="forward")]),
    Op("signal.fftshift", tf.signal.fftshift, ref=np.fft.fftshift, samples=[S(f(5)), S(f(3, 4))], symbolic=False),
    Op("signal.ifftshift", tf.signal.ifftshift, ref=np.fft.ifftshift, samples=[S(f(5), axes=[0]), S(f(3, 4), axes=[-1])], symbolic=False,
       bad=[(S(f(5), axes=[1]), WRONG)]),
    Op("cosine", signal.cosine, ref=lambda x, kind, ortho: scipy.fft.dct(x, kind, norm="ortho" if ortho else None),
       samples=[S(f(2, 5), kind=k, ortho=False) for k in (1, 2, 3, 4)] + [S(f(5), kind=k, ortho=True) for k in (2, 3, 4)],
       bad=[(S(f(), kind=2, ortho=False), WRONG), (S(f(0), kind=2, ortho=False), WRONG)]),
    Op("cosine transposed", lambda x, kind: signal.cosine(x, kind, transposed=True), ref=transposed_cosine,
       samples=[S(f(2, 5), kind=k) for k in (1, 2, 3, 4)]),
    Op("signal.dct", tf.signal.dct, symbolic=False, samples=[S(f(2, 5), type=2, n=3), S(f(4), type=3, n=6, norm="ortho")],
       bad=[(S(f(4), type=5), ValueError), (S(f(4), norm="l2"), ValueError), (S(f(4), type=1, norm="ortho"), ValueError), (S(f(1), type=1), ValueError),
            (S(f(4), axis=0), ValueError), (S(f(4), n=0), ValueError)]),
    Op("frames", lambda x, frame_length, frame_step: signal.frames(x, frame_length, frame_step), ref=framed,
       samples=[S(f(2, 7), frame_length=3, frame_step=2), S(f(7), frame_length=2, frame_step=3), S(f(2), frame_length=3, frame_step=1)], symbolic=False),
    Op("signal.frame", tf.signal.frame,
       samples=[S(f(7), frame_length=3, frame_step=1), S(f(2, 7, 3), frame_length=2, frame_step=2, axis=1)],
       bad=[(S(f(7), frame_length=-1, frame_step=1), WRONG), (S(f(7), frame_length=2, frame_step=0), WRONG), (S(f(), frame_length=2, frame_step=1), ValueError),
            (S(f(7), frame_length=2, frame_step=1, axis=1), WRONG)]),
    Op("signal.frame padded", tf.signal.frame, symbolic=False, samples=[S(f(2, 7), frame_length=3, frame_step=2, pad_end=True, pad_value=1.5)]),
    Op("signal.overlap_and_add", tf.signal.overlap_and_add, ref=lambda x, frame_step: added(x, frame_step), covers=("overlapped",),
       samples=[S(f(3, 4), frame_step=2), S(f(2, 3, 5), frame_step=3), S(f(2, 2), frame_step=4)],
       bad=[(S(f(4), frame_step=2), ValueError), (S(f(3, 4), frame_step=0), WRONG)]),
    Op("signal.stft", tf.signal.stft, symbolic=False, samples=[S(f(2, 11), frame_length=4, frame_step=2), S(f(11), frame_length=5, frame_step=3, fft_length=6)],
       bad=[(S(f(11), frame_length=0, frame_step=2), WRONG), (S(ints(0, 5, (11,)), frame_length=4, frame_step=2), ValueError)]),
    Op("signal.inverse_stft", tf.signal.inverse_stft, symbolic=False,
       samples=[S(cplx(3, 3), frame_length=4, frame_step=2), S(cplx(2, 2, 5), frame_length=6, frame_step=4, fft_length=8)],
       bad=[(S(cplx(3), frame_length=4, frame_step=2), ValueError), (S(f(3, 3), frame_length=4, frame_step=2), ValueError)]),
    Op("signal.mdct", tf.signal.mdct, symbolic=False, samples=[S(f(16), frame_length=8), S(f(2, 15), frame_length=4, pad_end=True, norm="ortho")],
       bad=[(S(f(16), frame_length=6), ValueError), (S(f(16), frame_length=8, norm="l2"), ValueError)]),
    Op("signal.inverse_mdct", tf.signal.inverse_mdct, symbolic=False, samples=[S(f(3, 4)), S(f(2, 2, 4), norm="ortho")]),
    Op("signal.mfccs_from_log_mel_spectrograms", tf.signal.mfccs_from_log_mel_spectrograms, symbolic=False, samples=[S(f(3, 5))],
       bad=[(S(f(3, 0)), ValueError)]),
]
