"""Summaries by kind: what each plug-in of TensorBoard reads."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np

from ..core.dtypes import string
from ..core.errors import UnimplementedError, invalid
from ..core.tensor import convert_to_tensor, is_tensor
from . import board
from .experimental import tag_of
from .stage import put
from .state import STATE, truth

BUCKETS = 30
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
LOUDEST = 32768.0  # an intensity of 1


class Plugin:
    """Which plug-in reads the summary; made into bytes when one is written, since TensorBoard loads then."""

    def __init__(self, name: str, description: str | None):
        self.name, self.description = name, description

    def serialized(self) -> bytes:
        return board.metadata(self.name, self.description)


class Made:
    """Writes what a function makes of the arrays."""

    def __init__(self, make: Any = np.asarray):
        self.make = make

    def __call__(self, writer: Any, tag: str, step: int, metadata: Any, *arrays: np.ndarray) -> None:
        given = metadata if isinstance(metadata, bytes) else metadata.serialized()
        writer.add(tag, step, self.make(*arrays), given)


def numbers(op: str, data: Any) -> Any:
    x = convert_to_tensor(data)
    if x.dtype is string:
        raise UnimplementedError(None, None, f"tf.summary.{op}: data must hold numbers, got strings: tf.summary.text writes them")
    return x


def of_rank(op: str, data: Any, rank: int, axes: str) -> Any:
    x = convert_to_tensor(data)
    if x.ndim != rank:
        raise ValueError(f"tf.summary.{op}: data must have rank {rank}, {axes}. Received rank {x.ndim}, shape {tuple(x.dims)}")
    return x


def count_of(op: str, max_outputs: Any) -> int:
    count = int(max_outputs)
    if count < 0:
        raise invalid(op, f"tf.summary.{op}: max_outputs must not be negative, got {count}")
    return count


# -- numbers ---------------------------------------------------------------------------------------------------------
def scalar(name: str, data: Any, step: Any = None, description: str | None = None) -> Any:
    """Write a number, as float32, to the default writer.

    Args:
        name: the tag, behind the name scopes around.
        data: a scalar.
        step: an integer; None: the default step (`tf.summary.experimental.set_step`, `writer.as_default(step)`).
        description: Markdown.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        ValueError: data that is no scalar; a writer and no step.
        UnimplementedError: a string.

    >>> tf.summary.scalar("loss", 0.25, step=1).numpy()  # no writer
    np.False_
    """
    x = numbers("scalar", data)
    if x.ndim:
        raise ValueError(f"tf.summary.scalar: Expected scalar shape, saw shape: {tuple(x.dims)}.")
    return put([x], Made(as_float32), tag_of(name, "scalar_summary"), step, Plugin("scalar", description))


def as_float32(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.real(x), np.float32)


def histogram(name: str, data: Any, step: Any = None, buckets: Any = None, description: str | None = None) -> Any:
    """Write how the elements of a tensor are distributed; what is NaN or infinite is left out.

    Args:
        name, step, description: as `tf.summary.scalar`.
        data: numbers of any shape.
        buckets: how many intervals of equal width, 30 where nothing is said.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        ValueError: a writer and no step.
        TypeError: buckets that are no integer.
        UnimplementedError: strings.

    >>> tf.summary.histogram("weights", [0.5, 1.5, 1.6], step=1).numpy()  # no writer
    np.False_
    """
    return put(
        [numbers("histogram", data)],
        Made(Buckets(buckets)),
        tag_of(name, "histogram_summary"),
        step,
        Plugin("histogram", description),
    )


class Buckets:
    """Rows of left edge, right edge and count."""

    def __init__(self, count: Any):
        value = BUCKETS if count is None else np.asarray(count)
        if not np.issubdtype(np.asarray(value).dtype, np.integer):
            raise TypeError(f"tf.summary.histogram: buckets must be an integer, got {count!r}")
        self.count = max(int(value), 0)

    def __call__(self, data: np.ndarray) -> np.ndarray:
        values = np.asarray(np.real(data), np.float64).ravel()
        low, high = (values.min(), values.max()) if values.size else (0.0, 0.0)
        if not np.isfinite(low) or not np.isfinite(high):
            values = values[np.isfinite(values)]
            low, high = (values.min(), values.max()) if values.size else (0.0, 0.0)
        if not values.size or not self.count:
            return np.zeros((self.count, 3))
        edges, counts = np.full(self.count + 1, high), np.zeros(self.count)
        if low == high:
            counts[-1] = values.size
        else:
            edges[:-1] = np.linspace(low, high, self.count + 1)[:-1]
            values = (values - low) / ((high - low) / self.count)
            counts = np.bincount(np.minimum(values.astype(np.int64), self.count - 1), minlength=self.count)
        return np.stack([edges[:-1], edges[1:], counts], axis=1)


# -- pictures, sound, text ---------------------------------------------------------------------------------------------
def image(name: str, data: Any, step: Any = None, max_outputs: Any = 3, description: str | None = None) -> Any:
    """Write pictures, as PNG.

    Args:
        name, step, description: as `tf.summary.scalar`.
        data: (pictures, height, width, channels) with 1 to 4 channels; floats from 0 to 1, or uint8; integers of other dtypes are scaled.
        max_outputs: only the first so many are written.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        ValueError: another rank; a writer and no step.
        InvalidArgumentError: another number of channels, a negative max_outputs.

    >>> tf.summary.image("digits", tf.zeros([2, 8, 8, 1]), step=1).numpy()  # no writer
    np.False_
    """
    x = of_rank("image", data, 4, "(pictures, height, width, channels)")
    count = count_of("image", max_outputs)
    channels = x.dims[3]
    if isinstance(channels, int) and channels not in MODES:
        raise invalid("image", f"tf.summary.image: pictures have 1, 2, 3 or 4 channels, got {channels}")
    return put([x], Made(Pictures(count)), tag_of(name, "image_summary"), step, Plugin("image", description))


class Pictures:
    """Width and height, then the files of the first pictures."""

    def __init__(self, count: int):
        self.count = count

    def __call__(self, data: np.ndarray) -> np.ndarray:
        _, height, width, _ = data.shape
        files = [png(pixels) for pixels in as_uint8(data[: self.count])]
        return strings([str(width).encode(), str(height).encode(), *files])


def as_uint8(data: np.ndarray) -> np.ndarray:
    """Intensities from 0 to 1, or of the whole range of an integer dtype, as 0 to 255."""
    if data.dtype == np.uint8:
        return data
    if data.dtype == bool:
        return data.astype(np.uint8) * 255
    if data.dtype.kind in "iu":
        largest = int(np.iinfo(data.dtype).max)
        scaled = data // ((largest + 1) // 256) if largest > 255 else data.astype(np.int64) * (256 // (largest + 1))
        return np.clip(scaled, 0, 255).astype(np.uint8)
    values = data.astype(np.float32 if data.dtype.itemsize <= 4 else np.float64)
    return np.clip(np.nan_to_num(values * values.dtype.type(255.5)), 0, 255).astype(np.uint8)


def png(pixels: np.ndarray) -> bytes:
    from PIL import Image  # TensorBoard brings it

    mode = MODES[pixels.shape[-1]]
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., 0] if mode == "L" else pixels)).save(file, "PNG")
    return file.getvalue()


def audio(
    name: str,
    data: Any,
    sample_rate: Any,
    step: Any = None,
    max_outputs: Any = 3,
    encoding: str | None = None,
    description: str | None = None,
) -> Any:
    """Write sounds, as WAV files of 16 bits.

    Args:
        name, step, description: as `tf.summary.scalar`.
        data: (sounds, samples, channels), floats from -1 to 1; what is louder is held.
        sample_rate: samples a second.
        max_outputs: only the first so many are written.
        encoding: "wav" or None.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        ValueError: another rank or encoding; a writer and no step.
        InvalidArgumentError: another dtype, a rate below 1, a negative max_outputs.

    >>> tf.summary.audio("tone", tf.zeros([1, 800, 1]), 8000, step=1).numpy()  # no writer
    np.False_
    """
    if encoding not in (None, "wav"):
        raise ValueError(f"tf.summary.audio: Unknown encoding: {encoding!r}; there is 'wav'")
    x = of_rank("audio", data, 3, "(sounds, samples, channels)")
    if not x.dtype.is_floating:
        raise invalid("audio", f"tf.summary.audio: data must be floats from -1 to 1, got {x.dtype.name}")
    rate = int(sample_rate)
    if not 0 < rate < 2**32:
        raise invalid("audio", f"tf.summary.audio: sample_rate must be in (0, 2^32), got: {rate}")
    sounds = Sounds(rate, count_of("audio", max_outputs))
    return put([x], Made(sounds), tag_of(name, "audio_summary"), step, Plugin("audio", description))


class Sounds:
    """Rows of a file and its label, which is empty."""

    def __init__(self, rate: int, count: int):
        self.rate, self.count = rate, count

    def __call__(self, data: np.ndarray) -> np.ndarray:
        files = [wav(samples, self.rate) for samples in data[: self.count]]
        return strings([part for file in files for part in (file, b"")]).reshape(len(files), 2)


def wav(samples: np.ndarray, rate: int) -> bytes:
    file = io.BytesIO()
    held = np.clip(np.rint(np.nan_to_num(samples.astype(np.float32)) * np.float32(LOUDEST)), -32768, 32767)
    with wave.open(file, "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(held.astype("<i2").tobytes())
    return file.getvalue()


def text(name: str, data: Any, step: Any = None, description: str | None = None) -> Any:
    """Write text, which TensorBoard shows as Markdown; a tensor of rank 1 or 2 is a table.

    Args:
        name, step, description: as `tf.summary.scalar`.
        data: a string, or a tensor of strings.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        TypeError: data that holds no strings.
        ValueError: a writer and no step.

    >>> tf.summary.text("note", "**started**", step=0).numpy()  # no writer
    np.False_
    """
    x = convert_to_tensor(data)
    if x.dtype is not string:
        raise TypeError(f"tf.summary.text: tensor must be of type tf.string; got {x.dtype.name}")
    return put([x], Made(encoded), tag_of(name, "text_summary"), step, Plugin("text", description))


def strings(items: list[bytes]) -> np.ndarray:
    out = np.empty(len(items), object)
    out[:] = items
    return out


def encoded(values: np.ndarray) -> np.ndarray:
    """Strings as bytes."""
    flat = [v.encode() if isinstance(v, str) else bytes(v) for v in np.array(values, object).ravel().tolist()]
    return strings(flat).reshape(np.shape(values))


# -- anything ---------------------------------------------------------------------------------------------------------
def write(tag: str, tensor: Any, step: Any = None, metadata: Any = None, name: str | None = None) -> Any:
    """Write any tensor to the default writer, with the metadata of the plug-in that shall read it.

    Args:
        tag: the summary's name, as `tf.summary.experimental.summary_scope` gives it.
        tensor: a tensor, or a function that gives one and is called only where it is written.
        step: an integer; None: the default step.
        metadata: a SummaryMetadata message, or one in bytes.

    Returns:
        A bool tensor: False where there is no default writer, or `record_if` says no.

    Raises:
        TypeError: a tag that is no string.
        ValueError: a writer and no step.

    >>> tf.summary.write("anything", [1, 2, 3], step=0).numpy()  # no writer
    np.False_
    """
    if not isinstance(tag, (str, bytes)):
        raise TypeError(f"tf.summary.write: tag must be a string, got {tag!r}")
    if callable(tensor) and not is_tensor(tensor):
        state = STATE.get()
        if state.writer is None or not truth(state.condition):
            return convert_to_tensor(False)
        tensor = tensor()
    x = convert_to_tensor(tensor)
    plain = tag if isinstance(tag, str) else tag.decode()
    return put([x], Made(encoded if x.dtype is string else np.asarray), plain, step, in_bytes(metadata))


def in_bytes(metadata: Any) -> bytes:
    if metadata is None:
        return b""
    if isinstance(metadata, str):
        return metadata.encode()
    return metadata if isinstance(metadata, bytes) else metadata.SerializeToString()


__all__ = ["audio", "histogram", "image", "scalar", "text", "write"]
