"""tf.audio: sound files of 16-bit samples (RIFF WAVE, PCM)."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, tensor
from ..ops._arguments import operand, whole_number
from ._strings import one_string, string_tensor

FULL = 32768.0  # an intensity of 1


class DecodeWav(NamedTuple):
    """What `tf.audio.decode_wav` gives."""

    audio: Any
    sample_rate: Any


@library
def decode_wav(contents: Any, desired_channels: int = -1, desired_samples: int = -1, name: str | None = None) -> DecodeWav:
    """The samples (samples, channels) of a WAV file of 16 bits, as float32 from -1 to 1, and how many a second.

    Args:
        desired_channels: drop the last channels, or repeat the last one, to have so many; -1: as in the file.
        desired_samples: cut off, or fill up with zeros, to have so many; -1: as in the file.

    Raises:
        InvalidArgumentError: no such file, or a damaged one: the message says what was read where.

    >>> audio, rate = tf.audio.decode_wav(tf.audio.encode_wav([[0.5], [-0.25]], 8000))
    >>> audio.numpy().ravel(), rate.numpy()
    (array([ 0.5 , -0.25], dtype=float32), np.int32(8000))
    """
    op = "decode_wav"
    channels, rate, samples = parsed(op, one_string(op, "contents", contents))
    values = np.frombuffer(samples, "<i2").astype(np.float32).reshape(-1, channels) / np.float32(FULL)
    if desired_channels > 0:
        values = values[:, np.minimum(np.arange(desired_channels), channels - 1)]
    if desired_samples >= 0:
        values = values[:desired_samples]
        values = np.pad(values, [(0, desired_samples - len(values)), (0, 0)])
    return DecodeWav(tensor(np.ascontiguousarray(values)), tensor(np.array(rate, np.int32)))


def parsed(op: str, data: bytes) -> tuple[int, int, bytes]:
    """(channels, samples a second, bytes of the samples)"""
    expect(op, data, 0, b"RIFF")
    expect(op, data, 8, b"WAVE")
    at, form = 12, None
    while True:
        name, size = taken(op, data, at, 4), struct.unpack("<I", taken(op, data, at + 4, 4))[0]
        at += 8
        if name == b"fmt ":
            form = checked_form(op, struct.unpack("<HHIIHH", taken(op, data, at, 16)), at)
        elif name == b"data":
            if form is None:
                raise invalid(op, f"{op}: Data chunk appears before the format, at byte {at - 8}")
            channels, rate = form
            return channels, rate, taken(op, data, at, size - size % (2 * channels))
        at += size + size % 2


def expect(op: str, data: bytes, at: int, word: bytes) -> None:
    found = taken(op, data, at, 4)
    if found != word:
        raise invalid(op, f"{op}: Header mismatch: Expected {word.decode()} but found {found!r} at byte {at} of {len(data)}")


def taken(op: str, data: bytes, at: int, count: int) -> bytes:
    if at + count > len(data):
        raise invalid(op, f"{op}: Data too short when trying to read {count} bytes at byte {at} of {len(data)}")
    return data[at : at + count]


def checked_form(op: str, form: tuple[int, ...], at: int) -> tuple[int, int]:
    kind, channels, rate, _, block, bits = form
    if kind not in (1, 0xFFFE) or bits != 16:
        raise invalid(
            op, f"{op}: Bad audio format for WAV at byte {at}: Expected 1 (PCM) of 16 bits, but got {kind} of {bits} bits"
        )
    if channels < 1 or rate < 1 or block != 2 * channels:
        raise invalid(
            op, f"{op}: Bad WAV header at byte {at}: {channels} channels, {rate} samples a second, {block} bytes a frame"
        )
    return channels, rate


@library
def encode_wav(audio: Any, sample_rate: Any, name: str | None = None) -> Tensor:
    """Samples (samples, channels), float32 from -1 to 1, as a WAV file of 16 bits, a string; what is louder is held.

    Raises:
        InvalidArgumentError: another rank or dtype, no channel, a rate below 1.

    >>> tf.audio.encode_wav([[0.0]], 8000).numpy()[:4]
    b'RIFF'
    """
    op = "encode_wav"
    x, rate = operand(audio), whole_number(sample_rate, op, "sample_rate")
    if x.dtype.name != "float32":
        raise invalid(op, f"{op}: audio must be float32, got {x.dtype.name}: write tf.cast(audio, tf.float32)")
    if x.ndim != 2:
        raise invalid(op, f"{op}: audio must be 2-dimensional (samples, channels), got the shape {list(x.dims)}")
    count, channels = x.dims
    if not 0 < channels < 65536:
        raise invalid(op, f"{op}: audio must have from 1 to 65535 channels, got the shape {list(x.dims)}")
    if not 0 < rate < 2**32:
        raise invalid(op, f"{op}: sample_rate must be in (0, 2^32), got: {rate}")
    held = np.clip(np.rint(x.numpy() * np.float32(FULL)), -32768, 32767)
    data = held.astype("<i2").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, channels, rate, rate * channels * 2,
                       channels * 2, 16, b"data", 2 * count * channels)  # fmt: skip
    return string_tensor([head + data], ())
