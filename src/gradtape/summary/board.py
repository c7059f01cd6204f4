"""The parts of TensorBoard that gradtape uses: its writer, its messages, the metadata of its plug-ins. They load on first use.

None of them needs TensorFlow. Only the writer opens its file through "TensorFlow, or a stub of it", whichever is installed: it is
given the stub, so that no event file loads a whole TensorFlow that happens to be there. And it is given gradtape's checksum, which
is google-crc32c's where that is installed: the stub's own takes 12 ms for a picture of 100 kB.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from ..records.checksum import masked

MISSING = "tf.summary writes through TensorBoard, which is not installed: pip install 'gradtape[summary]'"


def part(name: str) -> Any:
    """A module of the package tensorboard.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    try:
        return import_module(f"tensorboard.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "tensorboard":
            raise  # a package that TensorBoard needs
        raise ModuleNotFoundError(MISSING, name="tensorboard") from None


@cache
def protos() -> SimpleNamespace:
    """The messages of event files by name."""
    found: dict[str, Any] = {
        "DecodeError": part("compat.proto.event_pb2") and import_module("google.protobuf.message").DecodeError
    }
    for file, names in (
        ("event", ("Event",)),
        ("summary", ("Summary", "SummaryMetadata")),
        ("tensor", ("TensorProto",)),
        ("graph", ("GraphDef",)),
        ("config", ("RunMetadata",)),
    ):
        module = part(f"compat.proto.{file}_pb2")
        found |= {name: getattr(module, name) for name in names}
    return SimpleNamespace(**found)


@cache
def event_file_writer() -> Any:
    """TensorBoard's class of writers."""
    module = part("summary.writer.event_file_writer")
    module.tf = part("compat.tensorflow_stub")
    part("summary.writer.record_writer").masked_crc32c = masked
    return module.EventFileWriter


@cache
def metadata(plugin: str, description: str | None) -> bytes:
    """What says to which plug-in a summary belongs."""
    create = part(f"plugins.{plugin}.metadata").create_summary_metadata
    more = {"encoding": part("plugins.audio.metadata").Encoding.Value("WAV")} if plugin == "audio" else {}
    return create(display_name=None, description=description, **more).SerializeToString()


def plugin_metadata(plugin: str, content: bytes) -> bytes:
    """The same for a plug-in that only has a name."""
    message = protos().SummaryMetadata()
    message.plugin_data.plugin_name = plugin
    message.plugin_data.content = content
    return message.SerializeToString()


def text_format() -> Any:
    """Protobuf's module for messages as text."""
    return part("plugins.projector") and import_module("google.protobuf.text_format")
