"""tf.train.Example and its parts, as protobuf messages.

Their description is written here (the field numbers are the wire format that all TFRecord files use); the protobuf
package makes the classes on first use, in a pool of its own, so that TensorFlow may be loaded beside.
"""

from __future__ import annotations

from functools import cache
from typing import Any

OPTIONAL, REPEATED = 1, 3
FLOAT, INT64, MESSAGE, BYTES, STRING = 2, 3, 11, 12, 9
PACKAGE = "tensorflow"
# message -> (field, number, label, type, type of a message)
FIELDS: dict[str, list[tuple[str, int, int, int, str]]] = {
    "BytesList": [("value", 1, REPEATED, BYTES, "")],
    "FloatList": [("value", 1, REPEATED, FLOAT, "")],
    "Int64List": [("value", 1, REPEATED, INT64, "")],
    "Feature": [
        ("bytes_list", 1, OPTIONAL, MESSAGE, "BytesList"),
        ("float_list", 2, OPTIONAL, MESSAGE, "FloatList"),
        ("int64_list", 3, OPTIONAL, MESSAGE, "Int64List"),
    ],
    "Features": [("feature", 1, REPEATED, MESSAGE, "Features.FeatureEntry")],
    "FeatureList": [("feature", 1, REPEATED, MESSAGE, "Feature")],
    "FeatureLists": [("feature_list", 1, REPEATED, MESSAGE, "FeatureLists.FeatureListEntry")],
    "Example": [("features", 1, OPTIONAL, MESSAGE, "Features")],
    "SequenceExample": [
        ("context", 1, OPTIONAL, MESSAGE, "Features"),
        ("feature_lists", 2, OPTIONAL, MESSAGE, "FeatureLists"),
    ],
}
MAPS = {"Features": ("FeatureEntry", "Feature"), "FeatureLists": ("FeatureListEntry", "FeatureList")}
NAMES = tuple(FIELDS)


@cache
def messages() -> dict[str, Any]:
    """The message classes by name.

    Raises:
        ModuleNotFoundError: protobuf is not installed.
    """
    try:
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "tf.train.Example is a protobuf message, and protobuf is not installed: pip install 'gradtape[data]'.",
            name="google.protobuf",
        ) from None
    file = descriptor_pb2.FileDescriptorProto(name="gradtape/example.proto", package=PACKAGE, syntax="proto3")
    for name in NAMES:
        message = file.message_type.add(name=name)
        for field in FIELDS[name]:
            add_field(message, *field)
        if name == "Feature":
            message.oneof_decl.add(name="kind")
            for part in message.field:
                part.oneof_index = 0
        if name in MAPS:
            entry = message.nested_type.add(name=MAPS[name][0])
            entry.options.map_entry = True
            add_field(entry, "key", 1, OPTIONAL, STRING, "")
            add_field(entry, "value", 2, OPTIONAL, MESSAGE, MAPS[name][1])
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{name}")) for name in NAMES}


def add_field(message: Any, name: str, number: int, label: int, kind: int, target: str) -> None:
    field = message.field.add(name=name, number=number, label=label, type=kind)
    if target:
        field.type_name = f".{PACKAGE}.{target}"
