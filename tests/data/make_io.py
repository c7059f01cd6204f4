"""Records TensorFlow's values of tests/data/io_cases.py in io.json, and messages of every list of values: an environment with TensorFlow 2.21.

python tests/data/make_io.py
"""

import json
from pathlib import Path

import numpy as np
import tensorflow as tf
from io_cases import CASES, recorded

LISTS = {
    "float32": [1.0, 2.0, 2.0], "float64": [0.5, 0.5], "int32": [-3, 7, 7], "int64": [-(2**40), 5], "uint8": [3, 3], "int8": [-3, 4],
    "bool": [True, True, True], "float16": [1.5, 2.0], "bfloat16": [1.5, 2.0], "complex64": [1 + 2j, 3], "uint32": [2**31, 1], "uint64": [2**63, 1],
}  # fmt: skip


def message(dtype, values):
    """A TensorProto whose values stand in a list, the last one only once."""
    proto = tf.make_tensor_proto(np.array(values, tf.as_dtype(dtype).as_numpy_dtype))
    out = type(proto)(dtype=proto.dtype, tensor_shape=proto.tensor_shape)
    tensor = tf.io.parse_tensor(proto.SerializeToString(), dtype).numpy()
    name = {
        "float32": "float_val",
        "float64": "double_val",
        "int64": "int64_val",
        "bool": "bool_val",
        "complex64": "scomplex_val",
    }.get(dtype)
    name = name or {"float16": "half_val", "bfloat16": "half_val", "uint32": "uint32_val", "uint64": "uint64_val"}.get(
        dtype, "int_val"
    )
    if dtype == "complex64":
        entries = [part for v in tensor for part in (v.real, v.imag)]
    else:
        entries = (tensor.view(np.uint16) if name == "half_val" else tensor).tolist()
        while len(entries) > 1 and entries[-1] == entries[-2]:
            entries.pop()
    getattr(out, name).extend(entries)
    return out.SerializeToString()


found = {name: recorded(program(tf)) for name, program in CASES.items()}
for dtype, values in LISTS.items():
    data = message(dtype, values)
    found[f"list {dtype}"] = [["string", [], [data.hex()]], *recorded([tf.io.parse_tensor(data, dtype)])]
Path(__file__).with_name("io.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")
